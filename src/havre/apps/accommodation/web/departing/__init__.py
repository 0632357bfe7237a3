# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The screens of coaches: at the desk, at the coach, at the centre."""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The screens of tracing: pairs that wait, one pair on its page, match runs, who was found."""

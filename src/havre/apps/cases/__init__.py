# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases: a child's way to a family; routes, events, clocks, decisions with reasons."""

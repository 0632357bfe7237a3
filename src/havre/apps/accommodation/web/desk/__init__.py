# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the desk: a party is found, two regions are laid side by side, and what is said to them is recorded."""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisations, the accounts that sign in, and the members that act for an organisation."""

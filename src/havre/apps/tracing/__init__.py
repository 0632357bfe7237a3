# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs: a family link, and the link or the person on the other shore that it may speak of."""

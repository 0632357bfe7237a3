# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may read what is on record."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import Role

OVERSEE = Right("audit.oversee", frozenset({Role.AUDITOR}), Purpose.OVERSIGHT)
"""Auditors of an oversight body: who read and changed what, never the content."""

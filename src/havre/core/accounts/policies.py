# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may look after members, and choose whom to act for."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import Role

MANAGE_MEMBERS = Right("accounts.manage_members", frozenset({Role.ADMINISTRATOR}), Purpose.ADMINISTRATION)
"""Administrators, for their own organisation. They do not read children's records."""

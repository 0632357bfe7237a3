# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Havre itself, as it stands on record for what comes by the clock."""

from uuid import UUID

SYSTEM_ORGANISATION = UUID("00000000-0000-7000-8000-000000000001")
SYSTEM_ACCOUNT = UUID("00000000-0000-7000-8000-000000000002")
SYSTEM_MEMBER = UUID("00000000-0000-7000-8000-000000000003")

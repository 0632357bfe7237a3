# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stays of those who were erased."""

from uuid import UUID

from havre.apps.registry.models import Tombstone


def has_tombstone(registration_id: UUID) -> bool:
    """Whether lists are kept from bringing back whom this erased registration was of."""
    return Tombstone.objects.filter(registration=registration_id, lifted_at=None).exists()

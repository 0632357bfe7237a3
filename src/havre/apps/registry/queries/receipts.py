# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was done before with an idempotency key."""

from uuid import UUID

from havre.apps.registry.models import Receipt
from havre.core.access import current_actor


def made_before(action: str, key: UUID) -> UUID | None:
    """What the own organisation made by this action with this key; None where it has not."""
    receipts = Receipt.objects.filter(organisation=current_actor().organisation_id, key=key, action=action)
    return receipts.values_list("made", flat=True).first()

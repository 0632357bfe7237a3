# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An action that is sent twice is done once."""

from dataclasses import dataclass
from uuid import UUID

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.models import Receipt
from havre.core.access import current_actor
from havre.core.database.ids import uuid7


@dataclass(frozen=True, slots=True)
class Once:
    """The id of what an action makes, or made the first time it was sent."""

    made: UUID
    again: bool


def once(action: str, key: UUID | None) -> Once:
    """What an action with this idempotency key is to make, or has made: while another is at it, waits for its end.

    Keys belong to an organisation. RegistryError where another action has used the key.
    """
    fresh = uuid7()
    if key is None:
        return Once(fresh, again=False)
    organisation = current_actor().organisation_id
    Receipt.objects.bulk_create(
        [Receipt(organisation_id=organisation, key=key, action=action, made=fresh)], ignore_conflicts=True
    )
    receipt = Receipt.objects.get(organisation=organisation, key=key)
    if receipt.action != action:
        raise RegistryError("key_of_another_action")
    return Once(receipt.made, again=receipt.made != fresh)

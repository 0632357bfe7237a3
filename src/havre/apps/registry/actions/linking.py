# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Family links: said, and taken back."""

from uuid import UUID

from django.db import transaction

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.finding import own_registration
from havre.apps.registry.actions.once import once
from havre.apps.registry.actions.said import LinkSaid, link_values
from havre.apps.registry.models import FamilyLink
from havre.apps.registry.policies import AMEND
from havre.core.access import check
from havre.core.clock import now, today


@transaction.atomic
def add_family_link(
    registration_id: UUID, said: LinkSaid, *, idempotency_key: UUID | None = None
) -> FamilyLink:
    """Adds what the declarant of an own registration says of somebody."""
    check(AMEND)
    registration = own_registration(registration_id)
    made = once("add_family_link", idempotency_key)
    if made.again:
        return FamilyLink.objects.get(id=made.made)
    return FamilyLink.objects.create(id=made.made, **link_values(registration.id, said, today()))


@transaction.atomic
def withdraw_link(link_id: UUID) -> FamilyLink:
    """Takes a family link back: it stays on record, and nothing is compared with it any more."""
    check(AMEND)
    link = FamilyLink.objects.filter(id=link_id).first()
    if link is None:
        raise RegistryError("no_such_link")
    own_registration(link.registration_id)
    if link.withdrawn_at is None:
        link.withdrawn_at = now()
        link.save(update_fields=["withdrawn_at"])
    return link

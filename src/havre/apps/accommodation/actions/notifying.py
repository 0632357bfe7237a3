# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who hears of what: colleagues, where a choice of minors waits for one of them; the desk, of who stayed behind."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from havre.apps.accommodation.models import Offer, Passenger
from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries.departing import with_children
from havre.core.access import current_actor
from havre.core.accounts.enums import ORGANISATION_ROLES
from havre.core.accounts.models import Member
from havre.core.notices import tell


def tell_colleagues(offer: Offer) -> None:
    """That a choice of minors waits for a second member. It names a party's page and nobody."""
    actor = current_actor()
    colleagues = Member.objects.filter(
        organisation_id=actor.organisation_id, role__in=OFFER.roles, active=True
    ).exclude(account=actor.account_id)
    found = colleagues.order_by("id").values_list("id", flat=True)
    tell(list(found), "accommodation.notice_second", reverse("accommodation:at_desk", args=[offer.party_id]))


def tell_behind(seats: Sequence[Passenger]) -> None:
    """Tells the desk that a coach left without some of these parties; loudly where a child may be alone."""
    if not seats:
        return
    known = [each.pk for each in seats]
    alone = Passenger.objects.filter(with_children(), pk__in=known).exists()
    key = "accommodation.notice_behind_child" if alone else "accommodation.notice_behind"
    n = sum(each.behind for each in seats)
    tell(members_of(seats[0].desk_id), key, reverse("accommodation:departures"), n=n)


def members_of(organisation: UUID) -> list[UUID]:
    """Who works there."""
    found = Member.objects.filter(organisation_id=organisation, role__in=ORGANISATION_ROLES, active=True)
    return list(found.order_by("id").values_list("id", flat=True))

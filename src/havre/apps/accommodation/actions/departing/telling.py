# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a centre is told of who comes, and what the desk hears when somebody is missing."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from havre.apps.accommodation.models import ArrivalNotice, Passenger, Stop
from havre.core.access import current_actor
from havre.core.accounts.enums import ORGANISATION_ROLES
from havre.core.accounts.models import Member
from havre.core.clock import now
from havre.core.notices import tell

TOLD = ("wristband", "kind", "language", "medical", "step_free", "school")
"""Of a party: what it needs. No name, no wish, no case."""


def tell_centre(stop: Stop, coming: Sequence[Passenger]) -> ArrivalNotice:
    """Tells the centre of a stop who comes and what they need, and nothing more."""
    actor = current_actor()
    notice = ArrivalNotice.objects.create(
        stop=stop,
        organisation_id=stop.organisation_id,
        desk_id=stop.desk_id,
        told_at=now(),
        member_id=actor.member_id,
        says=[_says(each) for each in coming],
    )
    people = sum(each.boarded_people for each in coming)
    link = reverse("accommodation:arrivals", args=[stop.centre_id])
    tell(_members(stop.organisation_id), "accommodation.notice_coach", link, n=people)
    return notice


def tell_desk(stop: Stop, missing: Sequence[Passenger]) -> None:
    """Tells the desk that some left and did not arrive."""
    people = sum(each.boarded_people for each in missing)
    link = reverse("accommodation:departure", args=[stop.departure_id])
    tell(_members(stop.desk_id), "accommodation.notice_missing", link, n=people)


def _says(passenger: Passenger) -> dict[str, object]:
    party = passenger.party
    return {**{name: getattr(party, name) for name in TOLD}, "people": passenger.boarded_people}


def _members(organisation: UUID) -> list[UUID]:
    found = Member.objects.filter(organisation_id=organisation, role__in=ORGANISATION_ROLES, active=True)
    return list(found.order_by("id").values_list("id", flat=True))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What coaches are filled from: everybody who was promised a place and has no seat, as the engine reads it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from havre.apps.accommodation.models import Passenger, Promise
from havre.apps.accommodation.queries.ages import with_wrong_ages
from havre.apps.accommodation.queries.parties import promises
from havre.apps.accommodation.queries.plans.inputs import is_open
from havre.apps.accommodation.queries.plans.rows import table
from havre.core.access import current_actor


@dataclass(frozen=True, slots=True)
class Travelling:
    """Promises of a day, and the three tables that the engine of coaches reads of them."""

    promises: Sequence[Promise]
    ties: int
    """Parties that are to sit with another one."""
    plan: str
    parties: str
    places: str


def travelling(day: date, but: Collection[UUID] = (), *, near: bool = False) -> Travelling:
    """Everybody who may travel on that day: promised a place that is open then, and in no coach yet.

    Centres ``but`` are left out; ``near``: who wishes to travel together does where both go to one centre.
    """
    ready = (each for each in _without_seat(day) if each.place.centre_id not in but)
    found = [each for each in ready if is_open(each.place, day)]
    ties = _ties(found, near=near)
    return Travelling(found, len(ties), _plan(found, day), _parties(found, ties), _places(found))


def _without_seat(day: date) -> Iterable[Promise]:
    """Of that day, of one that is over, or of none.

    Not of those who left and, as somebody explained, never came; nor of those who are not what they were taken for.
    """
    here = Passenger.objects.filter(ended_at=None)
    seated = here.filter(promise=OuterRef("pk"))
    under_way = here.filter(party=OuterRef("party"), boarded_at__isnull=False, arrived_at=None)
    own = promises().filter(organisation=current_actor().organisation_id, party__ended_on=None)
    own = own.exclude(party__in=with_wrong_ages())
    lost = Passenger.objects.filter(promise=OuterRef("pk"), explained_by__isnull=False)
    ready = own.filter(
        Q(on_day=None) | Q(on_day__lte=day), ~Exists(seated), ~Exists(under_way), ~Exists(lost)
    )
    return ready.order_by("recorded_at", "pk")


def _plan(found: Iterable[Promise], day: date) -> str:
    return table({"party_id": each.party_id, "place_id": each.place_id, "day": day} for each in found)


def _ties(found: Sequence[Promise], *, near: bool) -> dict[UUID, UUID]:
    """Party to the one that it wishes to travel with, where that one travels too."""
    centre = {each.party_id: each.place.centre_id for each in found}
    wishes = ((each.party_id, each.party.travels_with_id) for each in found)
    return {
        one: other
        for one, other in wishes
        if other in centre and other != one and (not near or centre[one] == centre[other])
    }


def _parties(found: Sequence[Promise], ties: Mapping[UUID, UUID]) -> str:
    return table(
        {
            "party_id": each.party_id,
            "people": each.party.people,
            "travels_with": ties.get(each.party_id, ""),
        }
        for each in found
    )


def _places(found: Iterable[Promise]) -> str:
    places = {each.place_id: each.place for each in found}
    return table(
        {
            "place_id": place.pk,
            "centre_id": place.centre_id,
            "lat": place.centre.lat,
            "lon": place.centre.lon,
        }
        for place in places.values()
    )

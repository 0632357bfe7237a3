# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Promises: a party is given units of a place, many at once or one; nothing is ever given twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from havre.apps.accommodation.actions.refusing import NoRoom, refusing
from havre.apps.accommodation.enums import PromiseEnd
from havre.apps.accommodation.models import Party, Passenger, Place, Plan, Promise, QueueEntry, UnitUse
from havre.apps.accommodation.queries import free_numbers
from havre.core.access import current_actor
from havre.core.clock import now, today
from havre.core.database.ids import uuid7


@dataclass(frozen=True, slots=True)
class Given:
    """A place for a party."""

    party: Party
    place_id: UUID
    on_day: date | None = None
    """When they are expected."""
    second_id: UUID | None = None
    """The other member who said it, of minors."""


@transaction.atomic
def give_places(given: Sequence[Given], starts: date, *, plan: Plan | None = None) -> list[Promise]:
    """Promises each its place from that day on, in the caller's right; NoRoom where units of one are lacking.

    Whoever waited at the desk waits there no longer.
    """
    _one_at_a_time()
    actor = current_actor()
    promises = [
        Promise(
            id=uuid7(),
            organisation_id=actor.organisation_id,
            party=each.party,
            place_id=each.place_id,
            on_day=each.on_day,
            plan=plan,
            member_id=actor.member_id,
            second_id=each.second_id,
        )
        for each in given
    ]
    with refusing():
        Promise.objects.bulk_create(promises, batch_size=1000)
        UnitUse.objects.bulk_create(_uses(promises, starts), batch_size=1000)
    waited = QueueEntry.objects.filter(party__in=[each.party.pk for each in given], ended_at=None)
    waited.update(ended_at=now())
    return promises


def end_promises(promises: Iterable[UUID], why: PromiseEnd) -> None:
    """Ends promises, in the caller's right; their units are free from today on, and seats where nobody sits."""
    ids = list(promises)
    Passenger.objects.filter(promise__in=ids, boarded_at=None, ended_at=None).update(ended_at=now())
    Promise.objects.filter(pk__in=ids, ended_at=None).update(ended_at=now(), ended_why=why)
    uses = UnitUse.objects.filter(promise__in=ids, ends=None)
    uses.filter(starts__gte=today()).delete()
    uses.update(ends=today())


def _one_at_a_time() -> None:
    """Whoever gives units waits for whoever is giving some; the constraint alone would let one of them fail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('havre accommodation units'))")


def _uses(promises: Sequence[Promise], starts: date) -> list[UnitUse]:
    places = Place.objects.select_related("centre").in_bulk({each.place_id for each in promises})
    free = {key: iter(numbers) for key, numbers in free_numbers(places.values(), starts).items()}
    uses = []
    for each in promises:
        place = places[each.place_id]
        for _ in range(place.units_for(each.party.people)):
            number = next(free[place.pk], None)
            if number is None:
                raise NoRoom(place.centre)
            uses.append(UnitUse(place=place, number=number, starts=starts, party=each.party, promise=each))
    return uses

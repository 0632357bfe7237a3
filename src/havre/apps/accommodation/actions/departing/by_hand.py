# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches by hand: one more, one stop more, a party on another one, none at all."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.departing.finding import held_departure, standing_departure
from havre.apps.accommodation.actions.departing.telling import tell_centre
from havre.apps.accommodation.actions.finding import held_centre, held_party, needed, needs_right_age
from havre.apps.accommodation.actions.notifying import tell_behind
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import DepartureState
from havre.apps.accommodation.models import Departure, Party, Passenger, Promise, Stop
from havre.apps.accommodation.policies import DISPATCH
from havre.apps.accommodation.queries.departing import is_closed, seats
from havre.apps.accommodation.queries.departing.seats import STANDS
from havre.core.access import check, current_actor
from havre.core.clock import PARIS, now


@dataclass(frozen=True, slots=True)
class DepartureSaid:
    """A coach as a member orders it."""

    number: str
    leaves_at: datetime
    seats: int
    escorts: int = 0
    company: str = ""


@transaction.atomic
def make_departure(said: DepartureSaid) -> Departure:
    """A coach with nobody on it. Refused without a number of its own that day, and with too few seats for escorts."""
    actor = check(DISPATCH)
    needed(number=said.number)
    if not 0 <= said.escorts < said.seats:
        raise Refused("seats_for_escorts", field="seats")
    _free_number(said)
    values = {**asdict(said), "number": said.number.strip(), "company": said.company.strip()}
    return Departure.objects.create(
        organisation_id=actor.organisation_id, member_id=actor.member_id, **values
    )


@transaction.atomic
def add_stop(departure_id: UUID, centre_id: UUID, expected_at: datetime) -> Stop:
    """One stop more, the last. Refused where the coach has arrived or stops there already, or leaves later."""
    check(DISPATCH)
    departure, centre = held_departure(departure_id), held_centre(centre_id)
    if departure.state not in (*STANDS, DepartureState.DEPARTED):
        raise Refused("coach_has_arrived", status=409)
    if expected_at <= departure.leaves_at:
        raise Refused("arrives_before_it_leaves", field="expected_at")
    last = departure.stops.order_by("position").last()
    with refusing():
        return Stop.objects.create(
            departure=departure,
            position=last.position + 1 if last else 1,
            centre=centre,
            organisation_id=centre.organisation_id,
            desk_id=centre.desk_id,
            expected_at=expected_at,
        )


@transaction.atomic
def put_on(party_id: UUID, departure_id: UUID, why: str) -> Passenger:
    """They sit on this coach from now on, to where a place is promised to them now. Refused without a reason.

    Who is under way stays on the coach, and gets off at another stop: its centre is told.
    """
    check(DISPATCH)
    party, departure = held_party(party_id), held_departure(departure_id)
    needed(why=why)
    needs_right_age(party)
    promise, stop = _where(party, departure)
    before = (
        seats().filter(party=party, arrived_at=None, rest_of=None).select_for_update(of=("self",)).first()
    )
    if before and (before.stop_id, before.promise_id) == (stop.pk, promise.pk):
        raise Refused("sits_there", status=409)
    under_way = before is not None and before.boarded_at is not None and _has_left(before.stop.departure)
    if under_way and before and before.stop.departure_id != departure.pk:
        raise Refused("they_are_under_way", field="departure", status=409)
    if not under_way and departure.state not in STANDS:
        raise Refused("coach_has_left", field="departure", status=409)
    if before:
        Passenger.objects.filter(pk=before.pk).update(ended_at=now())
    seat = _new_seat(party, promise, stop, why, before if under_way else None)
    if under_way and before:
        Passenger.objects.filter(rest_of=before).update(rest_of=seat)
        tell_centre(stop, [seat])
    return seat


@transaction.atomic
def cancel_departure(departure_id: UUID, why: str) -> Departure:
    """The coach does not go: nobody sits on it, and everybody keeps the place that was promised.

    Of those whom a coach has left behind before, the desk is told again.
    """
    check(DISPATCH)
    departure = standing_departure(departure_id)
    needed(why=why)
    riding = seats().filter(stop__departure=departure)
    rests = [each.rest_of for each in riding.select_related("rest_of") if each.rest_of]
    riding.update(ended_at=now())
    tell_behind(rests)
    departure.state, departure.words = DepartureState.CANCELLED, why.strip()
    departure.save(update_fields=["state", "words"])
    return departure


def _free_number(said: DepartureSaid) -> None:
    """Two coaches of one day have two numbers; and what is sent twice makes one coach."""
    same = Departure.objects.filter(
        organisation_id=current_actor().organisation_id, number=said.number.strip()
    )
    day = said.leaves_at.astimezone(PARIS).date()
    there = same.exclude(state=DepartureState.CANCELLED).values_list("leaves_at", flat=True)
    if any(leaves.astimezone(PARIS).date() == day for leaves in there):
        raise Refused("number_taken", field="number", status=409, number=said.number.strip())


def _where(party: Party, departure: Departure) -> tuple[Promise, Stop]:
    promise = Promise.objects.select_related("place__centre").filter(party=party, ended_at=None).first()
    if promise is None:
        raise Refused("nothing_promised", status=409)
    centre = promise.place.centre
    stop = Stop.objects.select_related("centre").filter(departure=departure, centre=centre).first()
    if stop is None:
        raise Refused("no_stop_there", field="departure", status=409, centre=centre.name)
    if is_closed(stop):
        raise Refused("stop_is_closed", status=409, centre=centre.name)
    return promise, stop


def _has_left(departure: Departure) -> bool:
    return departure.state not in STANDS


def _new_seat(party: Party, promise: Promise, stop: Stop, why: str, under_way: Passenger | None) -> Passenger:
    """A new one; who is under way has boarded already."""
    boarded = ("boarded_at", "boarded_by_id", "boarded_people", "behind", "behind_why", "behind_by_id")
    with refusing():
        return Passenger.objects.create(
            stop=stop,
            organisation_id=stop.organisation_id,
            desk_id=stop.desk_id,
            party=party,
            promise=promise,
            moved_why=why.strip(),
            **({name: getattr(under_way, name) for name in boarded} if under_way else {}),
        )

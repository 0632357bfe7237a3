# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the coach: who is on it, who did not come, and off it goes."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from havre.apps.accommodation.actions.departing.finding import held_seat, standing_departure, worn_by
from havre.apps.accommodation.actions.departing.telling import tell_centre
from havre.apps.accommodation.actions.finding import needs_right_age
from havre.apps.accommodation.actions.notifying import tell_behind
from havre.apps.accommodation.actions.promising import end_promises
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import DepartureState, PromiseEnd, QueueReason
from havre.apps.accommodation.models import Departure, Party, Passenger, Promise, QueueEntry, Stop
from havre.apps.accommodation.policies import BOARD
from havre.apps.accommodation.queries.ages import wrong_ages
from havre.apps.accommodation.queries.departing import is_stranded, left_behind, seats
from havre.apps.accommodation.queries.departing.seats import STANDS
from havre.core.access import check, current_actor
from havre.core.clock import now


@transaction.atomic
def board(departure_id: UUID, wristband: str, people: int | None = None) -> Passenger:
    """They are on the coach: all of the party, or as many as were counted. Counted anew, the new count stands.

    Refused where no count is said and they are on board already: each of a party may wear a wristband, and the next
    one that is scanned changes no count. So it is for who sits on another coach or on none, where the centre that they
    go to has closed, and for who is not what they were taken for.
    """
    actor = check(BOARD)
    departure = standing_departure(departure_id)
    party = worn_by(wristband)
    seat = _seat_on(departure, party)
    if is_stranded(seat):
        raise Refused("stop_is_closed", status=409, centre=seat.stop.centre.name)
    needs_right_age(party)
    count = seat.counted if people is None else people
    if not 1 <= count <= seat.counted:
        raise Refused("people_of_party", field="people", most=seat.counted)
    if seat.boarded_at is not None and people in (None, seat.boarded_people):
        raise Refused("boarded_already", field="wristband", status=409)
    seat.boarded_at, seat.boarded_by_id, seat.boarded_people = now(), actor.member_id, count
    with refusing():
        seat.save(update_fields=["boarded_at", "boarded_by", "boarded_people"])
    if departure.state == DepartureState.PLANNED:
        departure.state = DepartureState.BOARDING
        departure.save(update_fields=["state"])
    return seat


@transaction.atomic
def get_off(departure_id: UUID, wristband: str) -> Passenger:
    """They are not on the coach after all: somebody else's wristband was scanned. Refused of who is not on it."""
    check(BOARD)
    seat = _seat_on(standing_departure(departure_id), worn_by(wristband))
    if seat.boarded_at is None:
        raise Refused("not_on_board", field="wristband", status=409)
    seat.boarded_at, seat.boarded_by_id, seat.boarded_people = None, None, 0
    with refusing():
        seat.save(update_fields=["boarded_at", "boarded_by", "boarded_people"])
    return seat


@transaction.atomic
def no_show(passenger_id: UUID) -> Passenger:
    """They did not come: seat and place are free, and they wait at the desk. Refused for who has boarded."""
    check(BOARD)
    seat = held_seat(passenger_id)
    standing_departure(seat.stop.departure_id)
    if seat.boarded_at is not None:
        raise Refused("they_have_boarded", status=409)
    _leave_behind([seat])
    return seat


@transaction.atomic
def depart(departure_id: UUID) -> Departure:
    """The coach has left: who is not on it did not come, and each centre is told who comes and what they need.

    Where it left without some of a party, the desk is told at once. What it is late, it is late at each stop.
    """
    check(BOARD)
    departure = standing_departure(departure_id)
    here = list(seats().filter(stop__departure=departure, arrived_at=None).select_for_update(of=("self",)))
    on_it = [each for each in here if each.boarded_at is not None]
    if not on_it:
        raise Refused("nobody_on_board", status=409)
    _leave_behind([each for each in here if each.boarded_at is None])
    _without_some(on_it)
    departure.state, departure.departed_at = DepartureState.DEPARTED, now()
    departure.save(update_fields=["state", "departed_at"])
    if (late := departure.departed_at - departure.leaves_at) > timedelta(0):
        Stop.objects.filter(departure=departure).update(expected_at=F("expected_at") + late)
    for stop in Stop.objects.filter(departure=departure):
        coming = [each for each in on_it if each.stop_id == stop.pk]
        if coming:
            tell_centre(stop, coming)
    return departure


def _seat_on(departure: Departure, party: Party) -> Passenger:
    """Theirs on this coach; else Refused with where they should be."""
    theirs = list(seats().filter(party=party, arrived_at=None).select_for_update(of=("self",)))
    here = next((each for each in theirs if each.stop.departure_id == departure.pk), None)
    if here is not None:
        return here
    waiting = [each for each in theirs if each.stop.departure.state in STANDS]
    if not waiting and left_behind().filter(party=party).exists():
        raise Refused("coach_left_without_them", field="wristband", status=409)
    if elsewhere := waiting or theirs:
        number = elsewhere[0].stop.departure.number
        raise Refused("on_another_coach", field="wristband", status=409, number=number)
    raise Refused("no_seat", field="wristband", status=409)


def _without_some(riding: Sequence[Passenger]) -> None:
    """Keeps how many of each party stayed behind, and tells the desk."""
    parted = [each for each in riding if each.boarded_people < each.counted]
    for each in parted:
        each.behind = each.counted - each.boarded_people
    Passenger.objects.bulk_update(parted, ["behind"])
    tell_behind(parted)


def _leave_behind(absent: Sequence[Passenger]) -> None:
    """Who could have come did not; who could not, since their centre is closed or their age is unclear, is told apart.

    Of those who were to ride later the desk is told again; what was promised to their party stands.
    """
    rests = [seat for seat in absent if seat.rest_of_id]
    stranded = [seat for seat in absent if is_stranded(seat) and not seat.rest_of_id]
    wrong = wrong_ages()
    unclear = [
        seat for seat in absent if seat.party_id in wrong and not (is_stranded(seat) or seat.rest_of_id)
    ]
    told_apart = {seat.pk for seat in (*rests, *stranded, *unclear)}
    no_shows = [seat for seat in absent if seat.pk not in told_apart]
    moment = now()
    for seat in (*no_shows, *rests):
        seat.no_show_at = moment
    for seat in absent:
        seat.ended_at = moment
    Passenger.objects.bulk_update(absent, ["no_show_at", "ended_at"])
    tell_behind([seat.rest_of for seat in rests if seat.rest_of])
    end_promises((seat.promise_id for seat in no_shows), PromiseEnd.NO_SHOW)
    end_promises((seat.promise_id for seat in stranded), PromiseEnd.CLOSED)
    end_promises((seat.promise_id for seat in unclear), PromiseEnd.WITHDRAWN)
    _wait(no_shows, QueueReason.NO_SHOW)
    _wait(unclear, QueueReason.AGE)
    _wait(stranded, QueueReason.CENTRE_CLOSED)


def _wait(absent: Sequence[Passenger], why: QueueReason) -> None:
    """At the desk; not who waits already, nor who was promised another place."""
    parties = {seat.party_id for seat in absent}
    waiting = QueueEntry.objects.filter(party__in=parties, ended_at=None).values_list("party", flat=True)
    promised = Promise.objects.filter(party__in=parties, ended_at=None).values_list("party", flat=True)
    actor = current_actor()
    QueueEntry.objects.bulk_create(
        QueueEntry(
            organisation_id=actor.organisation_id,
            party_id=party,
            reason=why,
            since=now(),
            member_id=actor.member_id,
        )
        for party in parties - set(waiting) - set(promised)
    )

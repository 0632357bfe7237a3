# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom a coach left without while the others of their party rode: they ride later, came by themselves, or stay."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Greatest

from havre.apps.accommodation.actions.departing.finding import held_departure
from havre.apps.accommodation.actions.desk import queue_party
from havre.apps.accommodation.actions.finding import held_party, needed
from havre.apps.accommodation.actions.parties import PartySaid, register_party
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import PartyKind, QueueReason
from havre.apps.accommodation.models import Departure, Party, Passenger, Stop, UnitUse
from havre.apps.accommodation.policies import BOARD, DISPATCH
from havre.apps.accommodation.queries.departing import is_closed, left_behind
from havre.apps.accommodation.queries.departing.behind import home_of
from havre.apps.accommodation.queries.departing.seats import STANDS
from havre.core.access import check, current_actor
from havre.core.clock import today


@transaction.atomic
def ride_later(passenger_id: UUID, departure_id: UUID) -> Passenger:
    """Those who stayed behind have seats on another coach, to where their party lives or is to live.

    Refused where it has left, does not stop there, or has not so many seats.
    """
    check(DISPATCH)
    seat, departure = _held(passenger_id), held_departure(departure_id)
    if departure.state not in STANDS:
        raise Refused("coach_has_left", field="departure", status=409)
    stop = _stop(seat, departure)
    with refusing():
        return Passenger.objects.create(
            stop=stop,
            organisation_id=stop.organisation_id,
            desk_id=stop.desk_id,
            party=seat.party,
            promise=seat.party.promises.filter(ended_at=None).first() or seat.promise,
            rest_of=seat,
            people=seat.behind,
        )


@transaction.atomic
def explain_behind(passenger_id: UUID, why: str) -> Passenger:
    """What became of those who stayed behind: they came by other means, say. Refused without words."""
    check(BOARD)
    seat = _held(passenger_id)
    needed(why=why)
    return _settled(seat, why)


@transaction.atomic
def stay_behind(passenger_id: UUID, wristband: str, kind: PartyKind, why: str) -> Party:
    """They stay: a party of their own, which waits at the desk; what was promised is for fewer people from now on.

    Whose the needs are nobody has said yet: both parties have them, until the desk knows better.
    Refused without a wristband and a reason, and as a party is that is made or changed.
    """
    check(DISPATCH)
    seat = _held(passenger_id)
    needed(wristband=wristband, why=why)
    party = held_party(seat.party_id)
    if party.people <= seat.behind:
        raise Refused("people_of_party", field="wristband", status=409, most=party.people)
    party.people -= seat.behind
    with refusing():
        party.save(update_fields=["people"])
    _give_back(party)
    needs = {name: getattr(party, name) for name in ("language", "medical", "step_free", "school")}
    made = register_party(PartySaid(wristband, seat.behind, kind, **needs))
    Party.objects.filter(pk=made.pk).update(travels_with=party)
    queue_party(made.pk, QueueReason.NO_SHOW)
    _settled(seat, why)
    return made


def _held(passenger_id: UUID) -> Passenger:
    """A seat of the own desk whose coach left without some, held; Refused where what became of them is known."""
    own = Passenger.objects.filter(desk=current_actor().organisation_id)
    if not own.select_for_update(of=("self",)).filter(pk=passenger_id).exists():
        raise Refused("no_such_seat", status=404)
    found = left_behind().select_related("promise").filter(pk=passenger_id).first()
    if found is None:
        raise Refused("nobody_behind", status=409)
    return found


def _stop(seat: Passenger, departure: Departure) -> Stop:
    centre = home_of(seat)
    if centre is None:
        raise Refused("nothing_promised", status=409)
    stop = Stop.objects.select_related("centre").filter(departure=departure, centre=centre).first()
    if stop is None:
        raise Refused("not_on_their_way", field="departure", status=409)
    if is_closed(stop):
        raise Refused("stop_is_closed", status=409, centre=stop.centre.name)
    return stop


def _give_back(party: Party) -> None:
    """Units that fewer people need no more are free from today on, those of the highest numbers."""
    uses = list(UnitUse.objects.select_related("place").filter(party=party, ends=None).order_by("-number"))
    if uses:
        spare = uses[: len(uses) - uses[0].place.units_for(party.people)]
        UnitUse.objects.filter(pk__in=[each.pk for each in spare]).update(ends=Greatest("starts", today()))


def _settled(seat: Passenger, why: str) -> Passenger:
    seat.behind_why, seat.behind_by_id = why.strip(), current_actor().member_id
    seat.save(update_fields=["behind_why", "behind_by"])
    return seat

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the centre: the coach is there, who is in, and who is missing. Somebody missing is said at once."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.departing.finding import held_seat, held_stop
from havre.apps.accommodation.actions.departing.telling import tell_desk
from havre.apps.accommodation.actions.finding import needed
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.staying import check_in
from havre.apps.accommodation.models import ArrivalNotice, Passenger, Place, Stay, Stop
from havre.apps.accommodation.policies import CONFIRM_ARRIVAL
from havre.apps.accommodation.queries.departing import on_board
from havre.apps.accommodation.queries.departing.seats import LEFT
from havre.core.access import Actor, check
from havre.core.clock import now


@transaction.atomic
def stop_reached(stop_id: UUID) -> Sequence[Passenger]:
    """The coach was there: whom it brought and who is not confirmed yet. Refused where it has not left."""
    check(CONFIRM_ARRIVAL)
    stop = _left_for(stop_id)
    if stop.arrived_at is None:
        stop.arrived_at = now()
        stop.save(update_fields=["arrived_at"])
    return list(on_board().filter(stop=stop))


@transaction.atomic
def confirm_arrival(passenger_id: UUID) -> Passenger:
    """They are here, and live from today on at the place that was promised to them. Refused as a check-in is.

    Where a party came in two coaches, each part is confirmed by itself, and the first that is here moves in.
    """
    actor = check(CONFIRM_ARRIVAL)
    seat = held_seat(passenger_id)
    if seat.arrived_at is not None:
        raise Refused("arrived_already", status=409)
    if seat.boarded_at is None:
        raise Refused("never_boarded", status=409)
    if seat.rest_of_id or seat.rests.filter(arrived_at__isnull=False).exists():
        _part_arrives(seat, actor)
    else:
        _moves_in(seat)
    seat.refresh_from_db(fields=["arrived_at", "arrived_by"])
    return seat


@transaction.atomic
def everybody_in(stop_id: UUID) -> Sequence[Passenger]:
    """Everybody who came is in: who boarded and is not confirmed is missing from now on, and the desk is told."""
    actor = check(CONFIRM_ARRIVAL)
    stop = _left_for(stop_id)
    moment = now()
    stop.arrived_at = stop.arrived_at or moment
    stop.everybody_in_at, stop.everybody_in_by_id = moment, actor.member_id
    stop.save(update_fields=["arrived_at", "everybody_in_at", "everybody_in_by"])
    absent = list(on_board().filter(stop=stop))
    if absent:
        tell_desk(stop, absent)
    return absent


@transaction.atomic
def explain(passenger_id: UUID, why: str) -> Passenger:
    """What became of somebody who left and did not arrive: nobody looks for them any more. Refused without words."""
    actor = check(CONFIRM_ARRIVAL)
    seat = held_seat(passenger_id)
    needed(why=why)
    if seat.boarded_at is None or seat.arrived_at is not None or seat.stop.departure.state not in LEFT:
        raise Refused("not_missing", status=409)
    seat.explained_why, seat.explained_by_id, seat.ended_at = why.strip(), actor.member_id, now()
    seat.save(update_fields=["explained_why", "explained_by", "ended_at"])
    return seat


@transaction.atomic
def see_notice(notice_id: UUID) -> ArrivalNotice:
    """The centre has read it; who did so first stays written. Refused for others."""
    actor = check(CONFIRM_ARRIVAL)
    own = ArrivalNotice.objects.select_related("stop").filter(organisation_id=actor.organisation_id)
    notice = own.filter(pk=notice_id).first()
    if notice is None:
        raise Refused("no_such_notice", status=404)
    if notice.seen_at is None:
        notice.seen_at, notice.seen_by_id = now(), actor.member_id
        notice.save(update_fields=["seen_at", "seen_by"])
    return notice


def _moves_in(seat: Passenger) -> None:
    """The whole party, as far as anybody knows: that they have arrived follows from the stay."""
    place = Place.objects.filter(promises__party=seat.party_id, promises__ended_at=None).first()
    if place is None or place.centre_id != seat.stop.centre_id:
        raise Refused("expected_elsewhere", status=409)
    check_in(seat.party_id, part_is_known=True)


def _part_arrives(seat: Passenger, actor: Actor) -> None:
    """Some of a party, and of the others it says nothing: who is missing stays so."""
    seat.arrived_at, seat.arrived_by_id = now(), actor.member_id
    seat.save(update_fields=["arrived_at", "arrived_by"])
    if not Stay.objects.filter(party=seat.party_id, ends=None).exists():
        _moves_in(seat)


def _left_for(stop_id: UUID) -> Stop:
    stop = held_stop(stop_id)
    if stop.departure.state not in LEFT:
        raise Refused("coach_has_not_left", status=409)
    return stop

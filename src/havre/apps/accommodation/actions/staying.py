# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stays where: checked in, away, checked out, moved to another centre."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Greatest, Least

from havre.apps.accommodation.actions.finding import (
    held_place,
    held_stay,
    readable_party,
    short_enough,
)
from havre.apps.accommodation.actions.notifying import tell_behind
from havre.apps.accommodation.actions.refusing import NoRoom, Refused, refusing
from havre.apps.accommodation.enums import EndWhy, PromiseEnd
from havre.apps.accommodation.models import Absence, Party, Place, Promise, Stay, UnitUse
from havre.apps.accommodation.policies import CHECK_IN
from havre.apps.accommodation.queries import free_numbers
from havre.apps.accommodation.queries.departing import left_behind_of, on_board
from havre.core.access import Actor, check
from havre.core.clock import now, today


@transaction.atomic
def check_in(party_id: UUID, place_id: UUID | None = None, *, part_is_known: bool = False) -> Stay:
    """They have come: from today on they live at the place, by default at the one that was promised to them.

    What was promised is kept, or another place is given instead. Refused where there is no promise and no place is
    named, where the place does not take them or has no room, and where they stay somewhere already. Where they ride in
    two coaches, and not ``part_is_known``, refused as well: those of the other coach may be missing.
    """
    actor = check(CHECK_IN)
    party = readable_party(party_id)
    riding = [] if part_is_known else [each.stop.departure.number for each in on_board().filter(party=party)]
    if len(riding) > 1:
        raise Refused("comes_in_parts", field="wristband", status=409, coaches=", ".join(sorted(riding)))
    promise = Promise.objects.filter(party=party, ended_at=None).first()
    wanted = place_id or (promise.place_id if promise else None)
    if wanted is None:
        raise Refused("where_to", field="place")
    stay = _move_in(actor, party, held_place(wanted), promise)
    tell_behind(list(left_behind_of(party)))
    return stay


@transaction.atomic
def check_out(stay_id: UUID, why: EndWhy) -> Stay:
    """They have left the place, and their units are free from today on. Where to is for the desk to say."""
    actor = check(CHECK_IN)
    if why is EndWhy.TRANSFERRED:
        raise Refused("transfer_names_a_place")
    return _move_out(actor, held_stay(stay_id), why)


@transaction.atomic
def transfer(stay_id: UUID, place_id: UUID) -> Stay:
    """They move to another place, from today on; the new stay. Refused as a check-in is, with nothing changed."""
    actor = check(CHECK_IN)
    stay, place = held_stay(stay_id), held_place(place_id)
    if place.pk == stay.place_id:
        raise Refused("same_place", field="place", status=409)
    stay.transferred_to = place.centre
    _move_out(actor, stay, EndWhy.TRANSFERRED)
    return _move_in(actor, stay.party, place, None)


@transaction.atomic
def go_away(stay_id: UUID, *, words: str = "") -> Absence:
    """They are away for a while; the units stay theirs. Refused where they are away already."""
    actor = check(CHECK_IN)
    stay = held_stay(stay_id)
    short_enough(words=words)
    with refusing():
        return Absence.objects.create(
            stay=stay, starts=today(), words=words.strip(), member_id=actor.member_id
        )


@transaction.atomic
def come_back(stay_id: UUID) -> Stay:
    """They are back: the stay. Refused where they were not away."""
    check(CHECK_IN)
    stay = held_stay(stay_id)
    if not stay.absences.filter(ends=None).update(ends=today()):
        raise Refused("not_away", status=409)
    return stay


@transaction.atomic
def confirm_stay(stay_id: UUID) -> Stay:
    """A second member has looked where a minor was taken in without a promise. Refused of one's own check-in."""
    actor = check(CHECK_IN)
    stay = held_stay(stay_id)
    if stay.second_id is None:
        stay.second_id = actor.member_id
        with refusing():
            stay.save(update_fields=["second"])
    return stay


def _move_in(actor: Actor, party: Party, place: Place, promise: Promise | None) -> Stay:
    _may_move_in(party, place, promise)
    kept = promise is not None and promise.place_id == place.pk
    units = place.units_for(party.people)
    with refusing():
        stay = Stay.objects.create(
            organisation_id=place.centre.organisation_id,
            desk_id=place.centre.desk_id,
            party=party,
            place=place,
            promise=promise,
            starts=today(),
            checked_in_at=now(),
            checked_in_by_id=actor.member_id,
        )
        if promise is not None:
            promise.ended_at, promise.ended_why = now(), PromiseEnd.KEPT if kept else PromiseEnd.MOVED
            promise.save(update_fields=["ended_at", "ended_why"])
        if kept:
            # Who comes before their day has the units from today on, unless somebody else has them until then.
            taken = UnitUse.objects.filter(promise=promise, ends=None).update(
                promise=None, stay=stay, starts=Least("starts", today())
            )
            if taken < units:
                raise NoRoom(place.centre)
            return stay
        UnitUse.objects.filter(promise=promise, promise__isnull=False).update(
            ends=Greatest("starts", today())
        )
        free = free_numbers([place], today())[place.pk]
        if len(free) < units:
            raise NoRoom(place.centre)
        UnitUse.objects.bulk_create(
            UnitUse(place=place, number=number, starts=today(), party=party, stay=stay)
            for number in free[:units]
        )
    return stay


def _may_move_in(party: Party, place: Place, promise: Promise | None) -> None:
    """Refused for who has left for good, where another desk places people, and where nobody is taken in any more."""
    centre = place.centre
    if party.ended_on is not None:
        raise Refused("party_has_left", field="party", status=409)
    if centre.desk_id != party.organisation_id:
        raise Refused("of_another_desk", field="place", status=409)
    promised = promise is not None and promise.place.centre_id == centre.pk
    if centre.closes_at is not None and centre.closes_at <= now() and not promised:
        raise Refused("centre_is_closed", field="place", status=409)


def _move_out(actor: Actor, stay: Stay, why: EndWhy) -> Stay:
    stay.ends, stay.ended_why = today(), why
    stay.checked_out_at, stay.checked_out_by_id = now(), actor.member_id
    stay.save(update_fields=["ends", "ended_why", "checked_out_at", "checked_out_by", "transferred_to"])
    UnitUse.objects.filter(stay=stay).update(ends=Greatest("starts", today()))
    stay.absences.filter(ends=None).update(ends=today())
    return stay

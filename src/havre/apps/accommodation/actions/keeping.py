# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of places: units blocked and freed, inspections, pledges and what exists of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Greatest

from havre.apps.accommodation.actions.finding import (
    held_block,
    held_centre,
    held_place,
    needed,
    short_enough,
)
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import BlockReason
from havre.apps.accommodation.models import Block, Inspection, Pledge, PledgeConfirmation, UnitUse
from havre.apps.accommodation.policies import RUN_CENTRES
from havre.apps.accommodation.queries import free_numbers
from havre.core.access import check
from havre.core.clock import today


@transaction.atomic
def block_units(
    place_id: UUID,
    units: int,
    *,
    reason: BlockReason,
    words: str = "",
    starts: date | None = None,
    ends: date | None = None,
    idempotency_key: UUID | None = None,
) -> Block:
    """Blocks so many units of a place that nobody has, from a day on. Refused where fewer are free.

    The same key gives the first block, and makes no second.
    """
    actor = check(RUN_CENTRES)
    place, starts = held_place(place_id), starts or today()
    if idempotency_key and (
        first := Block.objects.filter(place=place, idempotency_key=idempotency_key).first()
    ):
        return first
    short_enough(words=words)
    if ends is not None and ends <= starts:
        raise Refused("ends_before_start", field="ends")
    free = free_numbers([place], starts)[place.pk]
    if units < 1 or len(free) < units:
        raise Refused("fewer_free", field="units", status=409, free=len(free))
    block = Block.objects.create(
        place=place,
        units=units,
        starts=starts,
        ends=ends,
        reason=reason,
        words=words.strip(),
        member_id=actor.member_id,
        idempotency_key=idempotency_key,
    )
    with refusing():
        UnitUse.objects.bulk_create(
            UnitUse(place=place, number=number, starts=starts, ends=ends, block=block)
            for number in free[-units:]
        )
    return block


@transaction.atomic
def lift_block(block_id: UUID) -> Block:
    """Ends a block today. Refused where it has ended."""
    actor = check(RUN_CENTRES)
    block = held_block(block_id)
    if block.ends is not None and block.ends <= today():
        raise Refused("block_has_ended", status=409)
    block.ends, block.lifted_by_id = max(block.starts, today()), actor.member_id
    block.save(update_fields=["ends", "lifted_by"])
    UnitUse.objects.filter(block=block).update(ends=Greatest("starts", today()))
    return block


@dataclass(frozen=True, slots=True)
class InspectionSaid:
    """What somebody found in a centre, or in one place of it."""

    on_day: date
    seen_by: str
    found: str
    place_id: UUID | None = None
    units_usable: int | None = None


@transaction.atomic
def inspect(centre_id: UUID, said: InspectionSaid, *, idempotency_key: UUID | None = None) -> Inspection:
    """Writes down what was found. It changes no unit: whoever reads that fewer are usable blocks them.

    The same key gives the first one, and writes no second.
    """
    actor = check(RUN_CENTRES)
    centre = held_centre(centre_id)
    if idempotency_key and (first := centre.inspections.filter(idempotency_key=idempotency_key).first()):
        return first
    needed(seen_by=said.seen_by, found=said.found)
    if said.on_day > today():
        raise Refused("not_yet", field="on_day")
    if said.place_id is not None and not centre.places.filter(pk=said.place_id).exists():
        raise Refused("no_such_place", field="place", status=404)
    return Inspection.objects.create(
        centre=centre,
        place_id=said.place_id,
        on_day=said.on_day,
        seen_by=said.seen_by.strip(),
        found=said.found.strip(),
        units_usable=said.units_usable,
        member_id=actor.member_id,
        idempotency_key=idempotency_key,
    )


@dataclass(frozen=True, slots=True)
class PledgeSaid:
    """Who offered so many units, when, and where that stands."""

    units: int
    said_by: str
    said_on: date
    source: str
    region: str = ""


@transaction.atomic
def record_pledge(said: PledgeSaid, *, idempotency_key: UUID | None = None) -> Pledge:
    """Keeps a figure that somebody said, with its source. What exists of it is confirmed place by place.

    Refused for a day that has not come. The same key gives the first one, and keeps no second.
    """
    actor = check(RUN_CENTRES)
    if idempotency_key and (
        first := Pledge.objects.filter(
            organisation=actor.organisation_id, idempotency_key=idempotency_key
        ).first()
    ):
        return first
    if said.said_on > today():
        raise Refused("not_yet", field="said_on")
    needed(said_by=said.said_by, source=said.source)
    return Pledge.objects.create(
        organisation_id=actor.organisation_id,
        region=said.region.strip(),
        units=said.units,
        said_by=said.said_by.strip(),
        said_on=said.said_on,
        source=said.source.strip(),
        member_id=actor.member_id,
        idempotency_key=idempotency_key,
    )


@transaction.atomic
def confirm_pledge(pledge_id: UUID, place_id: UUID, units: int, *, source: str) -> PledgeConfirmation:
    """Says that units of a place exist, of those pledged. Refused beyond what the place has, all pledges together."""
    actor = check(RUN_CENTRES)
    pledge = Pledge.objects.filter(pk=pledge_id).first()
    if pledge is None:
        raise Refused("no_such_pledge", status=404)
    place = held_place(place_id)
    needed(source=source)
    counted = PledgeConfirmation.objects.filter(place=place).aggregate(n=Sum("units"))["n"] or 0
    if units < 1 or counted + units > place.units:
        raise Refused("more_than_there_are", field="units", units=place.units, counted=counted)
    with refusing():
        return PledgeConfirmation.objects.create(
            pledge=pledge,
            place=place,
            units=units,
            confirmed_on=today(),
            source=source.strip(),
            member_id=actor.member_id,
        )

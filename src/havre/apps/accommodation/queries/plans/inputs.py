# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a plan is made from: the parties without a place, the units that are free on a day, and what was laid down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from havre.apps.accommodation.enums import LockRule, OfferState, PlanInputKind, PromiseEnd
from havre.apps.accommodation.models import (
    Intake,
    Lock,
    Offer,
    Party,
    Passenger,
    Place,
    Plan,
    Promise,
    Separation,
    Stay,
    UnitUse,
)
from havre.apps.accommodation.queries.parties import parties
from havre.apps.accommodation.queries.plans.claims import Closed, closed_by_family
from havre.apps.accommodation.queries.plans.rows import (
    LOCK_COLUMNS,
    PARTY_COLUMNS,
    PLACE_COLUMNS,
    Row,
    party_row,
    place_row,
    table,
)
from havre.apps.accommodation.queries.units import free_units
from havre.core.access import current_actor
from havre.core.clock import today


@dataclass(frozen=True, slots=True)
class Gathered:
    """The tables of a plan, and what every line of them is about."""

    texts: Mapping[PlanInputKind, str]
    parties: Sequence[Party]
    places: Sequence[Place]
    was: Mapping[UUID, UUID]
    """Party to the place that it was promised; of those who are planned again."""


def gather(day: date, region: str, *, again: bool) -> Gathered:
    """What there is now. ``region`` is that of departure; ``again``: those with a promise are planned too."""
    promises = {each.party_id: each for each in _promises()}
    places = _places()
    planned_again = [each.pk for each in promises.values()] if again else []
    free = free_again(places, day, Q(promise__in=planned_again))
    parties = _parties(promises, {key for key, n in free.items() if n > 0}, again=again)
    here = {each.pk for each in parties}
    closed = closed_by_family(parties, places, free, region)
    locks = [
        *_locks(here, places, closed),
        *_separations(here),
        *_intakes(day, places, promises, again=again),
    ]
    return Gathered(
        texts={
            PlanInputKind.PARTIES: table((party_row(each) for each in parties), PARTY_COLUMNS),
            PlanInputKind.PLACES: table((place_row(each, free[each.pk]) for each in places), PLACE_COLUMNS),
            PlanInputKind.LOCKS: table(locks, LOCK_COLUMNS) if locks else "",
        },
        parties=parties,
        places=places,
        was={party: promises[party].place_id for party in here if party in promises},
    )


def gather_desk(party: Party, day: date) -> Gathered:
    """The tables of an offer to one party: itself in the first line, then the others who wait.

    What it has is no offer: the place that it was promised is closed to it, and so are centres with somebody from whom
    it is kept apart. What it refused is not looked at.
    """
    promises = {each.party_id: each for each in _promises()}
    places = _places()
    waiting = [each for each in _parties(promises, set(), again=False) if each.pk != party.pk]
    closed = frozenset(each.pk for each in _shut(party, places, promises.get(party.pk)))
    free = free_again(places, day, Q(pk=None))
    family = closed_by_family([party], places, free, _region_of_departure())
    locks = [
        *_locks({party.pk}, places, family, shut={party.pk: closed}, refused=False, firm=True),
        *_intakes(day, places, promises, again=False),
    ]
    return Gathered(
        texts={
            PlanInputKind.PARTIES: table((party_row(each) for each in (party, *waiting)), PARTY_COLUMNS),
            PlanInputKind.PLACES: table((place_row(each, free[each.pk]) for each in places), PLACE_COLUMNS),
            PlanInputKind.LOCKS: table(locks, LOCK_COLUMNS) if locks else "",
        },
        parties=[party, *waiting],
        places=places,
        was={},
    )


def _shut(party: Party, places: Iterable[Place], promise: Promise | None) -> Iterator[Place]:
    """The place that the party has, and those of centres where somebody is from whom it is kept apart."""
    pairs = Separation.objects.filter(Q(party_a=party) | Q(party_b=party), ended_at=None)
    foes = {each for pair in pairs.values_list("party_a", "party_b") for each in pair} - {party.pk}
    theirs = UnitUse.objects.filter(Q(ends=None) | Q(ends__gt=today()), party__in=foes)
    centres = set(theirs.values_list("place__centre", flat=True))
    for each in places:
        if each.centre_id in centres or (promise is not None and each.pk == promise.place_id):
            yield each


def _region_of_departure() -> str:
    """As the newest plan names it; empty where none does."""
    named = Plan.objects.filter(organisation=current_actor().organisation_id).exclude(region="")
    return named.values_list("region", flat=True).first() or ""


def free_again(places: Iterable[Place], day: date, but: Q) -> dict[UUID, int]:
    """The units of each place that nobody has from that day on; none where the centre takes nobody in that day.

    What the uses ``but`` take counts as free: those who have it are planned again.
    """
    free = free_units(day)
    uses = UnitUse.objects.filter(but, Q(ends=None) | Q(ends__gt=day))
    back = dict(uses.values_list("place").annotate(Count("number", distinct=True)).order_by())
    return {
        each.pk: free.get(each.pk, 0) + back.get(each.pk, 0) if is_open(each, day) else 0 for each in places
    }


def is_open(place: Place, day: date) -> bool:
    """Whether the centre takes anybody in on that day; on the day it closes it does not."""
    centre = place.centre
    begun = centre.opens_on is None or centre.opens_on <= day
    return begun and (centre.closes_at is None or centre.closes_at.date() > day)


def _promises() -> Iterable[Promise]:
    return Promise.objects.filter(organisation=current_actor().organisation_id, ended_at=None)


def _places() -> list[Place]:
    here = Place.objects.filter(centre__desk=current_actor().organisation_id)
    return list(here.select_related("centre").order_by("centre__code", "code"))


def _parties(promises: Mapping[UUID, Promise], open_now: set[UUID], *, again: bool) -> list[Party]:
    """Who is in the camp and has no place; those with a promise where they are planned ``again``.

    Who sits in a coach keeps the promise, unless its place is no longer there. Who is not what they were taken for is
    planned once that is set right.
    """
    staying = Stay.objects.filter(party=OuterRef("pk"), ends=None)
    there = parties().of_our_desk().present().of_right_age().filter(~Exists(staying))
    found = there.select_related("wish").order_by("recorded_at", "pk")
    if not again:
        return [each for each in found if each.pk not in promises]
    gone = set(
        Passenger.objects.filter(boarded_at__isnull=False, arrived_at=None, ended_at=None).values_list(
            "party", flat=True
        )
    )
    return [each for each in found if each.pk not in gone or promises[each.pk].place_id not in open_now]


def _locks(
    here: set[UUID],
    places: Sequence[Place],
    family: Closed,
    *,
    shut: Closed = MappingProxyType({}),
    refused: bool = True,
    firm: bool = False,
) -> Iterator[Row]:
    """Who stays at a place; and each place that is closed to a party by hand, by its own refusal, or by its family.

    ``shut``: closed whatever was laid down. ``firm``: who stays at a place is told by every other one being closed.
    """
    stays: dict[UUID, UUID] = {}
    laid: set[UUID] = set()
    never: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for lock in Lock.objects.filter(party__in=here, ended_at=None):
        meant = {each.pk for each in places if _is_meant(lock, each)}
        if lock.rule == LockRule.STAYS:
            laid.add(lock.party_id)
        if lock.rule == LockRule.STAYS and lock.place_id and not firm:
            stays[lock.party_id] = lock.place_id
        else:
            others = {each.pk for each in places} - meant
            never[lock.party_id] |= others if lock.rule == LockRule.STAYS else meant
    for party, place in _refused(here) if refused else ():
        never[party].add(place)
    # Where a member said they stay goes before where their family is.
    for party, closed in (*(each for each in family.items() if each[0] not in laid), *shut.items()):
        never[party] |= closed
    for party, place in stays.items():
        yield {"rule": "stays", "party_id": party, "place_id": place}
    known = {each.pk for each in places}
    for party, closed_to in never.items():
        for place in sorted(closed_to & known, key=str):
            if party not in stays:  # what a member laid down goes before everything else
                yield {"rule": "never", "party_id": party, "place_id": place}


def _is_meant(lock: Lock, place: Place) -> bool:
    return (
        place.pk == lock.place_id or place.centre_id == lock.centre_id or place.centre.region == lock.region
    )


def _refused(here: set[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Parties and the places that they said no to."""
    gone = Promise.objects.filter(party__in=here, ended_why=PromiseEnd.REFUSED)
    yield from gone.values_list("party", "place")
    offers = Offer.objects.filter(party__in=here, state=OfferState.REFUSED)
    for party, *places in offers.values_list("party", "place_1", "place_2"):
        yield from ((party, place) for place in places if place)


def _separations(here: set[UUID]) -> Iterator[Row]:
    apart = Separation.objects.filter(party_a__in=here, party_b__in=here, ended_at=None)
    for one, other in apart.values_list("party_a", "party_b"):
        yield {"rule": "apart", "party_id": one, "other_party_id": other}


def _intakes(
    day: date, places: Sequence[Place], promises: Mapping[UUID, Promise], *, again: bool
) -> Iterator[Row]:
    """How many people a centre still takes in on each of its days from that day on."""
    here = {each.centre_id for each in places}
    expected: dict[tuple[UUID, date], int] = {}
    if not again:
        promised = Promise.objects.filter(
            pk__in=[each.pk for each in promises.values()], on_day__isnull=False
        )
        told = promised.values_list("place__centre", "on_day").annotate(Sum("party__people")).order_by()
        expected = {(centre, on_day): people for centre, on_day, people in told}
    for each in Intake.objects.filter(centre__in=here, on_day__gte=day):
        left = max(0, each.people - expected.get((each.centre_id, each.on_day), 0))
        yield {"rule": "intake", "centre_id": each.centre_id, "day": each.on_day, "people": left}

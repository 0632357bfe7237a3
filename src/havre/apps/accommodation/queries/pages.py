# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page of accommodation shows, each in a few queries whatever there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Sum

from havre.apps.accommodation.enums import AgeSaid
from havre.apps.accommodation.models import (
    Absence,
    Block,
    Centre,
    Inspection,
    Intake,
    KindChange,
    Lock,
    Party,
    PartyMember,
    Place,
    Pledge,
    PledgeConfirmation,
    Promise,
    Stay,
)
from havre.apps.accommodation.queries.ages import wrong_age
from havre.apps.accommodation.queries.centres import centres
from havre.apps.accommodation.queries.kin import Kin, kin_shown
from havre.apps.accommodation.queries.parties import promises, stays
from havre.apps.accommodation.queries.units import Filled, filled_places
from havre.core.audit import record_listed, record_read


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A centre, and its units by kind of party."""

    centre: Centre
    all: Filled
    kinds: tuple[str, ...]
    """Whom it takes."""


@dataclass(frozen=True, slots=True)
class CentreView:
    """A centre with all that happens there on a day."""

    centre: Centre
    places: Sequence[tuple[Place, Filled]]
    blocks: Sequence[Block]
    inspections: Sequence[Inspection]
    expected: Sequence[Promise]
    """Who was promised a place, and has not come."""
    stays: Sequence[Stay]
    """Who stays there; ``away`` of each is what stands of an absence."""
    intakes: Sequence[Intake]
    """Of the days to come on which it takes in only so many."""

    @property
    def all(self) -> Filled:
        """The units of all places together."""
        return sum((filled for _, filled in self.places), Filled())


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party, where it stays or is expected, and where it stayed."""

    party: Party
    stays: Sequence[Stay]
    promise: Promise | None
    locks: Sequence[Lock]
    kin: Sequence[Kin]
    """Other parties with brothers or sisters of theirs."""
    wrong_age: AgeSaid | None
    kinds: Sequence[KindChange]
    """What they were said to be before, and why that changed; of the own desk."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was pledged, what of it was confirmed, and what there is."""

    pledges: Sequence[tuple[Pledge, int]]
    """Each with the units confirmed of it."""
    units: int
    """Of all places of the desk, whether pledged or not."""


def lines_of_centres(day: date) -> list[CentreLine]:
    """Every centre that may be read, with its units on that day."""
    found, filled = centres().with_places(), filled_places(day)
    return [
        CentreLine(
            each,
            sum((filled[place.pk] for place in each.places.all()), Filled()),
            tuple(dict.fromkeys(kind for place in each.places.all() for kind in place.takes)),
        )
        for each in found
    ]


def by_kind(lines: Sequence[CentreLine], day: date) -> Mapping[str, Filled]:
    """Kind of party to the units of the places that take it; one that takes two kinds counts under both."""
    filled = filled_places(day)
    found: dict[str, Filled] = {}
    for line in lines:
        for place in line.centre.places.all():
            for kind in place.takes:
                found[kind] = found.get(kind, Filled()) + filled[place.pk]
    return found


def centre_view(pk: UUID, day: date) -> CentreView | None:
    """A centre; None where there is none that may be read. That its people were read is put on record."""
    centre = centres().select_related("organisation", "desk").prefetch_related("places").filter(pk=pk).first()
    if centre is None:
        return None
    record_read("accommodation_centre", centre.pk, None)
    filled = filled_places(day, [centre.pk])
    expected = list(promises().filter(place__centre=centre).order_by("on_day", "pk"))
    away = Prefetch("absences", Absence.objects.filter(ends=None), to_attr="away")
    staying = list(stays().filter(place__centre=centre, ends=None).prefetch_related(away))
    record_listed(
        "accommodation_party", [*(each.party_id for each in expected), *(each.party_id for each in staying)]
    )
    return CentreView(
        centre,
        [(place, filled[place.pk]) for place in centre.places.all()],
        list(
            Block.objects.filter(place__centre=centre, uses__isnull=False)
            .exclude(ends__lte=day)
            .select_related("place")
            .distinct()
        ),
        list(Inspection.objects.filter(centre=centre).select_related("place")[:20]),
        expected,
        staying,
        list(centre.intakes.filter(on_day__gte=day)),
    )


def party_view(pk: UUID) -> PartyView | None:
    """A party; None where there is none that may be read. The read is put on record."""
    party = Party.objects.select_related("wish", "organisation").prefetch_related("members").filter(pk=pk)
    found = party.first()
    if found is None:
        return None
    record_read("accommodation_party", found.pk, found.pk)
    return PartyView(
        found,
        list(stays().filter(party=found).order_by("-starts", "-pk")),
        promises().filter(party=found).first(),
        list(Lock.objects.filter(party=found, ended_at=None).select_related("place__centre", "centre")),
        kin_shown(found),
        wrong_age(found),
        list(found.kind_changes.select_related("member__account")),
    )


def references_of(party: UUID) -> list[str]:
    """Of those in a party whom the registry knows, and who may be read."""
    known = PartyMember.objects.filter(party=party, left_on=None, registration__isnull=False)
    return list(known.values_list("registration__person__reference", flat=True))


def counted() -> Counted:
    """Pledges of the own desk beside what exists: two figures, each with its source."""
    confirmed = dict(
        PledgeConfirmation.objects.order_by()
        .values_list("pledge")
        .annotate(n=Sum("units"))
        .values_list("pledge", "n")
    )
    there = Place.objects.aggregate(n=Sum("units"))["n"] or 0
    return Counted([(each, confirmed.get(each.pk, 0)) for each in Pledge.objects.all()], there)

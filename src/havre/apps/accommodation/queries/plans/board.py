# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan as its board shows it: centre by centre, who waits, what it changes, what was accepted of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.models import (
    Acceptance,
    Assignment,
    Block,
    Centre,
    Override,
    Place,
    Plan,
    Promise,
    Stay,
)
from havre.apps.accommodation.queries.plans.inputs import free_again
from havre.core.access import current_actor


@dataclass(slots=True)
class CentreLine:
    """One centre: its units before the plan, and what the plan does there."""

    centre: Centre
    takes: set[PartyKind] = field(default_factory=set)
    units: int = 0
    blocked: int = 0
    free: int = 0
    """Units nobody has on the day of the plan; of what it proposes, nothing is taken off yet."""
    given: int = 0
    """Units that the plan gives out."""
    people: int = 0
    """That the plan sends there."""

    @property
    def left(self) -> int:
        """Units that nobody has after the plan."""
        return max(0, self.free - self.given)


@dataclass(frozen=True, slots=True)
class Waiting:
    """People of one kind without a place."""

    kind: PartyKind
    parties: int
    people: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """How far a plan was accepted, in parties."""

    promised: int
    """Were promised what it proposes, and have not come yet."""
    arrived: int
    """Stay where it proposes."""
    second: int
    """Of minors: wait for a second member."""
    gone: int
    """Are not asked about any more: they said no, did not come, live elsewhere or have left."""
    left: int
    """Of whom nobody has accepted anything."""

    @property
    def open(self) -> int:
        """May still be accepted."""
        return self.second + self.left


def centre_lines(day: date, plan: Plan | None = None) -> list[CentreLine]:
    """Every centre in which the desk places people, on a day; with what a plan that is done does there."""
    places = list(Place.objects.filter(centre__desk=current_actor().organisation_id).select_related("centre"))
    free = free_again(places, day, _placed_by(plan) if plan else Q(pk=None))
    blocked = _blocked(day)
    lines: dict[UUID, CentreLine] = {}
    for place in places:
        line = lines.setdefault(place.centre_id, CentreLine(place.centre))
        line.takes |= {PartyKind(each) for each in place.takes}
        line.units += place.units
        line.blocked += blocked[place.pk]
        line.free += free[place.pk]
    if plan:
        for place_id, n, people in _given(plan):
            found = next(each for each in places if each.pk == place_id)
            lines[found.centre_id].people += people
            lines[found.centre_id].given += people if found.unit == "bed" else n
    return sorted(lines.values(), key=lambda line: (line.centre.region, line.centre.name, line.centre.code))


def _placed_by(plan: Plan) -> Q:
    """The uses of units by those whom the plan places anew, and by those who came as it proposed."""
    there = Assignment.objects.filter(plan=plan).values("party")
    promised = Promise.objects.filter(party__in=there, ended_at=None)
    return Q(promise__in=promised) | Q(stay__promise__plan=plan)


def _blocked(day: date) -> Counter[UUID]:
    standing = Block.objects.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)
    return Counter(dict(standing.values_list("place").annotate(Sum("units")).order_by()))


def _given(plan: Plan) -> Iterable[tuple[UUID, int, int]]:
    counted: defaultdict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for place, people in Assignment.objects.filter(plan=plan, place__isnull=False).values_list(
        "place", "people"
    ):
        counted[place][0] += 1
        counted[place][1] += people
    return [(place, n, people) for place, (n, people) in counted.items()]


def waiting_of(plan: Plan) -> list[Waiting]:
    """Who has no place in the plan, by kind, the most people first."""
    parties, people = Counter[str](), Counter[str]()
    for kind, n in assignments(plan).filter(place=None).values_list("party__kind", "people"):
        parties[kind] += 1
        people[kind] += n
    return [Waiting(PartyKind(kind), parties[kind], n) for kind, n in people.most_common()]


def assignments(plan: Plan) -> QuerySet[Assignment]:
    """What the plan proposes, party by party."""
    return Assignment.objects.filter(plan=plan).select_related("party", "place__centre", "was__centre")


def changed_promises(plan: Plan) -> QuerySet[Assignment]:
    """Those who were promised another place than the one proposed, or who lose theirs."""
    return assignments(plan).filter(was__isnull=False).exclude(place=F("was"), place__isnull=False)


def accepted_of(plan: Plan) -> Accepted:
    """How far it was accepted."""
    told = dict(_standings(plan).values_list("standing").annotate(Count("pk")).order_by())
    return Accepted(
        **{name: told.get(name, 0) for name in ("promised", "arrived", "second", "gone")},
        left=told.get("", 0),
    )


def _standings(plan: Plan) -> QuerySet[Any]:
    """What the plan proposes, with how far each is accepted: ``standing`` as ``standing_of`` tells it."""
    party, there = {"party": OuterRef("party")}, {"party": OuterRef("party"), "place": OuterRef("place")}
    lives = Stay.objects.filter(ends=None)
    said_no = Promise.objects.filter(**party, plan=plan, ended_at__isnull=False)
    said_yes = Acceptance.objects.filter(**there, plan=plan)
    gone = Q(party__ended_on__isnull=False) | Exists(lives.filter(**party)) | Exists(said_no)
    return Assignment.objects.filter(plan=plan, place__isnull=False).annotate(
        standing=Case(
            When(Exists(lives.filter(**there)), then=Value("arrived")),
            When(Exists(Promise.objects.filter(**there, ended_at=None)), then=Value("promised")),
            When(gone, then=Value("gone")),
            When(Q(party__kind=PartyKind.MINOR) & Exists(said_yes), then=Value("second")),
            default=Value(""),
        )
    )


@dataclass(frozen=True, slots=True)
class Now:
    """A plan with what members laid down by hand."""

    points: int
    waiting: int
    placed: int
    """People."""


def figures_now(plan: Plan) -> Now:
    """What the plan is worth now."""
    rows = Assignment.objects.filter(plan=plan)
    told = rows.aggregate(
        points=Sum("points"),
        waiting=Sum("people", filter=Q(place=None)),
        placed=Sum("people", filter=Q(place__isnull=False)),
    )
    return Now(**{key: value or 0 for key, value in told.items()})


def overrides_of(plan: Plan) -> list[Override]:
    """What members laid down in it, the first first, with whether it still stands."""
    found = Override.objects.filter(plan=plan)
    return list(found.select_related("party", "place__centre", "lock", "member__account"))


def standing_of(plan: Plan, assignment: Assignment) -> str:
    """How far the proposal for one party was accepted: ``arrived``, ``promised``, ``second``, ``gone`` or nothing."""
    found = _standings(plan).filter(pk=assignment.pk).values_list("standing", flat=True)
    return found.first() or ""

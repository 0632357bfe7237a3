# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of one party: why it is where it is, every other place that is open to it at which cost, and why not the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.apps.accommodation.enums import WhyNot
from havre.apps.accommodation.models import Assignment, Place, Plan
from havre.apps.accommodation.queries.plans.claims import Family
from havre.apps.accommodation.queries.plans.plans import solved
from havre.engines.placement import Explainer, Goal, Missed, Task, goals, hurdles
from havre.engines.placement import Party as PartyOfTask
from havre.engines.placement import Plan as Solved


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place where the party may go, and what that would mean."""

    place: Place
    points: int
    by_goal: dict[Goal, int]
    wins: int
    """Points more than now; less, with a minus."""
    costs: int
    """Points that others would lose; 0 where there is room."""
    whom: tuple[tuple[int, str, Goal], ...]
    """Who would have to leave: how many parties, of which kind, with what there above all."""
    here: bool

    @property
    def has_room(self) -> bool:
        """Whether nobody would have to leave."""
        return not self.whom


@dataclass(frozen=True, slots=True)
class ClosedPlace:
    """A place where the party may not go, and why."""

    place: Place
    why: tuple[WhyNot, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything that a plan says of one party."""

    assignment: Assignment
    open: tuple[OpenPlace, ...]
    """The most points first."""
    closed: tuple[ClosedPlace, ...]

    @property
    def here(self) -> OpenPlace | None:
        """The place that the plan proposes; None: it waits."""
        return next((each for each in self.open if each.here), None)


def explained(plan: Plan, party_id: UUID) -> Explained | None:
    """What the plan says of the party; None where it says nothing."""
    found = Assignment.objects.filter(plan=plan, party=party_id).select_related("party", "place__centre")
    assignment = found.first()
    if assignment is None:
        return None
    teller = _Teller(solved(plan), assignment)
    family = Family(assignment.party, plan.region)
    open_places, closed = [], []
    for number, place in enumerate(_places(teller.task)):
        why = tuple(teller.why_not(number, family.why(place)))
        if why:
            closed.append(ClosedPlace(place, why))
        else:
            open_places.append(teller.open(number, place))
    open_places.sort(key=lambda each: (-each.points, str(each.place.pk)))
    return Explained(assignment, tuple(open_places), tuple(closed))


def there(plan: Plan, assignment: Assignment, place_id: UUID) -> tuple[Missed, bool] | None:
    """What a place would win the party and cost whom, and whether there is room; None where a hard rule closes it.

    What was laid down by hand, or follows from where family is, closes no place to a member who has a reason.
    """
    teller = _Teller(solved(plan), assignment)
    numbers = {place.id: n for n, place in enumerate(teller.task.places)}
    number = numbers.get(str(place_id))
    if number is None or any(each in HARD for each in teller.why_not(number)):
        return None
    missed = teller.missed(number)
    return missed, not missed.whom


def goals_there(plan: Plan, assignment: Assignment, place_id: UUID) -> dict[str, int]:
    """What a place of the plan earns the party, goal by goal, without those that earn nothing."""
    task = solved(plan).task
    place = next(each for each in task.places if each.id == str(place_id))
    by_goal = goals(task.policy, task.parties[assignment.number], place)
    return {goal.value: points for goal, points in by_goal.items() if points}


HARD = frozenset({WhyNot.KIND, WhyNot.TOO_MANY, WhyNot.STEPS, WhyNot.HOSPITAL, WhyNot.CLOSED, WhyNot.APART})


class _Teller:
    def __init__(self, plan: Solved, assignment: Assignment) -> None:
        self.plan, self.task, self.number = plan, plan.task, assignment.number
        self.party: PartyOfTask = self.task.parties[self.number]
        self._explainer = Explainer(plan)
        self._apart = set(self._centres_of_others())

    def _centres_of_others(self) -> Iterator[str]:
        """Centres with somebody from whom the party is kept apart."""
        others = {each for pair in self.task.locks.apart if self.party.id in pair for each in pair}
        for n, party in enumerate(self.task.parties):
            if party.id in others - {self.party.id} and self.plan.place_of[n] >= 0:
                yield self.task.places[self.plan.place_of[n]].centre

    def why_not(self, number: int, never: WhyNot = WhyNot.NEVER) -> Iterator[WhyNot]:
        place, locks = self.task.places[number], self.task.locks
        at = self.plan.place_of[self.number]
        if number == at:
            return
        if place.units == 0:
            yield WhyNot.CLOSED
        else:
            yield from (WhyNot(each.value) for each in hurdles(self.task.policy, self.party, place))
        if place.centre in self._apart:
            yield WhyNot.APART
        if (self.party.id, place.id) in locks.never:
            yield never
        if locks.stays.get(self.party.id, place.id) != place.id:
            yield WhyNot.STAYS

    def missed(self, number: int) -> Missed:
        return self._explainer.there(self.number, number)

    def open(self, number: int, place: Place) -> OpenPlace:
        by_goal = goals(self.task.policy, self.party, self.task.places[number])
        here = number == self.plan.place_of[self.number]
        missed = self.missed(number)
        return OpenPlace(
            place=place,
            points=sum(by_goal.values()),
            by_goal=by_goal,
            wins=0 if here else missed.wins,
            costs=0 if here else missed.costs,
            whom=() if here else missed.whom,
            here=here,
        )


def _places(task: Task) -> Sequence[Place]:
    """The places of a task in its order."""
    rows = {str(each.pk): each for each in _rows(task)}
    return [rows[each.id] for each in task.places if each.id in rows]


def _rows(task: Task) -> Iterable[Place]:
    return Place.objects.filter(pk__in=[each.id for each in task.places]).select_related("centre")

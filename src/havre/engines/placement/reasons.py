# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a party is where it is: its points by goal, the best places it did not get, and what those would cost whom."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from havre.engines.placement.model import Goal, Party, Place
from havre.engines.placement.plan import Plan
from havre.engines.placement.weighing import goals

SHOWN = 3
"""Places told of each party."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A place that would be worth more to the party than what it has."""

    place: Place
    wins: int
    """Points that the party would win there."""
    costs: int
    """Points that all others would lose, by the prices of the plan; 0 where there is room."""
    whom: tuple[tuple[int, str, Goal], ...]
    """Who would have to leave, the least hurt first: how many parties, of which kind, with what there above all."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Of one party."""

    points: int
    by_goal: dict[Goal, int]
    """Empty for a party that waits."""
    missed: tuple[Missed, ...]


class Explainer:
    """Answers "why?" for the parties of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, task = plan, plan.task
        self._here: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._used: Counter[int] = Counter()
        self._earned: dict[int, dict[Goal, int]] = {}
        for number, at in enumerate(plan.place_of):
            if at >= 0:
                party, place = task.parties[number], task.places[at]
                self._earned[number] = goals(task.policy, party, place)
                self._here[at].append((sum(self._earned[number].values()), number))
                self._used[at] += place.use(party.people)
        for lodged in self._here.values():
            lodged.sort()

    def of(self, number: int) -> Reasons:
        """The reasons of the party with that number in the task."""
        missed = tuple(self.there(number, other) for other in self._better(number))
        return Reasons(self._points(number), self._earned.get(number, {}), missed)

    def there(self, number: int, place: int) -> Missed:
        """What a place that is open to the party would win it, or with a minus lose it, and cost whom."""
        party = self.plan.task.parties[number]
        worth = sum(goals(self.plan.task.policy, party, self.plan.task.places[place]).values())
        return Missed(
            self.plan.task.places[place],
            worth - self._points(number),
            self._costs(place, party),
            self._whom(place, party),
        )

    def _points(self, number: int) -> int:
        party = self.plan.task.parties[number]
        if number in self._earned:
            return sum(self._earned[number].values())
        return -self.plan.task.policy.waiting(party) * party.people

    def _better(self, number: int) -> list[int]:
        """The best places that the party did not get."""
        numbers, at = self.plan.instance, self.plan.place_of[number]
        t = numbers.type_of[number]
        if numbers.locked[t]:
            return []
        gain = numbers.gains(np.array([t]))[0].astype(np.int64)
        has = int(gain[at]) if at >= 0 else 0
        better = np.flatnonzero(gain > has)
        best = better[np.argsort(-gain[better], kind="stable")[:SHOWN]]
        return [int(other) for other in best]

    def _lacks(self, place: int, party: Party) -> int:
        """The units that would have to be given up there."""
        there = self.plan.task.places[place]
        return max(0, there.use(party.people) - (there.units - self._used[place]))

    def _costs(self, place: int, party: Party) -> int:
        return self.plan.prices.of(place, party.people) if self._lacks(place, party) else 0

    def _whom(self, place: int, party: Party) -> tuple[tuple[int, str, Goal], ...]:
        lacks, out = self._lacks(place, party), Counter[tuple[str, Goal]]()
        for _, number in self._here[place]:
            if lacks <= 0:
                break
            leaves = self.plan.task.parties[number]
            earned = {
                goal: got for goal, got in self._earned[number].items() if goal is not Goal.BASE and got
            }
            out[leaves.kind, max(earned, key=lambda goal: earned[goal], default=Goal.BASE)] += 1
            lacks -= self.plan.task.places[place].use(leaves.people)
        return tuple((n, kind, goal) for (kind, goal), n in out.items())

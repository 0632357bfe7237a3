# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes a plan: an exact flow, a bound, and a search that goes on as long as it may."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np

from havre.engines.placement import kernel_search
from havre.engines.placement.compiled import is_kept
from havre.engines.placement.instance import Instance, Longs, instance_of
from havre.engines.placement.model import Task
from havre.engines.placement.parts import Part, parts_of
from havre.engines.placement.plan import Plan, Prices, days_of
from havre.engines.placement.searching import PartSearch

_T = TypeVar("_T")
_R = TypeVar("_R")
HOT, WARM, MILD, COLD, FROZEN = 50.0, 20.0, 8.0, 3.0, 0.5
"""Heat of the search, in points of a party: a language or a school weighs about the first, next to nothing the last."""
STEPS_OF_PARTY = 20_000
MOST_STEPS = 24_000_000
MOST_CROWDED = 2_500_000_000_000
"""Steps times parties: in a crowd a step takes longer, since less of what it looks at is near at hand."""
FIRST, AGAIN = 1 / 16, 1 / 64
"""The part of all steps of the first pass, so that there is a fair plan soon; and of that of a plan made again."""
STEPS_OF_PASS = 2_000
"""Of each party, in the passes that follow; several cooled in turn find more than one that is cooled slowly."""
LAST = 1 / 2
"""Of all that went before: the last pass, in which what is left to win in little steps is won."""
_STAGES = 40
"""Of a pass, between which it may be stopped and tells its plan."""
_PRICE_STEPS = 400


@dataclass(frozen=True, slots=True)
class Effort:
    """How long the search goes on: its passes, or with ``endless`` until it is stopped or nothing is left to win."""

    endless: bool = False
    threads: int = 1
    short: bool = False
    """As brief as when a plan is made again."""


def is_compiled() -> bool:
    """Whether the search was compiled before on this machine; else the first plan takes half a minute longer."""
    return is_kept(kernel_search.search)


def solve(
    task: Task,
    *,
    seed: int = 1,
    effort: Effort | None = None,
    previous: Mapping[str, str] | None = None,
    go_on: Callable[[], bool] = lambda: True,
    tell: Callable[[Plan], None] = lambda _: None,
    instance: Instance | None = None,
) -> Plan:
    """The best plan found. The same task, seed and previous plan give the same plan, unless ``go_on`` cuts it short.

    ``go_on`` is asked often, ``tell`` hears of each better plan. ``previous`` maps parties to the places promised.
    ``instance``: other numbers than those of the task, to be planned by.
    """
    return _Solver(task, instance or instance_of(task), seed, effort or Effort(), go_on, tell).solve(
        previous or {}
    )


@dataclass(frozen=True, slots=True)
class _Pass:
    """A stretch of the search, cooled once."""

    length: float
    """As a part of all steps."""
    hot: float
    cold: float


class _Solver:
    def __init__(
        self,
        task: Task,
        instance: Instance,
        seed: int,
        effort: Effort,
        go_on: Callable[[], bool],
        tell: Callable[[Plan], None],
    ) -> None:
        self.task, self.seed, self.effort, self.go_on, self.tell = task, seed, effort, go_on, tell
        self.instance = instance
        parts = parts_of(instance, whole=bool(task.locks.apart or task.locks.intake))
        self.searches: list[PartSearch] = self._each(parts, lambda part: self._search(instance, part))
        self.told: int | None = None

    def _search(self, instance: Instance, part: Part) -> PartSearch:
        return PartSearch(self.task, instance, part, self.seed)

    def _each(self, things: list[_T], work: Callable[[_T], _R]) -> list[_R]:
        if self.effort.threads < 2 or len(things) < 2:
            return [work(thing) for thing in things]
        with ThreadPoolExecutor(self.effort.threads) as pool:
            return list(pool.map(work, things))

    def solve(self, previous: Mapping[str, str]) -> Plan:
        """Passes of the search, bettering the bound between them."""
        promised = self._promised(previous)
        self._each(self.searches, lambda search: search.begin(promised))
        self._tell()
        again = bool(previous) or self.effort.short
        for each in self._passes(again):
            if not self.go_on() or self._is_best():
                break
            if not again:
                self._each(self.searches, lambda search: search.better_bound(_PRICE_STEPS))
            if each.hot < HOT:
                self._each(self.searches, lambda search: search.return_to_best())
            self._pass(each)
        if not again and self.go_on():
            self._each(self.searches, lambda search: search.better_bound(_PRICE_STEPS))
        return self._plan()

    def _passes(self, again: bool) -> Iterator["_Pass"]:
        """In turn warm, from the best plan, and hot, from where the last one ended; the last is mild and ends frozen.

        Where the search is endless, more passes and another last one follow. Of a plan made again they are warm alone.
        """
        most = self._steps() // max(1, STEPS_OF_PASS * self._parties)
        length, rounds = (AGAIN, 1) if again else (1 / (most | 1), most | 1)
        spent = 0.0
        if not again:
            yield _Pass(FIRST, HOT, COLD)
        for number in count():
            if spent and number % rounds == 0:
                if not again:
                    yield _Pass(LAST * spent, MILD, FROZEN)
                if not self.effort.endless:
                    return
                spent, length = 0.0, min(1.0, 2 * length)
            yield _Pass(length, HOT if number % 2 and not again else WARM, COLD)
            spent += length

    @property
    def _parties(self) -> int:
        return sum(len(search.parties) for search in self.searches)

    def _steps(self) -> int:
        """Of all passes together."""
        return min(STEPS_OF_PARTY * self._parties, MOST_STEPS, MOST_CROWDED // max(1, self._parties))

    def _promised(self, previous: Mapping[str, str]) -> Longs:
        """(parties,): the place promised to each, or -1."""
        at = {place.id: number for number, place in enumerate(self.task.places)}
        places = [at.get(previous.get(party.id, ""), -1) for party in self.task.parties]
        return np.array(places, np.int64)

    def _pass(self, one: "_Pass") -> None:
        """From hot to cold, all parts together stage by stage."""
        steps = one.length * self._steps() / _STAGES
        share = {id(search): share for search, share in zip(self.searches, self._shares(), strict=True)}
        cooling = (one.cold / one.hot) ** (1 / _STAGES)
        for stage in range(_STAGES):
            heat = one.hot * cooling**stage

            def better(search: PartSearch, heat: float = heat) -> None:
                search.better_plan(heat, heat * cooling, int(steps * share[id(search)]) + 1)

            self._each(self.searches, better)
            self._tell()
            if not self.go_on():
                return

    def _shares(self) -> list[float]:
        """Of the work: half by how many parties a part has, half by how much it may still win."""
        parties = [len(search.parties) for search in self.searches]
        gaps = [search.bound - search.points for search in self.searches]
        return [
            n / sum(parties) / 2 + gap / max(1, sum(gaps)) / 2 for n, gap in zip(parties, gaps, strict=True)
        ]

    def _is_best(self) -> bool:
        return all(search.is_best for search in self.searches)

    def _tell(self) -> None:
        points = sum(search.points for search in self.searches)
        if self.told is None or points > self.told:
            self.told = points
            self.tell(self._plan())

    def _plan(self) -> Plan:
        place_of = np.full(len(self.task.parties), -1, np.int64)
        prices: dict[int, tuple[Mapping[int, int], Longs]] = {}
        for search in self.searches:
            part = search.part
            place_of[search.parties] = np.append(part.places, -1)[search.where]
            rows = {int(size): row for row, size in enumerate(part.sizes)}
            slot_price = search.slot_price()
            prices |= {int(place): (rows, slot_price[:, at]) for at, place in enumerate(part.places)}
        return Plan(
            task=self.task,
            instance=self.instance,
            place_of=tuple(place_of.tolist()),
            day_of=days_of(self.task, place_of.tolist()),
            points=self.instance.waiting_points + sum(search.points for search in self.searches),
            bound=self.instance.waiting_points + sum(search.bound for search in self.searches),
            seed=self.seed,
            prices=Prices(prices),
        )

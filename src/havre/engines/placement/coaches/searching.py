# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole coaches: a dive from fractions of ways to whole ways, and dives into one neighbourhood after another."""

from collections.abc import Callable, Sequence

import numpy as np

from havre.engines.placement.coaches.master import Master
from havre.engines.placement.coaches.ways import Way, Ways

COACH = 20_000
"""A coach, in km: more than any saving of km."""
REGION = 10
"""Coaches whose loads are dealt out anew at a time."""
_NEAR = 12
_SURE, _AT_ONCE = 0.99, 0.05
_BLUR = 0.25


def cost_of(ways: Ways, taken: Sequence[Way]) -> int:
    """Coaches first, then km."""
    return sum(COACH + ways.length(way) for way in taken)


def dive(
    ways: Ways, master: Master, go_on: Callable[[], bool], random: np.random.Generator | None = None
) -> list[Way] | None:
    """Whole ways that take each load once, from a master that is solved; None where that led nowhere.

    What is taken most becomes whole; with ``random`` only as a rule, so that another dive may end elsewhere.
    """
    loads = np.arange(len(ways.km0))
    chosen: list[Way] = []
    while True:
        taken = master.taken()
        if random is not None:
            blur = random.random(len(taken)) * _BLUR
            taken = [taken[i] for i in np.argsort([b - x for b, (x, _) in zip(blur, taken, strict=True)])]
        fixed = _fixed(taken, max(1, int(_AT_ONCE * len(taken))))
        if any(not master.alone[way[0]] and len(way) == 1 for way in fixed):
            return None
        chosen += [tuple(loads[i] for i in way) for way in fixed]
        gone = {i for way in fixed for i in way}
        left = [i for i in range(len(loads)) if i not in gone]
        if not left:
            return [tuple(int(i) for i in way) for way in chosen]
        at = {i: number for number, i in enumerate(left)}
        pool = [
            tuple(at[i] for i in way)
            for row in master.pool.tolist()
            if len(way := [i for i in row if i >= 0]) > 1 and all(i in at for i in way)
        ]
        loads = loads[left]
        master = Master(master.ways.part(left), COACH, 1, pool)
        if not master.solve(go_on):
            return None


def _fixed(taken: list[tuple[float, Way]], most: int) -> list[Way]:
    """All that are whole already, else those that nearly are."""
    whole = [way for x, way in taken if x > _SURE]
    if whole:
        return whole
    fixed: list[Way] = []
    seen: set[int] = set()
    for _, way in taken:
        if not seen & set(way):
            fixed.append(way)
            seen |= set(way)
        if len(fixed) == most:
            break
    return fixed


class Search:
    """Betters whole ways; ``best`` takes each load once at every moment."""

    def __init__(self, ways: Ways, best: list[Way], seed: int) -> None:
        self.ways, self.best = ways, best
        self._random = np.random.default_rng(seed)
        either = ways.may | ways.may.T
        self._near = []
        for i in range(len(ways.km0)):
            near = np.flatnonzero(either[i])
            self._near.append(near[np.argsort(ways.km[i, near], kind="stable")][:_NEAR])
        self._sociable = [i for i, near in enumerate(self._near) if len(near)]

    def step(self) -> bool:
        """Deals out the loads of some coaches that are near each other anew; whether that was better."""
        if not self._sociable:
            return False
        coach_of = {i: number for number, way in enumerate(self.best) for i in way}
        region = self._region(coach_of)
        old = [self.best[number] for number in region]
        loads = sorted(i for way in old for i in way)
        at = {i: number for number, i in enumerate(loads)}
        part = self.ways.part(loads)
        known = [tuple(at[i] for i in way) for way in old]
        was = cost_of(part, known)
        master = Master(part, COACH, 1, [way for way in known if len(way) > 1])
        master.solve()
        if float(master.price[:-1].sum()) * master.unit > was - 0.5:
            return False
        found = dive(part, master, lambda: True, self._random)
        if found is None or cost_of(part, found) >= was:
            return False
        keep = set(region)
        self.best = [way for number, way in enumerate(self.best) if number not in keep]
        self.best += [tuple(loads[i] for i in way) for way in found]
        return True

    def _region(self, coach_of: dict[int, int]) -> list[int]:
        """Coaches that a walk from load to near load comes by."""
        region = [coach_of[self._sociable[int(self._random.integers(len(self._sociable)))]]]
        for _ in range(6 * REGION):
            way = self.best[region[int(self._random.integers(len(region)))]]
            near = self._near[way[int(self._random.integers(len(way)))]]
            if len(near):
                coach = coach_of[int(near[int(self._random.integers(len(near)))])]
                if coach not in region:
                    region.append(coach)
            if len(region) == REGION:
                break
        return region

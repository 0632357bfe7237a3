# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a coach is half empty: what keeps each other load from riding along."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from havre.engines.placement.coaches import kernel_routes as kernel
from havre.engines.placement.coaches.ways import Way, Ways
from havre.words import Language, Words

WORDS = Words("havre.engines.placement.coaches")
_PLENTY = 1 << 40


class Hindrance(StrEnum):
    """What keeps a load out of a coach."""

    STOPS = "stops"
    """The coach calls at as many centres as it may."""
    FAR = "far"
    """Detour, drivers, or the hours of a centre."""
    DAY = "day"
    SEATS = "seats"
    TOGETHER = "together"
    """Others would have to come along."""
    NOTHING = "nothing"
    """It might ride along; that would save no coach that was found."""


@dataclass(frozen=True, slots=True)
class Why:
    """How many loads of other coaches each hindrance keeps out."""

    counts: dict[Hindrance, int]

    @property
    def told(self) -> str:
        """As a cell: ``far=371 seats=12``."""
        return " ".join(f"{what}={n}" for what, n in self.counts.items())

    @property
    def main(self) -> Hindrance:
        """What keeps out those who are on the way: nobody needs to be told that the rest lives elsewhere."""
        near = {what: n for what, n in self.counts.items() if what is not Hindrance.FAR}
        return max(near, key=lambda what: near[what]) if near else Hindrance.FAR

    def say(self, language: Language) -> str:
        """In words."""
        return "; ".join(WORDS.say(language, f"why_{what}", n=n) for what, n in self.counts.items())


class Asking:
    """Answers for coaches over one set of loads."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        limits = ways.limits.copy()
        limits[kernel.SEATS] = _PLENTY
        load = ways.load.copy()
        load[:, 1] = kernel.FREE
        may = kernel.pairs(ways.km0, ways.km, load, limits)
        self._loose = ways._replace(limits=limits, load=load, may=may)
        self._either = may | may.T

    def of(self, way: Way) -> Why:
        """Why nobody else sits in the coach that goes this way."""
        if len(way) == self.ways.limits[kernel.STOPS]:
            return Why({Hindrance.STOPS: len(self.ways.km0) - len(way)})
        counts = Counter(
            self._hindrance(way, other) for other in range(len(self.ways.km0)) if other not in way
        )
        return Why({what: counts[what] for what in Hindrance if counts[what]})

    def _hindrance(self, way: Sequence[int], other: int) -> Hindrance:
        loads = [*way, other]
        if not np.all(self._either[other, list(way)]) or self._loose.together(loads) is None:
            return Hindrance.FAR
        days = {int(day) for day in self.ways.load[loads, 1]} - {kernel.FREE}
        if len(days) > 1:
            return Hindrance.DAY
        if self.ways.load[loads, 0].sum() > self.ways.limits[kernel.SEATS]:
            return Hindrance.SEATS
        return Hindrance.TOGETHER if self.ways.load[other, 4] >= 0 else Hindrance.NOTHING

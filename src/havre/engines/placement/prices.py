# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prices, bettered step by step: the bound that knows that a party is never split.

The bound is a convex function of what each party is worth; each step follows a subgradient, bent towards the ones
before (Camerini, Fratta and Maffioli 1975), by a length that depends on the best bound known (Polyak 1969).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from havre.engines.placement.instance import Longs
from havre.engines.placement.kernel_bound import best_choices, fill, lodge
from havre.engines.placement.parts import Part

SCALE = 256
"""Prices are whole multiples of 1 / SCALE points, so that the bound is proven in whole numbers."""
MOST_CELLS = 300_000_000
"""Cells that one call looks at, at most: with many of them the prices of the flow are good already."""
_HOPE = 0.002
"""The part of the bound that one first hopes to win."""
_ENOUGH = 0.01
"""The part of that hope which counts as a success."""
_STALLED = 30
_SHRINK = 0.8
_BENT = 0.7
_LEAST = 0.5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SlotPrices:
    """(sizes, L): what a party of each size pays at each place, in 1 / SCALE points; and the bound that follows."""

    price: Longs
    bound: int
    """Points above waiting that no plan exceeds."""


def slot_prices(part: Part, price: npt.NDArray[np.number]) -> SlotPrices:
    """The bound that follows from any prices (sizes, L) in points."""
    whole = np.maximum(np.rint(np.asarray(price, np.float64) * SCALE), 0).astype(np.int64)
    best = np.empty(len(part.size), np.int64)
    best_choices(part.gain, part.size, part.slot, whole, SCALE, best)
    by_slots = int(fill(part.units, part.use, part.most, whole)) + int((best * part.count).sum())
    return SlotPrices(whole, min(by_slots // SCALE, _by_parties(part, best).bound))


def _by_parties(part: Part, worth: Longs) -> SlotPrices:
    """The bound that follows from what a party of each type (T,) is worth, and what it then costs at each place."""
    cost = np.empty(part.use.shape, np.int64)
    lodged = _lodge(part, worth, SCALE, np.empty(len(worth), np.int64), cost)
    return SlotPrices(cost, (int(lodged) + int((worth * part.count).sum())) // SCALE)


def _lodge(
    part: Part, worth: npt.NDArray[np.number], scale: int, taken: Longs, cost: npt.NDArray[np.number]
) -> float:
    """What all places gain in all beyond what the parties are worth that they choose."""
    return lodge(  # type: ignore[no-any-return]
        part.by_place, part.size, part.count, part.slot, part.units, part.use, worth, scale, taken, cost
    )


class Ascent:
    """Betters the prices of one part. It may be asked to go on as often as one likes."""

    def __init__(self, part: Part, start: npt.NDArray[np.number]) -> None:
        self.part = part
        self.proven = slot_prices(part, start)
        worth = np.empty(len(part.size), np.int64)
        best_choices(part.gain, part.size, part.slot, self.proven.price, SCALE, worth)
        self._worth: Floats = worth / SCALE
        self._best_worth, self._best = self._worth.copy(), np.inf
        self._direction = np.zeros_like(self._worth)
        self._hope, self._stalled = 0.0, 0

    def steps(self, number: int, points: int) -> SlotPrices:
        """The best prices known after that many steps more at most; ``points`` is what a plan reaches above waiting."""
        for _ in range(min(number, 1 + MOST_CELLS // self.part.gain.size)):
            if self._hope == 0.0:
                self._hope = min(_HOPE * self.proven.bound, float(self.proven.bound - points))
            if self._hope < _LEAST:
                break
            self._step()
        found = _by_parties(self.part, np.rint(self._best_worth * SCALE).astype(np.int64))
        if found.bound < self.proven.bound:
            self.proven = found
        return self.proven

    def _step(self) -> None:
        part, worth = self.part, self._worth
        taken = np.empty(len(worth), np.int64)
        value = float((worth * part.count).sum()) + _lodge(part, worth, 1, taken, np.empty(part.use.shape))
        self._stalled = 0 if value < self._best - self._hope * _ENOUGH else self._stalled + 1
        if value < self._best:
            self._best, self._best_worth = value, worth.copy()
        if self._stalled == _STALLED:
            self._hope, self._stalled = self._hope * _SHRINK, 0
            self._worth, self._direction = self._best_worth.copy(), np.zeros_like(worth)
            return
        self._direction = part.count - taken + _BENT * self._direction
        steep = float((self._direction**2).sum())
        if steep == 0:
            self._hope = 0.0
            return
        step = (value - self._best + self._hope) / steep
        self._worth = np.maximum(worth - step * self._direction, 0)

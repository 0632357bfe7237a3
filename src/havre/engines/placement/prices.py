# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prices of slots, bettered step by step: the bound that knows that a party is never split.

The bound is a convex function of the prices; each step follows a subgradient, bent towards the one before (Camerini,
Fratta and Maffioli 1975), by a length that depends on the best plan known (Polyak 1969).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from havre.engines.placement.instance import Longs
from havre.engines.placement.kernel_bound import best_choices, choose, fill
from havre.engines.placement.parts import Part

SCALE = 256
"""Prices are whole multiples of 1 / SCALE points, so that the bound is proven in whole numbers."""
MOST_CELLS = 300_000_000
"""Cells that one call looks at, at most: with many of them the prices of the flow are good already."""
_HOPE = 0.002
"""The part of the bound that one first hopes to win."""
_ENOUGH = 0.05
"""The part of that hope which counts as a success."""
_STALLED = 20
_SHRINK = 0.7
_LEAST = 0.05

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SlotPrices:
    """(sizes, L): what a party of each size pays at each place, in 1 / SCALE points; and the bound that follows."""

    price: Longs
    bound: int
    """Points above waiting that no plan exceeds."""


def slot_prices(part: Part, price: npt.NDArray[np.number]) -> SlotPrices:
    """The bound that follows from any prices (sizes, L) in points."""
    whole = np.maximum(np.rint(np.asarray(price, np.float64) * SCALE), 0).astype(np.int64)
    given = np.zeros(whole.shape, np.int64)
    filled = fill(part.units, part.use, part.most, whole, given)
    chosen = best_choices(part.gain, part.size, part.count, part.slot, whole, SCALE)
    return SlotPrices(whole, (int(filled) + int(chosen)) // SCALE)


class Ascent:
    """Betters the prices of one part. It may be asked to go on as often as one likes."""

    def __init__(self, part: Part, start: npt.NDArray[np.number]) -> None:
        self.part = part
        self.proven = slot_prices(part, start)
        self._price: Floats = np.asarray(start, np.float32).copy()
        self._best_price, self._best = self._price.copy(), np.inf
        self._direction = np.zeros_like(self._price, np.float64)
        self._hope, self._stalled = 0.0, 0

    def steps(self, number: int, points: int) -> SlotPrices:
        """The best prices known after that many steps more at most; ``points`` is what a plan reaches above waiting."""
        for _ in range(min(number, 1 + MOST_CELLS // self.part.gain.size)):
            if self._hope == 0.0:
                self._hope = min(_HOPE * self.proven.bound, float(self.proven.bound - points))
            if self._hope < _LEAST:
                break
            self._step()
        found = slot_prices(self.part, self._best_price)
        if found.bound < self.proven.bound:
            self.proven = found
        return self.proven

    def _step(self) -> None:
        part, price = self.part, self._price
        taken, given = np.zeros(price.shape, np.int64), np.zeros(price.shape, np.int64)
        value = choose(part.gain, part.size, part.count, part.slot, price, taken)
        value += float(fill(part.units, part.use, part.most, price.astype(np.float64), given))
        if value < self._best - self._hope * _ENOUGH:
            self._stalled = 0
        else:
            self._stalled += 1
        if value < self._best:
            self._best, self._best_price = value, price.copy()
        if self._stalled == _STALLED:
            self._hope, self._stalled = self._hope * _SHRINK, 0
            self._price = self._best_price.copy()
            self._direction[:] = 0.0
            return
        slope = (given - taken).astype(np.float64)
        old = float((self._direction**2).sum())
        against = float((slope * self._direction).sum())
        bend = -1.5 * against / old if old > 0 and against < 0 else 0.0
        self._direction = slope + bend * self._direction
        steep = float((self._direction**2).sum())
        if steep == 0:
            self._hope = 0.0
            return
        step = (value - self._best + self._hope) / steep
        self._price = np.maximum(price - step * self._direction, 0).astype(np.float32)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The linear program over all ways, by column generation: what is taken of each, and what each load is worth."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from havre.engines.placement.coaches.kernel_simplex import SLACK, improve
from havre.engines.placement.coaches.ways import Ints, Longs, Way, Ways

Floats = npt.NDArray[np.float64]
_DEAR = 64
"""Times the dearest way: what a load costs that may not go alone, so that it never does."""
_PERTURBED = 1e-5
_ENOUGH = 1e-7
"""A way that would win less than this part of a coach is not worth a pivot."""
_AT_ONCE = 100
"""Pivots between two questions whether it may go on: a fraction of a second where there are a thousand loads."""
_REFRESH = 12
"""Rounds after which the inverse is computed anew."""


class Master:
    """Fractions of ways that take each load once, at the least cost; ``fixed`` and ``per_km`` are whole numbers."""

    def __init__(self, ways: Ways, fixed: int, per_km: int, known: Sequence[Way] = ()) -> None:
        self.ways, self.fixed, self.per_km = ways, fixed, per_km
        n = len(ways.km0)
        self.pool: Ints = np.full((n, int(ways.limits[1])), -1, np.int32)
        self.pool[:, 0] = np.arange(n)
        self.km: Longs = ways.km0.copy()
        self.alone: npt.NDArray[np.bool_] = ways.load[:, 4] < 0
        self._add(known)
        self.basis = np.append(np.arange(n), SLACK)
        self.inverse: Floats = np.eye(n + 1)
        self.inverse[n, :n] = -1
        self._right = 1 + _PERTURBED * np.random.default_rng(n).random(n + 1)
        self._right[n] = 2 * n + 1
        self._cost()

    def _add(self, known: Sequence[Way]) -> None:
        more = np.full((len(known), self.pool.shape[1]), -1, np.int32)
        for row, way in zip(more, known, strict=True):
            row[: len(way)] = way
        self.pool = np.vstack([self.pool, more])
        self.km = np.append(self.km, np.array([self.ways.length(way) for way in known], np.int64))

    def cost(self, fixed: int, per_km: int, coaches: int | None = None) -> None:
        """Other costs, and a number of coaches that is not exceeded, from where it stands."""
        self.fixed, self.per_km = fixed, per_km
        self._right[-1] = 2 * len(self._right) if coaches is None else coaches + 0.01
        self._cost()

    def _cost(self) -> None:
        costs = self.fixed + self.per_km * self.km
        self.unit = float(costs.max())
        self.costs: Floats = costs / self.unit
        self.costs[: len(self.alone)][~self.alone] = _DEAR
        self.x: Floats = self.inverse @ self._right
        taken = np.append(self.costs, 0.0)[self.basis]
        self.price: Floats = taken @ self.inverse

    def solve(self, go_on: Callable[[], bool] = lambda: True) -> bool:
        """To the optimum; False where it was stopped before."""
        rounds = 0
        while go_on():
            if not self._improve(go_on):
                return False
            if not self._more():
                return True
            rounds += 1
            if rounds % _REFRESH == 0:
                self._refresh()
        return False

    def _improve(self, go_on: Callable[[], bool]) -> bool:
        """The best of the ways that are known; False where it was stopped before."""
        known = self.pool, self.costs, self.basis, self.inverse, self.x, self.price
        while improve(*known, _AT_ONCE) == _AT_ONCE:
            if not go_on():
                return False
        return True

    def _refresh(self) -> None:
        n = len(self.basis) - 1
        matrix = np.zeros((n + 1, n + 1))
        for column, number in enumerate(self.basis.tolist()):
            matrix[n, column] = 1
            if number != SLACK:
                matrix[[i for i in self.pool[number].tolist() if i >= 0], column] = 1
        self.inverse = np.linalg.inv(matrix).astype(np.float64)
        self._cost()

    def whole_prices(self) -> Longs:
        """(n + 1,) the prices in the units of the costs, rounded down."""
        return np.floor(self.price * self.unit).astype(np.int64)

    def _more(self) -> bool:
        price = self.whole_prices()
        best, ways = self.ways.cheapest(price[:-1], self.fixed - int(price[-1]), self.per_km)
        found = np.unique(ways[best < -_ENOUGH * self.unit], axis=0)
        self._add([tuple(way[way >= 0].tolist()) for way in found])
        fresh = self.fixed + self.per_km * self.km[len(self.costs) :]
        self.costs = np.append(self.costs, fresh / self.unit)
        return len(found) > 0

    def taken(self) -> list[tuple[float, Way]]:
        """The ways of which something is taken, most first."""
        rows = [
            (float(x), int(c)) for x, c in zip(self.x, self.basis, strict=True) if c != SLACK and x > 1e-3
        ]
        rows.sort(key=lambda row: (-round(row[0], 6), row[1]))
        return [(x, tuple(i for i in self.pool[c].tolist() if i >= 0)) for x, c in rows]

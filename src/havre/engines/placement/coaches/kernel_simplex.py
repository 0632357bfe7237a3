# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A primal simplex over coaches: each load on one of them, and not more than so many in all."""

from typing import Any

import numpy as np
from numba import njit

SLACK = -1
"""In the basis: the coaches that are not needed."""
_TINY = 1e-9


@njit(cache=True, nogil=True)
def improve(ways: Any, cost: Any, basis: Any, inverse: Any, x: Any, price: Any, most: int) -> int:
    """Pivots until no way of the pool is worth more than it costs, at most so often; the number of pivots.

    ways (C, stops) of rows, -1 where they end, cost (C,); basis (n + 1,) numbers of ways, inverse its inverse, x
    what is taken of each, price (n + 1,) of the loads and last of a coach. All but the first two are changed.
    """
    n = len(basis) - 1
    direction = np.empty(n + 1)
    for pivot in range(most):
        enters, worst = SLACK, -price[n]
        if worst >= -_TINY:
            worst = -_TINY
        for c in range(len(ways)):
            left = cost[c] - price[n]
            for i in ways[c]:
                if i < 0:
                    break
                left -= price[i]
            if left < worst:
                enters, worst = c, left
        if worst >= -_TINY:
            return pivot
        direction[:] = inverse[:, n]
        if enters != SLACK:
            for i in ways[enters]:
                if i < 0:
                    break
                direction += inverse[:, i]
        leaves, ratio = -1, np.inf
        for r in range(n + 1):
            if direction[r] > 1e-7:
                q = max(x[r], 0.0) / direction[r]
                if q < ratio:
                    leaves, ratio = r, q
        if leaves < 0:
            return pivot
        x -= ratio * direction
        x[leaves] = ratio
        inverse[leaves] /= direction[leaves]
        for r in range(n + 1):
            if r != leaves and direction[r] != 0.0:
                inverse[r] -= direction[r] * inverse[leaves]
        price += worst * inverse[leaves]
        basis[leaves] = enters
    return most

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prices of slots: what it costs to take a party of one size in at one place.

With prices q[size, place] a party gets at best max(0, k * gain - q), and a place at best the knapsack of q over its
units. The sum bounds every plan, whatever the prices (Lagrangian decomposition, Guignard and Kim 1987); here it is
worked out in whole numbers, and the prices are bettered step by step.
"""

from typing import Any

import numpy as np
from numba import njit


# Nothing here is no number, and to say so lets the machine compare many at once.
@njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
def choose(gain: Any, size: Any, count: Any, slot: Any, price: Any, taken: Any) -> Any:
    """The sum of what all parties get at best; adds to ``taken`` [slot, place] the parties that choose it.

    ``gain`` (T, L) per person, ``slot`` (T,) the row of ``price`` for the size. Exact where the prices are whole.
    """
    types, places = gain.shape
    total = 0.0
    for t in range(types):
        k, row = np.float32(size[t]), slot[t]
        best = np.float32(0.0)
        for place in range(places):
            best = max(best, k * np.float32(gain[t, place]) - price[row, place])
        if best > 0:
            total += np.float64(best) * count[t]
            for place in range(places):
                if k * np.float32(gain[t, place]) - price[row, place] == best:
                    taken[row, place] += count[t]
                    break
    return total


@njit(cache=True, nogil=True)
def best_choices(gain: Any, size: Any, count: Any, slot: Any, price: Any, scale: int) -> Any:
    """The sum of what all parties get at best, ``scale`` times, in whole numbers; so are the prices."""
    types, places = gain.shape
    total = np.int64(0)
    for t in range(types):
        best = np.int64(0)
        for place in range(places):
            best = max(best, np.int64(gain[t, place]) * size[t] * scale - price[slot[t], place])
        total += best * count[t]
    return total


@njit(cache=True, nogil=True)
def fill(units: Any, use: Any, most: Any, price: Any, given: Any) -> Any:
    """The sum over all places of their best filling; ``given`` [slot, place] becomes how many of each slot.

    ``use`` [slot, place] is the units of a slot, 0 where no such party may come; ``most`` the parties that may.
    The prices may be whole numbers (then so is the sum) or not.
    """
    slots, places = price.shape
    zero = price[0, 0] * 0
    total = zero
    deepest = units.max() + 1
    worth = np.empty((slots + 1, deepest), price.dtype)
    for place in range(places):
        room = units[place]
        worth[0, : room + 1] = zero
        for slot in range(slots):
            k, pays = use[slot, place], price[slot, place]
            for x in range(room + 1):
                best = worth[slot, x]
                if k > 0 and pays > 0:
                    if most[slot, place] * k >= room:
                        if x >= k:
                            best = max(best, worth[slot + 1, x - k] + pays)
                    else:
                        n, got = 1, pays
                        while n <= most[slot, place] and n * k <= x:
                            best = max(best, worth[slot, x - n * k] + got)
                            n, got = n + 1, got + pays
                worth[slot + 1, x] = best
        total += worth[slots, room]
        x = room
        for slot in range(slots - 1, -1, -1):
            given[slot, place] = 0
            k, pays = use[slot, place], price[slot, place]
            while worth[slot + 1, x] != worth[slot, x]:
                if most[slot, place] * k >= room:
                    given[slot, place] += 1
                    x -= k
                else:
                    n, got = 1, pays
                    while worth[slot, x - n * k] + got != worth[slot + 1, x]:
                        n, got = n + 1, got + pays
                    given[slot, place] += n
                    x -= n * k
                    break
    return total

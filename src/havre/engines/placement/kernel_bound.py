# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two bounds that know that a party is never split, each from prices of its own; they hold whatever the prices are.

With prices q[size, place] of slots a party gets at best max(0, k * gain - q), and a place at best the knapsack of q
over its units (Lagrangian decomposition, Guignard and Kim 1987). With prices u[type] of parties a place gets at best
the knapsack of k * gain - u over the parties themselves, and each party u (Lagrangian relaxation, Fisher 1981).
"""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def best_choices(gain: Any, size: Any, slot: Any, price: Any, scale: int, best: Any) -> None:
    """``best`` (T,): what a party of each type gets at best at prices [slot, place], ``scale`` times, whole numbers."""
    types, places = gain.shape
    for t in range(types):
        best[t] = 0
        for place in range(places):
            if gain[t, place] >= 0:
                best[t] = max(best[t], np.int64(gain[t, place]) * size[t] * scale - price[slot[t], place])


@njit(cache=True, nogil=True)
def fill(units: Any, use: Any, most: Any, price: Any) -> Any:
    """The sum over all places of their best filling at prices [slot, place].

    ``use`` [slot, place] is the units of a slot, 0 where no such party may come; ``most`` the parties that may.
    """
    slots, places = price.shape
    total = price[0, 0] * 0
    worth = np.empty(units.max() + 1, price.dtype)
    for place in range(places):
        room = units[place]
        worth[: room + 1] = 0
        for slot in range(slots):
            k, pays = use[slot, place], price[slot, place]
            if k == 0 or pays <= 0:
                continue
            if most[slot, place] * k >= room:
                for x in range(k, room + 1):
                    worth[x] = max(worth[x], worth[x - k] + pays)
                continue
            for x in range(room, k - 1, -1):
                for n in range(1, min(most[slot, place], x // k) + 1):
                    worth[x] = max(worth[x], worth[x - n * k] + n * pays)
        total += worth[room]
    return total


@njit(cache=True, nogil=True)
def lodge(
    gain: Any,
    size: Any,
    count: Any,
    slot: Any,
    units: Any,
    use: Any,
    price: Any,
    scale: Any,
    taken: Any,
    cost: Any,
) -> Any:
    """The sum over all places of their best choice of parties at prices (T,), ``scale`` times; whole if these are.

    ``gain`` (L, T). ``taken`` (T,) becomes how many of each type the places choose together, ``cost`` [slot, place]
    what a place would lose if a party of that size took its units.
    """
    places, types = gain.shape
    slots = len(use)
    deepest = units.max() + 1
    worth, pick = np.empty((slots + 1, deepest), price.dtype), np.empty((slots, deepest), np.int64)
    best, who = np.empty((slots, deepest), price.dtype), np.empty((slots, deepest), np.int64)
    held = np.empty(slots, np.int64)
    total = price[0] * 0
    taken[:] = 0
    for place in range(places):
        room = units[place]
        held[:] = 0
        for t in range(types):
            if gain[place, t] < 0:
                continue
            pays = size[t] * scale * gain[place, t] - price[t]
            if pays <= 0:
                continue
            row = slot[t]
            most = room // use[row, place]
            for _ in range(min(count[t], most)):
                n = held[row]
                if n == most and pays <= best[row, n - 1]:
                    break
                at = n if n < most else most - 1
                held[row] = at + 1
                while at > 0 and best[row, at - 1] < pays:
                    best[row, at], who[row, at] = best[row, at - 1], who[row, at - 1]
                    at -= 1
                best[row, at], who[row, at] = pays, t
        worth[0, : room + 1] = 0
        for row in range(slots):
            k = use[row, place]
            for x in range(room + 1):
                most_worth, most_n, so_far = worth[row, x], 0, price[0] * 0
                for n in range(1, held[row] + 1):
                    if n * k > x:
                        break
                    so_far += best[row, n - 1]
                    if worth[row, x - n * k] + so_far > most_worth:
                        most_worth, most_n = worth[row, x - n * k] + so_far, n
                worth[row + 1, x], pick[row, x] = most_worth, most_n
        total += worth[slots, room]
        for row in range(slots):
            k = use[row, place]
            cost[row, place] = worth[slots, room] - worth[slots, room - k] if 0 < k <= room else 0
        x = room
        for row in range(slots - 1, -1, -1):
            for n in range(pick[row, x]):
                taken[who[row, n]] += 1
            x -= pick[row, x] * use[row, place]
    return total

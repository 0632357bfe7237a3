# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every way a coach may go, walked stop by stop: the ways that are cheapest at given prices, in whole numbers."""

from typing import Any

import numpy as np
from numba import njit

SEATS, STOPS, DETOUR, SPEED, STOP, LEAVE_FROM, LEAVE_UNTIL = range(7)
"""Columns of the limits: seats, stops, km, km/h, minutes at a stop, and between which minutes coaches leave."""
ONE_DRIVING, ONE_IN_ALL, BREAK_AFTER, BREAK, TWO_DRIVING, TWO_IN_ALL, EVERY, TWO_STOPS = range(7, 15)
"""Minutes: what one driver may, what two may, between moments of departure; and stops of a coach with two drivers."""
ONE, TWO = 3, 5
"""Columns of a state: the first minute to leave with one driver and with two; the last stands after each."""
FREE = -1
"""The day of a load that may come on any."""


@njit(cache=True, nogil=True)
def minutes(km: int, speed: int) -> int:
    """Of driving, begun minutes counting whole."""
    return (km * 60 + speed - 1) // speed


@njit(cache=True, nogil=True)
def late(driving: int, stops: int, limits: Any, two: bool) -> int:
    """Minutes from the camp to the arrival after so many earlier stops, or -1 where the drivers may not."""
    passed = driving + stops * limits[STOP]
    if two:
        may = driving <= limits[TWO_DRIVING] and passed <= limits[TWO_IN_ALL] and stops < limits[TWO_STOPS]
        return passed if may else -1
    if driving > 0:
        passed += (driving - 1) // limits[BREAK_AFTER] * limits[BREAK]
    return passed if driving <= limits[ONE_DRIVING] and passed <= limits[ONE_IN_ALL] else -1


@njit(cache=True, nogil=True)
def leaves(at: Any, crew: int, limits: Any) -> int:
    """The last moment at which a coach that stands so may leave with one driver or two; -1: there is none."""
    if at[crew + 1] < limits[LEAVE_FROM]:
        return -1
    last = at[crew + 1] - (at[crew + 1] - limits[LEAVE_FROM]) % limits[EVERY]
    return last if last >= at[crew] else -1


@njit(cache=True, nogil=True)
def step(state: Any, depth: int, last: int, i: int, km0: Any, km: Any, load: Any, limits: Any) -> bool:
    """Whether a coach may go on from ``last`` (-1: the camp) to load i; if so row depth + 1 tells how it stands.

    Rows of the state: km, people, day, and for one driver and for two the first and the last minute to leave
    (last < first: they may not).
    """
    here, there = state[depth], state[depth + 1]
    there[0] = here[0] + (km0[i] if last < 0 else km[last, i])
    there[1] = here[1] + load[i, 0]
    there[2] = load[i, 1] if here[2] == FREE else here[2]
    if there[1] > limits[SEATS] or there[0] - km0[i] > limits[DETOUR] or (load[i, 1] not in (FREE, there[2])):
        return False
    driving = minutes(there[0], limits[SPEED])
    for two in range(2):
        passed = late(driving, depth, limits, two == 1)
        there[3 + 2 * two] = max(here[3 + 2 * two], load[i, 2] - passed)
        there[4 + 2 * two] = min(here[4 + 2 * two], load[i, 3] - passed) if passed >= 0 else -1
    return leaves(there, ONE, limits) >= 0 or leaves(there, TWO, limits) >= 0


@njit(cache=True, nogil=True)
def start(limits: Any) -> Any:
    """The state of a coach in the camp, with room for its stops."""
    state = np.zeros((limits[STOPS] + 1, 7), np.int64)
    state[0, 2] = FREE
    state[0, 3] = state[0, 5] = limits[LEAVE_FROM]
    state[0, 4] = state[0, 6] = limits[LEAVE_UNTIL]
    return state


@njit(cache=True, nogil=True)
def pairs(km0: Any, km: Any, load: Any, limits: Any) -> Any:
    """(n, n) bool: whether a coach may go straight from the one to the other."""
    n = len(km0)
    may = np.zeros((n, n), np.bool_)
    state = start(limits)
    if limits[STOPS] < 2:
        return may
    for i in range(n):
        if step(state, 0, -1, i, km0, km, load, limits):
            for j in range(n):
                may[i, j] = i != j and step(state, 1, i, j, km0, km, load, limits)
    return may


@njit(cache=True, nogil=True)
def whole(way: Any, load: Any, members: Any) -> bool:
    """Whether everybody who travels together is on the way."""
    for i in way:
        if load[i, 4] >= 0:
            n = 0
            for j in way:
                n += load[j, 4] == load[i, 4]
            if n < members[load[i, 4]]:
                return False
    return True


@njit(cache=True, nogil=True)
def cheapest(
    km0: Any,
    km: Any,
    load: Any,
    members: Any,
    follow: Any,
    first: Any,
    limits: Any,
    price: Any,
    fixed: int,
    per_km: int,
) -> Any:
    """For each load the way that takes it and wins most: (n,) cost less prices, (n, stops) loads, -1 where it ends.

    A way costs ``fixed`` and ``per_km``, and earns the ``price`` of each load; only ways that earn more than they cost
    are told, where there is none the largest number there is. Loads that may follow load i are those of
    follow[first[i] : first[i + 1]], the dearest first. Exact: all are whole numbers, and no way is left out but where
    nothing could be won any more.
    """
    n, most, top = len(km0), limits[STOPS], max(0, price.max())
    best = np.full(n, np.iinfo(np.int64).max)
    ways = np.full((n, most), -1, np.int32)
    state = start(limits)
    way = np.zeros(most, np.int64)
    at = np.zeros(most + 1, np.int64)
    earned = np.zeros(most + 1, np.int64)
    for root in range(n):
        if fixed - price[root] - (most - 1) * top >= 0 or not step(state, 0, -1, root, km0, km, load, limits):
            continue
        depth, way[0], earned[1] = 1, root, price[root]
        at[1] = first[root]
        arrived = True
        while depth > 0:
            if arrived:
                cost = fixed + per_km * state[depth, 0] - earned[depth]
                if cost < 0 and whole(way[:depth], load, members):
                    for i in way[:depth]:
                        if cost < best[i]:
                            best[i] = cost
                            ways[i, :depth] = way[:depth]
                            ways[i, depth:] = -1
                arrived = False
            last = way[depth - 1]
            if depth == most or at[depth] == first[last + 1]:
                depth -= 1
                continue
            i = follow[at[depth]]
            at[depth] += 1
            if fixed + per_km * state[depth, 0] - earned[depth] - price[i] - (most - depth - 1) * top >= 0:
                depth -= 1  # who follows in this row earns no more
                continue
            seen = False
            for j in way[:depth]:
                seen = seen or j == i
            if not seen and step(state, depth, last, i, km0, km, load, limits):
                way[depth] = i
                earned[depth + 1] = earned[depth] + price[i]
                depth += 1
                at[depth] = first[i]
                arrived = True
    return best, ways

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Betters a plan: again and again two places share out anew, in the best way, the parties that live in them.

A chance that shrinks is added to what each party gains (perturb and maximise: Papandreou and Yuille 2011), so that the
search leaves poor plans behind it: simulated annealing whose step is an exact knapsack. All state stands in the
arrays that come in; the same arrays and the same random state give the same plan.
"""

from typing import Any

import numpy as np
from numba import njit

from havre.engines.placement.kernel_state import (
    CHOICES,
    IS_ROOM,
    LIVES,
    LOCKED,
    PROMISE,
    SIZE,
    START,
    TYPE,
    UNITS,
    USED,
    WHERE,
    next_random,
    rearrange,
)

TOGETHER = 64
"""About as many parties are shared out at once."""
_TICK = 256
_MUST = 1e12
"""Points for a place that a party must have because the other is not open to it."""


@njit(cache=True, nogil=True)
def search(
    gain: Any,
    parties: Any,
    types: Any,
    places: Any,
    members: Any,
    rules: Any,
    moved: Any,
    choice: Any,
    chance: Any,
    hot: float,
    cold: float,
    steps: int,
    random: Any,
    promise: float,
) -> Any:
    """``steps`` steps from the heat ``hot`` (in points) down to ``cold``; returns the points won.

    What is gained counts only beyond the promises that it breaks, at ``promise`` points each. ``choice`` (T, choices)
    are the places that a type may well go to, the best first; ``chance`` holds quantiles of the logistic
    distribution, and their number is a power of two.
    """
    wait = len(places) - 1
    items = np.empty(2 * TOGETHER, np.int64)
    worth = np.empty(places[:wait, UNITS].max() + 1, np.float64)
    take = np.empty((len(items), len(worth)), np.bool_)
    heat, cooling, won = hot, (cold / hot) ** (_TICK / max(steps, _TICK)), np.int64(0)
    for step in range(steps):
        if step % _TICK == _TICK - 1:
            heat *= cooling
        i = np.int64(next_random(random) % np.uint64(len(parties)))
        t, a = parties[i, TYPE], parties[i, WHERE]
        if types[t, CHOICES] == 0 or types[t, LOCKED]:
            continue
        b = _choice(choice, types, t, random)
        if a == b:
            continue
        if a == wait and places[b, LIVES] and next_random(random) >> np.uint64(63):
            # Room is made for who waits by a place that shares out with a third.
            seat = places[b, START] + np.int64(next_random(random) % np.uint64(places[b, LIVES]))
            s = parties[members[seat], TYPE]
            if types[s, CHOICES] == 0:
                continue
            a = _choice(choice, types, s, random)
            if a == b or places[a, IS_ROOM] != places[b, IS_ROOM]:
                continue
        if a != wait and places[a, IS_ROOM] != places[b, IS_ROOM]:
            n = _exchange(
                gain, parties, types, places, members, moved, a, b, i, heat, chance, random, promise
            )
        else:
            if a != wait and places[a, UNITS] < places[b, UNITS]:
                a, b = b, a
            n = _share(
                gain,
                parties,
                types,
                places,
                members,
                moved,
                b,
                a,
                i,
                heat,
                chance,
                random,
                items,
                worth,
                take,
                promise,
            )
        if n:
            won += rearrange(gain, parties, types, places, members, rules, moved, n)
    return won


@njit(cache=True, nogil=True)
def _choice(choice: Any, types: Any, t: int, random: Any) -> Any:
    """One of the places that the type may well go to, the nearer to the best the likelier."""
    u = np.float64(next_random(random) >> np.uint64(11)) / 9007199254740992.0
    return np.int64(choice[t, np.int64(types[t, CHOICES] * u * u)])


@njit(cache=True, nogil=True)
def _noise(chance: Any, random: Any) -> Any:
    return chance[next_random(random) & np.uint64(len(chance) - 1)]


@njit(cache=True, nogil=True)
def _share(
    gain: Any,
    parties: Any,
    types: Any,
    places: Any,
    members: Any,
    moved: Any,
    p: Any,
    o: Any,
    i: Any,
    heat: float,
    chance: Any,
    random: Any,
    items: Any,
    worth: Any,
    take: Any,
    promise: float,
) -> Any:
    """Shares the parties of ``p`` and ``o``, and party ``i``, out between the two; how many have ``moved``.

    ``o`` may be the number of those who wait: then only i comes from there. Nobody has moved where it cannot be.
    """
    wait = len(places) - 1
    room = places[p, IS_ROOM]
    there = places[p, LIVES] + (places[o, LIVES] if o != wait else 0)
    some = np.uint64(4294967296) if there <= TOGETHER else np.uint64(TOGETHER * 4294967296 // there)
    left_p, left_o = places[p, UNITS] - places[p, USED], np.int64(1) << 40
    if o != wait:
        left_o = places[o, UNITS] - places[o, USED]
    items[0], n = i, 1
    total = np.int64(1) if room else types[parties[i, TYPE], SIZE]
    if parties[i, WHERE] == p:
        left_p += total
    elif parties[i, WHERE] == o:
        left_o += total
    for side in range(2):
        place, other = (p, o) if side == 0 else (o, p)
        if place == wait:
            continue
        for seat in range(places[place, START], places[place, START] + places[place, LIVES]):
            party = members[seat]
            t = parties[party, TYPE]
            if party == i or n == len(items) or types[t, LOCKED]:
                continue
            if other != wait and gain[other, t] < 0:
                continue
            if there > TOGETHER and next_random(random) >> np.uint64(32) >= some:
                continue
            use = np.int64(1) if room else types[t, SIZE]
            items[n] = party
            n += 1
            total += use
            if side == 0:
                left_p += use
            else:
                left_o += use
    low, high = max(0, total - left_o), min(left_p, total)
    if low > high:
        return 0
    owed = _fill(
        gain, parties, types, p, o, wait, room, n, high, heat, chance, random, items, worth, take, promise
    )
    best = low
    for x in range(low + 1, high + 1):
        if worth[x] > worth[best]:
            best = x
    if worth[best] < owed - _MUST / 2:
        return 0
    left: Any = best
    n_moved = 0
    for m in range(n - 1, -1, -1):
        party = items[m]
        to = o
        if take[m, left]:
            to = p
            left -= 1 if room else types[parties[party, TYPE], SIZE]
        if to != parties[party, WHERE]:
            moved[n_moved, 0], moved[n_moved, 1], moved[n_moved, 2] = party, parties[party, WHERE], to
            n_moved += 1
    return n_moved


@njit(cache=True, nogil=True)
def _fill(
    gain: Any,
    parties: Any,
    types: Any,
    p: Any,
    o: Any,
    wait: Any,
    room: Any,
    n: Any,
    high: Any,
    heat: float,
    chance: Any,
    random: Any,
    items: Any,
    worth: Any,
    take: Any,
    promise: float,
) -> Any:
    """The knapsack: ``worth`` [x] of the best that take exactly x units of ``p``; who is taken; what is owed."""
    owed, so_far = 0.0, 0
    worth[0] = 0.0
    for m in range(n):
        t = parties[items[m], TYPE]
        size, here, there = types[t, SIZE], np.int64(gain[p, t]), np.int64(0)
        if o != wait:
            there = np.int64(gain[o, t])
        better = np.float64(size * (here - there)) + heat * _noise(chance, random)
        better += promise * ((parties[items[m], PROMISE] == p) - (parties[items[m], PROMISE] == o))
        if here < 0:
            better = -_MUST
        elif there < 0:
            better = _MUST
            owed += _MUST
        use = 1 if room else size
        reach = min(so_far + use, high)
        for x in range(so_far + 1, reach + 1):
            worth[x] = -1e300
        so_far = reach
        for x in range(reach, use - 1, -1):
            with_it = worth[x - use] + better
            take[m, x] = with_it > worth[x]
            worth[x] = max(worth[x], with_it)
        for x in range(min(use, reach + 1)):
            take[m, x] = False
    return owed


@njit(cache=True, nogil=True)
def _exchange(
    gain: Any,
    parties: Any,
    types: Any,
    places: Any,
    members: Any,
    moved: Any,
    a: Any,
    b: Any,
    i: Any,
    heat: float,
    chance: Any,
    random: Any,
    promise: float,
) -> Any:
    """Between beds and rooms: party i goes from a to b, maybe in exchange for one of b; how many have ``moved``."""
    t = parties[i, TYPE]
    if parties[i, WHERE] != a or gain[b, t] < 0:
        return 0
    size, n = types[t, SIZE], 1
    won = size * (np.int64(gain[b, t]) - gain[a, t])
    moved[0, 0], moved[0, 1], moved[0, 2] = i, a, b
    loyal = promise * ((parties[i, PROMISE] == b) - (parties[i, PROMISE] == a))
    comes = np.int64(1) if places[b, IS_ROOM] else size
    goes = np.int64(1) if places[a, IS_ROOM] else size
    if places[b, USED] + comes > places[b, UNITS]:
        if places[b, LIVES] == 0:
            return 0
        j = members[places[b, START] + np.int64(next_random(random) % np.uint64(places[b, LIVES]))]
        s = parties[j, TYPE]
        other = types[s, SIZE]
        if gain[a, s] < 0 or types[s, LOCKED]:
            return 0
        if places[b, USED] + comes - (1 if places[b, IS_ROOM] else other) > places[b, UNITS]:
            return 0
        if places[a, USED] - goes + (1 if places[a, IS_ROOM] else other) > places[a, UNITS]:
            return 0
        won += other * (np.int64(gain[a, s]) - gain[b, s])
        loyal += promise * ((parties[j, PROMISE] == a) - (parties[j, PROMISE] == b))
        moved[1, 0], moved[1, 1], moved[1, 2], n = j, b, a, 2
    return n if won + loyal + heat * _noise(chance, random) >= 0 else 0

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is where, as tables that a search changes in place: one row a party, a type, a place; columns are named here.

``gain`` (L, T) are points for each person above those of waiting. Place number L is that of those who wait.
"""

from typing import Any

import numpy as np
from numba import njit

from havre.engines.placement.kernel_rules import (
    CENTRE,
    LIVES,
    PROMISE,
    SEAT,
    SIZE,
    START,
    TYPE,
    WHERE,
    keeps_rules,
)

LOCKED, CHOICES = 1, 2
"""Columns of types, beside SIZE."""
UNITS, IS_ROOM, USED = 3, 4, 5
"""Columns of places, beside CENTRE, START and LIVES."""

__all__ = [
    "CENTRE",
    "CHOICES",
    "IS_ROOM",
    "LIVES",
    "LOCKED",
    "PROMISE",
    "SEAT",
    "SIZE",
    "START",
    "TYPE",
    "UNITS",
    "USED",
    "WHERE",
]


@njit(cache=True, nogil=True)
def next_random(random: Any) -> Any:
    """The next 64 random bits (xorshift64*, Vigna 2016); ``random`` holds one number that is not 0."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return x * np.uint64(2685821657736338717)


@njit(cache=True, nogil=True)
def _leave(parties: Any, places: Any, members: Any, party: int, size: int) -> None:
    was = parties[party, WHERE]
    places[was, LIVES] -= 1
    places[was, USED] -= 1 if places[was, IS_ROOM] else size
    seat, other = parties[party, SEAT], members[places[was, START] + places[was, LIVES]]
    members[seat] = other
    parties[other, SEAT] = seat


@njit(cache=True, nogil=True)
def _enter(parties: Any, places: Any, members: Any, party: int, size: int, place: int) -> None:
    seat = places[place, START] + places[place, LIVES]
    members[seat] = party
    parties[party, SEAT], parties[party, WHERE] = seat, place
    places[place, LIVES] += 1
    places[place, USED] += 1 if places[place, IS_ROOM] else size


@njit(cache=True, nogil=True)
def rearrange(
    gain: Any, parties: Any, types: Any, places: Any, members: Any, rules: Any, moved: Any, n: int
) -> Any:
    """Moves the first n parties of ``moved`` (party, from, to) together, unless that breaks a rule; the points won."""
    wait, won = len(places) - 1, np.int64(0)
    for m in range(n):
        party, was, to = moved[m, 0], moved[m, 1], moved[m, 2]
        t = parties[party, TYPE]
        size = types[t, SIZE]
        _leave(parties, places, members, party, size)
        if to != wait:
            won += size * gain[to, t]
        if was != wait:
            won -= size * gain[was, t]
    for m in range(n):
        party = moved[m, 0]
        _enter(parties, places, members, party, types[parties[party, TYPE], SIZE], moved[m, 2])
    if rules.any and not keeps_rules(parties, types, places, members, rules, moved, n):
        for m in range(n):
            party = moved[m, 0]
            _leave(parties, places, members, party, types[parties[party, TYPE], SIZE])
        for m in range(n):
            party = moved[m, 0]
            _enter(parties, places, members, party, types[parties[party, TYPE], SIZE], moved[m, 1])
        return np.int64(0)
    return won


@njit(cache=True, nogil=True)
def settle(
    gain: Any,
    parties: Any,
    types: Any,
    places: Any,
    members: Any,
    rules: Any,
    moved: Any,
    order: Any,
    wish: Any,
    price: Any,
) -> None:
    """Gives each party, in this order, the place it wishes, else the best one left by gain above price.

    ``wish`` (parties,) is a place or -1; ``price`` (L,) is for each unit.
    """
    wait = len(places) - 1
    shut = np.zeros(wait, np.bool_)
    for party in order:
        t = parties[party, TYPE]
        size = types[t, SIZE]
        for place in range(wait):
            shut[place] = gain[place, t] < 0
        into = wish[party]
        while True:
            if into >= 0:
                if places[into, USED] + (1 if places[into, IS_ROOM] else size) <= places[into, UNITS]:
                    moved[0, 0], moved[0, 1], moved[0, 2] = party, wait, into
                    rearrange(gain, parties, types, places, members, rules, moved, 1)
                    if parties[party, WHERE] == into:
                        break
                shut[into] = True
            best, into = 0.0, -1
            for place in range(wait):
                use = 1 if places[place, IS_ROOM] else size
                if not shut[place] and places[place, USED] + use <= places[place, UNITS]:
                    worth = np.float64(size) * gain[place, t] - use * price[place]
                    if into < 0 or worth > best:
                        best, into = worth, place
            if into < 0:
                break

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules between parties: who is never in one centre with whom, and how many a centre takes in a day."""

from typing import Any

import numpy as np
from numba import njit

TYPE, WHERE, SEAT, DAY, PROMISE = 0, 1, 2, 3, 4
"""Columns of parties; PROMISE is the place that a plan before promised, or -1."""
SIZE = 0
"""Column of types: people."""
START, LIVES, CENTRE = 0, 1, 2
"""Columns of places: where its members begin, how many there are, in which centre it is."""


@njit(cache=True, nogil=True)
def keeps_rules(parties: Any, types: Any, places: Any, members: Any, rules: Any, moved: Any, n: int) -> Any:
    """Whether the first n parties of ``moved`` may be where they are now."""
    wait = len(places) - 1
    for m in range(n):
        party = moved[m, 0]
        if parties[party, WHERE] == wait:
            continue
        centre = places[parties[party, WHERE], CENTRE]
        for at in range(rules.foe_start[party], rules.foe_start[party + 1]):
            there = parties[rules.foes[at], WHERE]
            if there != wait and places[there, CENTRE] == centre:
                return False
        if rules.limited[centre] and not arrive(parties, types, places, members, rules, centre):
            return False
    return True


@njit(cache=True, nogil=True)
def arrive(parties: Any, types: Any, places: Any, members: Any, rules: Any, centre: int) -> Any:
    """Gives each party in the centre a day, the largest first; whether all find one."""
    n = 0
    for at in range(rules.centre_start[centre], rules.centre_start[centre + 1]):
        n += places[rules.centre_places[at], LIVES]
    who, sizes = np.empty(n, np.int64), np.empty(n, np.int64)
    n = 0
    for at in range(rules.centre_start[centre], rules.centre_start[centre + 1]):
        place = rules.centre_places[at]
        for seat in range(places[place, START], places[place, START] + places[place, LIVES]):
            who[n] = members[seat]
            sizes[n] = types[parties[who[n], TYPE], SIZE]
            n += 1
    first = rules.day_start[centre]
    left = rules.day_room[first : rules.day_start[centre + 1]].copy()
    for at in np.argsort(who - sizes * len(parties)):
        day = 0
        while day < len(left) and left[day] < sizes[at]:
            day += 1
        if day == len(left):
            return False
        left[day] -= sizes[at]
        parties[who[at], DAY] = first + day
    return True

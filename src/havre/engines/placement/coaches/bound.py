# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What no coaches can be better than, proven in whole numbers: prices are weighed against every way there is."""

from collections.abc import Callable

import numpy as np

from havre.engines.placement.coaches.master import Master

FINE = 1 << 30
"""A coach, or a km, in the whole numbers of the proof."""


def fewest(master: Master, go_on: Callable[[], bool]) -> int:
    """Coaches that are needed at least. Holds however far the master has come; best once it is solved.

    Of every way the prices of its loads are at most one coach and an error e, which is found by walking all ways. So n
    coaches pay n (1 + e) at most, and all loads must be paid.
    """
    master.cost(FINE, 0)
    master.solve(go_on)
    price = master.whole_prices()[:-1]
    best, _ = master.ways.cheapest(price, FINE, 0)
    error = max(0, -int(best.min()))
    return -(-int(price.sum()) // (FINE + error))


def least_km(master: Master, coaches: int, go_on: Callable[[], bool]) -> int:
    """Km of all ways that are needed at least with so many coaches or fewer, proven in the same manner."""
    master.cost(0, FINE, coaches)
    master.solve(go_on)
    price = master.whole_prices()
    toll = min(0, int(price[-1]))
    best, _ = master.ways.cheapest(price[:-1], -toll, FINE)
    toll += min(0, int(best.min()))
    return max(0, -(-(int(price[:-1].sum()) + coaches * toll) // FINE))


def fewest_by_seats(people: int, places: int) -> int:
    """Coaches for so many people if every seat were taken."""
    return int(np.ceil(people / places))

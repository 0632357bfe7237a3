# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each type gains at each place: there may be hundreds of millions of such cells."""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def fill_gains(
    gain: Any,
    rows: Any,
    waits: Any,
    percent: Any,
    shut: Any,
    base: Any,
    region_1: Any,
    region_2: Any,
    language: Any,
    town: Any,
    hospital: Any,
    school: Any,
) -> None:
    """``gain`` (n, L) becomes points for each person above those of waiting; -1 where it is shut, or waiting better.

    ``rows`` (n, 7) says which row of each table (rows, L) holds for a type; ``base`` (L,) holds for all.
    ``percent`` (n,) of what is gained counts.
    """
    for at in range(len(gain)):
        door, first, second = shut[rows[at, 0]], region_1[rows[at, 1]], region_2[rows[at, 2]]
        spoken, near, treated = language[rows[at, 3]], town[rows[at, 4]], hospital[rows[at, 5]]
        taught, lost = school[rows[at, 6]], np.int32(waits[at])
        for place in range(len(base)):
            points = lost + base[place] + first[place] + second[place] + spoken[place]
            points += near[place] + treated[place] + taught[place]
            gain[at, place] = -1 if door[place] else max(points, np.int32(-1))
        if percent[at] != 100:
            for place in range(len(base)):
                if gain[at, place] > 0:
                    gain[at, place] = gain[at, place] * percent[at] // 100


@njit(cache=True, nogil=True)
def count_open(gain: Any, slot: Any, count: Any, most: Any) -> None:
    """Adds to ``most`` [slot, place] the parties of each size that may come."""
    for t in range(len(gain)):
        for place in range(gain.shape[1]):
            if gain[t, place] >= 0:
                most[slot[t], place] += count[t]


@njit(cache=True, nogil=True)
def fill_offers(gain: Any, size: Any, slot: Any, price: Any, offered: Any, found: Any) -> None:
    """``offered`` (T, n) becomes the best places at prices [slot, place], the best first; ``found``: their number."""
    most = offered.shape[1]
    worth = np.empty(most, np.float64)
    for t in range(len(gain)):
        k, row, n = np.float64(size[t]), slot[t], 0
        for place in range(gain.shape[1]):
            if gain[t, place] < 0:
                continue
            net = k * gain[t, place] - price[row, place]
            if n == most and net <= worth[n - 1]:
                continue
            at = n if n < most else most - 1
            n = min(n + 1, most)
            while at > 0 and worth[at - 1] < net:
                worth[at], offered[t, at] = worth[at - 1], offered[t, at - 1]
                at -= 1
            worth[at], offered[t, at] = net, place
        found[t] = n

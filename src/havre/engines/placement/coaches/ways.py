# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loads and limits as the kernels take them."""

from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from havre.engines.placement.coaches import kernel_routes as kernel
from havre.engines.placement.coaches.kernel_road import road_km
from havre.engines.placement.coaches.model import Load, Policy

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Way = tuple[int, ...]
"""Loads in the order in which a coach brings them."""


class Ways(NamedTuple):
    """n loads, and between which of them a coach may go."""

    km0: Longs
    """(n,) from the camp, by road."""
    km: Longs
    """(n, n)"""
    load: Longs
    """(n, 5): people, day or FREE, first and last minute of arrival, who travels together or -1."""
    members: Longs
    """Of each group that travels together: its loads."""
    may: Flags
    """(n, n)"""
    limits: Longs

    def part(self, loads: Sequence[int]) -> "Ways":
        """These loads alone; groups must be whole."""
        at = np.asarray(loads, np.int64)
        both = np.ix_(at, at)
        return Ways(self.km0[at], self.km[both], self.load[at], self.members, self.may[both], self.limits)

    def length(self, way: Sequence[int]) -> int:
        """Km by road."""
        return int(self.km0[way[0]] + sum(self.km[i, j] for i, j in pairwise(way)))

    def goes(self, way: Sequence[int]) -> bool:
        """Whether a coach may bring these loads in this order; who travels together is not asked."""
        if len(way) > self.limits[kernel.STOPS]:
            return False
        state, last = kernel.start(self.limits), -1
        for depth, i in enumerate(way):
            if not kernel.step(state, depth, last, i, self.km0, self.km, self.load, self.limits):
                return False
            last = i
        return True

    def together(self, loads: Sequence[int]) -> Way | None:
        """The shortest way that brings all these loads, or None."""
        if len(loads) > self.limits[kernel.STOPS]:
            return None
        found = [way for way in permutations(loads) if self.goes(way)]
        return min(found, key=lambda way: (self.length(way), way), default=None)

    def cheapest(self, price: Longs, fixed: int, per_km: int) -> tuple[Longs, Ints]:
        """Of each load the way that takes it and wins most; see the kernel."""
        first = np.concatenate(([0], np.cumsum(self.may.sum(1))))
        dearest = np.argsort(-price, kind="stable")
        follow = dearest[np.nonzero(self.may[:, dearest])[1]]
        best, ways = kernel.cheapest(
            self.km0, self.km, self.load, self.members, follow, first, self.limits, price, fixed, per_km
        )
        return best, ways


def ways_of(loads: Sequence[Load], policy: Policy, stops: int) -> Ways:
    """What the kernels need of the loads, for coaches that stop so often at most."""
    days = sorted({load.day for load in loads if load.day})
    km = road_km(np.array([policy.camp, *((load.lat, load.lon) for load in loads)]), policy.road)
    table = np.array(
        [
            [
                load.people,
                days.index(load.day) if load.day else kernel.FREE,
                load.opens,
                load.closes,
                load.group,
            ]
            for load in loads
        ],
        np.int64,
    ).reshape(-1, 5)
    members = np.bincount(table[table[:, 4] >= 0, 4]).astype(np.int64)
    limits = limits_of(policy, stops)
    km0, between = km[0, 1:].copy(), km[1:, 1:].copy()
    return Ways(km0, between, table, members, kernel.pairs(km0, between, table, limits), limits)


def limits_of(policy: Policy, stops: int) -> Longs:
    """The limits in the order of the kernel's columns."""
    two = policy.two
    return np.array(
        [
            policy.places,
            stops,
            policy.detour_km,
            policy.speed,
            policy.stop_minutes,
            policy.leave_from,
            policy.leave_until,
            policy.one.driving,
            policy.one.in_all,
            policy.break_after,
            policy.break_minutes,
            two.driving if two else -1,
            two.in_all if two else -1,
            policy.every,
            policy.second_stops,
        ],
        np.int64,
    )

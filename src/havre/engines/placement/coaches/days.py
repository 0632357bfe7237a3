# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""On which day and at what hour each coach leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from havre.engines.placement.coaches import kernel_routes as kernel
from havre.engines.placement.coaches.model import Policy
from havre.engines.placement.coaches.ways import Way, Ways


@dataclass(frozen=True, slots=True)
class Departure:
    """Of one coach; an empty day: there was none left."""

    day: str
    leaves: int
    arrives: tuple[int, ...]
    drivers: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """When a coach may leave."""

    number: int
    first: int
    last: int
    day: str
    passed: tuple[int, ...]
    """Minutes to each stop."""
    drivers: int


def departures(
    ways: Ways, taken: Sequence[Way], days: Sequence[str], policy: Policy, begin: str
) -> list[Departure]:
    """For each way its departure. ``days`` are those of the loads, empty: any.

    Of each day the coaches that need it come first, then those that may wait; whoever must leave first does.
    ``begin`` is the first day, ISO; where it is empty and no load names a day, days are numbered.
    """
    wishes = [_wish(ways, way, number, days) for number, way in enumerate(taken)]
    found: dict[int, Departure] = {}
    named = sorted({wish.day for wish in wishes if wish.day})
    first = begin or (named[0] if named else "")
    start = date.fromisoformat(min([first, *named])) if first else None
    free = sorted((wish for wish in wishes if not wish.day), key=lambda wish: (wish.last, wish.number))
    for n in count():
        day = (start + timedelta(n)).isoformat() if start else str(n + 1)
        if not free and not (named and day <= named[-1]):
            break
        bound = [wish for wish in wishes if wish.day == day]
        for wish in _fill(day, bound, free if day >= first else [], policy, found):
            found[wish.number] = Departure("", 0, (), wish.drivers)
        free = [wish for wish in free if wish.number not in found]
    return [found[number] for number in range(len(taken))]


def _fill(
    day: str, bound: list[_Wish], free: list[_Wish], policy: Policy, found: dict[int, Departure]
) -> list[_Wish]:
    """Gives the departures of a day; those that need it and got none."""
    bound = sorted(bound, key=lambda wish: (wish.last, wish.number))
    free, left = list(free), policy.departures
    for moment in range(policy.leave_from, policy.leave_until + 1, policy.every):
        for _ in range(min(policy.at_once, left)):
            ready = [wish for wish in bound if wish.first <= moment <= wish.last]
            if not ready and left > len(bound):
                ready = [wish for wish in free if wish.first <= moment <= wish.last]
            if not ready:
                break
            wish, left = ready[0], left - 1
            (bound if wish in bound else free).remove(wish)
            found[wish.number] = Departure(
                day, moment, tuple(moment + passed for passed in wish.passed), wish.drivers
            )
    return bound


def _wish(ways: Ways, way: Way, number: int, days: Sequence[str]) -> _Wish:
    state, last, limits = kernel.start(ways.limits), -1, ways.limits
    for depth, i in enumerate(way):
        kernel.step(state, depth, last, i, ways.km0, ways.km, ways.load, limits)
        last = i
    at = state[len(way)]
    two = bool(kernel.leaves(at, kernel.ONE, limits) < 0)
    crew = kernel.TWO if two else kernel.ONE
    passed = tuple(
        int(kernel.late(kernel.minutes(state[depth + 1, 0], limits[kernel.SPEED]), depth, limits, two))
        for depth in range(len(way))
    )
    day = max(days[i] for i in way)
    return _Wish(number, int(at[crew]), int(at[crew + 1]), day, passed, 2 if two else 1)

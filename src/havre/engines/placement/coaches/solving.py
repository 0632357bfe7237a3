# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deals people out to coaches: fewest coaches first, then fewest km, with a bound that is proven."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from havre.engines.placement.coaches import kernel_simplex
from havre.engines.placement.coaches.bound import FINE, fewest, fewest_by_seats, least_km
from havre.engines.placement.coaches.coaches import Coach, Coaches
from havre.engines.placement.coaches.days import departures
from havre.engines.placement.coaches.master import Master
from havre.engines.placement.coaches.model import Load, Task
from havre.engines.placement.coaches.policy import default_policy
from havre.engines.placement.coaches.searching import COACH, Search, cost_of, dive
from havre.engines.placement.coaches.ways import Way, Ways, ways_of
from havre.engines.placement.coaches.why import Asking
from havre.engines.placement.compiled import is_kept

DIVES = 8
"""From the linear program over all loads, while they end with more coaches than the bound."""
STEPS = 500
"""Neighbourhoods that are dealt out anew for each number of stops, unless it may go on."""
_STEPS_OF_COACH, _STEPS_AT_LEAST = 4, 20
_TELL = 25
"""Neighbourhoods after which better coaches are told."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How coaches are to be dealt out: the first day (ISO, or empty), a seed, and whether to go on until stopped."""

    begin: str = ""
    seed: int = 1
    endless: bool = False


def is_compiled() -> bool:
    """Whether the search was compiled before on this machine; else ``get_ready`` takes some ten seconds."""
    return is_kept(kernel_simplex.improve)


def get_ready() -> None:
    """Compiles the search, on three loads that nobody asked for, so that no time that is set is spent on it."""
    policy = default_policy()
    hours = policy.arrive_from, policy.arrive_until
    lat, lon = policy.camp
    loads = tuple(Load(f"C{n}", lat - n / 10, lon, (f"P{n}",), (20,), "", *hours) for n in range(1, 4))
    solve(Task(policy, loads))


def solve(
    task: Task,
    wish: Wish | None = None,
    *,
    go_on: Callable[[], bool] = lambda: True,
    tell: Callable[[Coaches], None] = lambda _: None,
    at: Callable[[float], None] = lambda _: None,
) -> Coaches:
    """The best coaches found. The same task and wish give the same ones, unless endless or cut short by ``go_on``.

    With more stops allowed there are never more coaches: what was found with fewer is where the search begins.
    ``go_on`` is asked often, ``tell`` hears of better coaches and bounds, ``at`` of the share that is done.
    """
    return _Solver(task, wish or Wish(), go_on, tell, at).solve()


class _Solver:
    def __init__(
        self,
        task: Task,
        wish: Wish,
        go_on: Callable[[], bool],
        tell: Callable[[Coaches], None],
        at: Callable[[float], None],
    ) -> None:
        self.task, self.wish, self.go_on, self.tell, self.at = task, wish, go_on, tell, at
        self.stops = task.policy.stops
        self.bound = fewest_by_seats(sum(load.people for load in task.loads), task.policy.places)
        self.km_bound = 0

    def solve(self) -> Coaches:
        ways = ways_of(self.task.loads, self.task.policy, self.stops)
        best = _alone(ways)
        self._tell(ways, best)
        fewest_stops = max([min(2, self.stops), *map(len, best)])
        for stops in range(fewest_stops, self.stops + 1):
            if self.go_on():
                ways = ways_of(self.task.loads, self.task.policy, stops)
                best = self._stage(ways, best, stops)
        return self._made(ways_of(self.task.loads, self.task.policy, self.stops), best, reasons=True)

    def _stage(self, ways: Ways, best: list[Way], stops: int) -> list[Way]:
        """With so many stops, from what was found with fewer."""
        last = stops == self.stops
        master = Master(ways, FINE, 0, [way for way in best if len(way) > 1])
        bound = fewest(master, self.go_on)
        if last:
            self.bound = max(self.bound, bound)
        master.cost(COACH, 1)
        if self.go_on() and master.solve(self.go_on):
            best = self._dives(ways, master, best, bound)
        self._tell(ways, best)
        search = Search(ways, best, self.wish.seed)
        self._steps(search, stops)
        if last and self.go_on():
            self._prove_km(master, search)
        while last and self.wish.endless and self.go_on() and not self._is_best(search):
            coaches = len(search.best)
            self._steps(search, stops)
            if len(search.best) < coaches:
                self._prove_km(master, search)
        return search.best

    def _dives(self, ways: Ways, master: Master, best: list[Way], bound: int) -> list[Way]:
        """The best of some dives; the first alone where it needs no more coaches than the bound."""
        random = np.random.default_rng(self.wish.seed)
        for number in range(DIVES):
            found = dive(ways, master, self.go_on, random if number else None)
            if found is not None and cost_of(ways, found) < cost_of(ways, best):
                best = found
            if len(best) <= bound or not self.go_on():
                break
        return best

    def _steps(self, search: Search, stops: int) -> None:
        """As many neighbourhoods as there are coaches for, telling what gets better."""
        most, told = min(STEPS, _STEPS_AT_LEAST + _STEPS_OF_COACH * len(search.best)), False
        for done in range(1, most + 1):
            if not self.go_on():
                break
            told = search.step() or told
            if done % _TELL == 0:
                self.at((max(0, stops - 2) + done / most) / max(1, self.stops - 1))
                if told:
                    self._tell(search.ways, search.best)
                    told = False

    def _prove_km(self, master: Master, search: Search) -> None:
        self.km_bound = least_km(master, len(search.best), self.go_on)
        self._tell(search.ways, search.best)

    def _is_best(self, search: Search) -> bool:
        km = sum(map(search.ways.length, search.best))
        return len(search.best) <= self.bound and km <= self.km_bound

    def _tell(self, ways: Ways, best: list[Way]) -> None:
        self.tell(self._made(ways, best, reasons=False))

    def _made(self, ways: Ways, best: list[Way], *, reasons: bool) -> Coaches:
        loads, policy = self.task.loads, self.task.policy
        found = departures(ways, best, [load.day for load in loads], policy, self.wish.begin)
        asking = Asking(ways)
        coaches = []
        for way, departure in zip(best, found, strict=True):
            coach = Coach(
                loads=tuple(loads[i] for i in way),
                km=ways.length(way),
                day=departure.day,
                leaves=departure.leaves,
                arrives=departure.arrives,
                drivers=departure.drivers,
                why=None,
            )
            half = reasons and 2 * coach.people <= policy.places
            coaches.append(replace(coach, why=asking.of(way)) if half else coach)
        return Coaches(self.task, tuple(coaches), self.bound, self.km_bound, self.wish.seed)


def _alone(ways: Ways) -> list[Way]:
    """A coach for each load or group."""
    together: defaultdict[int, list[int]] = defaultdict(list)
    for i, group in enumerate(ways.load[:, 4].tolist()):
        together[group if group >= 0 else -1 - i].append(i)
    found = [ways.together(loads) for loads in together.values()]
    return [way for way in found if way is not None]

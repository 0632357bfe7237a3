# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One part from first to last: a flow, a first plan from it, prices, and a search that betters the plan."""

import numpy as np

from havre.engines.placement.flow import Flow, flow_of
from havre.engines.placement.instance import Instance, Longs
from havre.engines.placement.kernel_rules import PROMISE, SIZE, TYPE, WHERE
from havre.engines.placement.kernel_search import search
from havre.engines.placement.kernel_state import LOCKED, settle
from havre.engines.placement.model import Task
from havre.engines.placement.parts import Part
from havre.engines.placement.prices import SCALE, Ascent
from havre.engines.placement.world import offers, world_of

_QUANTILES = 4096


class PartSearch:
    """The best plan known of one part, and the bound proven for it; both in points above waiting.

    Where promises were made, the best plan is that which has most points when each broken one costs its price.
    """

    def __init__(self, task: Task, instance: Instance, part: Part, seed: int) -> None:
        self.part, self._promise = part, task.policy.promise
        self.parties = np.flatnonzero(np.isin(instance.type_of, part.types)).astype(np.int64)
        self._world = world_of(task, instance, part, self.parties)
        self._random = np.array(
            [(seed * 0x9E3779B97F4A7C15 + 0x1234567 + len(self.parties)) % (1 << 64) or 1], np.uint64
        )
        share = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
        self._chance = np.log(share / (1 - share))
        self.flow = flow_of(
            part, np.array([task.places[number].unit_size for number in part.places], np.int32)
        )
        self.bound = self.flow.bound
        self._ascent: Ascent | None = None
        self.points = 0
        self._best = self._world.people
        self._now = self._broken = 0

    @property
    def where(self) -> Longs:
        """(parties,): the place of each in the best plan, by its number in the part; of who waits the next number."""
        return self._best.parties[:, WHERE]

    @property
    def is_best(self) -> bool:
        """Whether nothing can be won any more."""
        return self.points >= self.bound and self._broken == 0

    def begin(self, previous: Longs) -> None:
        """A first plan: what flows whole goes there, the rest where it is best at the prices, the largest first.

        ``previous`` names for each party of the task the place that it was promised, or -1; promises come first,
        but for one that a rule or a lock forbids by now.
        """
        local = {int(place): number for number, place in enumerate(self.part.places)}
        places = np.array([local.get(place, -1) for place in previous[self.parties].tolist()], np.int64)
        open_to = self._world.gain[places, self._world.parties[:, TYPE]] >= 0
        promised = np.where((places >= 0) & open_to, places, -1)
        self._world.parties[:, PROMISE] = promised
        self._broken = int((promised >= 0).sum())
        wish = np.where(promised >= 0, promised, self._whole(self.flow))
        world = self._world
        of_party = world.types[world.parties[:, TYPE]]
        rank = np.where(of_party[:, LOCKED], 0, np.where(promised >= 0, 1, np.where(wish >= 0, 2, 3)))
        order = np.lexsort((-of_party[:, SIZE], rank))
        settle(*world, order, wish, self.flow.price.astype(np.float64))
        self._now = self._count()
        self._keep()
        if self.is_best:
            return
        price = self.flow.price * np.where(self.part.by_rooms, 1, self.part.sizes)[:, None]
        self._ascent = Ascent(self.part, price)
        self._offered = offers(world, self.part, price.astype(np.float64))

    def _whole(self, flow: Flow) -> Longs:
        """(parties,): the place to which a party flows whole, or -1."""
        wish = np.full(len(self.parties), -1, np.int64)
        by_type = np.argsort(self._world.parties[:, TYPE], kind="stable")
        next_of = np.searchsorted(self._world.parties[:, TYPE][by_type], np.arange(len(self.part.types)))
        weight = np.ones_like(self.part.size) if self.part.by_rooms else self.part.size
        for t, place, amount in zip(flow.types, flow.places, flow.amount, strict=True):
            for _ in range(int(amount) // int(weight[t])):
                wish[by_type[next_of[t]]] = place
                next_of[t] += 1
        return wish

    def _count(self) -> int:
        world = self._world
        placed = np.flatnonzero(world.where < len(self.part.places))
        t = world.parties[placed, TYPE]
        return int((world.gain[world.where[placed], t] * world.types[t, SIZE]).sum())

    def _keep(self) -> None:
        parties = self._world.parties
        broken = int(
            np.count_nonzero((parties[:, PROMISE] >= 0) & (parties[:, PROMISE] != parties[:, WHERE]))
        )
        loyal = self._promise * (self._broken - broken)
        if self._now - self.points + loyal > 0:
            self.points, self._broken = self._now, broken
            self._best = self._world.people

    def return_to_best(self) -> None:
        """The search goes on from the best plan."""
        self._world.put(self._best)
        self._now = self.points

    def better_bound(self, steps: int) -> None:
        """Betters the bound, and offers the search the places that are best at the new prices."""
        if self._ascent is None or self.is_best:
            return
        proven = self._ascent.steps(steps, self.points)
        self.bound = min(self.bound, proven.bound)
        self._offered = offers(self._world, self.part, proven.price / SCALE)

    def better_plan(self, hot: float, cold: float, steps: int) -> None:
        """Betters the plan by that many steps between two heats."""
        if self.is_best:
            return
        self._now += int(
            search(
                *self._world,
                self._offered,
                self._chance,
                hot,
                cold,
                steps,
                self._random,
                float(self._promise),
            )
        )
        self._keep()

    def slot_price(self) -> Longs:
        """(sizes, L): what a party of each size pays at each place, in points, rounded."""
        if self._ascent is None:
            return self.flow.price * np.where(self.part.by_rooms, 1, self.part.sizes)[:, None]
        return np.asarray(np.rint(self._ascent.proven.price / SCALE), np.int64)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk: people come in batches, each party is offered two regions, and room is kept for who is still to come.

A batch is planned together with stand-ins for those who are expected. What a place costs (the expected price) is taken
from what it is worth to a party of the batch, so that its points are weighed against what they take from others; and
since the plan must hold all stand-ins too, nobody large or with needs is left without a place by who came first.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from havre.engines.placement.forecast import Expected
from havre.engines.placement.instance import Instance, instance_of
from havre.engines.placement.lodging import Lodging
from havre.engines.placement.model import Party, Task
from havre.engines.placement.offers import Kept, Key, NoRoom, Offer, Queued, Reason
from havre.engines.placement.plan import days_of_centre, places_by_party
from havre.engines.placement.solving import Effort, solve
from havre.engines.placement.weighing import goals, km_between

OFFERED = 2
"""Regions."""
_STANDS_IN = "\x1f"
"""Language and beginning of the id of a stand-in; no party has it."""
_AGAIN = 4
"""Times that a plan is sought again while somebody waits."""
_MARK_UP = 1.25
"""On the price of a place in a second region: of many estimates the lowest are too low on average, and who may choose
takes what looks best, so that others would lose more by it than was reckoned."""


class Desk:
    """One batch. ``task`` holds its parties in the order in which they came, and what is left of places and days."""

    def __init__(
        self,
        task: Task,
        expected: Sequence[Party],
        prices: Expected,
        seed: int = 1,
        kept: Kept | None = None,
    ) -> None:
        """``kept``: where the desk before kept room, from which this one begins."""
        self.task, self.prices = task, prices
        stand_ins = [
            Party(
                f"{_STANDS_IN}{number}",
                party.people,
                party.kind,
                _STANDS_IN,
                medical=party.medical,
                step_free=party.step_free,
            )
            for number, party in enumerate(expected)
        ]
        self._all = replace(task, parties=(*task.parties, *stand_ins), policy=replace(task.policy, promise=0))
        self._number = {party.id: number for number, party in enumerate(task.parties)}
        self._refused: defaultdict[int, set[str]] = defaultdict(set)
        self._lodging = Lodging(self._all, self._planned(seed, kept or {}))
        for queued in self.queue():
            self._lodge(self._number[queued.party])

    def _planned(self, seed: int, kept: Kept) -> Sequence[int]:
        """The place of each party and stand-in; sought again, a few times, while somebody waits."""
        numbers, left = self._numbers(), {key: list(places) for key, places in kept.items()}
        begun = {
            party.id: places.pop(0)
            for party in self._all.parties[len(self.task.parties) :]
            if (places := left.get(_key(party)))
        }
        plan = solve(
            self._all, seed=seed, effort=Effort(short=True), instance=numbers, previous=begun or None
        )
        for more in range(_AGAIN):
            if not plan.waiting:
                break
            found = solve(
                self._all,
                seed=seed + more + 1,
                instance=numbers,
                previous=places_by_party(self._all, plan.place_of),
            )
            plan = found if found.points > plan.points else plan
        return plan.place_of

    @property
    def kept(self) -> Kept:
        """Where room is kept for the expected, for the next desk to begin from."""
        found: defaultdict[Key, list[str]] = defaultdict(list)
        for number in range(len(self.task.parties), len(self._all.parties)):
            at = self._lodging.place_of[number]
            if at >= 0:
                found[_key(self._all.parties[number])].append(self.task.places[at].id)
        return {key: tuple(places) for key, places in found.items()}

    def _numbers(self) -> Instance:
        """The numbers of all: what a place is worth to a party of the batch less its price; to a stand-in all are one.

        Were a stand-in worth what its place costs, the batch would pay for every bed that is left over beside it. No
        price is higher than what the best place is worth: that somebody would have to wait the plan itself weighs. And
        as much comes on top for the batch, so that of two alike who is there goes before who is expected.
        """
        numbers = instance_of(self._all)
        rows = np.arange(len(numbers.size))
        stands_in = np.isin(rows, numbers.type_of[len(self.task.parties) :])[:, None]
        own = numbers.gains(rows) - numbers.waits[:, None]
        most = own.max(initial=0)
        price = np.where(self.prices.whole, 1 / numbers.size[:, None], 1.0) * self.prices.price
        worth = own + most - np.minimum(np.rint(price).astype(np.int64), most)
        return numbers.with_points(rows, np.where(stands_in, 0, worth))

    def offers(self, party: str) -> tuple[Offer, ...]:
        """Two regions at most, the one first that serves all best; none where the party is in the queue.

        The party holds the first until it takes one or refuses.
        """
        number = self._number[party]
        held = self._lodging.place_of[number]
        if held < 0:
            return ()
        found = {self.task.places[held].region: held}
        for place in self._by_worth(number, _MARK_UP):
            if len(found) == OFFERED:
                break
            region = self.task.places[place].region
            if region not in found and self._room_for(number, place) is not None:
                found[region] = place
        return tuple(self._offer(number, place) for place in found.values())

    def take(self, party: str, place: str) -> None:
        """The party goes there; NoRoom where that would leave somebody expected without a place."""
        number = self._number[party]
        at = next(at for at, each in enumerate(self.task.places) if each.id == place)
        if at != self._lodging.place_of[number]:
            moves = self._room_for(number, at)
            if moves is None or not self._lodging.open_to(number)[at]:
                raise NoRoom(place)
            self._move(moves)

    def refuse(self, party: str, region: str) -> None:
        """The party does not go to that region; the next best by the same prices is held for it, or it waits.

        What it leaves goes to those in the queue, in their order.
        """
        number = self._number[party]
        self._refused[number].add(region)
        held = self._lodging.place_of[number]
        if held < 0 or self.task.places[held].region != region:
            return
        if not self._lodge(number):
            self._lodging.move(number, -1)
        for queued in self.queue():
            self._lodge(self._number[queued.party])

    def _lodge(self, number: int) -> bool:
        """Holds the best place for the party that there is room in; whether there is one."""
        for place in self._by_worth(number):
            if (moves := self._room_for(number, place)) is not None:
                self._move(moves)
                return True
        return False

    def place_of(self, party: str) -> str:
        """The place that the party took or holds; empty for who is in the queue."""
        at = self._lodging.place_of[self._number[party]]
        return self.task.places[at].id if at >= 0 else ""

    def queue(self) -> tuple[Queued, ...]:
        """Those without a place."""
        vulnerable = self.task.policy.fair.vulnerability
        waiting = [number for number in self._number.values() if self._lodging.place_of[number] < 0]
        waiting.sort(key=lambda number: (-vulnerable(self.task.parties[number]), number))
        return tuple(
            Queued(self.task.parties[number].id, position, self._reason(number))
            for position, number in enumerate(waiting, 1)
        )

    def _reason(self, number: int) -> Reason:
        lodging = self._lodging
        open_to = lodging.open_to(number)
        if not open_to.any():
            return Reason.NO_SUCH_PLACE
        came = np.zeros(len(open_to), np.int64)
        for other, at in enumerate(lodging.place_of[: len(self.task.parties)]):
            if at >= 0:
                came[at] += lodging.use(other, at)
        units = np.array([place.units for place in self.task.places], np.int64)
        left = np.flatnonzero(open_to & (units - came >= lodging.uses(number)))
        if not len(left):
            return Reason.FULL
        refused = self._refused[number]
        return Reason.REFUSED if any(self.task.places[at].region in refused for at in left) else Reason.KEPT

    def _offer(self, number: int, at: int) -> Offer:
        party, place, lodging = self.task.parties[number], self.task.places[at], self._lodging
        by_goal = goals(self.task.policy, party, place)
        best = max(lodging.points(number, int(each)) for each in np.flatnonzero(lodging.open_to(number)))
        points = sum(by_goal.values())
        return Offer(
            place=place,
            points=points,
            by_goal=by_goal,
            relative_km=km_between(party.relative, place) if party.relative else None,
            below_best=best - points,
            costs=round(self.prices.of(at, party.people)),
            day=self._day(number, place.centre),
        )

    def _day(self, number: int, centre: str) -> str:
        if centre not in self.task.locks.intake:
            return ""
        there = {each for at in self._lodging.centres[centre] for each in self._lodging.here[at]} | {number}
        return (days_of_centre(self._all, centre, sorted(there)) or {}).get(number, "")

    def _by_worth(self, number: int, mark_up: float = 1.0) -> list[int]:
        """Places in regions that are not refused, best first: the party's points less what others lose, marked up."""
        lodging, people = self._lodging, self.task.parties[number].people
        worth = {
            int(at): lodging.points(number, int(at)) - mark_up * self.prices.of(int(at), people)
            for at in np.flatnonzero(lodging.open_to(number))
            if self.task.places[at].region not in self._refused[number]
        }
        return sorted(worth, key=lambda at: (-worth[at], at))

    def _room_for(self, number: int, place: int) -> list[tuple[int, int]] | None:
        """The moves that bring the party there, with stand-ins making room; None where they cannot. Nothing moves."""
        lodging = self._lodging
        before: list[tuple[int, int]] = []

        def move(who: int, to: int) -> None:
            before.append((who, lodging.place_of[who]))
            lodging.move(who, to)

        move(number, -1)
        done: list[tuple[int, int]] | None = None
        if self._clear(number, place, move) and lodging.may_join(number, place):
            move(number, place)
            done = [(who, lodging.place_of[who]) for who in dict.fromkeys(who for who, _ in before)]
        for who, was in reversed(before):
            lodging.move(who, was)
        return done

    def _clear(self, number: int, place: int, move: Callable[[int, int], None]) -> bool:
        """Moves stand-ins from the place to where there is room for them, until the party has room."""
        lodging = self._lodging
        lacks = lodging.use(number, place) - int(lodging.free[place])
        guests = [each for each in lodging.here[place] if each >= len(self.task.parties)]
        # One that is just large enough, else the largest.
        while lacks > 0 and guests:
            guests.sort(key=lambda who: (lodging.use(who, place), who))
            who = next((each for each in guests if lodging.use(each, place) >= lacks), guests[-1])
            guests.remove(who)
            free = lodging.open_to(who) & (lodging.free >= lodging.uses(who))
            free[place] = False
            to = next((int(at) for at in np.flatnonzero(free) if lodging.may_join(who, int(at))), None)
            if to is not None:
                lacks -= lodging.use(who, place)
                move(who, to)
        return lacks <= 0

    def _move(self, moves: list[tuple[int, int]]) -> None:
        for who, _ in moves:
            self._lodging.move(who, -1)
        for who, to in moves:
            self._lodging.move(who, to)


def _key(party: Party) -> Key:
    return party.people, party.kind, party.medical, party.step_free

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who lives where, changed by hand one party at a time, with every rule heeded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from havre.engines.placement.instance import Flags, Longs
from havre.engines.placement.model import Task, Unit
from havre.engines.placement.plan import days_of_centre
from havre.engines.placement.weighing import goals


class Lodging:
    """The parties of a task in its places; -1 is to wait."""

    def __init__(self, task: Task, place_of: Sequence[int]) -> None:
        self.task, self.place_of = task, list(place_of)
        self.here: defaultdict[int, set[int]] = defaultdict(set)
        self.free = np.array([place.units for place in task.places], np.int64)
        for number, at in enumerate(place_of):
            if at >= 0:
                self.here[at].add(number)
                self.free[at] -= self.use(number, at)
        self._kinds = {kind: self._flags(kind) for kind in task.policy.kinds}
        self._most = np.array([place.most for place in task.places], np.int64)
        self._step_free = np.array([place.step_free for place in task.places], np.bool_)
        self._hospital_km = np.array([place.hospital_km for place in task.places], np.float64)
        self._room = np.array([place.unit is Unit.ROOM for place in task.places], np.bool_)
        numbers, places = self.numbers, {place.id: at for at, place in enumerate(task.places)}
        self._never: defaultdict[int, list[int]] = defaultdict(list)
        for party, place in task.locks.never:
            self._never[numbers[party]].append(places[place])
        self._foes: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in task.locks.apart:
            self._foes[numbers[one]].add(numbers[other])
            self._foes[numbers[other]].add(numbers[one])
        self.centres: defaultdict[str, list[int]] = defaultdict(list)
        for at, there in enumerate(task.places):
            self.centres[there.centre].append(at)

    @property
    def numbers(self) -> dict[str, int]:
        """Party to its number."""
        return {party.id: number for number, party in enumerate(self.task.parties)}

    def _flags(self, kind: str) -> Flags:
        return np.array([kind in place.takes for place in self.task.places], np.bool_)

    def use(self, number: int, place: int) -> int:
        """The units that a party takes there."""
        return self.task.places[place].use(self.task.parties[number].people)

    def uses(self, number: int) -> Longs:
        """(L,): the units that a party takes at each place."""
        return np.where(self._room, 1, self.task.parties[number].people)

    def open_to(self, number: int) -> Flags:
        """(L,): the places that no rule closes to the party, whoever else is there."""
        party, policy = self.task.parties[number], self.task.policy
        found: Flags = self._kinds[party.kind] & (self._most >= party.people)
        if policy.step_free and party.step_free:
            found = found & self._step_free
        if party.medical and policy.hospital_km is not None:
            found = found & (self._hospital_km <= policy.hospital_km)
        found[self._never.get(number, [])] = False
        return found

    def points(self, number: int, place: int) -> int:
        """What the place is worth to the whole party; -1 is to wait."""
        party, policy = self.task.parties[number], self.task.policy
        if place < 0:
            return -policy.waiting(party) * party.people
        return sum(goals(policy, party, self.task.places[place]).values())

    def may_join(self, number: int, place: int, gone: Iterable[int] = ()) -> bool:
        """Whether rules between parties let it live there once some have gone; whether there is room is not asked."""
        centre, left = self.task.places[place].centre, set(gone)
        foes = self._foes.get(number, set()) - left
        if any(self._centre_of(foe) == centre for foe in foes):
            return False
        if centre not in self.task.locks.intake:
            return True
        there = set().union(*(self.here[at] for at in self.centres[centre])) - left
        return days_of_centre(self.task, centre, [*there, number]) is not None

    def _centre_of(self, number: int) -> str | None:
        at = self.place_of[number]
        return self.task.places[at].centre if at >= 0 else None

    def move(self, number: int, place: int) -> None:
        """To another place, or to wait."""
        was = self.place_of[number]
        if was >= 0:
            self.here[was].remove(number)
            self.free[was] += self.use(number, was)
        if place >= 0:
            self.here[place].add(number)
            self.free[place] -= self.use(number, place)
        self.place_of[number] = place

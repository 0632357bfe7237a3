# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nobody waits whom a place would take in, were it not for less vulnerable parties there.

The less vulnerable give way, which may leave even less vulnerable ones to wait, whom the rule then serves in turn. With
each step the sorted vulnerability of those who have a place rises, so it ends (as deferred acceptance does: Gale and
Shapley 1962).
"""

import heapq
from dataclasses import dataclass

import numpy as np

from havre.engines.placement.instance import Flags
from havre.engines.placement.lodging import Lodging
from havre.engines.placement.model import Task


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody who waits, and a place that less vulnerable parties have; numbers of the task."""

    party: int
    place: int


class Vulnerable:
    """Looks after the rule in one lodging."""

    def __init__(self, lodging: Lodging) -> None:
        self.lodging, task = lodging, lodging.task
        self.of = [task.policy.fair.vulnerability(party) for party in task.parties]
        self.stay = {number for number, party in enumerate(task.parties) if party.id in task.locks.stays}

    def passed_over(self) -> list[PassedOver]:
        """Each party that waits against the rule, at one of the places that it could have."""
        waiting = [number for number, at in enumerate(self.lodging.place_of) if at < 0]
        found = []
        for number in waiting:
            for place in np.flatnonzero(self._could(number)):
                if self.lodging.may_join(number, int(place), self._below(number, int(place))):
                    found.append(PassedOver(number, int(place)))
                    break
        return found

    def mend(self) -> None:
        """Gives places to those who wait against the rule, where others lose least by it."""
        # Who moved out may have been what kept somebody out of another place: they are asked again.
        while self._mended():
            pass

    def _mended(self) -> bool:
        """Asks all who wait, in turn; whether anybody got a place."""
        queue = [self._turn(number) for number, at in enumerate(self.lodging.place_of) if at < 0]
        heapq.heapify(queue)
        somebody = False
        while queue:
            number = heapq.heappop(queue)[-1]
            chosen = self._cheapest(number)
            if chosen is None:
                continue
            somebody = True
            place, leave = chosen
            for each in leave:
                self.lodging.move(each, -1)
            self.lodging.move(number, place)
            for each in sorted(leave, key=self._turn):
                if not self._settle(each):
                    heapq.heappush(queue, self._turn(each))
        return somebody

    def _turn(self, number: int) -> tuple[int, int, int]:
        """The most vulnerable first, then the larger party."""
        return -self.of[number], -self.lodging.task.parties[number].people, number

    def _below(self, number: int, place: int) -> list[int]:
        """Who lives there, is less vulnerable and is not laid down to stay."""
        here = self.lodging.here[place] - self.stay
        return sorted(each for each in here if self.of[each] < self.of[number])

    def _could(self, number: int) -> Flags:
        """(L,): full places in which less vulnerable parties hold what the party lacks."""
        lodging = self.lodging
        found, uses = lodging.open_to(number) & (lodging.free < lodging.uses(number)), lodging.uses(number)
        for place in np.flatnonzero(found):
            held = sum(lodging.use(each, int(place)) for each in self._below(number, int(place)))
            found[place] = lodging.free[place] + held >= uses[place]
        return found

    def _cheapest(self, number: int) -> tuple[int, list[int]] | None:
        """The place where the others lose least in all, and who leaves it."""
        best: tuple[int, int, list[int]] | None = None
        for each in np.flatnonzero(self._could(number)):
            place = int(each)
            leave = self._leavers(number, place)
            lost = sum(self._worth(who, place) for who in leave) - self._worth(number, place)
            if (best is None or lost < best[0]) and self.lodging.may_join(number, place, leave):
                best = lost, place, leave
        return None if best is None else best[1:]

    def _worth(self, number: int, place: int) -> int:
        return self.lodging.points(number, place) - self.lodging.points(number, -1)

    def _leavers(self, number: int, place: int) -> list[int]:
        """Those who lose least for each unit, as few as make room and let the party in."""
        lodging = self.lodging
        lacks = lodging.use(number, place) - int(lodging.free[place])
        below = sorted(
            self._below(number, place),
            key=lambda who: (self._worth(who, place) / lodging.use(who, place), who),
        )
        leave: list[int] = []
        for who in below:
            if lacks <= 0:
                break
            leave.append(who)
            lacks -= lodging.use(who, place)
        if not lodging.may_join(number, place, leave):  # somebody else stands in the way
            leave, lacks = below, lodging.use(number, place) - int(lodging.free[place])
            lacks -= sum(lodging.use(who, place) for who in below)
        for who in reversed(leave.copy()):
            kept = [each for each in leave if each != who]
            if lacks + lodging.use(who, place) <= 0 and lodging.may_join(number, place, kept):
                leave, lacks = kept, lacks + lodging.use(who, place)
        return leave

    def _settle(self, number: int) -> bool:
        """Puts who had to leave into the best place that is free."""
        lodging = self.lodging
        free = np.flatnonzero(lodging.open_to(number) & (lodging.free >= lodging.uses(number)))
        for worth, place in sorted((-self._worth(number, int(at)), int(at)) for at in free):
            if worth <= 0 and lodging.may_join(number, place):
                lodging.move(number, place)
                return True
        return False


def passed_over(task: Task, place_of: list[int] | tuple[int, ...]) -> list[PassedOver]:
    """Who waits against the rule; nobody where the policy has no such rule."""
    if not task.policy.fair.vulnerable_first or min(place_of, default=0) >= 0:
        return []
    return Vulnerable(Lodging(task, place_of)).passed_over()

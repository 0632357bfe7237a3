# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is still to come, and what a place given away now would be worth to them.

A census knows how many parties there are, their sizes, kinds, languages and needs; it does not know what they wish. The
wishes are drawn again and again from those of the parties that came, each time the best flow is found, and the prices
are averaged: the mean of what a place is worth at the margin (as Ahani, Gölz, Procaccia, Teytelboym and Trapp 2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import numpy.typing as npt

from havre.engines.placement.flow import flow_of
from havre.engines.placement.instance import Flags, instance_of
from havre.engines.placement.model import Party, Place, Task
from havre.engines.placement.parts import parts_of

SAMPLES = 3
_DOUBT = 200
"""Parties that must have come before their wishes count for as much as the guess that was there before them."""
_WISH, _RELATIVE = 0.7, 0.3
"""The guess: how many name regions and a relative; which ones, all places being as likely."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Parties that are still expected, and those that came."""

    expected: tuple[Party, ...]
    """By what a census knows; what they wish is not looked at."""
    came: tuple[Party, ...] = ()
    """Their wishes tell what others may wish."""

    def drawn(self, places: Sequence[Place], chance: Random) -> list[Party]:
        """The expected, each with wishes that it may have."""
        return [self._with_wishes(party, places, chance) for party in self.expected]

    def _with_wishes(self, party: Party, places: Sequence[Place], chance: Random) -> Party:
        number = chance.randrange(len(self.came) + _DOUBT)
        if number < len(self.came):
            like = self.came[number]
            return replace(party, region_1=like.region_1, region_2=like.region_2, relative=like.relative)
        first = second = ""
        if chance.random() < _WISH:
            first, second = (chance.choice(places).region for _ in range(2))
        town = chance.choice(places)
        near = (town.lat, town.lon) if chance.random() < _RELATIVE else None
        return replace(party, region_1=first, region_2=second, relative=near)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a unit of each place is worth to those who are expected, on average; keep it from batch to batch."""

    price: npt.NDArray[np.float64]
    """(L,): of a bed; of a room for a whole party where ``whole``."""
    whole: Flags
    """(L,)"""

    def of(self, place: int, people: int) -> float:
        """What a party of that many takes from the others there, in points."""
        return float(self.price[place]) * (1 if self.whole[place] else people)

    def averaged(self, later: "Expected", weight: float) -> "Expected":
        """Together with what was found later; ``weight`` is that of the later."""
        return Expected(self.price * (1 - weight) + later.price * weight, later.whole)


def expect(task: Task, forecast: Forecast, seed: int, samples: int = SAMPLES) -> Expected:
    """The prices; ``task`` holds who is at the desk, and what is left of each place."""
    chance = Random(seed)  # noqa: S311 - wishes, no secret
    total = np.zeros(len(task.places))
    whole = np.zeros(len(task.places), np.bool_)
    for _ in range(samples):
        drawn = forecast.drawn(task.places, chance)
        everybody = replace(task, parties=(*task.parties, *drawn))
        for part in parts_of(instance_of(everybody), whole=False):
            size = np.array([task.places[at].unit_size for at in part.places], np.int32)
            total[part.places] += flow_of(part, size).price
            whole[part.places] = part.by_rooms
    return Expected(total / max(1, samples), whole)

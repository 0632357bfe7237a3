# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the search of one part works on: all that stays as it is (World), and who is where (State)."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from havre.engines.placement import kernel_state as state
from havre.engines.placement.instance import Flags, Gains, Instance, Ints, Longs
from havre.engines.placement.kernel_gain import fill_offers
from havre.engines.placement.model import Task
from havre.engines.placement.parts import Part

OFFERED = 32
"""Places that the search offers to a type: those that are best at the prices."""


class Rules(NamedTuple):
    """Rules between n parties in C centres. ``x_start`` tells where the rows of each begin in what follows it."""

    any: bool
    foe_start: Longs
    foes: Longs
    limited: Flags
    centre_start: Longs
    centre_places: Longs
    day_start: Longs
    day_room: Longs


class People(NamedTuple):
    """Who is where, as the arrays of a World tell it."""

    parties: Longs
    places: Longs
    members: Longs


class World(NamedTuple):
    """n parties of T types and L places, in the order in which the kernels take them; columns as they name them."""

    gain: Gains
    """(L, T)"""
    parties: Longs
    types: Longs
    places: Longs
    """(L + 1, columns): the last row is that of those who wait."""
    members: Longs
    rules: Rules
    moved: Longs
    """Room for (party, from, to)."""

    @property
    def where(self) -> Longs:
        """(n,): the place of each party; L for those who wait."""
        return self.parties[:, state.WHERE]

    @property
    def people(self) -> People:
        """Who is where now; a copy."""
        return People(self.parties.copy(), self.places.copy(), self.members.copy())

    def put(self, people: People) -> None:
        """Everybody is where they were when it was copied."""
        for now, then in zip((self.parties, self.places, self.members), people, strict=True):
            now[...] = then


def world_of(task: Task, instance: Instance, part: Part, numbers: Longs) -> World:
    """The world of a part while all its parties wait; ``numbers`` are theirs in the task."""
    local = np.full(len(instance.size), -1, np.int64)
    local[part.types] = np.arange(len(part.types))
    n, places = len(numbers), len(part.places)
    parties = np.zeros((n, 5), np.int64)
    parties[:, state.PROMISE] = -1
    parties[:, state.TYPE] = local[instance.type_of[numbers]]
    parties[:, state.WHERE] = places
    seats = int(part.units.sum())
    parties[:, state.SEAT] = seats + np.arange(n)
    types = np.zeros((len(part.types), 3), np.int64)
    types[:, state.SIZE], types[:, state.LOCKED] = part.size, instance.locked[part.types]
    rows = np.zeros((places + 1, 6), np.int64)
    rows[:, state.START] = _starts(part.units.tolist())
    rows[:-1, state.UNITS], rows[:-1, state.IS_ROOM] = part.units, part.is_room
    rows[-1, state.UNITS], rows[-1, state.LIVES] = np.iinfo(np.int64).max, n
    rows[-1, state.USED] = part.size[parties[:, state.TYPE]].sum()
    rules, rows[:-1, state.CENTRE] = _rules(task, part, numbers)
    return World(
        gain=part.by_place,
        parties=parties,
        types=types,
        places=rows,
        members=np.concatenate([np.zeros(seats, np.int64), np.arange(n)]),
        rules=rules,
        moved=np.zeros((max(n, 2), 3), np.int64),
    )


def _rules(task: Task, part: Part, numbers: Longs) -> tuple[Rules, Longs]:
    """The rules, and the centre of each place."""
    here, intake = [task.places[number] for number in part.places], task.locks.intake
    centres = list(dict.fromkeys(place.centre for place in here))
    number_of = {centre: number for number, centre in enumerate(centres)}
    centre_of = np.array([number_of[place.centre] for place in here], np.int64)
    days = [[people for _, people in sorted(intake.get(centre, {}).items())] for centre in centres]
    foes = _foes(task, numbers)
    return Rules(
        any=bool(task.locks.apart or intake),
        foe_start=_starts([len(each) for each in foes]),
        foes=np.array([foe for each in foes for foe in each], np.int64),
        limited=np.array([centre in intake for centre in centres], np.bool_),
        centre_start=_starts(np.bincount(centre_of, minlength=len(centres)).tolist()),
        centre_places=np.argsort(centre_of, kind="stable").astype(np.int64),
        day_start=_starts([len(each) for each in days]),
        day_room=np.array([people for each in days for people in each], np.int64),
    ), centre_of


def _starts(lengths: Sequence[int]) -> Longs:
    return np.array([0, *accumulate(lengths)], np.int64)


def _foes(task: Task, parties: Longs) -> list[list[int]]:
    here = {task.parties[number].id: at for at, number in enumerate(parties)}
    foes: list[list[int]] = [[] for _ in here]
    for one, other in sorted(task.locks.apart):
        if one in here and other in here:
            foes[here[one]].append(here[other])
            foes[here[other]].append(here[one])
    return foes


def offers(world: World, part: Part, price: npt.NDArray[np.float64]) -> Ints:
    """(T, offered): the places that the search offers each type at prices (sizes, L) in points, the best first.

    How many there are of each goes into the world.
    """
    offered = np.zeros((len(part.types), min(OFFERED, len(part.places))), np.int32)
    fill_offers(part.gain, part.size, part.slot, price, offered, world.types[:, state.CHOICES])
    return offered

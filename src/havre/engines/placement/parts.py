# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts of an instance that share no place: each is planned for itself, and bounds and points add up."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from havre.engines.placement.instance import Flags, Gains, Instance, Ints, Longs
from havre.engines.placement.kernel_gain import count_open


@dataclass(frozen=True)
class Part:
    """T types and L places, with the numbers that they have in the instance."""

    types: Longs
    places: Longs
    gain: Gains
    """(T, L)"""
    size: Ints
    count: Ints
    units: Ints
    is_room: Flags

    @cached_property
    def by_place(self) -> Gains:
        """(L, T): the gains once more, those of a place side by side."""
        return np.ascontiguousarray(self.gain.T)

    @cached_property
    def by_rooms(self) -> bool:
        """Whether all places are rooms: then a party counts as one and the problem is a pure transportation."""
        return bool(self.is_room.all())

    @cached_property
    def use(self) -> Ints:
        """(sizes, L): the units that a party of each size takes; 0 where no such party may come."""
        return np.where(self.most > 0, np.where(self.is_room, 1, self.sizes[:, None]), 0).astype(np.int32)

    @cached_property
    def most(self) -> Ints:
        """(sizes, L): the parties of each size that may come."""
        found = np.zeros((len(self.sizes), len(self.places)), np.int32)
        count_open(self.gain, self.slot, self.count, found)
        return found

    @cached_property
    def sizes(self) -> Ints:
        """The sizes of parties that occur, in order."""
        return np.unique(self.size)

    @cached_property
    def slot(self) -> Longs:
        """(T,): which of the sizes each type has."""
        return np.searchsorted(self.sizes, self.size).astype(np.int64)


def parts_of(instance: Instance, *, whole: bool) -> list[Part]:
    """The parts; with ``whole`` one for all, since a rule may tie any two places. Who may go nowhere is in none."""
    open_to, door_of = ~instance.tables.shut & (instance.units > 0), instance.rows[:, 0]
    doors = np.flatnonzero(open_to.any(axis=1))
    places = np.flatnonzero(open_to.any(axis=0))
    found = [(doors, places)] if whole else list(_connected(open_to, doors))
    return [
        _part(instance, np.flatnonzero(np.isin(door_of, each[0])), each[1])
        for each in found
        if len(each[0]) and len(each[1])
    ]


def _connected(open_to: Flags, doors: Longs) -> Iterator[tuple[Longs, Longs]]:
    left = np.zeros(len(open_to), np.bool_)
    left[doors] = True
    while left.any():
        rows = np.zeros(len(open_to), np.bool_)
        rows[np.argmax(left)] = True
        known = 0
        while known != (known := int(rows.sum())):
            columns = open_to[rows].any(axis=0)
            rows |= left & open_to[:, columns].any(axis=1)
        left &= ~rows
        yield np.flatnonzero(rows), np.flatnonzero(columns)


def _part(instance: Instance, types: Longs, places: Longs) -> Part:
    return Part(
        types=types,
        places=places,
        gain=instance.gains(types, places),
        size=instance.size[types],
        count=instance.count[types],
        units=instance.units[places],
        is_room=instance.is_room[places],
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A task as numbers: parties that are alike become one type, and each type has its points at each place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from havre.engines.placement.kernel_distance import near
from havre.engines.placement.model import Goal, Party, Task, Unit

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO = -1_000_000_000
"""The gain of a cell where a party may not go."""
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Instance:
    """T types and L places; a place without units is left out of ``gain`` by being NO everywhere."""

    type_of: Ints
    """(parties,)"""
    size: Ints
    """(T,): people of a party."""
    count: Ints
    """(T,): parties."""
    waits: Longs
    """(T,): points lost for each person of a party that waits."""
    gain: Ints
    """(T, L): points for each person above those of waiting; NO where the type may not go."""
    units: Ints
    """(L,)"""
    is_room: Flags
    """(L,)"""
    locked: Flags
    """(T,): the type has one place and may not wait."""

    @property
    def waiting_points(self) -> int:
        """The points while nobody has a place."""
        return -int((self.waits * self.size * self.count).sum())


def instance_of(task: Task) -> Instance:
    """The numbers of a task."""
    keys = _Keys(task)
    rows = np.array([keys.of(party) for party in task.parties], np.int32).reshape(-1, len(keys.names))
    types, first, type_of, count = np.unique(
        rows, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    examples = [task.parties[at] for at in first]
    waits = np.array([task.policy.waiting(party) for party in examples], np.int64)
    gain = _gains(task, keys, types, waits)
    locked = _lock(task, gain, waits, examples)
    return Instance(
        type_of=type_of.astype(np.int32).ravel(),
        size=np.array([party.people for party in examples], np.int32),
        count=count.astype(np.int32),
        waits=waits,
        gain=gain,
        units=np.array([place.units for place in task.places], np.int32),
        is_room=np.array([place.unit is Unit.ROOM for place in task.places], np.bool_),
        locked=locked,
    )


class _Keys:
    """What tells one type from another, as small numbers."""

    names = (
        "people",
        "kind",
        "language",
        "region_1",
        "region_2",
        "town",
        "medical",
        "step_free",
        "school",
        "alone",
    )

    def __init__(self, task: Task) -> None:
        self.kinds, self.languages, self.regions = _Numbers(), _Numbers(), _Numbers()
        self.towns, self.alone = _Numbers(), _Numbers()
        self.locked = {party for party, _ in task.locks.never} | set(task.locks.stays)

    def of(self, party: Party) -> tuple[int, ...]:
        """In the order of the names; a party with a lock is a type of its own."""
        return (
            party.people,
            self.kinds[party.kind],
            self.languages[party.language],
            self.regions[party.region_1],
            self.regions[party.region_2],
            self.towns[party.relative] if party.relative else -1,
            int(party.medical),
            int(party.step_free),
            int(party.school),
            self.alone[party.id] if party.id in self.locked else -1,
        )


class _Numbers(dict[Any, int]):
    """Numbers what is looked up, in the order in which it comes."""

    def __missing__(self, key: Any) -> int:
        self[key] = len(self)
        return self[key]


def _gains(task: Task, keys: _Keys, types: Ints, waits: Longs) -> Ints:
    tables = goal_tables(task, list(keys.kinds), list(keys.languages), list(keys.regions), list(keys.towns))
    gain = np.empty((len(types), len(task.places)), np.int32)
    for start in range(0, len(types), _BLOCK):
        rows = slice(start, start + _BLOCK)
        columns = dict(zip(keys.names, types[rows].T, strict=True))
        points = sum(tables.points(columns).values()) + waits[rows, None]
        gain[rows] = np.where(tables.allowed(columns), points, NO)
    return gain


def _lock(task: Task, gain: Ints, waits: Longs, examples: list[Party]) -> Flags:
    """Narrows the rows of parties with locks, and tells which must stay where they are.

    To wait costs these more than anybody could win by it, so no plan moves them.
    """
    locked = np.zeros(len(examples), np.bool_)
    at = {place.id: number for number, place in enumerate(task.places)}
    rows = {party.id: number for number, party in enumerate(examples)}
    dear = 4 * int(gain.max(initial=1)) * max((party.people for party in examples), default=1)
    for party, place in task.locks.never:
        gain[rows[party], at[place]] = NO
    for party, place in task.locks.stays.items():
        row, here = rows[party], at[place]
        there = gain[row, here]
        gain[row] = NO
        gain[row, here] = there + dear if there > NO else NO
        waits[row] += dear
        locked[row] = True
    return locked


@dataclass(frozen=True, slots=True)
class GoalTables:
    """What each place gives to each kind, language, region and town."""

    task: Task
    kinds: Flags
    holds: Ints
    step_free: Flags
    near_hospital: Flags
    languages: Ints
    regions: Ints
    towns: Ints
    base: Ints
    hospital: Ints
    school: Ints

    def allowed(self, columns: dict[str, Ints]) -> Flags:
        """(types, L): where each type may go."""
        some = {name: columns[name][:, None] for name in columns}
        allowed: Flags = self.kinds[columns["kind"]] & (some["people"] <= self.holds)
        if self.task.policy.step_free:
            allowed &= (some["step_free"] == 0) | self.step_free
        allowed &= (some["medical"] == 0) | self.near_hospital
        return allowed

    def points(self, columns: dict[str, Ints]) -> dict[Goal, Ints]:
        """(types, L) of each goal, for types told by numbers."""
        policy = self.task.policy
        some = {name: columns[name][:, None] for name in columns}
        return {
            Goal.BASE: np.broadcast_to(self.base, (len(columns["people"]), len(self.base))),
            Goal.REGION_1: policy.region_1 * self.regions[columns["region_1"]],
            Goal.REGION_2: policy.region_2 * self.regions[columns["region_2"]],
            Goal.LANGUAGE: policy.language * self.languages[columns["language"]],
            Goal.RELATIVE: self.towns[columns["town"]],
            Goal.HOSPITAL: self.hospital * some["medical"],
            Goal.SCHOOL: self.school * some["school"],
        }


def goal_tables(
    task: Task, kinds: list[str], languages: list[str], regions: list[str], towns: list[Any]
) -> GoalTables:
    """The tables for the kinds, languages, regions and towns that occur; the last row of the towns is nowhere."""
    places, policy = task.places, task.policy
    centres = _Numbers()
    centre_of = np.array([centres[place.lat, place.lon] for place in places], np.intp)
    relative = near(
        np.array(towns or [(0.0, 0.0)], np.float64),
        np.array(list(centres), np.float64),
        policy.relative.most,
        policy.relative.km,
    )[: len(towns)]
    far = np.array([place.hospital_km for place in places], np.float64)
    return GoalTables(
        task,
        kinds=np.array([[kind in place.takes for place in places] for kind in kinds], np.bool_),
        holds=np.array([place.most for place in places], np.int32),
        step_free=np.array([place.step_free for place in places], np.bool_),
        near_hospital=far <= (np.inf if policy.hospital_km is None else policy.hospital_km),
        languages=np.array([[word in place.languages for place in places] for word in languages], np.int32),
        regions=np.array([[word == place.region for place in places] for word in regions], np.int32),
        towns=np.vstack([relative[:, centre_of], np.zeros((1, len(places)), np.int32)]),
        base=np.array([policy.base * place.base_points for place in places], np.int32),
        hospital=np.rint(policy.hospital.most * np.exp(-far / policy.hospital.km)).astype(np.int32),
        school=np.array([policy.school * place.school for place in places], np.int32),
    )

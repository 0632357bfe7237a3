# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A task as numbers: parties that are alike become one type, and each type has its points at each place."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from havre.engines.placement.kernel_distance import near
from havre.engines.placement.kernel_gain import fill_gains
from havre.engines.placement.model import Party, Task, Unit

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Gains = npt.NDArray[np.signedinteger[Any]]
"""Points for each person above those of waiting; -1 where the type may not go, or would lose by it. Short numbers
where all fit into them: a large camp has hundreds of millions."""
_ALL = 100
"""Percent."""
_HARD = ("people", "kind", "medical", "step_free", "alone")
"""The keys of a type that the hard rules ask for."""
_SOFT = ("region_1", "region_2", "language", "town", "medical", "school")
"""Those that points are given for."""


class Tables(NamedTuple):
    """What each place gives (rows, L); which row holds for a type stands in the instance."""

    shut: Flags
    """Of each door: where types that the hard rules treat alike may not go."""
    base: Ints
    """(L,)"""
    region_1: Ints
    region_2: Ints
    language: Ints
    town: Ints
    """Of each town of relatives; the last row is nowhere."""
    hospital: Ints
    school: Ints

    def at(self, places: Longs) -> "Tables":
        """Of these places alone."""
        cut: list[Any] = [np.ascontiguousarray(table[..., places]) for table in self]
        return Tables(*cut)

    @property
    def most(self) -> int:
        """No type gets more than this at a place."""
        return sum(max(0, int(table.max(initial=0))) for table in self[1:])


@dataclass(frozen=True, slots=True)
class Instance:
    """T types and L places. What a type gains at a place is reckoned whenever it is asked for."""

    type_of: Ints
    """(parties,)"""
    size: Ints
    """(T,): people of a party."""
    count: Ints
    """(T,): parties."""
    waits: Longs
    """(T,): points lost for each person of a party that waits."""
    units: Ints
    """(L,)"""
    is_room: Flags
    """(L,)"""
    locked: Flags
    """(T,): the type has one place and may not wait."""
    rows: Ints
    """(T, 7): which row of the tables holds for each type: its door, region 1, region 2, language ..."""
    percent: Longs
    """(T,): of what a type gains, how much counts."""
    tables: Tables

    @property
    def waiting_points(self) -> int:
        """The points while nobody has a place."""
        return -int((self.waits * self.size * self.count).sum())

    def gains(self, types: Longs, places: Longs | None = None) -> Gains:
        """(types, places): of the types and places with these numbers; without places, of all."""
        tables = self.tables if places is None else self.tables.at(places)
        waits = self.waits[types].astype(np.int32)
        most = self.tables.most + int(self.waits.max(initial=0))
        fits = most * int(self.percent.max(initial=_ALL)) // _ALL <= np.iinfo(np.int16).max
        kept: type[np.signedinteger[Any]] = np.int16 if fits else np.int32
        gain: Gains = np.empty((len(types), len(tables.base)), kept)
        fill_gains(gain, self.rows[types], waits, self.percent[types], *tables)
        return gain

    def with_points(self, types: Longs, points: Longs) -> "Instance":
        """The same, but parties of these types (n,) get these points (n, L) for each person where they may go."""
        tables, rows = self.tables, self.rows.copy()
        other = tables.base + np.zeros_like(points)
        for table, row in zip(tables[2:], self.rows[types, 1:].T, strict=True):
            other += table[row] if table is not tables.town else 0
        rows[types, 1 + _SOFT.index("town")] = len(tables.town) + np.arange(len(types))
        town = np.vstack([tables.town, points - other]).astype(np.int32)
        return replace(self, rows=rows, tables=tables._replace(town=town))


def instance_of(task: Task) -> Instance:
    """The numbers of a task."""
    keys = _Keys(task)
    rows = np.array([keys.of(party) for party in task.parties], np.int32).reshape(-1, len(keys.names))
    types, first, type_of, count = np.unique(
        rows, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    examples = [task.parties[at] for at in first]
    column = dict(zip(keys.names, types.T, strict=True))
    doors, door_of = np.unique(
        np.stack([column[name] for name in _HARD], axis=1), axis=0, return_inverse=True
    )
    tables = _tables(task, keys, dict(zip(_HARD, doors.T, strict=True)))
    locked, waits = _lock(task, tables, door_of.ravel(), examples)
    return Instance(
        type_of=type_of.astype(np.int32).ravel(),
        size=np.array([party.people for party in examples], np.int32),
        count=count.astype(np.int32),
        waits=waits,
        units=np.array([place.units for place in task.places], np.int32),
        is_room=np.array([place.unit is Unit.ROOM for place in task.places], np.bool_),
        locked=locked,
        rows=np.stack([door_of.ravel(), *(column[name] for name in _SOFT)], axis=1).astype(np.int32),
        percent=column["lifted"].astype(np.int64),
        tables=tables,
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
        "lifted",
        "alone",
    )

    def __init__(self, task: Task) -> None:
        self.kinds, self.languages, self.regions = _Numbers(), _Numbers(), _Numbers()
        self.towns, self.alone = _Numbers(), _Numbers()
        self.locked = {party for party, _ in task.locks.never} | set(task.locks.stays)
        self.lifted = task.lifted

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
            self.lifted.get(party.id, _ALL),
            self.alone[party.id] if party.id in self.locked else -1,
        )


class _Numbers(dict[Any, int]):
    """Numbers what is looked up, in the order in which it comes."""

    def __missing__(self, key: Any) -> int:
        self[key] = len(self)
        return self[key]


def _tables(task: Task, keys: _Keys, doors: dict[str, Ints]) -> Tables:
    """The tables for the kinds, languages, regions and towns that occur."""
    places, policy = task.places, task.policy
    base = np.array([policy.base * place.base_points for place in places], np.int32)
    regions = np.array([[word == place.region for place in places] for word in keys.regions], np.int32)
    languages = [[word in place.languages for place in places] for word in keys.languages]
    far = np.array([place.hospital_km for place in places], np.float64)
    hospital = np.rint(policy.hospital.most * np.exp(-far / policy.hospital.km))
    school = [policy.school * place.school for place in places]
    nothing = np.zeros_like(base)
    return Tables(
        shut=_shut(task, list(keys.kinds), doors),
        base=base,
        region_1=policy.region_1 * regions,
        region_2=policy.region_2 * regions,
        language=policy.language * np.array(languages, np.int32),
        town=np.vstack([_town_points(task, list(keys.towns)), nothing]),
        hospital=np.stack([nothing, hospital]).astype(np.int32),
        school=np.stack([nothing, school]).astype(np.int32),
    )


def _town_points(task: Task, towns: list[tuple[float, float]]) -> Ints:
    centres, curve = _Numbers(), task.policy.relative
    centre_of = np.array([centres[place.lat, place.lon] for place in task.places], np.intp)
    here, there = (np.array(points or [(0.0, 0.0)], np.float64) for points in (towns, list(centres)))
    found: Ints = near(here, there, curve.most, curve.km)[: len(towns)]
    return found[:, centre_of]


def _shut(task: Task, kinds: list[str], doors: dict[str, Ints]) -> Flags:
    """(doors, L): where a party may not go, whatever it would gain."""
    places, policy = task.places, task.policy
    takes = np.array([[kind in place.takes for place in places] for kind in kinds], np.bool_)
    holds = np.array([place.most for place in places], np.int32)
    stairs = np.array([not place.step_free for place in places], np.bool_)
    km = np.inf if policy.hospital_km is None else policy.hospital_km
    far = np.array([place.hospital_km > km for place in places], np.bool_)
    some = {name: column[:, None] for name, column in doors.items()}
    shut: Flags = ~takes[doors["kind"]] | (some["people"] > holds) | ((some["medical"] == 1) & far)
    if policy.step_free:
        shut |= (some["step_free"] == 1) & stairs
    return shut


def _lock(task: Task, tables: Tables, door_of: Longs, examples: list[Party]) -> tuple[Flags, Longs]:
    """Shuts the doors of parties with locks; tells which must stay where they are, and what waiting costs each type.

    To wait costs these more than anybody could win by it, so no plan moves them.
    """
    locked = np.zeros(len(examples), np.bool_)
    waits = np.array([task.policy.waiting(party) for party in examples], np.int64)
    at = {place.id: number for number, place in enumerate(task.places)}
    rows = {party.id: number for number, party in enumerate(examples)}
    percent = max([_ALL, *task.lifted.values()])
    dearest = max(1, (tables.most + int(waits.max(initial=0))) * percent // _ALL)
    dear = 4 * dearest * max((party.people for party in examples), default=1)
    for party, place in task.locks.never:
        tables.shut[door_of[rows[party]], at[place]] = True
    for party, place in task.locks.stays.items():
        row, here = rows[party], at[place]
        others = np.arange(len(task.places)) != here
        tables.shut[door_of[row]] |= others
        waits[row] += dear
        locked[row] = True
    return locked, waits

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a plan is made from: parties, places, and what was laid down by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a place is counted in: a party of k takes k beds, or one room of at least its size."""

    BED = "bed"
    ROOM = "room"


class Goal(StrEnum):
    """What earns points, in the order in which it is shown."""

    BASE = "base"
    REGION_1 = "region_1"
    REGION_2 = "region_2"
    LANGUAGE = "language"
    RELATIVE = "relative"
    HOSPITAL = "hospital"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Party:
    """People who travel and live together and are never split."""

    id: str
    people: int
    kind: str
    language: str = ""
    region_1: str = ""
    region_2: str = ""
    relative: tuple[float, float] | None = None
    """Latitude and longitude of the town of a relative, in degrees."""
    medical: bool = False
    step_free: bool = False
    school: bool = False
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A pool of equal units in one centre."""

    id: str
    centre: str
    lat: float
    lon: float
    region: str
    takes: frozenset[str]
    unit: Unit
    unit_size: int
    units: int
    languages: frozenset[str]
    step_free: bool
    hospital_km: float
    school: bool
    base_points: int

    @property
    def most(self) -> int:
        """The people of the largest party that fits while nobody else is there."""
        if self.unit is Unit.BED:
            return self.units
        return self.unit_size if self.units else 0

    def use(self, people: int) -> int:
        """The units that a party of that many takes."""
        return people if self.unit is Unit.BED else 1


@dataclass(frozen=True, slots=True)
class Curve:
    """Points that fall with distance: most * exp(-distance / km)."""

    most: float = 0.0
    km: float = 1.0


@dataclass(frozen=True, slots=True)
class Fair:
    """What fairness asks of a plan beside its points."""

    vulnerable_first: bool = False
    medical: int = 0
    step_free: int = 0
    kind: Mapping[str, int] = field(default_factory=dict)
    """How vulnerable a party is: these add up."""
    floor: int = 0
    """Percent of the average of all that the average of each group reaches; 0: not asked."""
    groups: tuple[str, ...] = ()
    """What of a party makes its groups."""
    most_loss: int = 0
    """Percent of its points that a plan gives up, at most, to lift groups."""

    def vulnerability(self, party: Party) -> int:
        """The more, the more vulnerable."""
        return self.kind.get(party.kind, 0) + self.medical * party.medical + self.step_free * party.step_free


@dataclass(frozen=True, slots=True)
class Policy:
    """What a plan is worth and what it may never do. All points are per person."""

    kinds: tuple[str, ...]
    step_free: bool
    hospital_km: float | None
    base: int
    region_1: int
    region_2: int
    language: int
    school: int
    relative: Curve
    hospital: Curve
    waits: int
    waits_medical: int
    waits_step_free: int
    waits_kind: Mapping[str, int]
    promise: int
    """Points that must be won to break a promise of the plan before, for each party."""
    fair: Fair = Fair()

    def waiting(self, party: Party) -> int:
        """Points lost for each person of the party while it waits."""
        return (
            self.waits
            + self.waits_kind.get(party.kind, 0)
            + self.waits_medical * party.medical
            + self.waits_step_free * party.step_free
        )


@dataclass(frozen=True, slots=True)
class Locks:
    """What was laid down by hand. Ids are those of parties, places and centres."""

    stays: Mapping[str, str]
    """Party to its place."""
    never: frozenset[tuple[str, str]]
    """Party and a place it never goes to."""
    apart: frozenset[tuple[str, str]]
    """Two parties that are never in one centre."""
    intake: Mapping[str, Mapping[str, int]]
    """Centre to its days (ISO) and the people it takes in on each; a centre that is not here takes any on any day."""


NO_LOCKS = Locks({}, frozenset(), frozenset(), {})


@dataclass(frozen=True, slots=True)
class Task:
    """Everything a plan is made from, known to be sound."""

    parties: tuple[Party, ...]
    places: tuple[Place, ...]
    policy: Policy
    locks: Locks = NO_LOCKS
    lifted: Mapping[str, int] = field(default_factory=dict)
    """Party to the percent of its points that count: more than 100 while a plan is sought that is better for it."""

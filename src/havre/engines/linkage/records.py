# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list holds: people, and family links from one person to another whom they describe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Sex(StrEnum):
    """Sex as recorded; where it is not known the field holds None."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class BirthKind(StrEnum):
    """How much a birth interval is worth as evidence, beside its width."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"
    """Computed from an age on a day."""
    FIRST_OF_JANUARY = "first_of_january"
    """A day that offices write when only the year is known: the interval is the whole year."""


class Unsaid(StrEnum):
    """Why a value is not there, when the list says so. An empty cell says nothing."""

    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class BirthInterval:
    """The birth date lies between ``earliest`` and ``latest``, both included."""

    earliest: date
    latest: date
    kind: BirthKind

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"a birth interval ends before it begins: {self.earliest} to {self.latest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of somebody, by themselves or by a relative. Empty strings and None: nothing was said."""

    names: str = ""
    """As written, in any script."""
    other_names: str = ""
    sex: Sex | None = None
    birth: BirthInterval | None = None
    nationality: str = ""
    """ISO 3166-1 alpha-3."""
    birthplace: str = ""
    """As written, in any script."""
    phone: str = ""
    """As written."""
    town: str = ""
    """As written."""
    country: str = ""
    """ISO 3166-1 alpha-2, where the person is now."""
    unsaid: Mapping[str, Unsaid] = field(default_factory=lambda: MappingProxyType({}))
    """Field name to the reason why it holds nothing, where the list gives one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody registered on a list."""

    person_id: str
    described: Description
    recorded_on: date | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLink:
    """What the person ``person_id`` says of somebody: "my ``relation``", described so."""

    link_id: str
    person_id: str
    relation: str
    """A key of the relation vocabulary (``relations.toml``), or ``""`` where none was said."""
    described: Description
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShoreList:
    """The people and family links of one shore. Ids are unique; every link's person is among the people."""

    people: tuple[Person, ...]
    links: tuple[FamilyLink, ...]

    def __post_init__(self) -> None:
        people = {person.person_id for person in self.people}
        if len(people) != len(self.people):
            raise ValueError("two people of one list have the same person_id")
        if len({link.link_id for link in self.links}) != len(self.links):
            raise ValueError("two links of one list have the same link_id")
        if strays := sorted({link.person_id for link in self.links} - people):
            raise ValueError(f"links of people who are not on the list: {', '.join(strays[:3])}")

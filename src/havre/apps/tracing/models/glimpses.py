# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the other shore may see of a side before a pair is verified: each public field is named here, and only here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from havre.engines.linkage.records import BirthInterval, Description, FamilyLink


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One side of a pair as the other shore sees it. Empty where nothing was said."""

    names: str = ""
    """As written, in any script."""
    other_names: str = ""
    born: tuple[int, int] | None = None
    """The first and the last possible year of birth."""
    nationality: str = ""
    birthplace: str = ""
    relation: str = ""
    """What this side calls the other."""
    names_said: str = ""
    """What this side says the other is called."""
    other_names_said: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Glimpse":
        """As it was kept."""
        born = data.get("born")
        return cls(**{**data, "born": (born[0], born[1]) if born else None})

    def kept(self) -> dict[str, Any]:
        """As it is kept: what is empty takes no room."""
        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in said if value}

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name in it."""
        names = (self.names, self.other_names, self.names_said, self.other_names_said)
        return tuple(name for name in names if name)


def years(birth: BirthInterval | None) -> tuple[int, int] | None:
    """The years of a birth interval: all that is told of a birth across the water."""
    return (birth.earliest.year, birth.latest.year) if birth else None


def glimpse(person: Description, link: FamilyLink | None) -> Glimpse:
    """Names as written, years of birth, nationality, birthplace; of the link the relation and the names it gives.

    Nothing else of a registration may be added without the question whether the other shore needs it to decide.
    """
    return Glimpse(
        names=person.names,
        other_names=person.other_names,
        born=years(person.birth),
        nationality=person.nationality,
        birthplace=person.birthplace,
        relation=link.relation if link else "",
        names_said=link.described.names if link else "",
        other_names_said=link.described.other_names if link else "",
    )

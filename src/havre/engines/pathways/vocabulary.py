# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words that rules are written in: facts, events, shores. What they are stands in ``vocabulary.toml``."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from havre.words import Language


class Shore(StrEnum):
    """Where an authority acts, and whose clock it looks at."""

    FRANCE = "france"
    BRITAIN = "britain"

    @property
    def other(self) -> "Shore":
        """The shore across the Channel."""
        return Shore.BRITAIN if self is Shore.FRANCE else Shore.FRANCE


@dataclass(frozen=True, slots=True)
class Text:
    """Our own words, in both languages."""

    en: str
    fr: str

    def say(self, language: Language) -> str:
        """The words in ``language``."""
        return self.fr if language is Language.FRENCH else self.en


class Kind(StrEnum):
    """What may be said of a fact."""

    YES_OR_NO = "yes or no"
    BIRTH = "birth"
    DAY = "day"
    COUNTRY = "country"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a fact of kind choice."""

    key: str
    text: Text
    relations: tuple[str, ...]
    """The words of a family link (``relations.toml`` of linkage) that say this for sure."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What may be true of a child and of the relative who is sought."""

    key: str
    kind: Kind
    text: Text
    how: Text
    """How it can be shown."""
    event: str
    """The event whose day answers the fact; "" where there is none."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShoreWords:
    """A shore in words, and its clock."""

    text: Text
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that rules are written in: see the head of ``vocabulary.toml``."""

    facts: dict[str, Fact]
    events: dict[str, Text]
    shores: dict[Shore, ShoreWords]
    actors: dict[str, Text]

    def zone(self, shore: Shore) -> tzinfo:
        """The clock of a shore."""
        return self.shores[shore].zone

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the reader has to say of a list: each bad cell with its place and what would be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from havre.core.exchange.vocabulary import Country
from havre.engines.linkage.relations import Relation
from havre.words import Language, Words

WORDS = Words("havre.core.exchange")
SHOWN = 40
"""Characters of a value that a remark quotes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list: ``line`` counts from 1 as a spreadsheet does; 0 stands for the whole table."""

    file: str
    sheet: str
    """Empty for a CSV."""
    line: int
    column: str
    """The header as the list writes it; empty for a whole row."""

    def say(self, language: Language) -> str:
        """The place in words, from the file down to the column."""
        parts = [self.file]
        if self.sheet:
            parts.append(WORDS.say(language, "place_sheet", sheet=self.sheet))
        if self.line:
            parts.append(WORDS.say(language, "place_line", line=self.line))
        if self.column:
            parts.append(WORDS.say(language, "place_column", column=shortened(self.column)))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Remark:
    """One bad cell or row: where, what, and what would be right.

    Quotes dates, ages and words of a vocabulary, never a name. A ``note`` tells something that a reader should
    know although nothing that was understood has been left out; strict reading does not refuse a list for it.
    """

    place: Place
    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    note: bool = False

    def reason(self, language: Language) -> str:
        """What is wrong and what would be right, without the place."""
        said = {name: _in_words(value, language) for name, value in self.values.items()}
        return WORDS.say(language, self.key, **said)

    def say(self, language: Language) -> str:
        """One sentence: place, what is wrong, what would be right."""
        return WORDS.say(language, "remark", place=self.place.say(language), reason=self.reason(language))


def shortened(text: str) -> str:
    """``text`` on one line and no longer than a remark may quote; what no printer shows becomes ``�``."""
    line = " ".join(text[: SHOWN * 4].split())
    line = "".join(c if c.isprintable() else "�" for c in line)
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _in_words(value: object, language: Language) -> object:
    return value.label(language) if isinstance(value, Country | Relation) else value

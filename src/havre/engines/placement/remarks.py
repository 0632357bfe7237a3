# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with an input: one line each, with the place and the remedy, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.engines.placement")


class Source(StrEnum):
    """Which input a remark is about."""

    PARTIES = "parties"
    PLACES = "places"
    POLICY = "policy"
    LOCKS = "locks"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong. What somebody wrote is never repeated: it may be a name."""

    source: Source
    line: int
    column: str
    problem: str
    values: Mapping[str, object] = field(default_factory=dict)
    note: bool = False
    """A plan can be made all the same."""

    def say(self, language: Language, file: object) -> str:
        """In words; ``file`` is what the input is called."""
        where = "where_column" if self.column else "where_line"
        place = WORDS.say(language, where, file=file, line=self.line, column=self.column)
        return f"{place}{WORDS.say(language, self.problem, **self.values)}"

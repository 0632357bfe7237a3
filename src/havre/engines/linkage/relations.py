# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published vocabulary of family relations (``relations.toml``)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from havre.words import Language


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the vocabulary; see the head of ``relations.toml`` for what each field says."""

    key: str
    en: str
    fr: str
    aliases: tuple[str, ...]
    generation: int
    side: str
    sex: str
    inverse: frozenset[str]

    @property
    def shares_father_names(self) -> bool:
        """Whether both have names of one father's line: the chain of patronymics, or the family name."""
        siblings = self.key in ("brother", "sister", "sibling")
        return siblings or self.side == "paternal" or self.key in ("son", "daughter", "child")

    def label(self, language: Language) -> str:
        """The relation in words."""
        return self.fr if language is Language.FRENCH else self.en


@cache
def relations() -> dict[str, Relation]:
    """Key to relation, in the order of the file."""
    data = tomllib.loads((files(__package__) / "relations.toml").read_text("utf-8"))
    return {
        key: Relation(
            key=key, aliases=tuple(entry.pop("aliases")), inverse=frozenset(entry.pop("inverse")), **entry
        )
        for key, entry in data.items()
    }

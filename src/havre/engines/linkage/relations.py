# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published vocabulary of family relations (``relations.toml``)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from havre.engines.names.arrays import Flags, Indices
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


@cache
def fits() -> tuple[Flags, Flags]:
    """(relations, relations), symmetric: whether two may call each other so; or at least the generations agree."""
    words = list(relations().values())
    inverse = [[other.key in one.inverse or one.key in other.inverse for other in words] for one in words]
    generation = np.array([one.generation for one in words])
    return np.array(inverse), generation[:, None] + generation == 0


@cache
def sexes() -> Indices:
    """(relations,): the sex that each says (my uncle: male), 0 female, 1 male, -1 not said."""
    return np.array([{"female": 0, "male": 1}.get(one.sex, -1) for one in relations().values()], np.intp)

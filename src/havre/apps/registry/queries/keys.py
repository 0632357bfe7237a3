# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coarse keys of names, by which a search finds candidates in any script."""

from collections.abc import Iterable
from dataclasses import dataclass

from havre.engines.names.encode import keys
from havre.engines.names.parse import name_words

LONGEST = 40
"""Characters of a key that are kept."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of names that are asked for, and which word each is of; two lists side by side."""

    words: list[int]
    keys: list[str]

    @property
    def last(self) -> int:
        """The number of the last word, -1 where there is none."""
        return max(self.words, default=-1)

    def __bool__(self) -> bool:
        return bool(self.keys)


def keys_of(names: Iterable[str]) -> list[str]:
    """The distinct keys of all words of several names, sorted."""
    return sorted({key[:LONGEST] for name in names for word in name_words(name) for key in keys(word)})


def asked(names: str) -> Keys:
    """The keys of what somebody types, in whatever script."""
    found = [(n, key[:LONGEST]) for n, word in enumerate(name_words(names)) for key in keys(word)]
    return Keys([n for n, _ in found], [key for _, key in found])

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a name and what each is worth: a name, or a word that may be left out."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from havre.engines.names.coded import MOST_TOKENS
from havre.engines.names.normalise import fold, fold_lines

_ABD = re.compile(
    r"^(?:abd|abed|ebd|abdou)(?:ul|ur|us|ud|un|uz|ush|al|ar|as|ad|an|az|el|er|es|ed|en|ou|ol|e)?$"
)


class Role(StrEnum):
    """What a word of a name is."""

    NAME = "name"
    ARTICLE = "article"
    DESCENT = "descent"
    HONORIFIC = "honorific"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name, folded."""

    text: str
    role: Role = Role.NAME


@cache
def _roles() -> dict[str, Role]:
    data = tomllib.loads((files(__package__) / "particles.toml").read_text("utf-8"))
    return {word: Role(role) for role, entry in data.items() for word in entry["words"]}


def _token(word: str) -> Token:
    return Token("abd" if _ABD.match(word) else word, _roles().get(word, Role.NAME))


def tokens(name: str) -> tuple[Token, ...]:
    """The words of a name in the order written, each with its role. A name of particles only keeps them as names."""
    words = [_token(word) for word in fold(name).split()]
    if not any(word.role is Role.NAME for word in words):
        return tuple(Token(word.text) for word in words)
    return tuple(words)


class _Canonical(dict[str, str]):
    """Folded word to the word that is compared, empty for a word that may be left out."""

    def __missing__(self, word: str) -> str:
        token = _token(word)
        self[word] = token.text if token.role is Role.NAME else ""
        return self[word]


def words_of(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Of each name the words that are names, at most ``MOST_TOKENS``; a name of particles only keeps them."""
    canonical = _Canonical()
    text = "\n".join(names)
    if text.count("\n") >= len(names):  # a name of several lines
        text = "\n".join(name.replace("\n", " ") for name in names)
    found = []
    for line in fold_lines(text).split("\n")[: len(names)]:
        words = line.split()
        kept = [name for word in words if (name := canonical[word])]
        found.append(tuple((kept or words)[:MOST_TOKENS]))
    return found


@lru_cache(maxsize=1 << 18)
def name_words(name: str) -> tuple[str, ...]:
    """The words of one name that are names, see ``words_of``."""
    return words_of([name])[0]

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
from itertools import pairwise

import numpy as np

from havre.engines.names.arrays import NEW_LINE, Indices, code_points, numbered
from havre.engines.names.coded import MOST_TOKENS
from havre.engines.names.normalise import fold, fold_lines

_SERVANT = "abd"
_ABD = re.compile(
    r"^(?:abd|abed|ebd|abdou)(?:ul|ur|us|ud|un|uz|ush|al|ar|as|ad|an|az|el|er|es|ed|en|ou|ol|e)?$",
    re.MULTILINE,
)
_END = "\0"
"""Between two names."""
_BETWEEN = f" {_END} "


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
    return Token(_SERVANT if _ABD.match(word) else word, _roles().get(word, Role.NAME))


def tokens(name: str) -> tuple[Token, ...]:
    """The words of a name in the order written, each with its role. A name of particles only keeps them as names."""
    words = [_token(word) for word in fold(name).split()]
    if not any(word.role is Role.NAME for word in words):
        return tuple(Token(word.text) for word in words)
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Parsed:
    """n names and their words that are names, at most ``MOST_TOKENS`` each; a name of particles only keeps them."""

    words: list[str]
    """Each word once."""
    flat: Indices
    """Index of each word of each name, name after name."""
    count: Indices
    """(n,): how many words each name has."""

    def of_names(self) -> list[tuple[str, ...]]:
        """The words of each name."""
        flat = [self.words[i] for i in self.flat.tolist()]
        ends = np.cumsum(self.count).tolist()
        return [tuple(flat[start:end]) for start, end in pairwise([0, *ends])]


def _words_a_line(text: str) -> Indices:
    """(lines,): how many words each line has, of a text with no white space but spaces and ends of lines."""
    points = code_points(text)
    ends, blank = points == NEW_LINE, points == ord(" ")
    blank |= ends
    begins = ~blank
    begins[1:] &= blank[:-1]
    return np.bincount(np.cumsum(ends)[begins], minlength=int(ends.sum()) + 1)


def parse(names: Sequence[str]) -> Parsed:
    """The words of many names. Each word as written is read once, however many names have it."""
    text = _BETWEEN.join(names)
    if text.count(_END) >= len(names):  # it folds to nothing
        text = _BETWEEN.join(name.replace(_END, "") for name in names)
    written, at = numbered(text.split())
    folded = fold_lines("\n".join(written))
    many = _words_a_line(folded)
    numbers, said = numbered([*folded.split(), _SERVANT])
    is_name, read = np.ones(len(numbers), np.bool_), np.arange(len(numbers))
    is_name[[numbers[word] for word in _roles().keys() & numbers.keys()]] = False
    read[[numbers[match[0]] for match in _ABD.finditer("\n".join(numbers))]] = numbers[_SERVANT]
    # Every word as written becomes the words that it folds to.
    length = many[at]
    first = np.repeat((np.cumsum(many) - many)[at] - (np.cumsum(length) - length), length)
    flat = said[first + np.arange(len(first))]
    name = np.repeat(np.cumsum(at == written.get(_END)), length)
    # Particles go; but not from a name that has nothing else.
    kept = is_name[flat]
    kept |= np.bincount(name[kept], minlength=len(names))[name] == 0
    flat, name = read[flat[kept]], name[kept]
    number = np.bincount(name, minlength=len(names))
    within = np.arange(len(name)) - (np.cumsum(number) - number)[name]
    flat = flat[within < MOST_TOKENS]
    used = np.bincount(flat, minlength=len(numbers)) > 0
    words = [word for word, keep in zip(numbers, used.tolist(), strict=True) if keep]
    return Parsed(words, (np.cumsum(used) - 1)[flat], np.minimum(number, MOST_TOKENS))


@lru_cache(maxsize=1 << 18)
def name_words(name: str) -> tuple[str, ...]:
    """The words of one name that are names, see ``Parsed``."""
    return tuple(token.text for token in tokens(name) if token.role is Role.NAME)[:MOST_TOKENS]

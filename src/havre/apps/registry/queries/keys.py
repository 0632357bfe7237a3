# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys of names, by which a search finds candidates in any script.

A word has its coarse keys, which the engine of names makes. The search before registering also has finer and coarser
ones, each after the letter of its kind, and keys of two words together: where a word is so common that its key finds
too many to read, the pair of words does not. Keys of two words are written in capitals, which sort before the others.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, pairwise, product

from havre.engines.names.encode import keys, units, variants
from havre.engines.names.parse import name_words

LONGEST = 40
"""Characters of a key that are kept."""
EXACT, FINE, COARSE, SHORTER, FINE_PAIR, COARSE_PAIR = "xfcdFC"
"""The kinds: the word as it is folded; its consonants; by class; without one of them; and of two words."""
SHORTEN = 4
"""Consonants from which on one may have been dropped or mistaken."""
READINGS = 2
"""Of each word that are paired."""
MOST = 90
"""Keys that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The coarse keys of names that are asked for, and which word each is of; two lists side by side."""

    words: list[int]
    keys: list[str]

    def __bool__(self) -> bool:
        return bool(self.keys)


def keys_of(names: Iterable[str]) -> list[str]:
    """The distinct coarse keys of all words of several names, sorted."""
    return sorted({key[:LONGEST] for name in names for word in name_words(name) for key in keys(word)})


def asked(names: str) -> Keys:
    """The coarse keys of what somebody types, in whatever script."""
    found = [(n, key[:LONGEST]) for n, word in enumerate(name_words(names)) for key in keys(word)]
    return Keys([n for n, _ in found], [key for _, key in found])


@dataclass(frozen=True, slots=True)
class Sought:
    """The search keys of what somebody types."""

    covers: Mapping[str, int]
    """Key to the words that it is of, word n as bit n."""
    words: int
    begun: tuple[str, ...]
    """Keys with which the last word may begin, where it is still being typed."""

    def __bool__(self) -> bool:
        return bool(self.covers)

    def of_kinds(self, *kinds: str) -> dict[str, int]:
        """Those of some kinds."""
        return {key: words for key, words in self.covers.items() if key.startswith(kinds)}


def search_keys(names: Iterable[str]) -> list[str]:
    """The distinct keys under which somebody of these names is found, sorted."""
    return sorted({key for name in names for key, _ in _keys(name_words(name))})


def sought(names: str) -> Sought:
    """What to look for, where somebody has typed ``names``; a name ends with a blank, or is still being typed."""
    words = tuple(dict.fromkeys(name_words(names)))
    covers: dict[str, int] = defaultdict(int)
    for key, of in _keys(words):
        if key in covers or len(covers) < MOST:
            covers[key] |= of
    typing = names == names.rstrip()
    begun = [COARSE + key for word in words[-1:] if typing for key in keys(word) if len(key) > 1]
    return Sought(dict(covers), len(words), tuple(begun))


def _keys(words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Every key of a name, and the words that it is of, word n as bit n."""
    for n, word in enumerate(words):
        for key in _of_word(word):
            yield key, 1 << n
    for a, b in combinations(range(len(words)), 2):
        for key in _of_two(words[a], words[b]):
            yield key, 1 << a | 1 << b
    # Two words that another clerk writes as one.
    for n, (first, second) in enumerate(pairwise(words)):
        for key in keys(first + second):
            yield (COARSE + key)[:LONGEST], 0b11 << n


@lru_cache(maxsize=1 << 16)
def _of_word(word: str) -> tuple[str, ...]:
    coarse = keys(word)
    shorter = {key[:n] + key[n + 1 :] for key in coarse if len(key) >= SHORTEN for n in range(len(key))}
    found = [EXACT + word, FINE + fine(word), *(COARSE + key for key in coarse)]
    found += [
        SHORTER + key for key in sorted(shorter.union(key for key in coarse if len(key) >= SHORTEN - 1))
    ]
    return tuple(key[:LONGEST] for key in found)


def _of_two(first: str, second: str) -> Iterator[str]:
    yield _pair(FINE_PAIR, fine(first), fine(second))
    for one, other in product(keys(first)[:READINGS], keys(second)[:READINGS]):
        yield _pair(COARSE_PAIR, one, other)


def _pair(kind: str, one: str, other: str) -> str:
    """The same in either order."""
    return f"{kind}{min(one, other)} {max(one, other)}"[:LONGEST]


@cache
def _letters() -> dict[str, str]:
    letters: dict[str, str] = tomllib.loads((files(__package__) / "keys.toml").read_text("utf-8"))["fine"]
    return letters


@lru_cache(maxsize=1 << 16)
def fine(word: str) -> str:
    """The consonants of a folded word, whether it begins with a vowel, and no h at its end; in any script."""
    found = ""
    sounds = units(variants(word)[-1])
    for n, unit in enumerate(sounds):
        letter = _letters().get(unit, "")
        if n == 0:
            found = letter or ("y" if unit in "yي" else "a")
        elif letter != "w" and not (letter == "h" and n == len(sounds) - 1):
            found += letter
    return re.sub(r"(.)\1+", r"\1", found)

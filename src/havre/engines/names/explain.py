# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why two names are taken for one, or not: word by word, in bits that add up to the score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from havre.engines.names.alignment import NOTHING, Names
from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.coded import FEATURES, ONE_FOR_TWO, TWO_FOR_ONE, TWO_FOR_TWO
from havre.engines.names.compare import Compared, compare, features, probability, weights
from havre.engines.names.encode import script
from havre.engines.names.normalise import Script
from havre.words import Language, Words

WORDS = Words("havre.engines.names")
LIKE = 4.5
"""Deficit up to which two words are shown as like each other; beyond it as perhaps."""
_GROUPS = {
    "word": "words",
    "worst": "weakest",
    "own": "own",
    "forms": "forms",
    "rarity": "rarity",
    "left": "left",
    "one": "length",
    "joined": "length",
    "shifted": "length",
    "initial": "length",
    "two": "length",
    "three": "length",
    "nothing": "length",
    "always": "length",
}
_GROUP_OF = np.array([list(dict.fromkeys(_GROUPS.values())).index(_GROUPS[f.split()[0]]) for f in FEATURES])
GROUPS = tuple(dict.fromkeys(_GROUPS.values()))


@dataclass(frozen=True, slots=True)
class WordPair:
    """Words of the two names that were taken for one, and how far they are from an ordinary other spelling."""

    a: str
    b: str
    deficit: float

    def __str__(self) -> str:
        sign = "=" if self.a == self.b else "≈" if self.deficit <= LIKE else "~"
        return f"{_shown(self.a)} {sign} {_shown(self.b)}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two names: which word was taken for which, what was left over, and the bits by what they were observed in."""

    words: tuple[WordPair, ...]
    left_a: tuple[str, ...]
    left_b: tuple[str, ...]
    bits: float
    parts: dict[str, float]
    """Each of ``GROUPS`` to its bits; they add up to ``bits``."""

    @property
    def probability(self) -> float:
        """The probability that both are one name, against a look-alike."""
        return float(probability(np.array([self.bits]))[0])

    def label(self, language: Language) -> str:
        """Which word is which, in words."""
        told = [str(pair) for pair in self.words]
        for key, left in (("left_a", self.left_a), ("left_b", self.left_b)):
            if left:
                told.append(WORDS.say(language, key, words=" ".join(map(_shown, left))))
        return ", ".join(told) or WORDS.say(language, "nothing")

    def why(self, language: Language) -> str:
        """The alignment, and what each group adds in bits."""
        bits = [
            f"{WORDS.say(language, group)} {value:+.2f}"
            for group, value in self.parts.items()
            if abs(value) >= 0.005
        ]
        return f"{self.label(language)} ({', '.join(bits)})"


def _shown(word: str) -> str:
    return word.title() if script(word) is Script.LATIN else word


def explain(names: Names, a: Indices, b: Indices, compared: Compared | None = None) -> Iterator[Explanation]:
    """For name a[i] against name b[i] (indices into ``names.names``), in order."""
    compared = compared or compare(names, a, b)
    found = compared.alignments
    bits = features(names, a, b) * weights()
    for row, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        swapped = x > y  # the comparison puts the smaller index first
        first, second = (y, x) if swapped else (x, y)
        words, used = _word_pairs(
            names.words[first], names.words[second], found.to[row], found.join[row], found.deficit[row]
        )
        left = [
            tuple(word for k, word in enumerate(names.words[name]) if k not in taken)
            for name, taken in zip((first, second), used, strict=True)
        ]
        parts = np.bincount(_GROUP_OF, bits[row], len(GROUPS))
        yield Explanation(
            words=tuple(WordPair(p.b, p.a, p.deficit) if swapped else p for p in words),
            left_a=left[swapped],
            left_b=left[not swapped],
            bits=float(compared.bits[row]),
            parts=dict(zip(GROUPS, parts.tolist(), strict=True)),
        )


def _word_pairs(
    a: Sequence[str], b: Sequence[str], to: Indices, join: Indices, deficit: Indices
) -> tuple[list[WordPair], tuple[set[int], set[int]]]:
    found, used_a, used_b = [], set(), set()
    for k in range(len(a)):
        if to[k] == NOTHING:
            continue
        j, how = int(to[k]), int(join[k])
        mine = [k, k + 1] if how in (TWO_FOR_ONE, TWO_FOR_TWO) else [k]
        theirs = [j, j + 1] if how in (ONE_FOR_TWO, TWO_FOR_TWO) else [j]
        used_a.update(mine)
        used_b.update(theirs)
        one, two = (" ".join(words[x] for x in some) for words, some in ((a, mine), (b, theirs)))
        found.append(WordPair(one, two, float(deficit[k])))
    return found, (used_a, used_b)


class Pairs:
    """Pairs of names, compared at once; explained are those that somebody looks at, which costs as much again."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._names = Names(sorted({name for pair in pairs for name in pair}))
        index = self._names.index
        self._a, self._b = (np.array([index[pair[side]] for pair in pairs], np.intp) for side in (0, 1))
        self._compared = compare(self._names, self._a, self._b)

    @property
    def bits(self) -> Floats:
        """Of each pair, (n,)."""
        return self._compared.bits

    def explained(self, rows: Sequence[int]) -> list[Explanation]:
        """Explanations of some of the pairs, by their places."""
        at = np.array(rows, np.intp)
        return list(explain(self._names, self._a[at], self._b[at], self._compared.at(at)))


def explain_pairs(pairs: Sequence[tuple[str, str]]) -> list[Explanation]:
    """Explanations of pairs of names, in the same order."""
    return Pairs(pairs).explained(range(len(pairs)))

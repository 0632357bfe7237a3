# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strongly two words are spellings of one name word: an edit model whose costs were learned, in bits.

Each step of an alignment (a unit for a unit, a unit left out, two units swapped) has a weight: log2 of how much more
often it happens between two spellings of one name than between two names. The weights depend on the two scripts.
The sum over the best alignment is the *score*. The *deficit* is how far it stays below what spellings of a name
of these units reach on average: about 0 for an ordinary other spelling, below 0 for the same letters, 15 bits for
another name.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from havre.engines.names.arrays import Flags, Floats, Indices
from havre.engines.names.encode import MOST_UNITS, script, units
from havre.engines.names.normalise import Script

TABLES = ("latin-latin", "latin-arabic", "latin-ethiopic", "arabic-arabic")
_RANKS = {Script.LATIN: 0, Script.ETHIOPIC: 1, Script.ARABIC: 2}
# (rank of a, rank of b) to table. Ethiopic is read into Latin units, so that it can stand on the Latin side.
_TABLES = np.array([[0, 2, 1], [2, 0, 1], [1, 1, 3]])
INITIAL, INSIDE, FINAL = range(3)
TYPED_SWAP = 5.0
"""Deficit of two words of one script that differ by two neighbouring letters typed in the other order (Khan, Kahn)."""


@dataclass(frozen=True)
class SpellingWeights:
    """Learned weights in bits. U units; tables as in ``TABLES``; places initial, inside, final."""

    units: dict[str, int]
    """Unit to index; index 0 is any other unit."""
    swap: float
    """Added where two neighbouring units are swapped."""
    change: Floats
    """(table, U, U)"""
    left_out: Floats
    """(table, side, U, place): the unit of that side has no counterpart."""
    usual: Floats
    """(table, side, U): what the unit adds to the score of two spellings of one name on average; half of a score is
    the sum over one side's units."""

    @classmethod
    def of(cls, data: dict[str, Any]) -> "SpellingWeights":
        """From the spelling part of ``weights.json``."""
        return cls(
            units={unit: i for i, unit in enumerate(data["units"])},
            swap=float(data["swap"]),
            change=np.array(data["change"], np.float32),
            left_out=np.array(data["left_out"], np.float32),
            usual=np.array(data["usual"], np.float32),
        )


@cache
def data() -> dict[str, Any]:
    """The learned weights that ship with Havre."""
    read: dict[str, Any] = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return read


@cache
def shipped() -> SpellingWeights:
    """The spelling weights that ship with Havre."""
    return SpellingWeights.of(data()["spelling"])


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: units of a, units of b (one of them may be empty, both hold two in a swap), bits."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    bits: float


def in_order(a: str, b: str) -> tuple[str, str, int]:
    """The two words as the tables want them, Latin before Ethiopic before Arabic, and the table."""
    first, second = sorted((a, b), key=lambda word: (_RANKS[script(word)], word))
    return first, second, int(_TABLES[_RANKS[script(first)], _RANKS[script(second)]])


def _place(i: int, length: int) -> int:
    return INITIAL if i == 0 else FINAL if i == length - 1 else INSIDE


def align(a: str, b: str, weights: SpellingWeights | None = None) -> list[Step]:
    """The best alignment of two words, in the order of ``in_order``; its bits sum to the score."""
    w = weights or shipped()
    a, b, table = in_order(a, b)
    ua, ub = units(a), units(b)
    ia, ib = [w.units.get(u, 0) for u in ua], [w.units.get(u, 0) for u in ub]
    change = w.change[table][np.ix_(ia, ib)].tolist() if ua and ub else []
    out_a = [float(w.left_out[table, 0, u, _place(i, len(ia))]) for i, u in enumerate(ia)]
    out_b = [float(w.left_out[table, 1, u, _place(j, len(ib))]) for j, u in enumerate(ib)]
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(ia) + 1):
        for j in range(len(ib) + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1, j - 1][0] + change[i - 1][j - 1], 1, 1))
            if i:
                ways.append((best[i - 1, j][0] + out_a[i - 1], 1, 0))
            if j:
                ways.append((best[i, j - 1][0] + out_b[j - 1], 0, 1))
            if i > 1 and j > 1:
                swapped = change[i - 1][j - 2] + change[i - 2][j - 1] + w.swap
                ways.append((best[i - 2, j - 2][0] + swapped, 2, 2))
            if ways:
                best[i, j] = max(ways)
    return list(_walk_back(best, ua, ub))[::-1]


def _walk_back(
    best: dict[tuple[int, int], tuple[float, int, int]], ua: Sequence[str], ub: Sequence[str]
) -> Iterator[Step]:
    i, j = len(ua), len(ub)
    while i or j:
        score, di, dj = best[i, j]
        yield Step(tuple(ua[i - di : i]), tuple(ub[j - dj : j]), score - best[i - di, j - dj][0])
        i, j = i - di, j - dj


_AT_ONCE = 1 << 12
# Length of a word to the width at which it is computed.
_WIDTHS = np.array(
    [next(w for w in (4, 5, 6, 7, 8, 10, 13, MOST_UNITS) if n <= w) for n in range(MOST_UNITS + 1)]
)


@dataclass(frozen=True, slots=True)
class Coded:
    """n words as units, one column a word; what lies behind a word's length is never read."""

    units: Indices
    """(width, n)"""
    places: Indices
    """(width, n): initial, inside or final."""
    lengths: Indices


class Lexicon:
    """Words made ready to be compared in bulk: sorted as ``in_order`` wants them, coded once; the empty one too."""

    def __init__(self, words: Iterable[str], weights: SpellingWeights | None = None) -> None:
        self.weights = weights or shipped()
        self.words = sorted({"", *words}, key=lambda word: (_RANKS[script(word)], word))
        self.index = {word: i for i, word in enumerate(self.words)}
        coded = [[self.weights.units.get(unit, 0) for unit in units(word)] for word in self.words]
        self.lengths = np.array([len(code) for code in coded], np.intp)
        self._units = np.zeros((len(coded), MOST_UNITS), np.intp)
        for row, code in zip(self._units, coded, strict=True):
            row[: len(code)] = code
        self._letters = np.zeros((len(coded), MOST_UNITS), np.intp)
        for row, word in zip(self._letters, self.words, strict=True):
            row[: len(word)] = [ord(letter) for letter in word[:MOST_UNITS]]
        self._rank = np.array([_RANKS[script(word)] for word in self.words], np.intp)
        inside = np.arange(MOST_UNITS) < self.lengths[:, None]
        # (table, side, word): the word's half of a usual score on that side of that table.
        self._usual = np.where(inside, self.weights.usual[:, :, self._units], 0).sum(axis=3) / 2

    def score(self, a: Indices, b: Indices) -> tuple[Floats, Floats]:
        """Score and deficit of words a[i] against b[i] (indices into ``words``), two arrays of (n,)."""
        a, b = np.minimum(a, b), np.maximum(a, b)
        table = _TABLES[self._rank[a], self._rank[b]]
        score = np.zeros(len(a), np.float32)
        # Words of like length together, so that little is computed in vain; few enough at once to stay in the cache.
        width_a, width_b = _WIDTHS[self.lengths[a]], _WIDTHS[self.lengths[b]]
        shape = (table * (MOST_UNITS + 1) + width_a) * (MOST_UNITS + 1) + width_b
        order = np.argsort(shape, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(shape[order])) + 1) if len(order) else []:
            for rows in np.split(group, range(_AT_ONCE, len(group), _AT_ONCE)):
                at = rows[0]
                coded = (self._code(a[rows], width_a[at]), self._code(b[rows], width_b[at]))
                score[rows] = _score(*coded, int(table[at]), self.weights)
        usual = self._usual[table, 0, a] + self._usual[table, 1, b]
        deficit = (usual - score).astype(np.float32)
        swapped = self._typed_swap(a, b)
        deficit[swapped] = np.minimum(deficit[swapped], TYPED_SWAP)
        return score, deficit

    def _code(self, words: Indices, width: int) -> Coded:
        lengths = self.lengths[words]
        at = np.arange(width)[:, None]
        places = np.where(at == 0, INITIAL, np.where(at == lengths - 1, FINAL, INSIDE))
        return Coded(np.ascontiguousarray(self._units[words, :width].T), places, lengths)

    def _typed_swap(self, a: Indices, b: Indices) -> Flags:
        """Whether the two words are the same but for two neighbouring letters in the other order."""
        found = np.zeros(len(a), bool)
        same_letters = np.flatnonzero(self._letters[a].sum(axis=1) == self._letters[b].sum(axis=1))
        first, second = self._letters[a[same_letters]], self._letters[b[same_letters]]
        differ = first != second
        at = differ.argmax(axis=1)
        after = np.minimum(at + 1, MOST_UNITS - 1)
        each = np.arange(len(at))
        crossed = (first[each, at] == second[each, after]) & (first[each, after] == second[each, at])
        found[same_letters] = (differ.sum(axis=1) == 2) & crossed
        return found


def score_words(
    pairs: Sequence[tuple[str, str]], weights: SpellingWeights | None = None
) -> tuple[Floats, Floats]:
    """Score and deficit of each pair of folded words, in bits, two arrays of (n,). Symmetric in the two words."""
    lexicon = Lexicon((word for pair in pairs for word in pair), weights)
    a, b = (np.array([lexicon.index[pair[side]] for pair in pairs], np.intp) for side in (0, 1))
    return lexicon.score(a, b)


def _score(a: Coded, b: Coded, table: int, w: SpellingWeights) -> Floats:
    """Scores of n pairs of words, each side no longer than its width."""
    change = w.change[table]
    out_a = w.left_out[table, 0][a.units, a.places]
    out_b = w.left_out[table, 1][b.units, b.places]
    size = len(a.lengths)
    each = np.arange(size)
    above = np.zeros((len(b.units) + 1, size), np.float32)
    np.cumsum(out_b, axis=0, out=above[1:])
    score = above[b.lengths, each]
    before, changed_before = above, None
    for i in range(len(a.units)):
        changed = change[a.units[i], b.units]
        row = np.empty_like(above)
        row[0] = above[0] + out_a[i]
        for j in range(len(b.units)):
            cell = np.maximum(above[j] + changed[j], above[j + 1] + out_a[i])
            np.maximum(cell, row[j] + out_b[j], out=cell)
            if changed_before is not None and j:
                swapped = before[j - 1] + changed[j - 1] + changed_before[j] + np.float32(w.swap)
                np.maximum(cell, swapped, out=cell)
            row[j + 1] = cell
        before, above, changed_before = above, row, changed
        ends = a.lengths == i + 1
        score[ends] = row[b.lengths[ends], each[ends]]
    return np.asarray(score)

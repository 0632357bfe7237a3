# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one kind of text (names, places), compared by index; nothing is remembered from one call to the next."""

from dataclasses import dataclass

import numpy as np

from havre.engines.linkage.columns import NONE, Spellings
from havre.engines.linkage.rarity import Rarity
from havre.engines.names.alignment import NOTHING, Alignments
from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.compare import compare

AGREED = 8.0
"""Deficit up to which an aligned word counts as agreeing, less and less."""


@dataclass(frozen=True, slots=True)
class Alike:
    """n pairs of spellings; noughts where one of the two is not there."""

    bits: Floats
    agreed: Floats
    """Bits of rarity of the words that agree."""

    def at(self, rows: Indices) -> "Alike":
        """The pairs at some rows; nothing where a row is ``NONE``."""
        there = rows != NONE
        bits, agreed = np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32)
        bits[there], agreed[there] = self.bits[rows[there]], self.agreed[rows[there]]
        return Alike(bits, agreed)


def _word_rarity(spellings: Spellings, rarity: Rarity) -> Floats:
    """(names, words): bits of each word of each spelling."""
    width = max([1, *map(len, spellings.names.words)])
    table = np.zeros((len(spellings.names.words), width), np.float32)
    bits: dict[str, float] = {}
    for row, words in zip(table, spellings.names.words, strict=True):
        for k, word in enumerate(words):
            row[k] = bits[word] if word in bits else bits.setdefault(word, rarity.of_word(word))
    return table


def agreed_rarity(found: Alignments, words_a: Floats, words_b: Floats) -> Floats:
    """(n,): bits of rarity of the words that were aligned, each by how well it agrees. Rows of word rarity go in."""
    slots, last = found.to.shape[1], words_b.shape[1] - 1
    partner = np.take_along_axis(words_b, np.clip(found.to, 0, last).astype(np.intp), axis=1)
    rarer = np.minimum(np.pad(words_a, ((0, 0), (0, max(0, slots - words_a.shape[1]))))[:, :slots], partner)
    share = np.clip(1 - np.maximum(found.deficit, 0) / AGREED, 0, 1) * (found.to != NOTHING)
    return np.asarray((rarer * share).sum(axis=1), np.float32)


class Texts:
    """Compares spellings of one kind by index, each distinct pair of a call once."""

    def __init__(self, spellings: Spellings, rarity: Rarity) -> None:
        self._names, self._own = spellings.names, spellings.own
        self._rarity = _word_rarity(spellings, rarity)

    def compare(self, a: Indices, b: Indices) -> Alike:
        """Each pair (a[k], b[k]); NONE where there is no text."""
        known = np.flatnonzero((a >= 0) & (b >= 0))
        size = max(1, len(self._names.names))
        codes = np.minimum(a[known], b[known]).astype(np.int64) * size + np.maximum(a[known], b[known])
        distinct, back = np.unique(codes, return_inverse=True)
        found = self._compared(distinct // size, distinct % size)
        bits, agreed = np.zeros(len(a), np.float32), np.zeros(len(a), np.float32)
        bits[known], agreed[known] = found[back].T
        return Alike(bits, agreed)

    def own_against(self, a: Indices, b: Indices) -> Alike:
        """The own name in a[k], alone, against the whole of b[k]."""
        return self.compare(np.where(a == NONE, NONE, self._own[a]), b)

    def _compared(self, first: Indices, second: Indices) -> Floats:
        """(n, 2): the columns of ``Alike``."""
        compared = compare(self._names, first, second)
        agreed = agreed_rarity(compared.alignments, self._rarity[first], self._rarity[second])
        return np.column_stack([compared.bits, agreed]).astype(np.float32)

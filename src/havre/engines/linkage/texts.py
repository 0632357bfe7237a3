# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one kind of text (names, places), compared once and remembered."""

from collections.abc import Sequence

import numpy as np

from havre.engines.linkage.columns import Spellings
from havre.engines.linkage.rarity import Rarity
from havre.engines.names.alignment import NOTHING, Alignments
from havre.engines.names.arrays import Flags, Floats, Indices
from havre.engines.names.compare import compare

AGREED = 8.0
"""Deficit up to which an aligned word counts as agreeing, less and less."""


def _word_rarity(spellings: Spellings, rarity: Rarity) -> Floats:
    """(names, words): bits of each word of each spelling."""
    table = np.zeros(spellings.names.single.shape[:2], np.float32)
    bits: dict[str, float] = {}
    for row, words in zip(table, spellings.names.words, strict=True):
        for k, word in enumerate(words):
            row[k] = bits[word] if word in bits else bits.setdefault(word, rarity.of_word(word))
    return table


def agreed_rarity(found: Alignments, words_a: Floats, words_b: Floats) -> Floats:
    """(n,): bits of rarity of the words that were aligned, each by how well it agrees. Rows of word rarity go in."""
    last = words_b.shape[1] - 1
    partner = np.take_along_axis(words_b, np.clip(found.to, 0, last).astype(np.intp), axis=1)
    rarer = np.minimum(words_a, partner)
    share = np.clip(1 - np.maximum(found.deficit, 0) / AGREED, 0, 1) * (found.to != NOTHING)
    return np.asarray((rarer * share).sum(axis=1), np.float32)


class Texts:
    """Compares spellings of one kind by index, each distinct pair once in its life."""

    def __init__(self, spellings: Spellings, rarity: Rarity) -> None:
        self._names = spellings.names
        self._rarity = _word_rarity(spellings, rarity)
        self._codes = np.zeros(0, np.intp)
        self._results = np.zeros((0, 3), np.float32)

    def compare(self, a: Indices, b: Indices) -> tuple[Floats, Floats]:
        """Bits and agreed rarity of each pair, two arrays (n,); both 0 where one of them is NONE (see ``known``)."""
        bits, rare = np.zeros(len(a), np.float32), np.zeros(len(a), np.float32)
        known = (a >= 0) & (b >= 0)
        codes = self._code(a, b)
        self._learn(codes)
        results = self._results[np.searchsorted(self._codes, codes)]
        bits[known], rare[known] = results[:, 0], results[:, 1]
        return bits, rare

    def own_missing(self, a: Indices, b: Indices) -> Flags:
        """(n,): whether the own name of one is no word of the other, both said and compared before."""
        found = np.zeros(len(a), bool)
        known = (a >= 0) & (b >= 0)
        found[known] = self._results[np.searchsorted(self._codes, self._code(a, b)), 2] > 0
        return found

    def learn(self, a: Sequence[Indices], b: Sequence[Indices]) -> None:
        """Compares many pairs in one go, so that asking for them later costs little."""
        self._learn(np.concatenate([self._code(x, y) for x, y in zip(a, b, strict=True)]))

    def _code(self, a: Indices, b: Indices) -> Indices:
        known = (a >= 0) & (b >= 0)
        return np.minimum(a, b)[known] * len(self._names.names) + np.maximum(a, b)[known]

    def _learn(self, codes: Indices) -> None:
        codes = np.sort(codes)
        codes = codes[np.diff(codes, prepend=-1) > 0]
        codes = codes[~np.isin(codes, self._codes, assume_unique=True)]
        first, second = codes // max(1, len(self._names.names)), codes % max(1, len(self._names.names))
        compared = compare(self._names, first, second)
        agreed = agreed_rarity(compared.alignments, self._rarity[first], self._rarity[second])
        every = np.concatenate([self._codes, codes])
        order = np.argsort(every)
        self._codes = every[order]
        results = np.stack([compared.bits, agreed, compared.own_missing], axis=1)
        self._results = np.concatenate([self._results, results])[order]

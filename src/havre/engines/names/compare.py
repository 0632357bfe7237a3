# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strongly two spellings say one name: an additive model over their alignment, in bits.

What is observed (how far each pair of words is from an ordinary other spelling, whether they are known to write the
same native names, words left over on one or on both sides, the own name moved or missing ...) carries a learned weight
each; their sum is log2 of the odds that two names are one, against a look-alike, before anything else is known.
Symmetric in the two names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from havre.engines.names.alignment import Alignments, Names
from havre.engines.names.arrays import Doubles, Flags, Floats, Indices
from havre.engines.names.coded import FEATURES, MOST_TOKENS, WIDTH
from havre.engines.names.spelling import data, shipped


@dataclass(frozen=True, slots=True)
class Compared:
    """n pairs of names, and how they were aligned."""

    bits: Floats
    own_missing: Flags
    """The own name of one is no word of the other."""
    left_on_both: Flags
    """Both have a word that nothing in the other stands for."""
    alignments: Alignments

    def at(self, rows: Indices) -> "Compared":
        """Some of the pairs."""
        return Compared(
            self.bits[rows], self.own_missing[rows], self.left_on_both[rows], self.alignments.at(rows)
        )


@cache
def weights() -> Floats:
    """The learned weight of each feature, bits."""
    learned = data()["compare"]
    return np.array([learned[feature] for feature in FEATURES], np.float32)


def _in_order(a: Indices, b: Indices) -> tuple[Indices, Indices]:
    """One order, so that the result is symmetric to the bit."""
    return np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)


def compare(names: Names, a: Indices, b: Indices) -> Compared:
    """Compare name a[i] with name b[i], indices into ``names.names``; the name that stands first is put first."""
    return _compare(names, *_in_order(a, b))


def _compare(names: Names, first: Indices, second: Indices) -> Compared:
    from havre.engines.names.kernel import compare_rows, memory  # takes a second to load

    n = len(first)
    bits, missing, left = np.zeros(n, np.float32), np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    to, how = np.zeros((n, MOST_TOKENS), np.int8), np.zeros((n, MOST_TOKENS), np.int8)
    cost = np.zeros((n, MOST_TOKENS), np.float32)
    words, costs = names.lexicon.coded, shipped()[1]
    # Neighbours in the alphabet lie side by side in memory.
    order = np.argsort(first, kind="stable")
    compare_rows(
        words, costs, weights(), names.single, names.count, order, first, second,
        bits, missing, left, to, how, cost, *memory(),
    )  # fmt: skip
    return Compared(bits, missing, left, Alignments(to, how, cost))


def features(names: Names, a: Indices, b: Indices) -> Floats:
    """(n, FEATURES): what is observed of name a[i] and name b[i]."""
    from havre.engines.names.kernel import memory, observe_rows  # takes a second to load

    seen = np.zeros((len(a), WIDTH), np.float32)
    observe_rows(
        names.lexicon.coded, shipped()[1], names.single, names.count, *_in_order(a, b), seen, *memory()
    )
    return seen


def compare_names(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Bits of each pair of names, (n,)."""
    # The order of the alphabet, so that a pair comes out the same whichever way round and whatever stands beside it.
    names = Names(chain.from_iterable((a, b) if a <= b else (b, a) for a, b in pairs))
    at = names.given.reshape(-1, 2)
    return _compare(names, at[:, 0], at[:, 1]).bits


def probability(bits: Floats | Doubles) -> Doubles:
    """The probability that bits of log-odds say."""
    return np.asarray(1 / (1 + np.exp2(-bits.astype(np.float64))))

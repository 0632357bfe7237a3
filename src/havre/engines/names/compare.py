# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strongly two spellings say one name: an additive model over their alignment, in bits.

What is observed (how far each pair of words is from the best spelling, words left over on one or on both sides, the
own name moved or missing ...) carries a learned weight each; their sum is log2 of the odds that two names are one,
against a look-alike, before anything else is known. Symmetric in the two names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from havre.engines.names.alignment import NOTHING, REACH, Alignments, Names
from havre.engines.names.arrays import Doubles, Floats, Indices
from havre.engines.names.spelling import data

KNOTS = np.array([-6.0, -3.0, 0.0, 2.0, 4.0, 6.0, 8.5, 11.0, 14.0, REACH], np.float32)
"""Deficits between which a weight is drawn as a straight line."""
LENGTHS = ("short", "middle", "long")
SHORT, LONG = 4, 7
"""Units of the longer word: short up to the first, long from the second on."""


def hats(values: Floats, knots: Floats) -> Floats:
    """(..., knots): how near each value is to each knot; sums to 1, and a weight a knot makes a line between them."""
    inside = np.clip(values, knots[0], knots[-1])
    at = np.clip(np.searchsorted(knots, inside, side="right") - 1, 0, len(knots) - 2)
    share = (inside - knots[at]) / (knots[at + 1] - knots[at])
    out = np.zeros((*values.shape, len(knots)), np.float32)
    np.put_along_axis(out, at[..., None], (1 - share)[..., None], axis=-1)
    np.put_along_axis(out, at[..., None] + 1, share[..., None], axis=-1)
    return out


FEATURES = (
    *(f"word {length} {knot:g}" for length in LENGTHS for knot in KNOTS),
    *(f"worst {knot:g}" for knot in KNOTS),
    *(f"own {knot:g}" for knot in KNOTS),
    "own moved",
    "own missing",
    "left on both",
    "left on both twice",
    "left on one",
    "left on one twice",
    "left on one, one word",
    "one word each",
    "joined",
    "two aligned",
    "three aligned",
    "nothing aligned",
    "always",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """n pairs of names: bits, and the alignment that they come from."""

    bits: Floats
    features: Floats
    """(n, FEATURES)"""
    alignments: Alignments

    def at(self, rows: Indices) -> "Compared":
        """Some of the pairs."""
        return Compared(self.bits[rows], self.features[rows], self.alignments.at(rows))


def features(names: Names, a: Indices, b: Indices, found: Alignments) -> Floats:
    """(n, FEATURES): what is observed of each pair of names."""
    aligned = found.to != NOTHING
    word = np.repeat(np.arange(aligned.shape[1])[None], len(a), axis=0)
    units = np.maximum(names.units_at(a, word, found.join == 1), names.units_at(b, found.to, found.join == 2))
    length = np.digitize(units, [SHORT + 1, LONG])
    near = hats(found.deficit, KNOTS) * aligned[..., None]
    by_length = [(near * (length == k)[..., None]).sum(axis=1) for k in range(len(LENGTHS))]
    count = aligned.sum(axis=1)
    worst = np.where(aligned, found.deficit, KNOTS[0]).max(axis=1)
    some = (count > 0)[:, None]
    own = found.to[:, 0] == 0
    moved = ~own & aligned[:, 0] & (found.to == 0).any(axis=1)
    both = np.minimum(found.left_a, found.left_b)
    extra = np.abs(found.left_a - found.left_b)
    fewest = np.minimum(found.words_a, found.words_b)
    most = np.maximum(found.words_a, found.words_b)
    columns = [
        moved,
        ~own & ~moved,
        both >= 1,
        both >= 2,
        extra >= 1,
        extra >= 2,
        (extra >= 1) & (fewest == 1),
        most == 1,
        (found.join * aligned > 0).any(axis=1),
        count >= 2,
        count >= 3,
        count == 0,
        np.ones(len(a), bool),
    ]
    own_near = hats(found.deficit[:, 0], KNOTS) * own[:, None]
    return np.concatenate(
        [*by_length, hats(worst, KNOTS) * some, own_near, np.stack(columns, axis=1)], axis=1
    ).astype(np.float32)


@cache
def weights() -> Floats:
    """The learned weight of each feature, bits."""
    learned = data()["compare"]
    return np.array([learned[feature] for feature in FEATURES], np.float32)


def compare(names: Names, a: Indices, b: Indices) -> Compared:
    """Compare name a[i] with name b[i], indices into ``names.names``."""
    first, second = (
        np.minimum(a, b),
        np.maximum(a, b),
    )  # one order, so that the result is symmetric to the bit
    found = names.align(first, second)
    seen = features(names, first, second, found)
    return Compared(seen @ weights(), seen, found)


def compare_names(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Bits of each pair of names, (n,)."""
    names = Names(name for pair in pairs for name in pair)
    a, b = (np.array([names.index[pair[side]] for pair in pairs], np.intp) for side in (0, 1))
    return compare(names, a, b).bits


def probability(bits: Floats | Doubles) -> Doubles:
    """The probability that bits of log-odds say."""
    return np.asarray(1 / (1 + np.exp2(-bits.astype(np.float64))))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of codes: found by whoever has no key, and told by run ids alone."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from havre.engines.linkage.competition import Rivals, compete
from havre.engines.linkage.pairs import Band
from havre.engines.names.arrays import Doubles, Indices
from havre.engines.veil.agreement import near
from havre.engines.veil.codes import Codes
from havre.engines.veil.weights import shipped

LEAST_PROBABILITY = 0.002
"""From which on a pair is told: from .02 on, a true pair in a hundred of very noisy lists was lost."""
PAIRED = 0.5
"""The share of the shorter list's links that are expected to have a partner, before anything is seen."""
MOST = 4
"""Pairs that are told of one code: a child registered twice has two, and beside a likely one may stand another."""
_LEAST_BITS = -9.0
"""Of a pair with all rivals away; below it no rival would notice it."""
_ROUNDS = 8


class OtherRun(ValueError):
    """The codes were made with two keys, or by two editions of Havre."""


class SameSpeaker(ValueError):
    """Both lists are encoded as lists of children, or both as lists of relatives."""


@dataclass(frozen=True, slots=True)
class RunPair:
    """Two codes that may stand for links which speak of the same two people."""

    code_a: str
    code_b: str
    probability: float
    """Rounded to six digits."""

    @property
    def band(self) -> Band:
        """The band of the probability."""
        return Band.of(self.probability)


def match_codes(
    a: Codes,
    b: Codes,
    *,
    least: float = LEAST_PROBABILITY,
    most: int = MOST,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[RunPair, ...]:
    """Pairs of two lists' codes from a probability on, the most probable first; at most so many of each code.

    The same codes give the same pairs; swapped, the same pairs the other way round. OtherRun, SameSpeaker.
    """
    if a.run != b.run:
        raise OtherRun
    if a.speaker is b.speaker:
        raise SameSpeaker
    i, j, p = probabilities(a, b, progress)
    told = np.flatnonzero((p >= least) & (_place(i, p) < most) & (_place(j, p) < most))
    pairs = [
        RunPair(a.ids[x], b.ids[y], round(float(probability), 6))
        for x, y, probability in zip(i[told].tolist(), j[told].tolist(), p[told], strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.probability, *sorted((pair.code_a, pair.code_b)))))


def probabilities(
    a: Codes, b: Codes, progress: Callable[[float], None] = lambda _: None
) -> tuple[Indices, Indices, Doubles]:
    """Code of a, code of b and the probability of each pair that is not out of the question."""
    share = PAIRED / max(1, len(a.ids), len(b.ids))
    start = shipped().start
    i, j, bits = near(a.bits, b.bits, _LEAST_BITS - start - float(np.log2(share)), progress)
    p = np.zeros(len(i))
    for _ in range(_ROUNDS):
        p = _compete(i, j, bits + start + float(np.log2(share)), len(a.ids), len(b.ids))
        share = max(1.0, float(p.sum())) / max(1, len(a.ids) * len(b.ids))
    return i, j, p


def _compete(i: Indices, j: Indices, bits: Doubles, links_a: int, links_b: int) -> Doubles:
    """Each link for itself: whose it is, nobody has told."""
    alone = [np.zeros(links) for links in (links_a, links_b)]
    itself = [np.arange(links) for links in (links_a, links_b)]
    p, _, _ = compete(
        Rivals(
            i=i, j=j, bits=bits, alone_a=alone[0], alone_b=alone[1],
            person_a=itself[0], person_b=itself[1], group_a=itself[0], group_b=itself[1],
        )
    )  # fmt: skip
    return p


def _place(link: Indices, p: Doubles) -> Indices:
    """(n,): how many pairs of the same link are more probable."""
    order = np.lexsort((-p, link))
    first = np.r_[True, np.diff(link[order]) != 0] if len(order) else np.zeros(0, bool)
    row = np.arange(len(order))
    place = np.empty(len(order), np.intp)
    place[order] = row - np.maximum.accumulate(np.where(first, row, 0))
    return place

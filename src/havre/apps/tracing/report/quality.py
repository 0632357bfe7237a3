# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How good the proposals are, where the truth is known: by band, over the whole ranking, and as said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from havre.engines.linkage.pairs import Band, Pair

EDGES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Where the steps of the calibration begin and end; what is said to be below 1 % is not worth a look."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known: links of list a with links of list b, and with people of list b who have named nobody."""

    links: frozenset[tuple[str, str]]
    people: frozenset[tuple[str, str]]

    def __len__(self) -> int:
        return len(self.links) + len(self.people)

    def holds(self, pair: Pair) -> bool:
        """Whether the pair speaks of the same two people."""
        if pair.link_b:
            return (pair.link_a, pair.link_b) in self.links
        return (pair.link_a, pair.person_b) in self.people


@dataclass(frozen=True, slots=True)
class BandQuality:
    """One band: how many pairs, how many of them right, and the share of all true pairs found down to here."""

    band: Band
    pairs: int
    right: int
    recall: float

    @property
    def precision(self) -> float | None:
        """The share that is right; None where the band is empty."""
        return self.right / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True)
class Step:
    """Pairs of about one probability: what was said on average, and the share that was right with its interval."""

    earliest: float
    latest: float
    pairs: int
    right: int
    said: float
    low: float
    high: float

    @property
    def seen(self) -> float:
        """The share that was right."""
        return self.right / self.pairs


@dataclass(frozen=True, slots=True)
class Quality:
    """The proposals judged against the truth."""

    bands: tuple[BandQuality, ...]
    average_precision: float
    steps: tuple[Step, ...]
    true_pairs: int


def judge(pairs: Iterable[Pair], truth: Truth) -> Quality:
    """The quality of ``pairs``; pairs without a link on list a are left out, as the truth does not speak of them."""
    judged = [(pair, truth.holds(pair)) for pair in pairs if pair.link_a]
    return Quality(
        tuple(_bands(judged, len(truth))),
        average_precision(
            [(pair.probability, right) for pair, right in judged if pair.link_b], len(truth.links)
        ),
        tuple(_steps([(pair.probability, right) for pair, right in judged])),
        len(truth),
    )


def average_precision(said: Sequence[tuple[float, bool]], true_pairs: int) -> float:
    """The mean, over all true pairs, of the precision where each is found; 0 for one that is not.

    At equal probability the wrong one counts first.
    """
    found, total = 0, 0.0
    for rank, (_, right) in enumerate(sorted(said, key=lambda item: (-item[0], item[1])), 1):
        found += right
        total += right * found / rank
    return total / true_pairs if true_pairs else 0.0


def wilson(right: int, pairs: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); ``pairs`` is at least 1."""
    share, square = right / pairs, z * z
    centre = (share + square / (2 * pairs)) / (1 + square / pairs)
    half = z * sqrt(share * (1 - share) / pairs + square / (4 * pairs * pairs)) / (1 + square / pairs)
    return max(0.0, centre - half), min(1.0, centre + half)


def _bands(judged: Sequence[tuple[Pair, bool]], true_pairs: int) -> Iterable[BandQuality]:
    found = 0
    for band in Band:
        inside = [right for pair, right in judged if pair.band is band]
        found += sum(inside)
        yield BandQuality(band, len(inside), sum(inside), found / true_pairs if true_pairs else 0.0)


def _steps(said: Sequence[tuple[float, bool]]) -> Iterable[Step]:
    for earliest, latest in pairwise(EDGES):
        last = latest == EDGES[-1]
        inside = [(p, right) for p, right in said if earliest <= p < latest or (last and p == latest)]
        if inside:
            right = sum(hit for _, hit in inside)
            low, high = wilson(right, len(inside))
            yield Step(
                earliest, latest, len(inside), right, sum(p for p, _ in inside) / len(inside), low, high
            )

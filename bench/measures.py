# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How good scores and pairs are. The definitions are those of the judges ``score_names.py`` and ``score_pairs.py``.

Whatever is equally probable counts against us: the wrong one comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from havre.engines.names.arrays import Doubles, Flags

PRECISION = 0.95
LEAST = 0.05
"""Probability from which on a pair counts for calibration and log loss."""
SURE = 1e-4
BINS = 10

Couples = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Average precision, and recall at precision .95."""

    ap: float
    recall: float


def rank(scores: Doubles, truth: Flags, *, missed: int = 0, whole_ties: bool = False) -> Ranking:
    """Of n scores and whether each is true; ``missed`` true ones have no score.

    With ``whole_ties`` no threshold parts what has one score, as in ``score_pairs.py``; else as in ``score_names.py``.
    """
    order = np.lexsort((truth, -scores))
    hit = truth[order]
    total = int(hit.sum()) + missed
    if not total or not len(hit):
        return Ranking(0.0, 0.0)
    found = np.cumsum(hit)
    precision = found / np.arange(1, len(hit) + 1)
    allowed = precision >= PRECISION
    if whole_ties:
        allowed &= np.r_[np.diff(scores[order]) != 0, True]
    best = found[allowed].max(initial=0) / total
    return Ranking(float((precision * hit).sum() / total), float(best))


def f1(scores: Doubles, truth: Flags, threshold: float = 0.5) -> float:
    """The harmonic mean of precision and recall of the scores from the threshold on."""
    kept = scores >= threshold
    return float(2 * (kept & truth).sum() / max(1, kept.sum() + truth.sum()))


def best_threshold(scores: Doubles, truth: Flags) -> float:
    """The threshold with the highest F1 on these very scores."""
    order = np.lexsort((truth, -scores))
    found = np.cumsum(truth[order])
    quality = 2 * found / (np.arange(1, len(order) + 1) + truth.sum())
    quality[:-1][np.diff(scores[order]) == 0] = 0  # a threshold keeps all of what has one score
    return float(scores[order][quality.argmax()])


class Proposal(NamedTuple):
    """One row of a file of pairs."""

    link_a: str
    link_b: str
    person_b: str
    probability: float


@dataclass(frozen=True, slots=True)
class PairsQuality:
    """The seven figures of ``score_pairs.py``."""

    ap: float
    recall: float
    rank1: float
    """Share of true pairs of links that stand first of their France link."""
    rank5: float
    people5: float
    """Share of relatives known without a link who are among the first five people of that link."""
    calibration: float
    """Mean distance between what was said and what was true, over ten bins of equal count."""
    logloss: float
    """Bits a true pair."""


def judge_pairs(proposals: Iterable[Proposal], truth: Couples, people: Couples) -> PairsQuality:
    """How good proposals are; truth holds (link a, link b), people (link a, person b)."""
    rows = list(proposals)
    linked = [row for row in rows if row.link_b]
    said = np.array([row.probability for row in linked], float)
    hit = np.array([(row.link_a, row.link_b) in truth for row in linked], bool)
    missing = len(truth) - int(hit.sum())
    ranking = rank(said, hit, missed=missing, whole_ties=True)
    places = _places(linked, hit.tolist())
    known = _people_in_order(rows)
    heard = said >= LEAST
    p, true = np.r_[said[heard], np.zeros(missing)], np.r_[hit[heard], np.ones(missing, bool)]
    return PairsQuality(
        ranking.ap,
        ranking.recall,
        sum(place < 1 for place in places) / max(1, len(truth)),
        sum(place < 5 for place in places) / max(1, len(truth)),
        sum(person in known[link][:5] for link, person in people) / max(1, len(people)),
        _calibration(p, true),
        _logloss(p, true) / max(1, len(truth)),
    )


def _places(linked: Sequence[Proposal], hits: Sequence[bool]) -> list[int]:
    """The place of each true pair among the proposals of its link a, from 0."""
    of_link: dict[str, list[tuple[float, bool, str]]] = defaultdict(list)
    for row, hit in zip(linked, hits, strict=True):
        of_link[row.link_a].append((-row.probability, hit, row.link_b))
    return [place for rows in of_link.values() for place, (_, hit, _) in enumerate(sorted(rows)) if hit]


def _people_in_order(rows: Iterable[Proposal]) -> dict[str, list[str]]:
    """Link a to the people proposed for it, each once, the most probable first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: -row.probability):
        found[row.link_a][row.person_b] = None
    return defaultdict(list, {link: list(people) for link, people in found.items()})


def _calibration(p: Doubles, true: Flags) -> float:
    order = np.lexsort((true, p))
    edges = [k * len(p) // BINS for k in range(BINS + 1)]
    bins = [order[start:end] for start, end in pairwise(edges)]
    return float(sum(abs(p[rows].sum() - true[rows].sum()) for rows in bins) / max(1, len(p)))


def _logloss(p: Doubles, true: Flags) -> float:
    """Bits, of all together."""
    kept = np.clip(p, SURE, 1 - SURE)
    return float(-np.log2(np.where(true, kept, 1 - kept)).sum())

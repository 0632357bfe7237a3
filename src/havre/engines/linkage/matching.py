# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which family links from two lists speak of the same two people, and who on one list may be registered twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from havre.engines.linkage.columns import NONE, ListColumns, Prepared, prepare
from havre.engines.linkage.competition import Rivals, compete, groups_of, sum_by
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.pairs import Bits, Pair, Reason
from havre.engines.linkage.reasons import Count, Teller
from havre.engines.linkage.records import ShoreList
from havre.engines.linkage.scoring import (
    Scored,
    near_chain,
    score_links,
    score_people,
    score_same,
    sibling_block,
)
from havre.engines.linkage.weights import Weights, prior_bits
from havre.engines.names.arrays import Doubles, Flags, Indices

LEAST_PROBABILITY = 0.001
"""Below it a pair is not proposed, unless it is among the first of its link."""
FIRST = 5
RIVAL = 0.01
"""The probability from which on another proposal of the same link counts as a rival."""
_ROUNDS = 8
Progress = Callable[[float], None]


def _silently(_: float) -> None:
    """For callers who show no progress."""


def match(
    a: ShoreList, b: ShoreList, *, weights: Weights | None = None, progress: Progress = _silently
) -> tuple[Pair, ...]:
    """Pairs of two lists, the most probable first.

    Each is a link of a with a link of b, a link of a with a person of b who has not named the child (``link_b`` is
    empty), or the mirror case (``link_a`` is empty). Without ``weights`` they are estimated from the two lists; with
    them, somebody unrelated who joins a list changes nothing. Ids and the order of rows change nothing.
    """
    return _Match(a, b, weights, progress).pairs()


def match_self(lst: ShoreList, *, progress: Progress = _silently) -> tuple[Pair, ...]:
    """Pairs of people of one list who may be one person registered twice, the most probable first; no links."""
    prepared = prepare(lst, lst)
    weights = Weights.start(prepared)
    observer = Observer(prepared, weights.rarities)
    progress(0.1)
    scored = score_same(prepared, observer, weights.rarities)
    share = _estimate_same(scored, len(lst.people), weights.same_a)
    prior, p = _same_probability(scored, share)
    progress(0.8)
    kind = _Kind(scored, p, prior, NONE, NONE, scored.i, scored.j)
    rows = np.flatnonzero(p >= LEAST_PROBABILITY)
    teller = Teller(
        prepared, observer, observer.same_sides(scored.i[rows], scored.j[rows]), scored.i[:0], scored.i[:0]
    )
    rivals = _count_by(np.concatenate([scored.i, scored.j]), np.tile(p >= RIVAL, 2), len(lst.people))
    counted = rivals[scored.i] + rivals[scored.j] - 2 * (p >= RIVAL)
    pairs = sorted(_pairs(kind, rows, teller, counted, prepared), key=lambda ranked: ranked[0])
    progress(1.0)
    return tuple(pair for _, pair in pairs)


def estimate_weights(a: ShoreList, b: ShoreList) -> Weights:
    """The weights that ``match`` finds for itself: rarities of these lists, and how many pairs to expect on them."""
    return _Match(a, b, None, _silently).weights


@dataclass(frozen=True)
class _Kind:
    """One kind of proposal: its candidates, their probability, and the columns that it fills."""

    scored: Scored
    p: Doubles
    prior: float
    link_a: Indices | int
    link_b: Indices | int
    person_a: Indices
    person_b: Indices


def _same_probability(scored: Scored, share: float) -> tuple[float, Doubles]:
    """The prior, and the probability that two registrations are one person."""
    prior = prior_bits(share, "same")
    return prior, 1 / (1 + np.exp2(np.clip(-prior - scored.evidence, -60, 60)))


def _estimate_same(scored: Scored, people: int, share: float) -> float:
    """The share of pairs of people who are one person, by expectation and maximisation."""
    for _ in range(_ROUNDS):
        _, p = _same_probability(scored, share)
        share = max(1.0, float(p.sum())) / max(1, people * (people - 1) // 2)
    return share


class _Match:
    """One match of two lists, step by step."""

    def __init__(self, a: ShoreList, b: ShoreList, weights: Weights | None, progress: Progress) -> None:
        self._progress = progress
        self._prepared = prepare(a, b)
        start = weights or Weights.start(self._prepared)
        progress(0.05)
        self._observer = Observer(self._prepared, start.rarities)
        self._mirror = self._observer.swapped()
        self._links = score_links(self._prepared, self._observer, start.rarities)
        progress(0.5)
        self._people = score_people(self._prepared, self._observer, start.rarities)
        progress(0.65)
        self._people_of_a = score_people(self._prepared.swapped(), self._mirror, start.rarities)
        progress(0.8)
        same_a, same_b = (self._same(lst, start) for lst in (self._prepared.a, self._prepared.b))
        if weights is None:
            share_a = _estimate_same(same_a, len(a.people), start.same_a)
            start = replace(start, same_a=share_a, same_b=_estimate_same(same_b, len(b.people), start.same_b))
        self._group_a = _groups(same_a, len(a.people), start.same_a)
        self._group_b = _groups(same_b, len(b.people), start.same_b)
        progress(0.9)
        self.weights = weights or self._estimate(start)
        self._look_again()
        progress(0.95)

    def _same(self, lst: ListColumns, weights: Weights) -> Scored:
        prepared = replace(self._prepared, a=lst, b=lst)
        return score_same(prepared, self._observer.within(lst), weights.rarities)

    def _priors(self, weights: Weights) -> tuple[float, float, float]:
        described = ("relative", "child") if self._observer.children_first else ("child", "relative")
        return (
            prior_bits(weights.pairs, "links"),
            prior_bits(weights.alone_a, described[0]),
            prior_bits(weights.alone_b, described[1]),
        )

    def _compete(self, weights: Weights) -> tuple[Doubles, Doubles, Doubles]:
        """Probabilities of pairs of links, of links of a with a person, and of links of b with a person."""
        a, b = self._prepared.a, self._prepared.b
        links, people, mirror = self._priors(weights)
        odds = np.exp2(np.clip(people + self._people.evidence, -60, 60))
        odds_mirror = np.exp2(np.clip(mirror + self._people_of_a.evidence, -60, 60))
        p, weight_a, weight_b = compete(
            Rivals(
                i=self._links.i,
                j=self._links.j,
                bits=links + self._links.evidence,
                alone_a=sum_by(self._people.i, odds, len(a.links)),
                alone_b=sum_by(self._people_of_a.i, odds_mirror, len(b.links)),
                person_a=a.declarant,
                person_b=b.declarant,
                group_a=self._group_a,
                group_b=self._group_b,
            )
        )
        return p, odds / weight_a[self._people.i], odds_mirror / weight_b[self._people_of_a.i]

    def _estimate(self, weights: Weights) -> Weights:
        """How many pairs of each kind are on these lists, by expectation and maximisation.

        How many children have not named who seeks them is not estimated: their names alone say too little.
        """
        a, b = self._prepared.a, self._prepared.b
        for _ in range(_ROUNDS):
            p, alone_a, alone_b = (max(1.0, float(each.sum())) for each in self._compete(weights))
            weights = replace(weights, pairs=p / max(1, len(a.links) * len(b.links)))
            if self._observer.children_first:
                weights = replace(weights, alone_a=alone_a / max(1, len(a.links) * len(b.people)))
            else:
                weights = replace(weights, alone_b=alone_b / max(1, len(b.links) * len(a.people)))
        return weights

    def _look_again(self) -> None:
        """What is costly, or needs a first result: shared names of child and relative, and siblings that are found."""
        p, _, _ = self._compete(self.weights)
        links, people, mirror = self._priors(self.weights)
        block = sibling_block(self._prepared, self._links, p, children_first=self._observer.children_first)
        self._links = near_chain(self._links, links, self._observer.link_chain).with_block(block)
        self._people = near_chain(self._people, people, self._observer.people_chain)
        self._people_of_a = near_chain(self._people_of_a, mirror, self._mirror.people_chain)

    def pairs(self) -> tuple[Pair, ...]:
        """All proposals worth a look, the most probable first."""
        a, b = self._prepared.a, self._prepared.b
        p, alone_a, alone_b = self._compete(self.weights)
        priors = self._priors(self.weights)
        links, people, mirror = self._links, self._people, self._people_of_a
        kinds = (
            _Kind(links, p, priors[0], links.i, links.j, a.declarant[links.i], b.declarant[links.j]),
            _Kind(people, alone_a, priors[1], people.i, NONE, a.declarant[people.i], people.j),
            _Kind(mirror, alone_b, priors[2], NONE, mirror.i, mirror.j, b.declarant[mirror.i]),
        )
        rivals_a = _count_by(np.r_[links.i, people.i], np.r_[p, alone_a] >= RIVAL, len(a.links))
        rivals_b = _count_by(np.r_[links.j, mirror.i], np.r_[p, alone_b] >= RIVAL, len(b.links))
        rivals = (
            rivals_a[links.i] + rivals_b[links.j] - 2 * (p >= RIVAL),
            rivals_a[people.i] - (alone_a >= RIVAL),
            rivals_b[mirror.i] - (alone_b >= RIVAL),
        )
        ranked: list[Ranked] = []
        for kind, counted in zip(kinds, rivals, strict=True):
            rows = _worth(kind)
            ranked += _pairs(kind, rows, self._teller(kind, rows), counted, self._prepared)
        self._progress(1.0)
        return tuple(pair for _, pair in sorted(ranked, key=lambda each: each[0]))

    def _teller(self, kind: _Kind, rows: Indices) -> Teller:
        i, j = kind.scored.i[rows], kind.scored.j[rows]
        a, b = self._prepared.a, self._prepared.b
        if isinstance(kind.link_a, int):
            return Teller(
                self._prepared.swapped(), self._mirror, self._mirror.people_sides(i, j), b.relation[i], i[:0]
            )
        if isinstance(kind.link_b, int):
            return Teller(
                self._prepared, self._observer, self._observer.people_sides(i, j), a.relation[i], i[:0]
            )
        return Teller(
            self._prepared, self._observer, self._observer.link_sides(i, j), a.relation[i], b.relation[j]
        )


def _groups(same: Scored, people: int, share: float) -> Indices:
    """(people,): the same number for people of one list who are taken for one person."""
    return groups_of(people, same.i, same.j, _same_probability(same, share)[1])


def _count_by(keys: Indices, counts: Flags, size: int) -> Indices:
    return np.bincount(keys, counts, size).astype(np.intp)


def _worth(kind: _Kind) -> Indices:
    """Rows that are probable enough, or among the first of their link."""
    link = kind.scored.i
    order = np.lexsort((-kind.p, link))
    start = np.r_[True, link[order][1:] != link[order][:-1]] if len(order) else np.zeros(0, bool)
    position = np.arange(len(order)) - np.maximum.accumulate(np.where(start, np.arange(len(order)), 0))
    rank = np.empty(len(order), np.intp)
    rank[order] = position
    # Ties with the last one kept are kept too: which of them came first would depend on nothing that was said.
    last = np.zeros(int(link.max(initial=-1)) + 1)
    at_last = rank == FIRST - 1
    last[link[at_last]] = kind.p[at_last]
    first = kind.p >= np.maximum(last[link], 1e-6)
    # A link of b finds its persons among what the links of a propose; only likely ones stand for themselves.
    return np.flatnonzero((kind.p >= LEAST_PROBABILITY) | (first & (not isinstance(kind.link_a, int))))


Ranked = tuple[tuple[float, int, int, int, int], Pair]


def _pairs(
    kind: _Kind, rows: Indices, teller: Teller, rivals: Indices, prepared: Prepared
) -> Iterator[Ranked]:
    """Pairs with what they are ranked by: probability, then the canonical place of what they speak of."""
    parts = _parts(kind.scored, kind.prior)
    prior = Reason("prior", "prior", round(kind.prior, 4), {"one_in": Count(2.0**-kind.prior)})
    for row, reasons in zip(rows.tolist(), teller.tell(kind.scored, rows), strict=True):
        at_a, at_b = (
            int(link) if isinstance(link, int) else int(link[row]) for link in (kind.link_a, kind.link_b)
        )
        person_a, person_b = int(kind.person_a[row]), int(kind.person_b[row])
        probability = round(float(min(1.0, kind.p[row])), 6)
        yield (
            (-probability, at_a, at_b, person_a, person_b),
            Pair(
                link_a=prepared.a.links[at_a].link_id if at_a >= 0 else "",
                link_b=prepared.b.links[at_b].link_id if at_b >= 0 else "",
                person_a=prepared.a.people[person_a].person_id,
                person_b=prepared.b.people[person_b].person_id,
                bits=Bits(**{part: round(float(bits[row]), 4) for part, bits in parts.items()}),
                probability=probability,
                rivals=int(rivals[row]),
                reasons=(prior, *reasons),
            ),
        )


def _parts(scored: Scored, prior: float) -> dict[str, Doubles]:
    parts: dict[str, Doubles] = {"prior": np.full(len(scored.i), prior)}
    for k, (part, _) in enumerate(scored.blocks):
        parts[part] = parts.get(part, np.zeros(len(scored.i))) + scored.bits[:, k]
    return parts

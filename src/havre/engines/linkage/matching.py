# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which family links from two lists speak of the same two people, and who on one list may be registered twice."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from havre.engines.linkage.columns import NONE, ListColumns, prepare
from havre.engines.linkage.competition import NEGLIGIBLE, STILL, Rivals, compete, count_by, groups_of, sum_by
from havre.engines.linkage.evidence import Block
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.pairs import Pair
from havre.engines.linkage.proposals import LEAST_PROBABILITY, Kind, in_turn, worth
from havre.engines.linkage.reasons import Teller
from havre.engines.linkage.records import ShoreList
from havre.engines.linkage.scoring import (
    LEAST_EVIDENCE,
    ROUNDS,
    Look,
    Relatives,
    Scored,
    estimate_same,
    same_probability,
    score_links,
    score_people,
    score_same,
    sibling_block,
)
from havre.engines.linkage.weights import ALONE, Weights, block_bits, prior_bits
from havre.engines.names.arrays import Doubles, Indices

RIVAL = 0.01
"""The probability from which on another proposal of the same link counts as a rival."""
SAME = 0.5
"""The probability from which on two registrations are taken for one person, so that their links do not compete."""
_NEARLY_STILL = 1e-4
"""How still rivals have to be for an estimate."""
_SETTLED = 0.001
"""The part by which the number of pairs to expect may still move when the estimate ends."""
Progress = Callable[[float], None]
Groups = Iterable[Collection[str]]
"""Each holds the ids of registrations of one list that are known to be of one person."""


def _silently(_: float) -> None:
    """For callers who show no progress."""


def match(
    a: ShoreList,
    b: ShoreList,
    *,
    weights: Weights | None = None,
    groups: Groups = (),
    progress: Progress = _silently,
) -> tuple[Pair, ...]:
    """Pairs of two lists, the most probable first.

    Each is a link of a with a link of b, a link of a with a person of b who has not named the child (``link_b`` is
    empty), or the mirror case (``link_a`` is empty). Without ``weights`` they are estimated from the two lists; with
    them, somebody unrelated who joins a list changes nothing. Ids and the order of rows change nothing.
    Links of registrations in one of the ``groups`` do not compete for a link of the other list.
    """
    return tuple(match_in_turn(a, b, weights=weights, groups=groups, progress=progress))


def match_in_turn(
    a: ShoreList,
    b: ShoreList,
    *,
    weights: Weights | None = None,
    groups: Groups = (),
    progress: Progress = _silently,
) -> Iterator[Pair]:
    """The pairs of ``match``, each made when it is asked for: for lists so long that not all can be held."""
    return _Match(a, b, weights, groups, progress).pairs()


def match_self(lst: ShoreList, *, progress: Progress = _silently) -> tuple[Pair, ...]:
    """Pairs of people of one list who may be one person registered twice, the most probable first; no links."""
    prepared = prepare(lst, lst)
    weights = Weights.start(prepared)
    observer = Observer(prepared, weights.rarities)
    progress(0.1)
    scored = score_same(prepared, observer, weights.rarities)
    progress(0.8)
    share = estimate_same(scored, len(lst.people), weights.same_a)
    prior, p = same_probability(scored, share)
    relatives = Relatives(prepared.a, observer)
    kind = Kind(
        scored, p, prior, NONE, NONE, scored.i, scored.j,
        look=lambda rows: [
            block for look in (observer.same, relatives.same) for block in look(scored.i[rows], scored.j[rows])
        ],
        teller=lambda rows: Teller(prepared, observer, observer.same_sides(scored.i[rows], scored.j[rows])),
    )  # fmt: skip
    counted = count_by(np.concatenate([scored.i, scored.j]), np.tile(p >= RIVAL, 2), len(lst.people))
    rivals = counted[scored.i] + counted[scored.j] - 2 * (p >= RIVAL)
    shown = [(kind, np.flatnonzero(p >= LEAST_PROBABILITY), rivals)]
    pairs = tuple(in_turn(shown, prepared))
    progress(1.0)
    return pairs


def estimate_weights(a: ShoreList, b: ShoreList) -> Weights:
    """The weights that ``match`` finds for itself: rarities of these lists, and how many pairs to expect on them."""
    return _Match(a, b, None, (), _silently).weights


@dataclass(frozen=True, slots=True)
class _Said:
    """Probabilities of pairs of links, of links of a with a person, and of links of b with a person."""

    links: Doubles
    alone_a: Doubles
    alone_b: Doubles


class _Match:
    """One match of two lists, step by step."""

    def __init__(
        self, a: ShoreList, b: ShoreList, weights: Weights | None, groups: Groups, progress: Progress
    ) -> None:
        self._progress = progress
        self._prepared = prepare(a, b)
        start = weights or Weights.start(self._prepared)
        progress(0.1)
        self._observer = Observer(self._prepared, start.rarities, children_first=start.children_first)
        self._mirror = self._observer.swapped()
        self._links = score_links(self._prepared, self._observer, start.rarities)
        progress(0.4)
        least_a, least_b = self._least_alone(start, estimate=weights is None)
        self._people = score_people(self._prepared, self._observer, start.rarities, least_a)
        progress(0.5)
        self._people_of_a = score_people(self._prepared.swapped(), self._mirror, start.rarities, least_b)
        progress(0.65)
        known = [*groups]
        start, self._group_a = self._grouped(self._prepared.a, known, start, estimate=weights is None)
        swapped, self._group_b = self._grouped(
            self._prepared.b, known, start.swapped(), estimate=weights is None
        )
        progress(0.8)
        self.weights = swapped.swapped()
        for _ in range(ROUNDS if weights is None else 0):
            before, self.weights = self.weights, self._expected(self._compete(self.weights, _NEARLY_STILL)[1])
            if abs(self.weights.pairs / before.pairs - 1) < _SETTLED:
                break
        progress(0.9)

    def _grouped(
        self, lst: ListColumns, groups: Groups, weights: Weights, *, estimate: bool
    ) -> tuple[Weights, Indices]:
        """Weights with the share of people of list a who are registered twice; who is taken for one person."""
        prepared = replace(self._prepared, a=lst, b=lst)
        same = score_same(prepared, self._observer.within(lst), weights.rarities)
        if estimate:
            weights = replace(weights, same_a=estimate_same(same, len(lst.people), weights.same_a))
        sure = same_probability(same, weights.same_a)[1] >= SAME
        known = _known(lst, groups)
        one, other = (np.concatenate(each) for each in zip((same.i[sure], same.j[sure]), known, strict=True))
        return weights, groups_of(len(lst.people), one, other)

    def _priors(self, weights: Weights) -> tuple[float, float, float]:
        described = ("relative", "child") if self._observer.children_first else ("child", "relative")
        return (
            prior_bits(weights.pairs, "links"),
            prior_bits(weights.alone_a, described[0]),
            prior_bits(weights.alone_b, described[1]),
        )

    def _least_alone(self, weights: Weights, *, estimate: bool) -> tuple[float, float]:
        """The bits from which on a person counts whom a link of a, or of b, may speak of.

        With fewer they are no rivals, whatever share of such pairs is estimated.
        """
        children_first = self._observer.children_first
        most = -float(np.log2(ALONE)) if estimate else 0.0
        more = (most, 0.0) if children_first else (0.0, most)
        _, *priors = self._priors(weights)
        least = [NEGLIGIBLE - prior - bits for prior, bits in zip(priors, more, strict=True)]
        return max(LEAST_EVIDENCE, least[0]), max(LEAST_EVIDENCE, least[1])

    def _compete(self, weights: Weights, still: float = STILL) -> tuple[Block, _Said]:
        """What siblings say, after a first round of competition; and the probabilities, after a second one."""
        first = self._round(weights, self._links, still)
        siblings = sibling_block(
            self._prepared, self._links, first.links, children_first=self._observer.children_first
        )
        return siblings, self._round(weights, self._links.with_more(block_bits(siblings)), still)

    def _round(self, weights: Weights, pairs: Scored, still: float) -> _Said:
        a, b = self._prepared.a, self._prepared.b
        links, people, mirror = self._priors(weights)
        odds = np.exp2(np.clip(people + self._people.evidence.astype(np.float64), -60, 60))
        odds_mirror = np.exp2(np.clip(mirror + self._people_of_a.evidence.astype(np.float64), -60, 60))
        p, weight_a, weight_b = compete(
            Rivals(
                i=pairs.i,
                j=pairs.j,
                bits=links + pairs.evidence.astype(np.float64),
                alone_a=sum_by(self._people.i, odds, len(a.declarant)),
                alone_b=sum_by(self._people_of_a.i, odds_mirror, len(b.declarant)),
                person_a=a.declarant,
                person_b=b.declarant,
                group_a=self._group_a,
                group_b=self._group_b,
            ),
            still,
        )
        return _Said(p, odds / weight_a[self._people.i], odds_mirror / weight_b[self._people_of_a.i])

    def _expected(self, said: _Said) -> Weights:
        """The weights with as many pairs of each kind as the probabilities sum to.

        How many children have not named who seeks them is not estimated: their names alone say too little.
        """
        a, b = self._prepared.a, self._prepared.b
        links, alone_a, alone_b = (
            max(1.0, float(each.sum())) for each in (said.links, said.alone_a, said.alone_b)
        )
        weights = replace(self.weights, pairs=links / max(1, len(a.links) * len(b.links)))
        if self._observer.children_first:
            return replace(weights, alone_a=alone_a / max(1, len(a.links) * len(b.people)))
        return replace(weights, alone_b=alone_b / max(1, len(b.links) * len(a.people)))

    def pairs(self) -> Iterator[Pair]:
        """All proposals worth a look, the most probable first."""
        a, b = self._prepared.a, self._prepared.b
        siblings, said = self._compete(self.weights)
        links, people, mirror = self._links, self._people, self._people_of_a
        kinds = self._kinds(siblings, said)
        notable = [each >= RIVAL for each in (said.links, said.alone_a, said.alone_b)]
        rivals_a = count_by(np.r_[links.i, people.i], np.r_[notable[0], notable[1]], len(a.links))
        rivals_b = count_by(np.r_[links.j, mirror.i], np.r_[notable[0], notable[2]], len(b.links))
        rivals = (
            rivals_a[links.i] + rivals_b[links.j] - 2 * notable[0],
            rivals_a[people.i] - notable[1],
            rivals_b[mirror.i] - notable[2],
        )
        shown = [(kind, worth(kind), counted) for kind, counted in zip(kinds, rivals, strict=True)]
        yield from in_turn(shown, self._prepared)
        self._progress(1.0)

    def _kinds(self, siblings: Block, said: _Said) -> tuple[Kind, Kind, Kind]:
        a, b, observer, mirrored = self._prepared.a, self._prepared.b, self._observer, self._mirror
        links, people, mirror = self._links, self._people, self._people_of_a
        priors = self._priors(self.weights)

        def look(scored: Scored, *looks: Look) -> Callable[[Indices], Iterable[Block]]:
            return lambda rows: [block for each in looks for block in each(scored.i[rows], scored.j[rows])]

        def tell_links(rows: Indices) -> Teller:
            i, j = links.i[rows], links.j[rows]
            return Teller(self._prepared, observer, observer.link_sides(i, j), a.relation[i], b.relation[j])

        def tell_people(rows: Indices) -> Teller:
            i, j = people.i[rows], people.j[rows]
            return Teller(self._prepared, observer, observer.people_sides(i, j))

        def tell_mirror(rows: Indices) -> Teller:
            i, j = mirror.i[rows], mirror.j[rows]
            return Teller(self._prepared.swapped(), mirrored, mirrored.people_sides(i, j))

        seen = look(links, observer.links, observer.link_chain)
        return (
            Kind(
                links, said.links, priors[0], links.i, links.j, a.declarant[links.i], b.declarant[links.j],
                look=lambda rows: [*seen(rows), siblings.at_rows(rows)], teller=tell_links,
            ),
            Kind(
                people, said.alone_a, priors[1], people.i, NONE, a.declarant[people.i], people.j,
                look=look(people, observer.people, observer.people_chain), teller=tell_people,
            ),
            Kind(
                mirror, said.alone_b, priors[2], NONE, mirror.i, mirror.j, b.declarant[mirror.i],
                look=look(mirror, mirrored.people, mirrored.people_chain), teller=tell_mirror,
            ),
        )  # fmt: skip


def _known(lst: ListColumns, groups: Groups) -> tuple[Indices, Indices]:
    """Pairs of people of the list who are known to be one."""
    at = {person.person_id: k for k, person in enumerate(lst.people)}
    there = [[at[key] for key in group if key in at] for group in groups]
    pairs = [(group[0], other) for group in there for other in group[1:]]
    one, other = np.array(pairs, np.intp).reshape(-1, 2).T
    return one, other

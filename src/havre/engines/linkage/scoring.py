# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs before their rivals are known: candidates with their bits of evidence, looked at some at a time.

Only the sum of a pair is kept. What it is made of is observed again for the few pairs that are shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numba import njit

from havre.engines.linkage.candidates import link_candidates, people_candidates, same_candidates
from havre.engines.linkage.columns import ListColumns, Prepared
from havre.engines.linkage.evidence import RELATIVES_KNOTS, Block, between, grid
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.weights import block_bits, prior_bits
from havre.engines.names.arrays import Doubles, Floats, Indices

LEAST_EVIDENCE = -8.0
"""Bits of evidence below which a candidate is dropped, on lists of any length."""
LEAST_SIBLING = 0.05
"""The probability from which on another pair is heard."""
CHUNK = 1 << 16
"""Candidates that are looked at together."""
ROUNDS = 8
"""Of an estimate, at most."""
Look = Callable[[Indices, Indices], Iterable[Block]]
"""Observes pairs."""


@dataclass(frozen=True, slots=True)
class Scored:
    """n candidate pairs. What i and j count (links or people) depends on the kind."""

    i: Indices
    j: Indices
    evidence: Floats
    """(n,): all bits, without the prior."""

    def with_more(self, bits: Floats) -> "Scored":
        """The same candidates with (n,) bits more."""
        return replace(self, evidence=self.evidence + bits)

    def at(self, rows: Indices) -> "Scored":
        """Some of the candidates."""
        return Scored(self.i[rows], self.j[rows], self.evidence[rows])


def bits_of(look: Look, i: Indices, j: Indices) -> Floats:
    """(n,): the bits of all blocks of n pairs together."""
    bits = [block_bits(block) for block in look(i, j)]
    return np.asarray(np.sum(bits, axis=0, dtype=np.float64), np.float32)


def _chunks(n: int) -> Iterator[slice]:
    return (slice(low, low + CHUNK) for low in range(0, n, CHUNK))


def looked_at(i: Indices, j: Indices, look: Look, look_again: Look, least: float = LEAST_EVIDENCE) -> Scored:
    """The candidates that are not out of the question. What ``look_again`` sees is costly: it looks at those only."""
    kept = []
    for part in _chunks(len(i)):
        found = Scored(i[part], j[part], bits_of(look, i[part], j[part]))
        found = found.at(np.flatnonzero(found.evidence >= least))
        kept.append(found.with_more(bits_of(look_again, found.i, found.j)))
    if not kept:
        return Scored(i, j, np.zeros(0, np.float32))
    return Scored(
        *(np.concatenate([getattr(each, name) for each in kept]) for name in ("i", "j", "evidence"))
    )


def score_links(prepared: Prepared, observer: Observer, rarities: Rarities) -> Scored:
    """Links of a against links of b."""
    return looked_at(*link_candidates(prepared, rarities), observer.links, observer.link_chain)


def score_people(
    prepared: Prepared, observer: Observer, rarities: Rarities, least: float = LEAST_EVIDENCE
) -> Scored:
    """Links of a against people of b, where there are about ``least`` bits of evidence or more."""
    return looked_at(*people_candidates(prepared, rarities), observer.people, observer.people_chain, least)


def score_same(prepared: Prepared, observer: Observer, rarities: Rarities) -> Scored:
    """People of one list (given as both a and b) who may be one person; each pair once, i < j."""
    relatives = Relatives(prepared.a, observer)
    return looked_at(*same_candidates(prepared, rarities), observer.same, relatives.same)


class Relatives:
    """What two people of one list say of their relatives."""

    def __init__(self, lst: ListColumns, observer: Observer) -> None:
        self._observer = observer
        # Links stand in the order of their declarants.
        self._first = np.searchsorted(lst.declarant, np.arange(len(lst.of_people.sex) + 1))

    def same(self, i: Indices, j: Indices) -> Iterator[Block]:
        """The best that a link of person i and one of person j agree on the relative, in bits; 0 without links."""
        of_i, of_j = np.diff(self._first)[i], np.diff(self._first)[j]
        count = of_i * of_j
        pair = np.repeat(np.arange(len(i)), count)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
        x, y = self._first[i][pair] + step // of_j[pair], self._first[j][pair] + step % of_j[pair]
        best = np.full(len(i), -np.inf, np.float32)
        for part in _chunks(len(pair)):
            np.maximum.at(best, pair[part], bits_of(self._observer.relatives, x[part], y[part]))
        at, share = between(np.where(count > 0, best, 0), RELATIVES_KNOTS)
        names = grid("relatives", RELATIVES_KNOTS)
        yield Block("relation", "relatives", names, at, share * (count > 0)[:, None])


def sibling_block(prepared: Prepared, scored: Scored, probability: Doubles, *, children_first: bool) -> Block:
    """How sure another pair is that joins the same relative to another child, or the same child to another relative.

    One feature each, the highest probability of such a pair: the other pair shares the declarant of one list, but not
    the link, and has another declarant on the other list.
    """
    of_a, of_b = prepared.a.declarant[scored.i], prepared.b.declarant[scored.j]
    same_b = _best_elsewhere(np.lexsort((scored.j, of_b)), of_b, scored.j, of_a, probability)
    same_a = _best_elsewhere(np.lexsort((scored.i, of_a)), of_a, scored.i, of_b, probability)
    share = np.stack([same_b, same_a] if children_first else [same_a, same_b], axis=1)
    at = np.broadcast_to(np.arange(2, dtype=np.int8), share.shape)
    return Block("siblings", "siblings", ("sibling found", "second relative found"), at, share)


@njit(cache=True, nogil=True)
def _best_elsewhere(order: Any, own: Any, own_link: Any, other: Any, p: Any) -> Any:
    """For each pair the highest p of a pair with the same own, another own link, and another other.

    ``order`` brings pairs of one own together.
    """
    best = np.zeros(len(order), np.float32)
    first = 0
    while first < len(order):
        end = first
        while end < len(order) and own[order[end]] == own[order[first]]:
            end += 1
        for at in range(first, end):
            strong = order[at]
            if p[strong] >= LEAST_SIBLING:
                for k in range(first, end):
                    row = order[k]
                    if own_link[row] != own_link[strong] and other[row] != other[strong]:
                        best[row] = max(best[row], p[strong])
        first = end
    return best


def same_probability(scored: Scored, share: float) -> tuple[float, Doubles]:
    """The prior, and the probability that two registrations are one person."""
    prior = prior_bits(share, "same")
    return prior, 1 / (1 + np.exp2(np.clip(-prior - scored.evidence.astype(np.float64), -60, 60)))


def estimate_same(scored: Scored, people: int, share: float) -> float:
    """The share of pairs of people who are one person, by expectation and maximisation."""
    for _ in range(ROUNDS):
        _, p = same_probability(scored, share)
        share = max(1.0, float(p.sum())) / max(1, people * (people - 1) // 2)
    return share

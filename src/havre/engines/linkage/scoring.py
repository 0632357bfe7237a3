# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs before their rivals are known: candidates with the bits of each block of evidence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from havre.engines.linkage.candidates import link_candidates, people_candidates, same_candidates
from havre.engines.linkage.columns import ListColumns, Prepared
from havre.engines.linkage.competition import NEGLIGIBLE
from havre.engines.linkage.evidence import Block
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.weights import block_bits
from havre.engines.names.arrays import Doubles, Floats, Indices

DIGITS = 4
"""Bits are kept to four digits, so that a sum does not depend on the order in which it was taken."""
LEAST_SIBLING = 0.05
"""The probability from which on another pair is heard."""


@dataclass(frozen=True)
class Scored:
    """n candidate pairs. What i and j count (links or people) depends on the kind."""

    i: Indices
    j: Indices
    blocks: tuple[tuple[str, str], ...]
    """(part, what it is about) of each block."""
    bits: Floats
    """(n, blocks)"""

    @property
    def evidence(self) -> Doubles:
        """(n,): all bits of evidence, without the prior."""
        return np.asarray(self.bits.sum(axis=1, dtype=np.float64))

    def with_block(self, block: Block) -> "Scored":
        """The same candidates with one more block."""
        bits = np.column_stack([self.bits, block_bits(block).round(DIGITS)])
        return replace(self, blocks=(*self.blocks, (block.part, block.about)), bits=bits)


def _scored(i: Indices, j: Indices, blocks: Iterable[Block]) -> Scored:
    found = [(block.part, block.about, block_bits(block).round(DIGITS)) for block in blocks]
    return Scored(
        i, j, tuple((part, about) for part, about, _ in found), np.stack([bits for *_, bits in found], axis=1)
    )


def score_links(prepared: Prepared, observer: Observer, rarities: Rarities) -> Scored:
    """Links of a against links of b."""
    i, j = link_candidates(prepared, rarities)
    return _scored(i, j, observer.links(i, j))


def score_people(prepared: Prepared, observer: Observer, rarities: Rarities) -> Scored:
    """Links of a against people of b."""
    i, k = people_candidates(prepared, rarities)
    return _scored(i, k, observer.people(i, k))


def score_same(prepared: Prepared, observer: Observer, rarities: Rarities) -> Scored:
    """People of one list (given as both a and b) who may be one person; each pair once, i < j."""
    i, j = same_candidates(prepared, rarities)
    i, j = i[i < j], j[i < j]
    blocks = [*observer.same(i, j), relatives_block(prepared.a, observer, i, j)]
    return _scored(i, j, blocks)


def relatives_block(lst: ListColumns, observer: Observer, i: Indices, j: Indices) -> Block:
    """For two people of one list: the best that two of their links agree on the relative, in bits; 0 without links."""
    by_person: dict[int, list[int]] = {}
    for link, person in enumerate(lst.declarant.tolist()):
        by_person.setdefault(person, []).append(link)
    rows = [
        (row, x, y)
        for row, (p, q) in enumerate(zip(i.tolist(), j.tolist(), strict=True))
        for x in by_person.get(p, ())
        for y in by_person.get(q, ())
    ]
    best = np.zeros((len(i), 1), np.float32)
    if rows:
        row, x, y = np.array(rows, np.intp).T
        bits = np.sum([block_bits(block) for block in observer.relatives(x, y)], axis=0)
        best[:, 0] = -np.inf
        np.maximum.at(best[:, 0], row, bits)
        best[~np.isfinite(best)] = 0
    return Block("relation", "relatives", ("relatives bits",), best)


def near_chain(scored: Scored, prior: float, chain: Callable[[Indices, Indices], Block]) -> Scored:
    """The candidates with the shared names of child and relative, looked at where a pair is not out of the question."""
    near = np.flatnonzero(prior + scored.evidence > NEGLIGIBLE)
    block = chain(scored.i[near], scored.j[near])
    values = np.zeros((len(scored.i), block.values.shape[1]), np.float32)
    values[near] = block.values
    return scored.with_block(replace(block, values=values))


def sibling_block(prepared: Prepared, scored: Scored, probability: Doubles, *, children_first: bool) -> Block:
    """How sure another pair is that joins the same relative to another child, or the same child to another relative.

    One feature each, the highest probability of such a pair: the other pair shares the declarant of one list, but not
    the link, and has another declarant on the other list.
    """
    a, b = prepared.a, prepared.b
    of_a, of_b = a.declarant[scored.i], b.declarant[scored.j]
    same_b = _best_elsewhere(of_b, scored.j, of_a, probability)
    same_a = _best_elsewhere(of_a, scored.i, of_b, probability)
    siblings, relatives = (same_b, same_a) if children_first else (same_a, same_b)
    names = ("sibling found", "second relative found")
    return Block("siblings", "siblings", names, np.stack([siblings, relatives], axis=1))


def _best_elsewhere(own: Indices, own_link: Indices, other: Indices, p: Doubles) -> Floats:
    """For each pair the highest p of a pair with the same own, another own link, and another other."""
    order = np.lexsort((-p, own))
    cuts = np.flatnonzero(np.diff(own[order])) + 1
    best = np.zeros(len(p), np.float32)
    for rows in np.split(order, cuts):
        strong = rows[p[rows] >= LEAST_SIBLING]
        for row in strong:
            apart = (own_link[rows] != own_link[row]) & (other[rows] != other[row])
            better = rows[apart & (best[rows] < p[row])]
            best[better] = p[row]
    return best

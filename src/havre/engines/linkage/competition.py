# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rivals compete: a link speaks of at most one link, or one person, of the other list.

The probability of each pair is its share among all ways of pairing links up, each way weighing the product of its
odds. The exact sum is out of reach; belief propagation gives it exactly where rivals form a tree and closely
elsewhere (the Bethe approximation of the monomer-dimer model: Heilmann and Lieb 1972; Zdeborova and Mezard 2006).
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from havre.engines.names.arrays import Doubles, Flags, Indices

ROUNDS = 60
STILL = 1e-7
"""Once no link changes what it tells by a larger part, the rounds end."""
NEGLIGIBLE = -18.0
"""Bits below which a pair takes no part in the competition: its rivals would not notice it."""
DAMPING = 0.3
_MOST_BITS = 60.0


@dataclass(frozen=True, slots=True)
class Rivals:
    """n pairs of links that compete. ``alone_a`` and ``alone_b`` are the summed odds that a link of a (of b) speaks
    of a person who has named nobody.

    Two links of different people of one group (one child registered twice) do not compete for the same link.
    """

    i: Indices
    j: Indices
    bits: Doubles
    alone_a: Doubles
    alone_b: Doubles
    person_a: Indices
    """(links of a,): who speaks."""
    person_b: Indices
    group_a: Indices
    """(people of a,): equal for registrations that are taken for one person."""
    group_b: Indices


def sum_by(keys: Indices, values: Doubles, size: int) -> Doubles:
    """(size,): the sum of the values of each key."""
    return np.asarray(np.bincount(keys, values, size), np.float64)


def count_by(keys: Indices, counts: Flags, size: int) -> Indices:
    """(size,): how many of each key count."""
    return np.bincount(keys, counts, size).astype(np.intp)


def compete(rivals: Rivals, still: float = STILL) -> tuple[Doubles, Doubles, Doubles]:
    """Probability of each pair (n,), and for each link of a and of b the weight of all its proposals, 1 for none.

    A proposal of only a person with odds o has probability o over that weight. The rounds end ``still``.
    """
    heard = np.flatnonzero(rivals.bits > NEGLIGIBLE)
    i, j = rivals.i[heard], rivals.j[heard]
    odds = np.exp2(np.minimum(rivals.bits[heard], _MOST_BITS))
    by_i = _Side(i, rivals.alone_a, *_partners(i, rivals.person_b[j], rivals.group_b))
    by_j = _Side(j, rivals.alone_b, *_partners(j, rivals.person_a[i], rivals.group_a))
    free_i, free_j, weight_a, weight_b = _rounds(by_i, by_j, odds, still)
    joint = np.exp2(np.minimum(rivals.bits, _MOST_BITS)) / weight_a[rivals.i] / weight_b[rivals.j]
    joint[heard] = odds * free_i * free_j
    return joint / (1 + joint), weight_a, weight_b


class _Side(NamedTuple):
    """One side of n pairs."""

    link: Indices
    alone: Doubles
    grouped: Indices
    """The pairs whose person on the other side is not alone in a group."""
    group: Indices
    """Of each of those: equal where link and group are; so where link and person are."""
    person: Indices


def _partners(link: Indices, person: Indices, group: Indices) -> tuple[Indices, Indices, Indices]:
    """The last three columns of a side; ``person`` is the other side's, ``group`` that of each of its people."""
    of = group[person]
    grouped = np.flatnonzero(np.bincount(group)[of] > 1)
    return (
        grouped,
        _numbered(link[grouped], of[grouped]),
        _numbered(link[grouped], person[grouped]),
    )


def _numbered(one: Indices, other: Indices) -> Indices:
    """For each row the number of its combination of keys."""
    code = one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other
    return np.asarray(np.unique(code, return_inverse=True)[1])


@njit(cache=True, nogil=True)
def _rounds(by_i: Any, by_j: Any, odds: Any, still: float) -> Any:
    """How free either link is for each pair, once nothing moves any more; and the weights of the links of a and b."""
    n = len(odds)
    free_i, free_j = np.ones(n), np.ones(n)
    of_i, of_j, partners_i, partners_j = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    weight_a, weight_b = np.empty(len(by_i.alone)), np.empty(len(by_j.alone))
    left, moved = ROUNDS, 1.0
    while True:
        for k in range(n):
            of_i[k], of_j[k] = odds[k] * free_j[k], odds[k] * free_i[k]
        _hear(by_i, of_i, weight_a, partners_i)
        _hear(by_j, of_j, weight_b, partners_j)
        if left == 0 or moved < still:
            return free_i, free_j, weight_a, weight_b
        moved = 0.0
        for k in range(n):
            new_i = 1 / max(weight_a[by_i.link[k]] - partners_i[k], 1e-12)
            new_j = 1 / max(weight_b[by_j.link[k]] - partners_j[k], 1e-12)
            moved = max(moved, abs(free_i[k] / new_i - 1), abs(free_j[k] / new_j - 1))
            free_i[k] = DAMPING * free_i[k] + (1 - DAMPING) * new_i
            free_j[k] = DAMPING * free_j[k] + (1 - DAMPING) * new_j
        left -= 1


@njit(cache=True, nogil=True)
def _hear(side: Any, heard: Any, weight: Any, partners: Any) -> None:
    """Writes the weight of each link; of each pair, what in its link does not compete with it: itself and its group."""
    weight[:] = 0
    for k in range(len(heard)):
        weight[side.link[k]] += heard[k]
        partners[k] = heard[k]
    for link in range(len(weight)):
        weight[link] += 1 + side.alone[link]
    of_group, of_person = np.zeros(len(side.grouped)), np.zeros(len(side.grouped))
    for at in range(len(side.grouped)):
        of_group[side.group[at]] += heard[side.grouped[at]]
        of_person[side.person[at]] += heard[side.grouped[at]]
    for at in range(len(side.grouped)):
        partners[side.grouped[at]] += of_group[side.group[at]] - of_person[side.person[at]]


def groups_of(people: int, i: Indices, k: Indices) -> Indices:
    """(people,): the lowest of the people whom pairs (i, k) of one person connect with each."""
    return np.asarray(_groups_of(np.arange(people), i, k))


@njit(cache=True, nogil=True)
def _groups_of(group: Any, i: Any, k: Any) -> Any:
    for pair in range(len(i)):
        x, y = i[pair], k[pair]
        while group[x] != x:
            x = group[x]
        while group[y] != y:
            y = group[y]
        group[max(x, y)] = min(x, y)
    for person in range(len(group)):
        group[person] = group[group[person]]
    return group

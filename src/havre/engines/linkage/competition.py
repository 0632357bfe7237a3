# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rivals compete: a link speaks of at most one link, or one person, of the other list.

The probability of each pair is its share among all ways of pairing links up, each way weighing the product of its
odds. The exact sum is out of reach; belief propagation gives it exactly where rivals form a tree and closely
elsewhere (the Bethe approximation of the monomer-dimer model: Heilmann and Lieb 1972; Zdeborova and Mezard 2006).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from havre.engines.names.arrays import Doubles, Indices

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


def _numbered(*keys: Indices) -> Indices:
    """For each row the number of its combination of keys."""
    code = np.zeros(len(keys[0]), np.intp)
    for key in keys:
        code = code * (int(key.max(initial=0)) + 1) + key
    return np.unique(code, return_inverse=True)[1]


def compete(rivals: Rivals) -> tuple[Doubles, Doubles, Doubles]:
    """Probability of each pair (n,), and for each link of a and of b the weight of all its proposals, 1 for none.

    A proposal of only a person with odds o has probability o over that weight.
    """
    heard = rivals.bits > NEGLIGIBLE
    i, j = rivals.i[heard], rivals.j[heard]
    odds = np.exp2(np.minimum(rivals.bits[heard], _MOST_BITS))
    own_a, own_b = rivals.person_a[i], rivals.person_b[j]
    by_i = _Side(i, rivals.alone_a, group=rivals.group_b[own_b], person=own_b)
    by_j = _Side(j, rivals.alone_b, group=rivals.group_a[own_a], person=own_a)
    free_i, free_j = np.ones(len(i)), np.ones(len(i))
    for _ in range(ROUNDS):
        new_i, new_j = by_i.free(odds * free_j), by_j.free(odds * free_i)
        moved = max(np.abs(free_i / new_i - 1).max(initial=0), np.abs(free_j / new_j - 1).max(initial=0))
        free_i = DAMPING * free_i + (1 - DAMPING) * new_i
        free_j = DAMPING * free_j + (1 - DAMPING) * new_j
        if moved < STILL:
            break
    weight_a, weight_b = by_i.weight(odds * free_j), by_j.weight(odds * free_i)
    joint = np.exp2(np.minimum(rivals.bits, _MOST_BITS)) / weight_a[rivals.i] / weight_b[rivals.j]
    joint[heard] = odds * free_i * free_j
    return joint / (1 + joint), weight_a, weight_b


class _Side:
    """One side of the pairs: what each link hears from its other proposals."""

    def __init__(self, link: Indices, alone: Doubles, *, group: Indices, person: Indices) -> None:
        self._link, self._alone = link, alone
        self._group, self._person = _numbered(link, group), _numbered(link, person)

    def weight(self, heard: Doubles) -> Doubles:
        """(links,): 1 for none, and all its proposals."""
        return 1 + self._alone + sum_by(self._link, heard, len(self._alone))

    def free(self, heard: Doubles) -> Doubles:
        """(n,): how free the link is for this pair, given its rivals."""
        of_group, of_person = np.bincount(self._group, heard), np.bincount(self._person, heard)
        partners = of_group[self._group] - of_person[self._person] + heard
        return np.asarray(1 / np.maximum(self.weight(heard)[self._link] - partners, 1e-12))


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

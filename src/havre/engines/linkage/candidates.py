# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which pairs are worth comparing: those whose people share name keys, the rare ones first, or a phone number.

Every link keeps the candidates with the most shared bits, on either side, so that swapping the lists changes nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from havre.engines.linkage.columns import NONE, Columns, ListColumns, Prepared, Spellings
from havre.engines.linkage.meeting import Fact
from havre.engines.linkage.postings import Rows, best, rows_of
from havre.engines.linkage.rarity import Rarities, Rarity
from havre.engines.linkage.relating import fits, sexes
from havre.engines.linkage.relations import relations
from havre.engines.names.arrays import Indices

MOST = 12
"""Candidates that a link keeps, by shared bits."""
MOST_PEOPLE = 24
"""Persons that a link keeps who may be the one it describes: one name says less than two."""
MOST_SAME = 6
"""Candidates that a person keeps who may be registered twice."""
LEAST = 2500
"""Thousandths of a shared bit below which a pair is not compared."""
PHONE = 20_000
MOST_KEY = 5000
"""Thousandths of a bit that a name or a place weighs at most: two rarities count for more than one great one."""
PLACE = 0.5
"""What the rarity of a place weighs, of that of a name."""
KIN = 0.5
"""What a name shared by declarant and person weighs, of what one of the person's own does."""
RELATION_FITS, RELATION_DIFFERS, SAME_GENERATION = 3000, -3000, -1500
BIRTH_BAND = 550
"""Days of a band of births. Each birth is in its own and in the next, so that a year apart shares one."""
Keyed = tuple[Indices, Indices, Indices]
"""Row, key and the key's weight, in thousandths of a bit."""


class Keys:
    """The keys of two prepared lists as whole numbers: a range for each kind, twice, for child and relative.

    The band of a birth weighs nothing. It lets two rows meet that share one common name or place and the age.
    """

    def __init__(self, prepared: Prepared, rarities: Rarities) -> None:
        self._names, self._places = prepared.names, prepared.places
        of_names = _weights(self._names, rarities.names)
        of_places = _weights(self._places, rarities.places, PLACE)
        said = [each for lst in (prepared.a, prepared.b) for each in (lst.of_people, lst.of_links)]
        self._phones = np.unique(np.concatenate([each.phone for each in said]))
        bands = 2 + int(max(_middle(each).max(initial=0) for each in said)) // BIRTH_BAND
        names, places = len(self._names.vocabulary), len(self._places.vocabulary)
        self._ends = np.cumsum([names, places, places, len(self._phones), bands])
        of_phones, of_bands = np.full(len(self._phones), PHONE), np.zeros(bands, np.int64)
        one = np.concatenate([of_names, of_places, of_places, of_phones, of_bands])
        kin = (of_names * KIN).astype(np.int64)
        self.weights = np.concatenate([one, one, kin])

    def of(self, said: Columns, at: Indices, mark: int) -> Iterator[tuple[Indices, Indices]]:
        """(row, key) of what is said of somebody, ``mark`` 0 or 1; row k is description at[k]."""
        shift = mark * int(self._ends[-1])
        for column in said.names.T:
            row, key = self._names.keys_at(column[at])
            yield row, shift + key
        for column, end in ((said.birthplace, self._ends[0]), (said.town, self._ends[1])):
            row, key = self._places.keys_at(column[at])
            yield row, shift + int(end) + key
        row = np.flatnonzero(said.phone[at] > 0)
        yield row, shift + int(self._ends[2]) + np.searchsorted(self._phones, said.phone[at][row])
        band = _middle(said)[at] // BIRTH_BAND
        row = np.flatnonzero(band > 0)
        for each in (band[row], band[row] + 1):
            yield row, shift + int(self._ends[3]) + each

    def of_kin(self, said: Columns, at: Indices) -> Iterator[tuple[Indices, Indices]]:
        """(row, key) of the names by which a declarant may be kin to the person described."""
        row, key = self._names.keys_at(said.names[at, 0])
        yield row, 2 * int(self._ends[-1]) + key


def _middle(said: Columns) -> Indices:
    """(n,): the day in the middle of each birth interval; 0 where it is not known."""
    return said.born_middle.astype(np.int64)


def _weights(spellings: Spellings, rarity: Rarity, share: float = 1.0) -> Indices:
    bits = np.array([1000 * share * rarity.of_key(key) for key in spellings.vocabulary])
    return np.asarray(np.minimum(bits.round(), MOST_KEY), np.int64)


def _rows(
    n: int, keyed: list[tuple[Indices, Indices]], *facts: Indices, relation: Indices | None = None
) -> Rows:
    row, key = (np.concatenate([each[k] for each in keyed]) for k in (0, 1))
    called = np.zeros((n, 1), np.int64) if relation is None else relation[:, None] + 1
    return rows_of(n, row, key, np.concatenate([*facts, called], axis=1))


def _facts(said: Columns, at: Indices) -> Indices:
    """(n, 4): sex, middle of the birth interval, phone, nationality; 0 where it is not known."""
    return np.stack([said.sex[at] + 1, _middle(said)[at], said.phone[at], said.nationality[at] + 1], axis=1)


def _nation(said: Columns, at: Indices) -> Indices:
    """(n, 4): only the nationality of somebody who stands for another."""
    facts = np.zeros((len(at), Fact.EACH), np.int64)
    facts[:, Fact.NATION] = said.nationality[at] + 1
    return facts


def _described(lst: ListColumns) -> Columns:
    """What links say of the other; where they do not say the sex, the relation may."""
    says = np.where(lst.relation == NONE, NONE, sexes()[lst.relation])
    return replace(lst.of_links, sex=np.where(lst.of_links.sex == NONE, says, lst.of_links.sex))


@cache
def _fits() -> Indices:
    """Thousandths of a bit that two relations say, each counted from 1; 0 is not said."""
    inverse, level = fits()
    bits = np.zeros((1 + len(relations()), 1 + len(relations())), np.int64)
    bits[1:, 1:] = np.where(inverse, RELATION_FITS, np.where(level, SAME_GENERATION, RELATION_DIFFERS))
    return bits


def _of_links(lst: ListColumns, keys: Keys, *, declarant_first: bool) -> Rows:
    every = np.arange(len(lst.declarant))
    keyed = [
        *keys.of(lst.of_people, lst.declarant, int(not declarant_first)),
        *keys.of(lst.of_links, every, int(declarant_first)),
    ]
    facts = [_facts(lst.of_people, lst.declarant), _facts(_described(lst), every)]
    return _rows(len(every), keyed, *(facts if declarant_first else facts[::-1]), relation=lst.relation)


def _of_described(lst: ListColumns, keys: Keys) -> Rows:
    every = np.arange(len(lst.declarant))
    keyed = [*keys.of(lst.of_links, every, 0), *keys.of_kin(lst.of_people, lst.declarant)]
    return _rows(len(every), keyed, _facts(_described(lst), every), _nation(lst.of_people, lst.declarant))


def _of_people(lst: ListColumns, keys: Keys, *, kin: bool) -> Rows:
    every = np.arange(len(lst.of_people.sex))
    keyed = [*keys.of(lst.of_people, every, 0), *(keys.of_kin(lst.of_people, every) if kin else ())]
    facts = _facts(lst.of_people, every)
    return _rows(len(every), keyed, facts, np.zeros_like(facts))


def _of_registered(lst: ListColumns, keys: Keys) -> Rows:
    every, links = np.arange(len(lst.of_people.sex)), np.arange(len(lst.declarant))
    named = ((lst.declarant[row], key) for row, key in keys.of_kin(lst.of_links, links))
    facts = _facts(lst.of_people, every)
    return _rows(len(every), [*keys.of(lst.of_people, every, 0), *named], facts, np.zeros_like(facts))


def shared(a: Rows, b: Rows, weights: Indices, *, most: int) -> tuple[Indices, Indices]:
    """Candidate pairs (row of a, row of b), sorted: each row's best on either side."""
    forward, backward = (
        best(a, b, weights, _fits(), least=LEAST, most=most),
        best(b, a, weights, _fits(), least=LEAST, most=most),
    )
    codes = np.concatenate([forward[0] * len(b) + forward[1], backward[1] * len(b) + backward[0]])
    distinct = np.unique(codes)
    return distinct // max(1, len(b)), distinct % max(1, len(b))


def link_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """Links of a and of b that may speak of the same two people."""
    keys = Keys(prepared, rarities)
    a, b = (
        _of_links(prepared.a, keys, declarant_first=True),
        _of_links(prepared.b, keys, declarant_first=False),
    )
    return shared(a, b, keys.weights, most=MOST)


def people_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """Links of a and people of b whom they may describe."""
    keys = Keys(prepared, rarities)
    a, b = _of_described(prepared.a, keys), _of_people(prepared.b, keys, kin=True)
    return best(a, b, keys.weights, _fits(), least=LEAST, most=MOST_PEOPLE)


def same_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """People of one list (given as both a and b) who may be one; each pair once, i < j, sorted."""
    keys = Keys(prepared, rarities)
    people = _of_registered(prepared.a, keys)
    i, j = best(people, people, keys.weights, _fits(), least=LEAST, most=MOST_SAME)
    other = i != j
    size = max(1, len(people))
    codes = np.unique((np.minimum(i, j) * size + np.maximum(i, j))[other])
    return codes // size, codes % size

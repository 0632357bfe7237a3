# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is observed of a pair: a pure function from columns of two lists to columns of features.

Each feature belongs to one part of ``Bits`` and carries one weight in bits; what is unknown is a row of zeros and
says nothing. The same functions serve a link against a link, a link against a person, and a person against a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from havre.engines.linkage.columns import NONE, Columns, digits_apart
from havre.engines.linkage.relating import fits, sexes
from havre.engines.linkage.relations import relations
from havre.engines.linkage.texts import Alike, Texts
from havre.engines.names.arrays import Flags, Floats, Indices, Small

NAME_KNOTS = np.array([-7, -4.5, -2.5, -1, 0.5, 2, 3.5, 5], np.float32)
"""Bits of the name comparison, between which weights are straight lines."""
RARITY_KNOTS = np.array([0, 4, 8, 13, 19], np.float32)
"""Bits of rarity of the words that agree."""
PLACE_KNOTS = np.array([-7, -4, -1, 2, 5], np.float32)
PLACE_RARITY_KNOTS = np.array([1, 4, 8], np.float32)
CHAIN_KNOTS = np.array([0, 3, 7, 12], np.float32)
"""Bits of rarity of the names that child and relative share."""
OWN_KNOTS = np.array([-7, -3, 0, 3], np.float32)
OWN_RARITY_KNOTS = np.array([0, 5, 12], np.float32)
RELATIVES_KNOTS = np.array([-8, -3, 0, 3, 6, 10], np.float32)
"""Bits of what two registrations say of their relatives."""
YEAR_KNOTS = np.array([0, 0.6, 1.2, 2.2, 3.5, 6, 10, 18], np.float32)
"""Years between the middles of two birth intervals."""
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Block:
    """Some features of n pairs that belong to one part; of each pair only the few that are not nought."""

    part: str
    about: str
    """What was observed and of whom ("names child"): with it the reasons find their words."""
    names: tuple[str, ...]
    at: Small
    """(n, few): which features."""
    share: Floats
    """(n, few): the value of each."""

    @property
    def values(self) -> Floats:
        """(n, features)"""
        dense = np.zeros((len(self.at), len(self.names)), np.float32)
        for at, share in zip(self.at.T, self.share.T, strict=True):
            dense[np.arange(len(at)), at] += share
        return dense

    def at_rows(self, rows: Indices) -> "Block":
        """Some of the pairs."""
        return replace(self, at=self.at[rows], share=self.share[rows])


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of descriptions: what is said of n people, each at an index of some columns."""

    columns: Columns
    at: Indices


Sides = dict[str, tuple[Said, Said]]
"""Who ("child", "relative") to what list a and list b say of them."""


def grid(prefix: str, *knots: Floats) -> tuple[str, ...]:
    """Names of the features of one or two sets of knots."""
    rows = [""]
    for each in knots:
        rows = [f"{row} {knot:g}" for row in rows for knot in each]
    return tuple(prefix + row for row in rows)


Near = tuple[Small, Floats]
"""For n values the two knots (n, 2) that each lies between, and how near it is to either (n, 2), which sum to 1."""


def between(values: Floats, knots: Floats) -> Near:
    """The knots that each value lies between; a weight a knot makes a straight line from one to the next."""
    inside = np.clip(values, knots[0], knots[-1])
    low = np.clip(np.searchsorted(knots, inside, side="right") - 1, 0, len(knots) - 2)
    share = ((inside - knots[low]) / np.diff(knots)[low]).astype(np.float32)
    return np.stack([low, low + 1], axis=1).astype(np.int8), np.stack([1 - share, share], axis=1)


def crossed(one: Near, other: Near, knots: int, known: Flags) -> Near:
    """(n, 4): features of a grid, ``knots`` of the second in each row of it; nought where nothing is known."""
    at = one[0][:, :, None] * np.int8(knots) + other[0][:, None, :]
    share = one[1][:, :, None] * other[1][:, None, :] * known[:, None, None]
    return at.reshape(len(known), 4), share.reshape(len(known), 4)


def which(*columns: Flags) -> Near:
    """(n, 1): of features that exclude each other the one that is there, or none."""
    at, any_of = np.zeros(len(columns[0]), np.int8), np.zeros(len(columns[0]), np.float32)
    for k, column in enumerate(columns):
        at[column], any_of[column] = k, 1
    return at[:, None], any_of[:, None]


def beside(*parts: Near) -> Near:
    """Features of several kinds in one block; their places are counted by the caller."""
    return np.concatenate([at for at, _ in parts], axis=1), np.concatenate(
        [share for _, share in parts], axis=1
    )


@dataclass(frozen=True, slots=True)
class Spelled:
    """Of names and other names on both sides the two that agree best; where one side has no name, ``NONE``."""

    one: Indices
    two: Indices
    alike: Alike


def best_spellings(texts: Texts, a: Said, b: Said) -> Spelled:
    """The spellings of n pairs that agree best."""
    ways = [(a.columns.names[a.at, x], b.columns.names[b.at, y]) for x in range(2) for y in range(2)]
    rows = [np.flatnonzero((x >= 0) & (y >= 0)) for x, y in ways]
    ends = np.cumsum([0, *map(len, rows)])
    alike = texts.compare(
        *(np.concatenate([way[k][at] for way, at in zip(ways, rows, strict=True)]) for k in (0, 1))
    )
    worth = alike.bits + np.float32(0.1) * alike.agreed
    best, found = np.full(len(a.at), -np.inf, np.float32), np.full(len(a.at), NONE, np.intp)
    one, two = np.full(len(a.at), NONE, np.intp), np.full(len(a.at), NONE, np.intp)
    for k, (at, (x, y)) in enumerate(zip(rows, ways, strict=True)):
        better = worth[ends[k] : ends[k + 1]] > best[at]
        at = at[better]
        found[at] = np.flatnonzero(better) + ends[k]
        best[at], one[at], two[at] = worth[found[at]], x[at], y[at]
    return Spelled(one, two, alike.at(found))


def name_evidence(spelled: Spelled, who: str) -> Block:
    """The names of one person on both sides: how alike the best spellings are, and how rare the words that agree."""
    alike = spelled.alike
    near = crossed(
        between(alike.bits, NAME_KNOTS),
        between(alike.agreed, RARITY_KNOTS),
        len(RARITY_KNOTS),
        spelled.one != NONE,
    )
    return Block("names", f"names {who}", grid(f"{who} names", NAME_KNOTS, RARITY_KNOTS), *near)


def own_evidence(texts: Texts, spelled: Spelled) -> Block:
    """Each one's own name against all words of the other: siblings share every word but that one.

    One of the two ways may fail for a true pair: words are joined, left out, or in another order.
    """
    one, other = texts.own_against(spelled.one, spelled.two), texts.own_against(spelled.two, spelled.one)
    known = spelled.one != NONE
    agreed = np.minimum(one.agreed, other.agreed)
    better = crossed(
        between(np.maximum(one.bits, other.bits), OWN_KNOTS),
        between(agreed, OWN_RARITY_KNOTS),
        len(OWN_RARITY_KNOTS),
        known,
    )
    at, share = between(np.minimum(one.bits, other.bits), OWN_KNOTS)
    worse = at + np.int8(len(OWN_KNOTS) * len(OWN_RARITY_KNOTS)), share * known[:, None]
    names = (*grid("own name", OWN_KNOTS, OWN_RARITY_KNOTS), *grid("own name, worse way", OWN_KNOTS))
    return Block("names", "own", names, *beside(better, worse))


def other_day_evidence(a: Said, b: Said) -> Block:
    """Two registrations that both know the day of birth, and another one: siblings, or one clerk's mistake."""
    days = a.columns.born_on_day[a.at] & b.columns.born_on_day[b.at]
    near = which(days & (a.columns.born_from[a.at] != b.columns.born_from[b.at]))
    return Block("birth", "another_day", ("another day",), *near)


def birth_evidence(a: Said, b: Said, who: str) -> Block:
    """Birth intervals: the same day, or how many years lie between their middles."""
    from_a, to_a = a.columns.born_from[a.at], a.columns.born_to[a.at]
    from_b, to_b = b.columns.born_from[b.at], b.columns.born_to[b.at]
    known = (from_a > 0) & (from_b > 0)
    middle = (from_a + to_a - from_b - to_b) / 2
    years = np.abs(middle).astype(np.float32) / np.float32(_YEAR)
    same = known & a.columns.born_on_day[a.at] & b.columns.born_on_day[b.at] & (from_a == from_b)
    at, share = between(years, YEAR_KNOTS)
    at, share = np.where(same[:, None], 0, at + 1), np.where(same[:, None], (1, 0), share) * known[:, None]
    names = (f"{who} same day", *grid(f"{who} years apart", YEAR_KNOTS))
    return Block("birth", f"birth {who}", names, at.astype(np.int8), share.astype(np.float32))


def sex_evidence(a: Said, b: Said, who: str) -> Block:
    """Sex as recorded on both sides."""
    sex_a, sex_b = a.columns.sex[a.at], b.columns.sex[b.at]
    known = (sex_a >= 0) & (sex_b >= 0)
    same = sex_a == sex_b
    return Block(
        "person", f"sex {who}", (f"{who} sex same", f"{who} sex differs"), *which(known & same, known & ~same)
    )


def nationality_evidence(sets_a: Sequence[Indices], sets_b: Sequence[Indices], share: Floats) -> Block:
    """Nationalities of child and relative together: one in common (in bits of its rarity), or none.

    ``sets_a`` and ``sets_b`` each hold columns (n,) of what one side says; ``share`` is the part of people per nation.
    """
    known_a = np.any([each >= 0 for each in sets_a], axis=0)
    known_b = np.any([each >= 0 for each in sets_b], axis=0)
    common = np.zeros(len(known_a), np.float32)
    for x in sets_a:
        for y in sets_b:
            same = (x == y) & (x >= 0)
            common = np.maximum(common, np.where(same, -np.log2(share[x]), 0)).astype(np.float32)
    differs = known_a & known_b & (common == 0)
    at, share = which(common > 0, differs)
    share[:, 0] = np.where(common > 0, common, share[:, 0])
    return Block("person", "nationality", ("nationality bits", "nationality differs"), at, share)


def place_evidence(texts: Texts, a: Indices, b: Indices, what: str) -> Block:
    """Two places as written: how alike they read, and how rare the place is."""
    alike = texts.compare(a, b)
    near = crossed(
        between(alike.bits, PLACE_KNOTS),
        between(alike.agreed, PLACE_RARITY_KNOTS),
        len(PLACE_RARITY_KNOTS),
        (a >= 0) & (b >= 0),
    )
    return Block("place", what, grid(what, PLACE_KNOTS, PLACE_RARITY_KNOTS), *near)


def phone_evidence(a: Said, b: Said, who: str) -> Block:
    """Phone numbers: the same, one or two digits off, or another."""
    x, y = a.columns.phone[a.at], b.columns.phone[b.at]
    known = (x > 0) & (y > 0)
    wrong = digits_apart(x, y)
    near = which(known & (wrong == 0), known & (wrong > 0) & (wrong <= 2), known & (wrong > 2))
    names = tuple(f"{who} phone {what}" for what in ("same", "nearly same", "another"))
    return Block("phone", f"phone {who}", names, *near)


def chain_evidence(texts: Texts, a: Said, b: Said, related: Flags) -> Block:
    """Child and relative themselves: the names they share, in bits of rarity, and whether a father's line is said.

    A paternal uncle has the patronymics of the child; a maternal one has not. ``related`` is (n,).
    """
    alike = texts.compare(a.columns.names[a.at, 0], b.columns.names[b.at, 0])
    known = (a.columns.names[a.at, 0] >= 0) & (b.columns.names[b.at, 0] >= 0)
    at, share = between(alike.agreed, CHAIN_KNOTS)
    at = at + np.where(related, 0, len(CHAIN_KNOTS))[:, None].astype(np.int8)
    names = (*grid("paternal chain", CHAIN_KNOTS), *grid("other chain", CHAIN_KNOTS))
    return Block("relation", "chain", names, at, share * known[:, None])


KINDS = ("parent", "brother or sister", "uncle or aunt", "cousin", "grandparent", "other")


def _kind(generation: int, key: str) -> int:
    if abs(generation) == 2:
        return 4
    if key == "cousin":
        return 3
    if "uncle" in key or "aunt" in key or key in ("nephew", "niece"):
        return 2
    if key in ("brother", "sister", "sibling", "half-brother", "half-sister"):
        return 1
    return 0 if abs(generation) == 1 else 5


def relation_evidence(a: Indices, b: Indices) -> Block:
    """What each calls the other: an inverse (by kind of relation), nearly so, or something else."""
    kind = np.array([_kind(one.generation, one.key) for one in relations().values()])
    inverse, level = fits()
    known = (a >= 0) & (b >= 0)
    good = known & inverse[a, b]
    by_kind = [good & (kind[a] == k) for k in range(len(KINDS))]
    near = known & ~good & level[a, b]
    found = which(*by_kind, near, known & ~good & ~near)
    return Block(
        "relation",
        "relation",
        (*(f"relation fits, {k}" for k in KINDS), "same generation", "relation differs"),
        *found,
    )


def relation_sex_evidence(relation: Indices, sex: Indices, about: str) -> Block:
    """The sex that a relation says (my uncle: male), and the sex recorded on the other side."""
    says = sexes()[relation]
    known = (relation >= 0) & (says >= 0) & (sex >= 0)
    return Block(
        "person", about, ("sex as the relation says", "sex not as the relation says"),
        *which(known & (says == sex), known & (says != sex)),
    )  # fmt: skip

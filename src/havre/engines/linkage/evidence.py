# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is observed of a pair: a pure function from columns of two lists to columns of features.

Each feature belongs to one part of ``Bits`` and carries one weight in bits; what is unknown is a row of zeros and
says nothing. The same functions serve a link against a link, a link against a person, and a person against a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from havre.engines.linkage.columns import NONE, Columns
from havre.engines.linkage.relations import relations
from havre.engines.linkage.texts import Texts
from havre.engines.names.arrays import Flags, Floats, Indices
from havre.engines.names.compare import hats

NAME_KNOTS = np.array([-7, -4.5, -2.5, -1, 0.5, 2, 3.5, 5], np.float32)
"""Bits of the name comparison, between which weights are straight lines."""
RARITY_KNOTS = np.array([0, 4, 8, 13, 19], np.float32)
"""Bits of rarity of the words that agree."""
PLACE_KNOTS = np.array([-7, -4, -1, 2, 5], np.float32)
PLACE_RARITY_KNOTS = np.array([1, 4, 8], np.float32)
CHAIN_KNOTS = np.array([0, 3, 7, 12], np.float32)
"""Bits of rarity of the names that child and relative share."""
YEAR_KNOTS = np.array([0, 0.6, 1.2, 2.2, 3.5, 6, 10, 18], np.float32)
"""Years between the middles of two birth intervals."""
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Block:
    """Some features of n pairs that belong to one part."""

    part: str
    about: str
    """What was observed and of whom ("names child"): with it the reasons find their words."""
    names: tuple[str, ...]
    values: Floats
    """(n, features)"""


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


def best_spellings(texts: Texts, a: Said, b: Said) -> tuple[Indices, Indices, Floats, Floats]:
    """Of names and other names on both sides the two that agree best: their indices, bits and agreed rarity, (n,).

    Where one side has no name, the indices are NONE.
    """
    shape = len(a.at)
    texts.learn(
        *zip(
            *((a.columns.names[a.at, x], b.columns.names[b.at, y]) for x in range(2) for y in range(2)),
            strict=True,
        )
    )
    one, two = np.full(shape, NONE, np.intp), np.full(shape, NONE, np.intp)
    best, rare = np.full(shape, -np.inf, np.float32), np.zeros(shape, np.float32)
    for x in range(2):
        for y in range(2):
            na, nb = a.columns.names[a.at, x], b.columns.names[b.at, y]
            bits, agreed = texts.compare(na, nb)
            better = (na >= 0) & (nb >= 0) & (bits + 0.1 * agreed > best + 0.1 * rare)
            one[better], two[better] = na[better], nb[better]
            best[better], rare[better] = bits[better], agreed[better]
    return one, two, best, rare


def name_evidence(texts: Texts, a: Said, b: Said, who: str) -> Block:
    """The names of one person on both sides: how alike the best spellings are, and how rare the words that agree."""
    one, _, best, rare = best_spellings(texts, a, b)
    known = one != NONE
    values = hats(np.where(known, best, 0), NAME_KNOTS)[:, :, None] * hats(rare, RARITY_KNOTS)[:, None, :]
    values *= known[:, None, None]
    columns = grid(f"{who} names", NAME_KNOTS, RARITY_KNOTS)
    return Block("names", f"names {who}", columns, values.reshape(len(known), len(columns)))


def apart_evidence(texts: Texts, a: Said, b: Said) -> Block:
    """What tells a sibling from the same child registered twice: another own name, another day of birth."""
    one, two, _, _ = best_spellings(texts, a, b)
    day = a.columns.born_on_day[a.at] & b.columns.born_on_day[b.at]
    other_day = day & (a.columns.born_from[a.at] != b.columns.born_from[b.at])
    own = texts.own_missing(one, two)
    return Block("names", "apart", ("another own name", "another day"), flags(own, other_day))


def birth_evidence(a: Said, b: Said, who: str) -> Block:
    """Birth intervals: the same day, or how many years lie between their middles."""
    from_a, to_a = a.columns.born_from[a.at], a.columns.born_to[a.at]
    from_b, to_b = b.columns.born_from[b.at], b.columns.born_to[b.at]
    known = (from_a > 0) & (from_b > 0)
    middle = (from_a + to_a - from_b - to_b) / 2
    years = np.abs(middle).astype(np.float32) / np.float32(_YEAR)
    days = known & a.columns.born_on_day[a.at] & b.columns.born_on_day[b.at]
    same = days & (from_a == from_b)
    apart = known & ~same
    values = np.concatenate([same[:, None], hats(years, YEAR_KNOTS) * apart[:, None]], axis=1)
    return Block(
        "birth",
        f"birth {who}",
        (f"{who} same day", *grid(f"{who} years apart", YEAR_KNOTS)),
        values.astype(np.float32),
    )


def sex_evidence(a: Said, b: Said, who: str) -> Block:
    """Sex as recorded on both sides."""
    sex_a, sex_b = a.columns.sex[a.at], b.columns.sex[b.at]
    known = (sex_a >= 0) & (sex_b >= 0)
    same = sex_a == sex_b
    return Block(
        "person", f"sex {who}", (f"{who} sex same", f"{who} sex differs"), flags(known & same, known & ~same)
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
    return Block(
        "person",
        "nationality",
        ("nationality bits", "nationality differs"),
        np.stack([common, differs], axis=1),
    )


def place_evidence(texts: Texts, a: Indices, b: Indices, what: str) -> Block:
    """Two places as written: how alike they read, and how rare the place is."""
    bits, rare = texts.compare(a, b)
    known = (a >= 0) & (b >= 0)
    values = hats(bits, PLACE_KNOTS)[:, :, None] * hats(rare, PLACE_RARITY_KNOTS)[:, None, :]
    values *= known[:, None, None]
    columns = grid(what, PLACE_KNOTS, PLACE_RARITY_KNOTS)
    return Block("place", what, columns, values.reshape(len(a), len(columns)))


def digits_apart(x: Indices, y: Indices) -> Indices:
    """In how many of their last nine digits two numbers differ."""
    place = 10 ** np.arange(9)
    return np.asarray((x[:, None] // place % 10 != y[:, None] // place % 10).sum(axis=1))


def phone_evidence(a: Said, b: Said, who: str) -> Block:
    """Phone numbers: the same, one or two digits off, or another."""
    x, y = a.columns.phone[a.at], b.columns.phone[b.at]
    known = (x > 0) & (y > 0)
    wrong = digits_apart(x, y)
    columns = flags(known & (wrong == 0), known & (wrong > 0) & (wrong <= 2), known & (wrong > 2))
    return Block(
        "phone",
        f"phone {who}",
        tuple(f"{who} phone {what}" for what in ("same", "nearly same", "another")),
        columns,
    )


def chain_evidence(texts: Texts, a: Said, b: Said, related: Flags) -> Block:
    """Child and relative themselves: the names they share, in bits of rarity, and whether a father's line is said.

    A paternal uncle has the patronymics of the child; a maternal one has not. ``related`` is (n,).
    """
    _, shared = texts.compare(a.columns.names[a.at, 0], b.columns.names[b.at, 0])
    known = (a.columns.names[a.at, 0] >= 0) & (b.columns.names[b.at, 0] >= 0)
    near = hats(shared, CHAIN_KNOTS) * known[:, None]
    values = np.concatenate([near * related[:, None], near * ~related[:, None]], axis=1)
    names = (*grid("paternal chain", CHAIN_KNOTS), *grid("other chain", CHAIN_KNOTS))
    return Block("relation", "chain", names, values.astype(np.float32))


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
    words = list(relations().values())
    fits = np.array(
        [[other.key in one.inverse or one.key in other.inverse for other in words] for one in words]
    )
    kind = np.array([_kind(one.generation, one.key) for one in words])
    steps = np.array([[abs(one.generation + other.generation) for other in words] for one in words])
    known = (a >= 0) & (b >= 0)
    good = known & fits[a, b]
    by_kind = [good & (kind[a] == k) for k in range(len(KINDS))]
    near = known & ~good & (steps[a, b] == 0)
    columns = flags(*by_kind, near, known & ~good & ~near)
    return Block(
        "relation",
        "relation",
        (*(f"relation fits, {k}" for k in KINDS), "same generation", "relation differs"),
        columns,
    )


def relation_sex_evidence(relation: Indices, sex: Indices, about: str) -> Block:
    """The sex that a relation says (my uncle: male), and the sex recorded on the other side."""
    says = np.array([{"female": 0, "male": 1}.get(one.sex, -1) for one in relations().values()])[relation]
    known = (relation >= 0) & (says >= 0) & (sex >= 0)
    return Block(
        "person", about, ("sex as the relation says", "sex not as the relation says"),
        flags(known & (says == sex), known & (says != sex)),
    )  # fmt: skip


def flags(*columns: Flags) -> Floats:
    """Booleans as columns of 0 and 1."""
    return np.stack(columns, axis=1).astype(np.float32)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two small lists of invented people, and pairs between them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from havre.apps.tracing.report import Truth
from havre.engines.linkage.pairs import Bits, Pair
from havre.engines.linkage.records import (
    BirthInterval,
    BirthKind,
    Description,
    FamilyLink,
    Person,
    Sex,
    ShoreList,
    Unsaid,
)


@dataclass(frozen=True)
class Match:
    """What a report is made of."""

    a: ShoreList
    b: ShoreList
    pairs: tuple[Pair, ...]
    truth: Truth


def year(value: int) -> BirthInterval:
    return BirthInterval(date(value, 1, 1), date(value, 12, 31), BirthKind.YEAR)


def person(key: str, names: str, born: int, **more: object) -> Person:
    return Person(person_id=key, described=Description(names=names, birth=year(born), **more))  # type: ignore[arg-type]


def link(key: str, whose: str, relation: str, names: str) -> FamilyLink:
    return FamilyLink(link_id=key, person_id=whose, relation=relation, described=Description(names=names))


def pair(a: str, b: str, of_a: str, of_b: str, probability: float, names: float = 20.0) -> Pair:
    return Pair(
        link_a=a,
        link_b=b,
        person_a=of_a,
        person_b=of_b,
        bits=Bits(prior=-12, names=names, birth=2.5, place=-1.5),
        probability=probability,
        rivals=0,
    )


@pytest.fixture
def match() -> Match:
    """Two siblings and their uncle, a child whose aunt has not looked, a doubtful pair, a faint one."""
    a = ShoreList(
        people=(
            person("c1", "Amina حسام", 2002, sex=Sex.FEMALE, unsaid={"phone": Unsaid.REFUSED}),
            person("c2", "Yusuf حسام", 2004, sex=Sex.MALE),
            person("c3", "ኃይለ ማርያም", 2001),
            person("c4", '<script>alert("x")</script>', 2003),
        ),
        links=(
            link("a1", "c1", "uncle", "Karim Hosam"),
            link("a2", "c2", "uncle", "Kareem Hussam"),
            link("a3", "c3", "aunt", "Almaz Tesfay"),
            link("a4", "c4", "brother", 'O\'Neil & "Sons"'),
        ),
    )
    b = ShoreList(
        people=(
            person("r1", "Karim Hussam", 1975),
            person("r2", "አልማዝ ተስፋይ", 1980),
            person("r3", "{{ 7 * 7 }} /* fonts */", 1990),
        ),
        links=(
            link("b1", "r1", "niece", "Amina Hosam"),
            link("b2", "r1", "nephew", "Youssef Hosam"),
            link("b3", "r3", "brother", "Skript"),
        ),
    )
    pairs = (
        pair("a1", "b1", "c1", "r1", 0.991),
        pair("a2", "b2", "c2", "r1", 0.71),
        pair("a3", "", "c3", "r2", 0.95),
        pair("a4", "b3", "c4", "r3", 0.3),
        pair("a1", "b3", "c1", "r3", 0.02, names=-3.0),
    )
    return Match(a, b, pairs, Truth(frozenset({("a1", "b1"), ("a2", "b2")}), frozenset({("a3", "r2")})))


@pytest.fixture
def strong_match(match: Match) -> Match:
    """The same with every pair strong."""
    return replace(match, pairs=tuple(replace(one, probability=0.95) for one in match.pairs))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.scenario.births import age_on
from havre.scenario.chance import Dice
from havre.scenario.families import Families, Family
from havre.scenario.phones import Phones
from havre.scenario.tables import Kind, Shore, tables

KINDS = {kind.kin: kind for kind in tables().world.kinds.things}
SEEDS = st.integers(0, 10**6)


def families(seed: int) -> Families:
    counts = {Shore.FRANCE: 10, Shore.BRITAIN: 30}
    table = tables()
    phones = Phones(table.world.phones, table.rates, counts, Dice(seed, "phones"))
    return Families(table, phones, Dice(seed, "people"))


def kind_of(relation: str) -> Kind:
    return next(kind for kind in tables().world.kinds.things if kind.relation == relation)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_a_paternal_uncle_is_a_son_of_the_grandfather(seed: int) -> None:
    made = families(seed)
    family = made.family()
    [child] = made.children(family, 1)
    uncle = made.relative(family, kind_of("uncle (father's brother)"))
    assert uncle.fathers[0] == child.fathers[1]
    assert uncle.fathers[1] == child.fathers[2]
    assert uncle.family == child.family


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_a_maternal_uncle_comes_from_the_mothers_line(seed: int) -> None:
    made = families(seed)
    family = made.family()
    uncle = made.relative(family, kind_of("uncle (mother's brother)"))
    assert uncle.fathers == family.maternal
    assert uncle.family == family.mother_family


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_a_father_and_a_grandfather_stand_in_the_childs_own_chain(seed: int) -> None:
    made = families(seed)
    family = made.family()
    [child] = made.children(family, 1)
    father = made.relative(family, KINDS["father"])
    grandfather = made.relative(family, KINDS["grandfather"])
    assert (father.own, *father.fathers) == child.fathers
    assert (grandfather.own, *grandfather.fathers) == child.fathers[1:]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_cousins_share_a_grandfather_on_the_side_of_their_parent(seed: int) -> None:
    made = families(seed)
    family = made.family()
    assert made.relative(family, KINDS["father's sibling's child"]).fathers[1:] == family.paternal[1:]
    assert made.relative(family, KINDS["mother's sibling's child"]).fathers[1:] == family.maternal


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_brothers_share_the_father_and_not_the_name(seed: int) -> None:
    made = families(seed)
    family = made.family()
    children = made.children(family, 3)
    assert {child.fathers for child in children} == {family.paternal}
    assert len({child.own for child in children}) == 3
    for one, next_one in pairwise(children):
        apart = (next_one.birth - one.birth).days
        assert apart == 0 or apart >= 330


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from(sorted(KINDS)))
def test_children_are_children_and_relatives_adults(seed: int, kin: str) -> None:
    made, day = families(seed), tables().world.day
    family = made.family()
    assert all(7 <= age_on(child.birth, day) < 18 for child in made.children(family, 3))
    assert age_on(made.relative(family, KINDS[kin]).birth, day) >= 18


def test_a_family_like_another_shares_province_and_family_name_but_is_another() -> None:
    made = families(3)
    model = made.family()
    alike: list[Family] = [made.family(model) for _ in range(40)]
    assert {family.birthplace for family in alike} == {model.birthplace}
    assert {family.family for family in alike} == {model.family}
    assert model.paternal not in {family.paternal for family in alike}
    assert 8 < sum(family.paternal[0] == model.paternal[0] for family in alike) < 34


@pytest.mark.parametrize(
    ("code", "words"), [("SDN", {2, 3, 4}), ("ERI", {2, 3}), ("IRN", {2}), ("AFG", {1, 2, 3})]
)
def test_names_have_the_shape_of_their_people(code: str, words: set[int]) -> None:
    made = families(11)
    said = [being for being in (made.camp_adult() for _ in range(600)) if being.nationality.code == code]
    assert {len(being.words(being.shape)) for being in said} == words

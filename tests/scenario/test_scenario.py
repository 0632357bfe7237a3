# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
import hashlib
import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.linkage.records import BirthInterval
from havre.engines.linkage.relations import relations
from havre.scenario import Scenario, ScenarioError, make_scenario
from havre.scenario.births import years_before
from havre.scenario.tables import tables
from havre.words import Language

PRINT_DIGEST = """
import hashlib
from havre.scenario import make_scenario
print(hashlib.sha256(repr(make_scenario(700, 5)).encode()).hexdigest())
"""


def test_the_default_is_300_children_of_6500_people(calais: Scenario) -> None:
    children = len(calais.france.people) - registrations_too_many(calais)
    assert children == 300
    assert children + len(calais.camp) == 6500
    assert 880 <= len(calais.britain.people) <= 920


def registrations_too_many(scenario: Scenario) -> int:
    """Registrations beyond the first of each child."""
    return len({again for pair in scenario.truth.same for again in [max(pair)]})


def test_some_children_are_registered_more_than_once(calais: Scenario) -> None:
    assert 5 <= registrations_too_many(calais) <= 60
    by_id = {person.person_id: person for person in calais.france.people}
    for one, again in calais.truth.same:
        assert by_id[one].organisation != by_id[again].organisation


@settings(max_examples=8, deadline=None)
@given(people=st.integers(1, 400), seed=st.integers(-(2**40), 2**40))
def test_the_same_seed_gives_the_same_scenario_and_the_truth_names_entries_that_exist(
    people: int, seed: int
) -> None:
    scenario = make_scenario(people, seed)
    assert repr(scenario) == repr(make_scenario(people, seed))
    assert_truth_is_of(scenario)


def assert_truth_is_of(scenario: Scenario) -> None:
    links_france = {link.link_id for link in scenario.france.links}
    links_britain = {link.link_id: link for link in scenario.britain.links}
    people_france = {person.person_id for person in scenario.france.people}
    people_britain = {person.person_id for person in scenario.britain.people}
    truth = scenario.truth
    assert {a for a, _ in truth.pairs} | {a for a, _ in truth.people} <= links_france
    assert {b for _, b in truth.pairs} <= set(links_britain)
    assert {b for _, b in truth.people} <= people_britain
    assert {child for pair in truth.same for child in pair} <= people_france
    assert not {a for a, _ in truth.pairs} & {a for a, _ in truth.people}, "a link is true in one way only"
    assert len({a for a, _ in truth.pairs}) == len(truth.pairs)


def test_a_fresh_process_with_another_hash_seed_makes_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "77")
    }
    here = hashlib.sha256(repr(make_scenario(700, 5)).encode()).hexdigest()
    assert digests == {f"{here}\n"}


def test_another_seed_makes_other_people(calais: Scenario) -> None:
    other = make_scenario(seed=2017)
    ids = {person.person_id for person in calais.britain.people}
    assert ids.isdisjoint(person.person_id for person in other.britain.people)
    names = {person.described.names for person in calais.france.people}
    assert len(names & {person.described.names for person in other.france.people}) < len(names) / 3


def test_ids_are_opaque_and_never_given_twice(calais: Scenario) -> None:
    ids = [p.person_id for p in (*calais.france.people, *calais.britain.people, *calais.camp)]
    ids += [link.link_id for link in (*calais.france.links, *calais.britain.links)]
    assert len(set(ids)) == len(ids)
    assert {len(one) for one in ids} == {8}


def test_neither_ids_nor_order_tell_who_is_true(calais: Scenario) -> None:
    true = {b for _, b in calais.truth.pairs}
    orders = [
        [link.link_id for link in calais.britain.links],
        sorted(link.link_id for link in calais.britain.links),
    ]
    for order in orders:
        ranks = [place / len(order) for place, link in enumerate(order) if link in true]
        assert 0.42 < sum(ranks) / len(ranks) < 0.58  # four standard errors


def test_telephones_do_not_tell_who_is_true() -> None:
    scenario = make_scenario(people=1500, children=1500, seed=8)  # more adults than mobile numbers
    true = {b for _, b in scenario.truth.pairs}
    related = {link.person_id for link in scenario.britain.links if link.link_id in true}
    has = {person.person_id: bool(person.described.phone) for person in scenario.britain.people}
    share_true = sum(has[person] for person in related) / len(related)
    share_other = sum(phone for person, phone in has.items() if person not in related) / (
        len(has) - len(related)
    )
    assert share_true == pytest.approx(share_other, abs=0.06)


def test_every_registered_child_can_be_a_child_on_the_day(calais: Scenario) -> None:
    grown = years_before(tables().world.day, 18)
    births = [person.described.birth for person in calais.france.people]
    assert all(isinstance(birth, BirthInterval) and birth.latest > grown for birth in births)
    fourteen = years_before(tables().world.day, 14)
    teens = sum(birth.earliest <= fourteen for birth in births if birth)
    assert teens / len(births) > 0.75


def test_every_adult_of_britain_is_an_adult(calais: Scenario) -> None:
    grown = years_before(tables().world.day, 18)
    for person in calais.britain.people:
        assert person.described.birth is not None
        assert person.described.birth.earliest <= grown


def test_nine_children_in_ten_are_boys(calais: Scenario) -> None:
    sexes = Counter(person.described.sex for person in calais.france.people)
    assert 0.84 < sexes["male"] / (sexes["male"] + sexes["female"]) < 0.96  # type: ignore[index]


def test_nationalities_are_near_the_table(calais: Scenario) -> None:
    for people, share_of, allowed in ((calais.camp, "camp", 0.02), (calais.france.people, "children", 0.09)):
        said = [p.described.nationality for p in people if p.described.nationality]
        shares = {code: n / len(said) for code, n in Counter(said).items()}
        for nationality in tables().nationalities:
            expected = getattr(nationality, share_of)
            assert shares.get(nationality.code, 0) == pytest.approx(expected, abs=allowed)


def test_birth_dates_are_as_offices_write_them(calais: Scenario) -> None:
    kinds = Counter(person.described.birth.kind for person in calais.france.people if person.described.birth)
    whole = len(calais.france.people)
    assert kinds["first_of_january"] / whole > 0.2  # type: ignore[index]
    assert kinds["year"] / whole > 0.05  # type: ignore[index]
    assert kinds["age"] / whole > 0.05  # type: ignore[index]


def test_relations_are_words_of_the_vocabulary(calais: Scenario) -> None:
    for link in (*calais.france.links, *calais.britain.links):
        assert link.relation == "" or link.relation in relations()


def test_true_links_have_relations_that_mostly_answer_each_other(calais: Scenario) -> None:
    france = {link.link_id: link.relation for link in calais.france.links}
    britain = {link.link_id: link.relation for link in calais.britain.links}
    said = [(france[a], britain[b]) for a, b in calais.truth.pairs if france[a] and britain[b]]
    answered = sum(b in relations()[a].inverse for a, b in said) / len(said)
    assert 0.75 < answered < 0.97


@pytest.mark.parametrize("people", [1000, 3000])
def test_lists_grow_in_proportion(people: int) -> None:
    scenario = make_scenario(people, children=people // 20)
    children = people // 20
    assert len(scenario.camp) == people - children
    assert 1.0 <= len(scenario.france.people) / children <= 1.25
    assert 1.1 <= len(scenario.france.links) / children <= 2.2
    assert 2.9 <= len(scenario.britain.people) / children <= 3.2
    assert 0.5 <= len(scenario.truth.pairs) / children <= 1.5


def test_some_relatives_have_not_named_the_child_and_some_are_not_there(calais: Scenario) -> None:
    links = len(calais.france.links)
    assert 0.05 < len(calais.truth.people) / links < 0.3
    assert 0.15 < 1 - (len(calais.truth.pairs) + len(calais.truth.people)) / links < 0.45


def test_siblings_name_the_same_relative(calais: Scenario) -> None:
    back = {link.link_id: link.person_id for link in calais.britain.links}
    front = {link.link_id: link.person_id for link in calais.france.links}
    same = {frozenset(pair) for pair in calais.truth.same}
    children: dict[str, set[str]] = {}
    for a, b in calais.truth.pairs:
        children.setdefault(back[b], set()).add(front[a])
    assert sum(len(found) > 1 and frozenset(found) not in same for found in children.values()) >= 10


def test_a_scenario_without_children_has_two_empty_lists() -> None:
    scenario = make_scenario(20, children=0)
    assert not scenario.france.people
    assert not scenario.britain.people
    assert len(scenario.camp) == 20


def test_progress_rises_and_changes_nothing() -> None:
    told: list[float] = []
    with_progress = make_scenario(500, seed=3, progress=told.append)
    assert told == sorted(told)
    assert 0.8 < told[-1] <= 1
    assert 20 < len(told) < 200
    assert repr(with_progress) == repr(make_scenario(500, seed=3))


def shared_first_words(noise: float) -> float:
    """The share of true pairs, both in Latin letters, in which both sides write the child's first word alike."""
    scenario = make_scenario(2000, children=200, seed=4, noise=noise)
    told = {link.link_id: link.described.names for link in scenario.britain.links}
    by = {link.link_id: link.person_id for link in scenario.france.links}
    names = {person.person_id: person.described.names for person in scenario.france.people}
    pairs = [(names[by[a]].split()[0], told[b].split()[0]) for a, b in scenario.truth.pairs]
    latin = [(a.lower(), b.lower()) for a, b in pairs if a.isascii() and b.isascii()]
    return sum(a == b for a, b in latin) / len(latin)


def test_noise_is_a_knob() -> None:
    silent, usual, loud = (shared_first_words(noise) for noise in (0.0, 1.0, 4.0))
    assert silent == 1
    assert 0.15 < usual < 0.6
    assert loud < usual


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"people": 0}, "people"),
        ({"people": 10, "children": 11}, "children"),
        ({"people": 10, "children": -1}, "children"),
        ({"noise": -0.1}, "noise"),
        ({"noise": float("nan")}, "noise"),
    ],
)
def test_what_cannot_be_made_is_refused_in_both_languages(arguments: dict[str, float], word: str) -> None:
    with pytest.raises(ScenarioError, match=word) as caught:
        make_scenario(**arguments)  # type: ignore[arg-type]
    assert caught.value.say(Language.FRENCH) != caught.value.say(Language.ENGLISH)

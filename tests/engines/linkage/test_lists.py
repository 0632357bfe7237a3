# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists become columns in an order of their own, candidates are the same from either side, and no list is too odd."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.linkage import FamilyLink, Person, ShoreList, batches, match, match_self, postings
from havre.engines.linkage.candidates import link_candidates, people_candidates, same_candidates
from havre.engines.linkage.columns import prepare
from havre.engines.linkage.meeting import Fact
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.postings import Rows, best, rows_of
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.records import BirthInterval, BirthKind, Description
from havre.engines.linkage.relating import fits
from havre.engines.linkage.relations import relations
from havre.engines.linkage.scoring import score_links
from havre.scenario import make_scenario
from havre.words import Language

EMPTY = ShoreList((), ())
ALI = Description(names="Ali Karimi", nationality="AFG")
UNSAID = Description()
NAMES = st.sampled_from(
    ["", "Ali", "Ali Karimi", "علی کریمی", "ኃይለ ማርያም", "Haji", "1999", "\u200f", "\0", "Al Haji"]
)
SAID = st.builds(
    Description,
    names=NAMES,
    other_names=NAMES,
    nationality=st.sampled_from(["", "AFG", "SDN"]),
    birthplace=NAMES,
    phone=st.sampled_from(["", "0612345678", "x"]),
)
KEYED = st.lists(st.frozensets(st.integers(0, 5), max_size=4), max_size=8)
WEIGHTS = np.array([2000, 5000, 7000, 20_000, 3000, 3000])
LEAST = 2500
FITS = np.array([[0, 0, 0], [0, 3000, -3000], [0, -3000, 3000]])


@st.composite
def small_lists(draw) -> ShoreList:
    people = [Person(person_id=f"p{n}", described=draw(SAID)) for n in range(draw(st.integers(0, 4)))]
    links = [
        FamilyLink(
            link_id=f"l{n}",
            person_id=draw(st.sampled_from(people)).person_id,
            relation=draw(st.sampled_from(["", "uncle", "brother", "nephew"])),
            described=draw(SAID),
        )
        for n in range(draw(st.integers(0, 4)) if people else 0)
    ]
    # Somebody who can be read, so that there is a word and a place at all; see the tests of what cannot.
    known = Person(person_id="known", described=replace(ALI, birthplace="Herat"))
    return ShoreList((*people, known), tuple(links))


@given(small_lists(), small_lists())
@settings(max_examples=12)
def test_no_small_lists_are_too_odd_to_be_matched(a, b):
    for pair in match(a, b):
        assert 0 <= pair.probability <= 1
        assert pair.why(Language.FRENCH)
    assert all(pair.person_a != pair.person_b for pair in match_self(a))


@pytest.mark.parametrize("other", [EMPTY, ShoreList((Person(person_id="p", described=ALI),), ())])
def test_an_empty_list_gives_no_pairs(camp, other):
    full = camp(8).scenario.france
    assert match(EMPTY, full) == match(full, EMPTY) == match(EMPTY, other) == match(other, EMPTY) == ()
    assert match_self(other) == ()


def test_lists_without_links_give_no_pairs(camp):
    a, b = (replace(lst, links=()) for lst in camp(8).lists)
    assert match(a, b) == ()


def test_a_list_whose_people_have_named_nobody_gives_persons_only(camp):
    a, b = camp(8).lists
    pairs = match(a, replace(b, links=()))
    assert pairs
    assert all(pair.link_a and not pair.link_b for pair in pairs)


def test_two_people_who_name_each_other_across_scripts_are_found_among_others(camp, list_of):
    zmaray, omid = Description(names="Zmaray Wardak"), Description(names="Omid Wardak", nationality="AFG")
    a = list_of(("child", omid, {"uncle": zmaray}))
    b = list_of(
        ("uncle", replace(zmaray, names="زمری وردک"), {"nephew": replace(omid, names="Omeed Vardak")})
    )
    a, b = (
        ShoreList((*lst.people, *more.people), (*lst.links, *more.links))
        for lst, more in zip(camp(6).lists, (a, b), strict=True)
    )
    first = next(pair for pair in match(a, b) if pair.person_a == "child")
    assert (first.link_a, first.link_b, first.person_b) == ("child-0", "uncle-0", "uncle")
    assert first.probability >= 0.5
    assert first.bits.names > 0 < first.bits.relation


@pytest.mark.parametrize("names", ["", "1999", "-"])
def test_lists_without_a_name_that_can_be_read_give_no_error(list_of, names):
    said = Description(names=names, nationality="AFG", phone="0612345678", birthplace="-")
    lists = [list_of((key, said, {"uncle": said})) for key in "xy"]
    assert all(0 <= pair.probability <= 1 for pair in match(*lists))


def test_people_who_say_nothing_are_paired_with_nobody(list_of):
    quiet = list_of(*((str(n), UNSAID, {"": UNSAID}) for n in range(5)))
    spoken = list_of(("ali", ALI, {"uncle": ALI}))
    assert match(quiet, spoken) == match(spoken, quiet) == ()


@pytest.mark.parametrize("side", [0, 1])
def test_the_same_list_gives_the_same_columns_in_whatever_order_it_came(camp, side):
    lst, chance = camp(6).lists[side], random.Random(7)  # noqa: S311
    other = ShoreList(
        tuple(chance.sample(lst.people, len(lst.people))), tuple(chance.sample(lst.links, len(lst.links)))
    )
    one, two = (prepare(each, EMPTY).a for each in (lst, other))
    assert one.people == two.people
    assert one.links == two.links
    for name in ("names", "sex", "born_from", "born_to", "nationality", "birthplace", "town", "phone"):
        for x, y in ((one.of_people, two.of_people), (one.of_links, two.of_links)):
            assert getattr(x, name).tolist() == getattr(y, name).tolist()


def test_columns_say_who_speaks_and_how_they_call_the_other(camp):
    lst = camp(6).scenario.france
    columns = prepare(lst, EMPTY).a
    words = list(relations())
    for link, person, relation in zip(columns.links, columns.declarant, columns.relation, strict=True):
        assert columns.people[person].person_id == link.person_id
        assert relation == (words.index(link.relation) if link.relation else -1)


@pytest.mark.parametrize("seed", [6, 8])
def test_candidates_are_the_same_from_either_side(camp, seed):
    prepared = prepare(*camp(seed).lists)
    rarities = Rarities.of(prepared)
    i, j = link_candidates(prepared, rarities)
    k, m = link_candidates(prepared.swapped(), rarities)
    assert len(i)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == set(zip(m.tolist(), k.tolist(), strict=True))


def table(rows: list[frozenset[int]], facts: np.ndarray | None = None) -> Rows:
    keyed = [(n, key) for n, row in enumerate(rows) for key in row]
    row, key = np.array(keyed, np.intp).reshape(-1, 2).T
    return rows_of(len(rows), row, key, np.zeros((len(rows), Fact.WIDTH), int) if facts is None else facts)


def found(a: Rows, b: Rows, most: int) -> list[tuple[int, int]]:
    i, j = best(a, b, WEIGHTS, FITS, least=LEAST, most=most)
    return list(zip(i.tolist(), j.tolist(), strict=True))


@given(KEYED, KEYED, st.integers(1, 3))
def test_each_row_keeps_its_best_and_what_ties_with_the_last_unless_those_are_too_many(a, b, most):
    pairs = found(table(a), table(b), most)
    assert pairs == sorted(set(pairs))
    for i, row in enumerate(a):
        bits = {j: sum(int(WEIGHTS[key]) for key in row & other) for j, other in enumerate(b)}
        enough = sorted((each for each in bits.values() if each >= LEAST), reverse=True)
        last = enough[:most][-1] if enough else 0
        kept = {j for j, each in bits.items() if each >= max(LEAST, last)}
        if len(kept) > 2 * most:
            kept = {j for j in kept if bits[j] > last}
        assert {j for x, j in pairs if x == i} == kept


@pytest.mark.parametrize("common", [0, 1, 2])
def test_a_key_that_many_hold_makes_nobody_meet_but_two_of_them_do(common, monkeypatch):
    monkeypatch.setattr(postings, "COMMON", common)
    a = table([frozenset({1, 2}), frozenset({1, 3})])
    b = table([frozenset({1}), frozenset({1, 2}), frozenset({2, 3})])
    meet = {0: [], 1: [(0, 1), (1, 2)], 2: [(i, j) for i in range(2) for j in range(3)]}
    assert found(a, b, 5) == meet[common]


@pytest.mark.parametrize(("common", "born", "meets"), [(1, 2002, True), (1, 1999, False), (300, 1999, True)])
def test_one_common_name_and_nearly_the_same_age_make_two_links_meet(
    common, born, meets, list_of, monkeypatch
):
    monkeypatch.setattr(postings, "COMMON", common)

    def zmaray(year: int) -> Description:
        return Description(
            names="Zmaray", birth=BirthInterval(date(year, 1, 1), date(year, 12, 31), BirthKind.YEAR)
        )

    others = [(f"other {n}", Description(names="Omid"), {}) for n in range(100)]
    a = list_of(("child", zmaray(2003), {"uncle": UNSAID}), ("old", zmaray(1900), {"uncle": UNSAID}))
    b = list_of(
        ("uncle", UNSAID, {"nephew": zmaray(born)}), ("old", UNSAID, {"nephew": zmaray(1950)}), *others
    )
    prepared = prepare(a, b)
    found = {
        (prepared.a.links[i].person_id, prepared.b.links[j].person_id)
        for i, j in zip(*link_candidates(prepared, Rarities.of(prepared)), strict=True)
    }
    assert (("child", "uncle") in found) == meets


@pytest.mark.parametrize(
    ("column", "one", "other", "against"),
    [
        (Fact.SEX, 1, 2, 2000), (Fact.SEX, 0, 2, 0), (Fact.NATION, 1, 2, 3000), (Fact.NATION, 2, 2, 0),
        (Fact.BIRTH, 730_000, 731_200, 700), (Fact.BIRTH, 0, 731_200, 0), (Fact.BIRTH, 730_000, 740_000, 5000),
        (Fact.PHONE, 612345678, 612345687, 0), (Fact.PHONE, 612345678, 699887766, 3000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("person", [0, 1])
def test_what_else_is_known_speaks_against_a_candidate(column, one, other, against, person):
    def row(value: int) -> np.ndarray:
        facts = np.zeros((1, Fact.WIDTH), int)
        facts[0, person * Fact.EACH + column] = value
        return facts

    a, b = table([frozenset({1})], row(one)), table([frozenset({1})], row(other))
    weights = np.array([0, LEAST + against])
    assert [each.tolist() for each in best(a, b, weights, FITS, least=LEAST, most=1)] == [[0], [0]]
    assert [each.tolist() for each in best(a, b, weights - 1, FITS, least=LEAST, most=1)] == [[], []]


@pytest.mark.parametrize(
    ("column", "said", "fitting", "other"),
    [
        (Fact.SEX, 1, 1, 0), (Fact.BIRTH, 730_000, 730_300, 0), (Fact.BIRTH, 730_000, 730_000, 731_000),
        (Fact.RELATION, 1, 1, 0), (Fact.RELATION, 1, 0, 2),
    ],
)  # fmt: skip
def test_of_two_that_share_the_same_keys_the_one_of_whom_more_fits_comes_first(column, said, fitting, other):
    facts_a, facts_b = np.zeros((1, Fact.WIDTH), int), np.zeros((2, Fact.WIDTH), int)
    facts_a[0, column], facts_b[:, column] = said, (other, fitting)
    a, b = table([frozenset({1})], facts_a), table([frozenset({1})] * 2, facts_b)
    assert found(a, b, 1) == [(0, 1)]


def test_who_would_meet_too_many_meets_those_first_with_whom_they_share_what_few_hold(monkeypatch):
    monkeypatch.setattr(postings, "MOST_MET", 2)
    a, b = table([frozenset({1, 2})]), table([frozenset({1})] * 2 + [frozenset({2})])
    assert found(a, b, 5) == [(0, 2)]


def test_candidates_of_nobody_are_none():
    nobody, somebody = table([]), table([frozenset({3})])
    for a, b in ((nobody, nobody), (nobody, somebody), (somebody, nobody)):
        for each in best(a, b, WEIGHTS, FITS, least=LEAST, most=3):
            assert each.tolist() == []
            assert each.dtype == np.intp


def test_of_one_list_each_two_people_are_candidates_once_and_nobody_with_themselves(camp):
    lst = camp(6).scenario.france
    prepared = prepare(lst, lst)
    i, j = same_candidates(prepared, Rarities.of(prepared))
    pairs = list(zip(i.tolist(), j.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert pairs
    assert (i < j).all()


def test_true_pairs_are_among_few_candidates():
    made = make_scenario(300, 5, children=300)
    prepared = prepare(made.france, made.britain)
    rarities = Rarities.of(prepared)
    links = {
        (prepared.a.links[i].link_id, prepared.b.links[j].link_id)
        for i, j in zip(*link_candidates(prepared, rarities), strict=True)
    }
    people = {
        (prepared.a.links[i].link_id, prepared.b.people[j].person_id)
        for i, j in zip(*people_candidates(prepared, rarities), strict=True)
    }
    assert len(links.intersection(made.truth.pairs)) >= 0.98 * len(made.truth.pairs)
    assert len(people.intersection(made.truth.people)) >= 0.9 * len(made.truth.people)
    assert max(len(links), len(people)) <= 60 * len(prepared.a.links)


@pytest.mark.parametrize("parts", [1, 3])
def test_links_in_batches_have_the_evidence_that_they_have_in_their_lists(camp, parts):
    lists, weights = camp(6).lists, camp(6).weights
    prepared = prepare(*lists)
    scored = score_links(prepared, Observer(prepared, weights.rarities), weights.rarities)
    for rows in np.array_split(np.arange(len(scored.i)), parts):
        a, b = (
            batches.link_rows(lst, (columns.links[k] for k in at[rows]))
            for lst, columns, at in zip(lists, (prepared.a, prepared.b), (scored.i, scored.j), strict=True)
        )
        assert a.keys() == batches.COLUMNS.keys()
        assert batches.score(a, b, weights) == pytest.approx(scored.evidence[rows], abs=1e-3)


def test_relations_fit_whichever_side_says_which():
    words = list(relations())
    inverse, level = fits()
    assert (inverse == inverse.T).all()
    assert (level == level.T).all()
    uncle, nephew, father = (words.index(word) for word in ("uncle", "nephew", "father"))
    assert inverse[uncle, nephew]
    assert not inverse[father, nephew]
    assert level[father, nephew]
    assert not level[father, uncle]

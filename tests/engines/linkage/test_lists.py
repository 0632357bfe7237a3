# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists become columns in an order of their own, candidates are the same from either side, and no list is too odd."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.linkage import FamilyLink, Person, ShoreList, match, match_self
from havre.engines.linkage.candidates import LEAST_BITS, best, link_candidates, shared
from havre.engines.linkage.columns import prepare
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.records import Description
from havre.engines.linkage.relations import relations
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
KEYS = st.text("abcdef", min_size=1, max_size=1)
KEYED = st.lists(st.dictionaries(KEYS, st.sampled_from([2.0, 5.0, 7.0, 20.0]), max_size=4), max_size=8)


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


@given(KEYED, KEYED, st.integers(1, 3))
def test_each_row_keeps_its_best_on_either_side_and_none_below_the_least(a, b, most):
    def bits(x: dict[str, float], y: dict[str, float]) -> float:
        return sum(x[key] for key in x.keys() & y.keys())

    found = {(int(i), int(j)) for i, j in zip(*best(a, b, most), strict=True)}
    for i, row in enumerate(a):
        enough = sorted((bits(row, other) for other in b if bits(row, other) >= LEAST_BITS), reverse=True)
        least = enough[:most][-1] if enough else 0
        assert {j for x, j in found if x == i} == {
            j for j, other in enumerate(b) if bits(row, other) >= max(LEAST_BITS, least)
        }


@given(KEYED, KEYED, st.integers(1, 3))
def test_shared_candidates_are_symmetric(a, b, most):
    # The same key weighs the same on both sides.
    weight = {key: 2.0 + n for n, key in enumerate("abcdef")}
    a, b = ([{key: weight[key] for key in row} for row in rows] for rows in (a, b))
    there = {(int(i), int(j)) for i, j in zip(*shared(a, b, most=most), strict=True)}
    back = {(int(j), int(i)) for i, j in zip(*shared(b, a, most=most), strict=True)}
    assert there == back


def test_candidates_of_nobody_are_none():
    for rows in (best([], []), shared([], [{"a": 9.0}]), shared([{"a": 9.0}], [])):
        assert [each.tolist() for each in rows] == [[], []]
        assert all(each.dtype == np.intp for each in rows)

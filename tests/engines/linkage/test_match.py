# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the match of two lists promises, whatever the order, the ids, and who else is there."""

import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.linkage import (
    Band,
    FamilyLink,
    Pair,
    Person,
    ShoreList,
    estimate_weights,
    match,
    match_self,
    matching,
)
from havre.engines.linkage.matching import LEAST_PROBABILITY
from havre.engines.linkage.reasons import LEAST_BITS
from havre.engines.linkage.records import Description, Sex
from havre.scenario import make_scenario
from havre.words import Language

SEEDS = st.sampled_from((6, 8, 13))
"""Camps with siblings, with relatives who have not looked, and with children registered twice and three times."""
FEW = settings(max_examples=4)
NEWCOMER = Person(person_id="new", described=Description(names="Zzyxo Quuvv", nationality="ISL"))
NEW_LINK = FamilyLink(
    link_id="new-link",
    person_id="new",
    relation="uncle",
    described=Description(names="Vjjup Ozzwy", nationality="ISL"),
)


def key(pair: Pair) -> tuple[str, str, str, str]:
    return pair.link_a, pair.link_b, pair.person_a, pair.person_b


def shuffled(lst: ShoreList, chance: random.Random) -> ShoreList:
    return ShoreList(
        tuple(chance.sample(lst.people, len(lst.people))), tuple(chance.sample(lst.links, len(lst.links)))
    )


def renamed(lst: ShoreList, chance: random.Random) -> tuple[ShoreList, dict[str, str]]:
    """The list with other ids, in another alphabetical order; and new id to old id."""
    old = [person.person_id for person in lst.people] + [link.link_id for link in lst.links]
    numbers = chance.sample(range(10**6), len(old))
    new = {each: f"{number:06}" for each, number in zip(old, numbers, strict=True)}
    people = (replace(person, person_id=new[person.person_id]) for person in lst.people)
    links = (replace(link, link_id=new[link.link_id], person_id=new[link.person_id]) for link in lst.links)
    return ShoreList(tuple(people), tuple(links)), {"": "", **{value: each for each, value in new.items()}}


def with_more(lst: ShoreList, *links: FamilyLink) -> ShoreList:
    return ShoreList((*lst.people, NEWCOMER), (*lst.links, *links))


def of_the_others(pairs: tuple[Pair, ...]) -> list[Pair]:
    return [pair for pair in pairs if "new" not in (pair.person_a, pair.person_b)]


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(camp, seed, chance):
    a, b = camp(seed).lists
    assert match(shuffled(a, chance), shuffled(b, chance)) == camp(seed).pairs


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_other_ids_change_nothing_else_not_even_the_order_of_rows(camp, seed, chance):
    (a, was_a), (b, was_b) = (renamed(lst, chance) for lst in camp(seed).lists)
    back = tuple(
        replace(
            pair,
            link_a=was_a[pair.link_a],
            person_a=was_a[pair.person_a],
            link_b=was_b[pair.link_b],
            person_b=was_b[pair.person_b],
        )
        for pair in match(a, b)
    )
    assert back == camp(seed).pairs


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_other_ids_and_another_order_change_nothing_in_a_list_matched_with_itself(camp, seed, chance):
    lst = camp(seed).scenario.france
    other, was = renamed(shuffled(lst, chance), chance)
    back = tuple(
        replace(pair, person_a=was[pair.person_a], person_b=was[pair.person_b]) for pair in match_self(other)
    )
    assert back == match_self(lst)


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_swapped_lists_give_the_mirrored_pairs(camp, seed):
    a, b = camp(seed).lists
    # Below that, only the first few of each link of the first list are kept.
    there = {key(pair): pair for pair in camp(seed).pairs if pair.probability >= LEAST_PROBABILITY}
    back = {
        (pair.link_b, pair.link_a, pair.person_b, pair.person_a): pair
        for pair in match(b, a)
        if pair.probability >= LEAST_PROBABILITY
    }
    assert there.keys() == back.keys()
    for each, pair in there.items():
        assert (back[each].probability, back[each].bits, back[each].rivals) == (
            pair.probability,
            pair.bits,
            pair.rivals,
        )


@pytest.mark.parametrize("seed", [6, 8])
def test_the_weights_that_a_match_finds_for_itself_give_the_same_pairs(camp, seed):
    assert match(*camp(seed).lists, weights=camp(seed).weights) == camp(seed).pairs


def test_swapped_weights_serve_the_swapped_lists(camp):
    a, b = camp(8).lists
    assert match(b, a, weights=camp(8).weights.swapped()) == match(b, a)
    assert estimate_weights(b, a).pairs == pytest.approx(camp(8).weights.pairs, rel=1e-6)


@pytest.mark.parametrize("links", [(), (NEW_LINK,)], ids=["a person", "a person with a link"])
@pytest.mark.parametrize("side", [0, 1], ids=["list a", "list b"])
def test_with_fixed_weights_somebody_unrelated_changes_no_evidence(camp, side, links):
    here = camp(6)
    lists = list(here.lists)
    lists[side] = with_more(lists[side], *links)
    before = {key(pair): pair for pair in here.pairs}
    after = {key(pair): pair for pair in of_the_others(match(lists[0], lists[1], weights=here.weights))}
    told = [each for each in before if before[each].probability >= 2 * LEAST_PROBABILITY]
    assert told
    assert set(told) <= after.keys()
    for each in before.keys() & after.keys():
        one, two = before[each].bits.parts(), after[each].bits.parts()
        for part in set(one) - {"prior", "siblings"}:
            assert one[part] == two[part]


@pytest.mark.parametrize("links", [(), (NEW_LINK,)], ids=["a person", "a person with a link"])
@pytest.mark.parametrize("side", [0, 1], ids=["list a", "list b"])
def test_with_fixed_weights_somebody_unrelated_changes_nothing_at_all(camp, side, links):
    here = camp(6)
    lists = list(here.lists)
    lists[side] = with_more(lists[side], *links)
    assert of_the_others(match(lists[0], lists[1], weights=here.weights)) == list(here.pairs)


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_the_total_is_the_sum_of_its_parts_and_a_part_the_sum_of_its_reasons(camp, seed):
    for pair in camp(seed).pairs:
        parts = pair.bits.parts()
        assert pair.bits.total == pytest.approx(sum(parts.values()))
        told = defaultdict(list)
        for reason in pair.reasons:
            told[reason.part].append(reason.bits)
        assert set(told) <= set(parts)
        for part, bits in parts.items():
            # What weighs next to nothing is not told: a part has at most five kinds of observations.
            untold = 5 * LEAST_BITS + 0.001
            assert sum(told[part]) == pytest.approx(bits, abs=untold)
            assert all(abs(each) >= LEAST_BITS for each in told[part] if part != "prior")


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_pairs_come_with_a_band_reasons_in_both_languages_and_the_most_probable_first(camp, seed):
    a, b = camp(seed).lists
    people = [{person.person_id for person in lst.people} for lst in (a, b)]
    speaks = [{link.link_id: link.person_id for link in lst.links} for lst in (a, b)]
    pairs = camp(seed).pairs
    assert [pair.probability for pair in pairs] == sorted((pair.probability for pair in pairs), reverse=True)
    assert len({key(pair) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert pair.band is Band.of(pair.probability)
        assert 0 <= pair.probability <= 1
        assert pair.probability == round(pair.probability, 6)
        assert pair.link_a or pair.link_b
        assert pair.person_a in people[0]
        assert pair.person_b in people[1]
        assert not pair.link_a or speaks[0][pair.link_a] == pair.person_a
        assert not pair.link_b or speaks[1][pair.link_b] == pair.person_b
        assert all(pair.why(language) for language in Language)
        assert [reason.part for reason in pair.reasons][:1] == ["prior"]


@pytest.mark.parametrize(
    ("probability", "band"),
    [(1, "strong"), (0.9, "strong"), (0.899999, "likely"), (0.5, "likely"), (0.499999, "doubtful"), (0.1, "doubtful"),
     (0.099999, "faint"), (0, "faint")],
)  # fmt: skip
def test_the_band_follows_the_probability(probability, band):
    assert Band.of(probability) == band


def registered_again(lst: ShoreList) -> dict[str, int]:
    """Person to a number that is the same for registrations taken for one person."""
    group = {person.person_id: n for n, person in enumerate(lst.people)}
    for pair in match_self(lst):
        if pair.probability >= 0.5:
            one, other = group[pair.person_a], group[pair.person_b]
            group = {person: one if number == other else number for person, number in group.items()}
    return group


@pytest.mark.parametrize("seed", [6, 8, 13])
@pytest.mark.parametrize("side", ["a", "b"])
def test_all_proposals_of_one_link_share_one_probability(camp, seed, side):
    other = "b" if side == "a" else "a"
    group = registered_again(camp(seed).lists[other == "b"])
    share: defaultdict[str, defaultdict[object, float]] = defaultdict(lambda: defaultdict(float))
    for pair in camp(seed).pairs:
        if link := getattr(pair, f"link_{side}"):
            # Two registrations of one person do not compete: their links count once, the likeliest.
            person = getattr(pair, f"person_{other}")
            whom = (group[person],) if getattr(pair, f"link_{other}") else person
            share[link][whom] = max(share[link][whom], pair.probability)
    assert share
    # Each summand is rounded to six digits.
    assert all(sum(of_link.values()) <= 1 + 1e-6 * (1 + len(of_link)) for of_link in share.values())


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_rivals_are_the_other_proposals_of_either_link(camp, seed):
    # Proposals of 0.01 and more are all kept, so that they can be counted.
    notable = [pair for pair in camp(seed).pairs if pair.probability >= 0.01 + 1e-6]
    for pair in notable:
        others = [
            other
            for other in notable
            if other is not pair
            and (
                (pair.link_a and other.link_a == pair.link_a) or (pair.link_b and other.link_b == pair.link_b)
            )
        ]
        same_b = [other for other in others if other.link_a == pair.link_a and other.link_b == pair.link_b]
        assert abs(pair.rivals - len(others)) <= len(same_b)


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_a_child_registered_twice_is_found_and_nobody_is_taken_for_themselves(camp, seed):
    made = camp(seed).scenario
    pairs = match_self(made.france)
    found = {tuple(sorted((pair.person_a, pair.person_b))): pair for pair in pairs}
    assert len(found) == len(pairs)
    assert all(pair.person_a != pair.person_b and not pair.link_a and not pair.link_b for pair in pairs)
    true = {tuple(sorted(each)) for each in made.truth.same}
    likely = {each for each, pair in found.items() if pair.probability >= 0.5}
    assert true <= found.keys()
    assert len(true & likely) >= len(true) / 2


def test_registrations_known_to_be_one_person_do_not_compete(camp, list_of, monkeypatch):
    monkeypatch.setattr(matching, "SAME", 1.1)  # nobody is taken for one person but by those who know
    omid = Description(names="Omid Wardak", sex=Sex.MALE, nationality="AFG", birthplace="Kunduz")
    uncle = Description(
        names="Zmaray Wardak", sex=Sex.MALE, nationality="AFG", birthplace="Kunduz", phone="0612345678"
    )
    a = list_of(("once", omid, {"uncle": uncle}), ("again", omid, {"uncle": uncle}))
    b = list_of(("uncle", uncle, {"nephew": omid}))
    a, b = (
        ShoreList((*lst.people, *more.people), (*lst.links, *more.links))
        for lst, more in zip(camp(6).lists, (a, b), strict=True)
    )
    apart, together = (
        {pair.link_a: pair.probability for pair in match(a, b, groups=groups) if pair.link_b == "uncle-0"}
        for groups in ((), (("once", "again", "somebody else"),))
    )
    assert apart["once-0"] + apart["again-0"] <= 1 + 1e-6
    assert together["once-0"] > apart["once-0"]
    assert together["again-0"] > apart["again-0"]
    assert together["once-0"] + together["again-0"] > 1.2


def test_progress_is_told_from_little_to_all(camp):
    told: list[float] = []
    match(*camp(8).lists, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert all(0 <= share <= 1 for share in told)


def test_people_with_hardly_any_odds_are_left_out_and_change_nothing(monkeypatch):
    made = make_scenario(100, 5, children=100)

    def proposed() -> tuple[int, dict[tuple[str, str, str, str], float]]:
        run = matching._Match(made.france, made.britain, None, (), lambda _: None)
        pairs = {(p.link_a, p.link_b, p.person_a, p.person_b): p.probability for p in run.pairs()}
        return len(run._people_of_a.i), pairs

    fewer, some = proposed()
    monkeypatch.setattr(matching, "NEGLIGIBLE", -60.0)
    more, every = proposed()
    assert fewer < more
    assert some.keys() == every.keys()
    assert list(some.values()) == pytest.approx([every[pair] for pair in some], abs=1e-3)

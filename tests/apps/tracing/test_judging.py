# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of a pair when a match finds it: the rules, without a database."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.apps.tracing.actions.finding import Found, Key, Whose, evidence
from havre.apps.tracing.actions.judging import Fate, Known, Reunited, fate_of, one_for_each
from havre.apps.tracing.actions.prints import link_print, pair_print, person_print
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries.rules import RULES
from havre.core.accounts.enums import Shore
from havre.engines.linkage import Bits, FamilyLink, Pair, Person
from havre.engines.linkage.records import Description

S = PairState
HERE = uuid4()


def found(names: float = 5.0, *, key: Key | None = None, people: tuple[UUID, UUID] | None = None) -> Found:
    pair = Pair(
        link_a="",
        link_b="",
        person_a="",
        person_b="",
        bits=Bits(prior=-9.0, names=names),
        probability=0.5,
        rivals=0,
    )
    a, b = people or (uuid4(), uuid4())
    return Found(key or Key(uuid4(), uuid4(), uuid4(), uuid4()), Whose(HERE, a), Whose(HERE, b), pair)


def known(each: Found, state: PairState, *, fingerprint: str = "before", weight: float = 5.0) -> Known:
    return Known(uuid4(), each.key, each.people, Shore.FRANCE, state, fingerprint, weight)


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        (None, Fate.NEW),
        (S.PROPOSED, Fate.WEIGH),
        (S.CONFIRMED, Fate.WEIGH),
        (S.VERIFIED, Fate.WEIGH),
        (S.REUNITED, Fate.WEIGH),
        (S.WITHDRAWN, Fate.RETURN),
        (S.ELSEWHERE, Fate.LEAVE),
        (S.REJECTED, Fate.LEAVE),
    ],
)
def test_a_decision_stays(state: PairState | None, fate: Fate) -> None:
    each = found()
    before = known(each, state) if state else None
    assert fate_of(before, each, lambda: "before", closed=False) is fate


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        (None, Fate.LEAVE),
        (S.PROPOSED, Fate.FADE),
        (S.WITHDRAWN, Fate.LEAVE),
        (S.REJECTED, Fate.LEAVE),
        (S.CONFIRMED, Fate.WEIGH),
        (S.REUNITED, Fate.WEIGH),
    ],
)
def test_nothing_is_proposed_of_a_child_who_was_reunited(state: PairState | None, fate: Fate) -> None:
    each = found(names=50.0)
    before = known(each, state) if state else None
    assert fate_of(before, each, lambda: "after", closed=True) is fate


@given(risen=st.floats(-20, 20), changed=st.booleans())
def test_a_rejected_pair_comes_back_only_where_something_changed_and_says_more(
    risen: float, changed: bool
) -> None:
    each = found(names=5.0 + risen)
    fate = fate_of(known(each, S.REJECTED), each, lambda: "after" if changed else "before", closed=False)
    enough = evidence(each.pair) - 5.0 >= RULES.come_back_bits
    assert (fate is Fate.COME_BACK) == (changed and enough)


def test_the_length_of_the_lists_alone_is_no_evidence() -> None:
    each = found()
    longer = replace(each.pair, bits=replace(each.pair.bits, prior=-2.0))
    assert evidence(longer) == evidence(each.pair) == 5.0


# --- reunited ----------------------------------------------------------------------------------------------------


def test_a_reunion_closes_its_links_and_its_child_and_not_itself_nor_a_sibling() -> None:
    one = found()
    reunited = Reunited([known(one, S.REUNITED)], {})
    same_link = found(key=Key(uuid4(), uuid4(), uuid4(), one.key.link_b))
    same_child = found(people=(one.people[0], uuid4()))
    sibling = found(people=(uuid4(), one.people[1]), key=Key(uuid4(), uuid4(), one.key.registration_b, None))
    closes = [reunited.closes(each, Shore.FRANCE) for each in (one, same_link, same_child, sibling)]
    assert closes == [False, True, True, False]


def test_a_child_who_was_grouped_since_is_still_the_reunited_child() -> None:
    one, person = found(), uuid4()
    now = {one.key.registration_a: Whose(HERE, person)}
    assert Reunited([known(one, S.REUNITED)], now).closes(found(people=(person, uuid4())), Shore.FRANCE)


# --- one pair for two people -------------------------------------------------------------------------------------


def of_one_child(n: int) -> list[Found]:
    """Pairs of several registrations of one child with one relative, the most probable first."""
    people, relative = (uuid4(), uuid4()), uuid4()
    return [found(key=Key(uuid4(), uuid4(), relative, uuid4()), people=people) for _ in range(n)]


def kept(rows: list[Found], before: Mapping[Key, Known]) -> list[int]:
    return [rows.index(each) for each in one_for_each(rows, before, {})]


def test_of_several_registrations_the_most_probable_is_proposed() -> None:
    assert kept(of_one_child(3), {}) == [0]


def test_the_one_that_is_proposed_stays_the_one() -> None:
    rows = of_one_child(3)
    assert kept(rows, {rows[2].key: known(rows[2], S.PROPOSED)}) == [2]


@pytest.mark.parametrize("state", [S.REJECTED, S.CONFIRMED, S.VERIFIED, S.REUNITED, S.ELSEWHERE])
def test_the_one_that_was_decided_on_stands_for_all(state: PairState) -> None:
    rows = of_one_child(3)
    before = {rows[1].key: known(rows[1], state), rows[2].key: known(rows[2], S.PROPOSED)}
    assert kept(rows, before) == [1]


def test_a_decision_on_a_registration_that_is_not_found_any_more_stands_too() -> None:
    gone, *rows = of_one_child(3)
    assert kept(rows, {gone.key: known(gone, S.REJECTED)}) == []


def test_two_people_with_one_registration_each_keep_all_their_pairs() -> None:
    people, (a, b) = (uuid4(), uuid4()), (uuid4(), uuid4())
    rows = [found(key=key, people=people) for key in (Key(a, uuid4(), b, None), Key(a, None, b, uuid4()))]
    assert kept(rows, {}) == [0, 1]


# --- fingerprints ------------------------------------------------------------------------------------------------

AHMAD = Description(names="Ahmad Khan", birthplace="Nangarhar", phone="+33 6 39 98 00 11", town="Calais")


def printed(described: Description) -> bytes:
    return person_print(Person(person_id="1", described=described))


@pytest.mark.parametrize(
    "same",
    [
        replace(AHMAD, names="AHMAD  khan"),
        replace(AHMAD, names="Áhmad Khan"),
        replace(AHMAD, phone="06.39.98.00.11"),
        replace(AHMAD, town=" calais "),
    ],
)
def test_case_accents_spaces_and_the_grouping_of_digits_change_no_fingerprint(same: Description) -> None:
    assert printed(same) == printed(AHMAD)


@pytest.mark.parametrize(
    "other",
    [
        replace(AHMAD, names="Ahmad Zai"),
        replace(AHMAD, phone="+33 6 39 98 00 12"),
        replace(AHMAD, town="Dunkerque"),
        replace(AHMAD, nationality="AFG"),
    ],
)
def test_whatever_else_changes_changes_it(other: Description) -> None:
    assert printed(other) != printed(AHMAD)


def test_a_fingerprint_does_not_fit_another_place_in_the_pair() -> None:
    link = FamilyLink(link_id="1", person_id="1", relation="uncle", described=AHMAD)
    assert link_print(link) != link_print(replace(link, relation="father"))
    one, two = printed(AHMAD), printed(replace(AHMAD, names="Gul"))
    assert (
        pair_print([one, b"", two, b""])
        != pair_print([two, b"", one, b""])
        != pair_print([one, two, b"", b""])
    )


def test_without_the_key_of_this_instance_nobody_finds_what_a_fingerprint_is_of(settings: object) -> None:
    before = printed(AHMAD)
    settings.SECRET_KEY = "another instance"  # type: ignore[attr-defined] # noqa: S105
    assert printed(AHMAD) != before

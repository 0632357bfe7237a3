# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From where to where: whose towns are told to whom, and that nobody is lost between the spellings of one town."""

import re
from dataclasses import replace

import pytest
from apps.tracing.shores import SISTER, UNCLE, Act, does, matched, pair_of, registered
from apps.tracing.web.conftest import Counted, Desk, site_of, text

from havre.core.accounts.enums import Role
from havre.engines.linkage.records import Description

FROM_TO = "/tracing/found/from-to"
ROW = re.compile(r'<tr role="row"><th.*?</tr>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def rows(page: str) -> list[str]:
    """What each row of the table says."""
    return [" ".join(TAGS.sub(" ", row).split()) for row in ROW.findall(page)]


def found_of(desk: Desk, child: Description, town: str) -> None:
    """Another child of the same uncle, registered in a town as written there, and verified."""
    shores = desk.shores
    known = registered(shores.dunes, replace(child, town=town), ("uncle", UNCLE))
    matched(shores.dunes)
    pair = pair_of(shores.dunes, known, shores.uncle)
    does(shores.dunes, Act.CONFIRM, pair)
    does(shores.harbour, Act.VERIFY, pair)


def test_both_shores_read_the_same_table_once_a_pair_is_verified(desk: Desk) -> None:
    assert "Nobody stands on the list yet" in text(desk.dunes.get(FROM_TO))
    desk.shores.verified()
    for client in (desk.dunes, desk.harbour):
        shown = text(client.get(FROM_TO))
        assert rows(shown) == ["Calais Birmingham 1"]
        assert 'data-latitude="50.9519" data-longitude="1.8564" data-role="from"' in shown
        assert 'data-role="to"' in shown


def test_nothing_is_told_of_a_pair_that_is_not_verified(desk: Desk) -> None:
    does(desk.shores.dunes, Act.CONFIRM, desk.shores.pair())
    for client in (desk.dunes, desk.harbour):
        assert rows(text(client.get(FROM_TO))) == []


def test_a_stranger_reads_nothing_of_it(desk: Desk) -> None:
    desk.shores.verified()
    for organisation in (desk.cast.maraude, desk.cast.kin):
        assert rows(text(site_of(desk.cast.member(organisation)).get(FROM_TO))) == []


def test_when_a_verification_is_taken_back_the_towns_go_with_it(desk: Desk) -> None:
    pair = desk.shores.verified()
    does(desk.shores.harbour, Act.REVOKE, pair)
    assert rows(text(desk.harbour.get(FROM_TO))) == []


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        ("كاليه", ["Calais Birmingham 2"]),
        ("CALAIS, France", ["Calais Birmingham 2"]),
        ("near the <mosque>", ["Calais Birmingham 1", "near the &lt;mosque&gt; not on the map Birmingham 1"]),
        ("", ["Calais Birmingham 1", "town not said Birmingham 1"]),
    ],
)
def test_spellings_of_one_town_are_one_row_and_an_unknown_town_is_a_row_of_its_own(
    desk: Desk, town: str, expected: list[str]
) -> None:
    desk.shores.verified()
    found_of(desk, SISTER, town)
    shown = text(desk.dunes.get(FROM_TO))
    assert rows(shown) == expected
    assert "2 children and relatives" in shown


def test_french_readers_read_french_names(desk: Desk) -> None:
    desk.shores.verified()
    found_of(desk, SISTER, "Dunkirk")
    client = site_of(desk.shores.dunes, "fr")
    assert rows(text(client.get(FROM_TO))) == ["Calais Birmingham 1", "Dunkerque Birmingham 1"]


def test_filters_hold_on_both_tabs(desk: Desk) -> None:
    desk.shores.verified()
    assert rows(text(desk.dunes.get(f"{FROM_TO}?state=reunited"))) == []
    shown = text(desk.dunes.get(f"{FROM_TO}?state=verified"))
    assert rows(shown) == ["Calais Birmingham 1"]
    assert 'href="/tracing/found?state=verified"' in shown


def test_a_guardian_reads_the_town_of_the_ward_and_no_other(desk: Desk) -> None:
    desk.shores.verified()
    guardian = desk.cast.member(desk.cast.dunes, Role.GUARDIAN, ward=desk.shores.child.person_id)
    assert rows(text(site_of(guardian).get(FROM_TO))) == ["Calais not open to you 1"]


def test_the_page_asks_the_database_as_often_for_many_as_for_few(desk: Desk, counted: Counted) -> None:
    desk.shores.verified()
    text(desk.dunes.get(FROM_TO))
    with counted() as few:
        text(desk.dunes.get(FROM_TO))
    found_of(desk, SISTER, "Lille")
    with counted() as many:
        text(desk.dunes.get(FROM_TO))
    assert len(many) == len(few) <= 11, "\n".join(many)

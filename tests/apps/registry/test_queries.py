# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked: pages by key, lists without a query for each row, references, lists for the engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from apps.registry.people import AHMAD, UNCLE, acts, answered, refused, registered, sharing_with
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from havre.apps.registry import actions, queries
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Person, Registration
from havre.apps.registry.queries.people import SYMBOLS
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Member
from havre.engines.linkage.records import Description


def queries_of(ask: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def test_pages_by_key_show_everybody_once_forwards_and_backwards(caseworker: Member) -> None:
    at = datetime(2016, 10, 3, 9, tzinfo=UTC)
    everybody = [registered(Description(names=f"Nur {n}")) for n in range(7)]
    for n, each in enumerate(everybody):  # two of each moment
        Registration.objects.filter(id=each.id).update(recorded_at=at + timedelta(minutes=n // 2))
    ordered = list(queries.registrations().order_by("-recorded_at", "-id"))
    pages = [queries.page_after(queries.registrations(), size=3)]
    while pages[-1].next:
        pages.append(queries.page_after(queries.registrations(), pages[-1].next, size=3))
    assert [row for page in pages for row in page.rows] == ordered
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert pages[0].previous == ""
    back = queries.page_after(queries.registrations(), pages[2].previous, size=3)
    assert back.rows == pages[1].rows
    first = queries.page_after(queries.registrations(), back.previous, size=3)
    assert (first.rows, first.previous, bool(first.next)) == (pages[0].rows, "", True)


@pytest.mark.parametrize("cursor", ["x", "bm90aGluZw", "🙂", "A" * 500])
def test_a_cursor_that_was_damaged_shows_the_first_page(caseworker: Member, cursor: str) -> None:
    registered()
    assert len(queries.page_after(queries.registrations(), cursor).rows) == 1


@pytest.mark.parametrize("people", [1, 6])
def test_lists_and_details_ask_as_often_for_many_as_for_one(caseworker: Member, people: int) -> None:
    for _ in range(people):
        registered(links=(UNCLE,), consents=[answered(ConsentFor.TRACING)])

    def line() -> list[object]:
        rows = queries.page_after(queries.registrations().with_names()).rows
        return [
            (row.person.reference, row.organisation.name, list(row.names.all()), list(row.ages.all()))
            for row in rows
        ]

    def details() -> list[object]:
        return [
            (queries.described(row), list(row.links.all()), queries.effective_consents(row))
            for row in queries.registrations().with_details()
        ]

    assert queries_of(line) == 3  # registrations, names, ages
    assert queries_of(details) == 8  # registrations, and one for each kind of thing that hangs on them
    assert queries_of(lambda: queries.shore_list(queries.registrations())) == 5


def test_registering_somebody_asks_little(caseworker: Member) -> None:
    # A savepoint and its end, reference, person, registration, four kinds of things said, names and search keys.
    assert queries_of(lambda: registered(links=(UNCLE,))) == 11


def test_lists_are_filtered_by_what_they_say(cast: Cast) -> None:
    with acts(cast.member(cast.harbour)):
        shared = registered(consents=[sharing_with(cast.dunes.id)])
    with acts(cast.member(cast.dunes)):
        own = registered(links=(UNCLE,))
        assert set(queries.registrations().own()) == {own}
        assert set(queries.registrations().shared_with_us()) == {shared}
        assert set(queries.registrations().of_shore(Shore.BRITAIN)) == {shared}
        assert set(queries.registrations().without_links()) == {shared}
        assert set(queries.registrations().of_person(own.person_id)) == {own}
        assert set(queries.registrations().like("Ahmed")) == {own, shared}
        assert not queries.registrations().like("Selam").exists()
        actions.withdraw_link(own.links.get().id)
        assert not queries.family_links().standing().exists()
        assert set(queries.registrations().without_links()) == {own, shared}


def test_a_reference_is_read_however_it_was_written_down(caseworker: Member) -> None:
    person = registered().person
    for written in (
        person.reference,
        person.reference.lower(),
        person.reference.replace("-", " "),
        person.reference[2:],
        f" {person.reference.replace('-', '')} ",
    ):
        assert queries.person_of_reference(written) == person


def test_every_wrong_symbol_and_every_two_that_changed_places_are_found_out(caseworker: Member) -> None:
    reference = registered().person.reference
    symbols = reference.replace("-", "")[1:]
    for place in range(6):
        for symbol in set(SYMBOLS) - {symbols[place]}:
            assert queries.reference_of("H" + symbols[:place] + symbol + symbols[place + 1 :]) is None
    for place in range(5):
        a, b = symbols[place], symbols[place + 1]
        if a != b and place < 4:
            assert queries.reference_of("H" + symbols[:place] + b + a + symbols[place + 2 :]) is None


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_reference_or_none(text: str) -> None:
    found = queries.reference_of(text)
    assert found is None or queries.reference_of(found) == found


def test_references_of_neighbours_look_unlike_and_none_comes_twice(caseworker: Member) -> None:
    from havre.apps.registry.actions.registering import references

    many = references(3000)
    assert len(set(many)) == 3000
    assert {queries.reference_of(each) for each in many} == set(many)
    alike = sum(sum(x == y for x, y in zip(a, b, strict=True)) > 5 for a, b in pairwise(many))
    assert alike < 100


def test_others_do_not_learn_who_a_reference_is(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        reference = registered().person.reference
    with acts(cast.member(cast.kin)):
        assert queries.person_of_reference(reference) is None
        assert not Person.objects.exists()


def test_a_list_for_the_engines_holds_what_stands(caseworker: Member) -> None:
    first = registered(links=(UNCLE, replace(UNCLE, relation="cousin")))
    second = registered(replace(AHMAD, other_names=""))
    actions.withdraw_link(first.links.first().id)
    listed = queries.shore_list(queries.registrations())
    assert {person.person_id: person.described for person in listed.people} == {
        str(first.id): AHMAD,
        str(second.id): replace(AHMAD, other_names=""),
    }
    [link] = listed.links
    assert (link.link_id, link.person_id, link.relation) == (
        str(first.links.last().id),
        str(first.id),
        "cousin",
    )


def test_the_name_in_another_script_is_compared_before_another_spelling(caseworker: Member) -> None:
    registration = registered(Description(names="احمد خان", other_names="احمد خانزاده"))
    actions.amend(registration.id, names=[actions.NameSaid(written="Ahmad Khan")])
    assert queries.described(registration).other_names == "Ahmad Khan"


def test_only_an_organisations_own_is_its_own(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        registration = registered()
    with acts(cast.member(cast.kin)), refused():
        actions.withdraw(registration.id)

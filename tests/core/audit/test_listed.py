# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that shows many puts each on record in one statement, once in ten minutes; an auditor finds who read whom."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.audit import LIMITS, faults, record_listed, record_read, seal
from havre.core.audit.queries import lines


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


def listed() -> int:
    return len(lines(kind="listed", most=1000))


def test_many_are_put_on_record_in_one_statement_and_the_chain_holds(cast: Cast) -> None:
    shown = [uuid4() for _ in range(60)]
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        with CaptureQueriesContext(connection) as asked:
            record_listed("accommodation_party", [*shown, *shown])
        assert len(asked) == 1
        assert {each.row for each in lines(kind="listed", most=100)} == set(shown)
        assert listed() == 60
        record_listed("accommodation_party", [])
        seal()
        assert not list(faults())


def test_shown_again_at_once_they_are_not_named_again_and_to_others_they_are(cast: Cast) -> None:
    party, other = uuid4(), uuid4()
    for role in (Role.CASEWORKER, Role.REGISTRAR):
        with acting_as(cast.member(cast.dunes, role).pk, Purpose.CARE):
            record_listed("accommodation_party", [party])
            record_listed("accommodation_party", [party, other])
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        assert listed() == 4


def test_it_sounds_no_alarm(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        record_listed("accommodation_party", [uuid4() for _ in range(LIMITS.reading.most + 5)])
        record_read("accommodation_party", uuid4())
        assert not lines(kind="alarm")


def test_an_auditor_finds_who_read_whom(cast: Cast) -> None:
    party, other = uuid4(), uuid4()
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        record_listed("accommodation_party", [party, other])
    with acting_as(cast.member(cast.harbour).pk, Purpose.CARE):
        record_read("accommodation_party", party, party)
    with acting_as(cast.auditor.pk, Purpose.OVERSIGHT):
        assert {(each.organisation, each.kind) for each in lines(about=party)} == {
            (cast.dunes.name, "listed"),
            (cast.harbour.name, "read"),
        }
        assert lines(about=uuid4()) == []
    for language, said in (("en", "shown among others"), ("fr", "montré parmi d’autres")):
        client, here = signed_in(cast.auditor, language), reverse("audit:record")
        shown = client.get(here, {"about": party}).content.decode()
        assert said in shown
        assert str(other) not in shown
        assert client.get(here, {"about": "no code"}).status_code == 200

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A calendar by a secret link: for whoever has it, until it is ended, as its member, and on record."""

import logging
import re
from collections.abc import Iterator
from datetime import date

import pytest
from cast import Cast
from django.db import connection
from django.test import Client
from house.clients import signed_in

from havre.core.access import Purpose, acting_as, current_actor
from havre.core.accounts.models import Member
from havre.core.notices import calendar, feeds
from havre.core.notices.calendar import Entry
from havre.core.notices.feeds import Limit, make_feed
from havre.core.notices.models import Feed
from havre.words import Language

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose calendar it is says an entry of its own, and nothing else does."""

    def of_member(language: Language) -> Iterator[Entry]:
        member = current_actor().member_id
        yield Entry(f"of-{member}", date(2017, 1, 7), f"due, {language}", "", "/cases/")

    monkeypatch.setattr(calendar, "_sources", [of_member])


def link_of(member: Member, language: str = "en") -> str:
    """As the page shows it, once."""
    shown = signed_in(member, language).post("/notices/told/link").content.decode()
    return str(re.search(r"<code>http://testserver(/notices/calendar/[\w-]+\.ics)</code>", shown)[1])  # type: ignore[index]


def test_whoever_has_the_link_reads_the_calendar_of_its_member_without_signing_in(cast: Cast) -> None:
    member = cast.member(cast.dunes)
    answer = Client().get(link_of(member, "fr"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    shown = answer.content.decode().replace("\r\n ", "")
    assert f"UID:of-{member.pk}@havre" in shown
    assert "SUMMARY:due\\, fr" in shown
    assert "URL:http://testserver/cases/" in shown


def test_it_is_the_calendar_of_its_member_whoever_is_signed_in(cast: Cast) -> None:
    member, reader = cast.member(cast.dunes), cast.member(cast.harbour)
    shown = signed_in(reader).get(link_of(member)).content.decode().replace("\r\n ", "")
    assert f"of-{member.pk}" in shown
    assert f"of-{reader.pk}" not in shown


def test_a_link_that_was_ended_opens_nothing(cast: Cast) -> None:
    member = cast.member(cast.dunes)
    link = link_of(member)
    assert signed_in(member).post("/notices/told/link/end").status_code == 302
    assert Client().get(link).status_code == 404


def test_a_new_link_ends_the_one_before(cast: Cast) -> None:
    member = cast.member(cast.dunes)
    first, second = link_of(member), link_of(member)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_nobody_ends_the_link_of_somebody_else(cast: Cast) -> None:
    link = link_of(cast.member(cast.dunes))
    signed_in(cast.member(cast.dunes, nth=2)).post("/notices/told/link/end")
    assert Client().get(link).status_code == 200


def test_a_member_no_more_has_no_calendar(cast: Cast) -> None:
    member = cast.member(cast.dunes)
    link = link_of(member)
    Member.objects.filter(pk=member.pk).update(active=False)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "0" * 64])
def test_a_guess_opens_nothing(cast: Cast, token: str) -> None:
    link_of(cast.member(cast.dunes))
    assert Client().get(f"/notices/calendar/{token}.ics").status_code == 404


def test_the_secret_is_kept_and_written_nowhere(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    member = cast.member(cast.dunes)
    with caplog.at_level(logging.DEBUG):
        with acting_as(member.id, Purpose.CARE):
            secret = make_feed(Language.ENGLISH)
            feed = Feed.objects.get()
        assert Client().get(f"/notices/calendar/{secret}.ics").status_code == 200
    assert secret not in str(vars(feed))
    assert secret not in signed_in(member).get("/notices/told").content.decode()
    assert secret not in "".join(each.getMessage() for each in caplog.records if "django.db" not in each.name)
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM audit_entry e")
        (record,) = cursor.fetchone() or ("",)
    assert secret not in record
    assert feed.hashed not in record


def test_each_reading_is_on_record_and_too_many_are_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "LIMIT", Limit(most=2, seconds=3600))
    link = link_of(cast.member(cast.dunes))
    assert [Client().get(link).status_code for _ in range(3)] == [200, 200, 429]
    assert int(Client().get(link)["Retry-After"]) > 0
    other = link_of(cast.member(cast.harbour))
    assert Client().get(other).status_code == 200
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute("SELECT member, count(*) FROM audit_entry WHERE kind = 'feed' GROUP BY member")
        assert dict(cursor.fetchall()) == {
            cast.member(cast.dunes).pk: 2,
            cast.member(cast.harbour).pk: 1,
        }


def test_nobody_sees_that_somebody_else_has_a_link(cast: Cast) -> None:
    link_of(cast.member(cast.dunes))
    for other in (cast.member(cast.dunes, nth=2), cast.member(cast.harbour), cast.auditor):
        with acting_as(other.id, Purpose.CARE):
            assert not Feed.objects.exists()
        assert "You have a link" not in signed_in(other).get("/notices/told").content.decode()
    assert "You have a link" in signed_in(cast.member(cast.dunes)).get("/notices/told").content.decode()

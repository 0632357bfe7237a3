# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail of the day: asked for, counted as its reader, handed to a server that is there, and without any detail."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from cast import Cast
from core.notices.post_office import PostOffice, post_office
from house.clients import signed_in

from havre.conf.mail import MailServer
from havre.core.access import Purpose, acting_as, system_member
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.jobs import defer, run_jobs
from havre.core.notices.digests import Sent, ask_for_digest, digest_is_asked, send_digests, stop_digest
from havre.core.notices.models import Digest, Notice
from havre.words import Language

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2016, 11, 21)
EN, FR = Language.ENGLISH, Language.FRENCH


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A post office, and a site that knows it."""
    settings.HAVRE_TODAY = TODAY
    with post_office() as office:
        told = MailServer.of(f"smtp://127.0.0.1:{office.port}?from=havre@camp.example")
        for name, value in told.settings().items():
            setattr(settings, name, value)
        settings.HAVRE_MAIL = True
        settings.HAVRE_ADDRESS = "https://havre.example"
        yield office


def asks(member: Member, language: Language = EN) -> None:
    with acting_as(member.id, Purpose.CARE):
        ask_for_digest(language)


def waits(member: Member) -> None:
    """Something does."""
    with acting_as(member.id, Purpose.CARE):
        Notice.objects.create(member=member, key="registry.gone", link="/people")


def sent() -> Sent:
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        return send_digests()


def test_whoever_asked_is_mailed_how_much_waits_and_where(cast: Cast, office: PostOffice) -> None:
    asked, other = cast.member(cast.dunes), cast.member(cast.dunes, nth=2)
    for member in (asked, other):
        waits(member)
    asks(asked)
    assert sent() == Sent(sent=1)
    (letter,) = office.letters
    assert letter.recipients == [asked.account.email]
    assert letter.sender == letter.mail["From"] == "havre@camp.example"
    assert letter.mail["Subject"] == "Havre: what waits for you"
    assert letter.mail["Auto-Submitted"] == "auto-generated"
    body = letter.mail.get_content().replace("\r\n", "\n")
    assert "1 notice you have not read" in body
    assert "https://havre.example/\n" in body
    assert "https://havre.example/notices/told" in body
    assert asked.account.full_name not in body


def test_the_mail_speaks_the_language_in_which_it_was_asked_for(cast: Cast, office: PostOffice) -> None:
    asked = cast.member(cast.harbour)
    waits(asked)
    asks(asked, FR)
    sent()
    assert "avis que vous n’avez pas lu" in office.letters[0].mail.get_content()


def test_nobody_is_mailed_twice_on_a_day_and_everybody_again_on_the_next(
    cast: Cast, office: PostOffice, settings: Any
) -> None:
    asked = cast.member(cast.dunes)
    waits(asked)
    asks(asked)
    sent()
    assert sent() == Sent()
    settings.HAVRE_TODAY = TODAY + timedelta(days=1)
    assert sent() == Sent(sent=1)
    assert len(office.letters) == 2


def test_where_nothing_waits_there_is_no_mail(cast: Cast, office: PostOffice) -> None:
    asks(cast.member(cast.dunes))
    assert sent() == Sent(nothing=1)
    assert office.letters == []


def test_whoever_left_is_mailed_no_more(cast: Cast, office: PostOffice) -> None:
    gone = cast.member(cast.dunes, Role.REGISTRAR)
    waits(gone)
    asks(gone)
    Member.objects.filter(pk=gone.pk).update(active=False)
    assert sent() == Sent()
    assert office.letters == []


def test_one_that_is_not_taken_keeps_no_other_from_its_reader(
    cast: Cast, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = cast.member(cast.dunes), cast.member(cast.harbour)
    for member in (first, second):
        waits(member)
        asks(member)
    office.unknown.add(first.account.email)
    assert sent() == Sent(sent=1, failed=1)
    assert [letter.recipients for letter in office.letters] == [[second.account.email]]
    assert first.account.email not in caplog.text
    office.unknown.clear()
    assert sent() == Sent(sent=1)


def test_without_a_mail_server_nothing_is_sent_and_the_page_says_so(
    cast: Cast, office: PostOffice, settings: Any
) -> None:
    asked = cast.member(cast.dunes)
    waits(asked)
    asks(asked)
    assert "no mail server" not in signed_in(asked).get("/notices/told").content.decode()
    settings.HAVRE_MAIL = False
    assert sent() == Sent()
    assert office.letters == []
    assert "no mail server" in signed_in(asked).get("/notices/told").content.decode()
    assert "pas de serveur" in signed_in(asked, "fr").get("/notices/told").content.decode()


def test_a_server_that_is_gone_fails_no_job(cast: Cast, office: PostOffice, settings: Any) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    asked = cast.member(cast.dunes)
    waits(asked)
    asks(asked)
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        defer("notices.digest")
    assert run_jobs() == 1
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        assert Digest.objects.get().sent_on is None


def test_the_page_asks_for_it_and_ends_it(cast: Cast) -> None:
    member = cast.member(cast.dunes)

    def is_asked() -> bool:
        with acting_as(member.id, Purpose.CARE):
            return digest_is_asked()

    client = signed_in(member)
    assert not is_asked()
    assert client.post("/notices/told/mail", {"wanted": "1"})["Location"] == "/notices/told"
    assert is_asked()
    assert client.post("/notices/told/mail", {"wanted": "1"}).status_code == 302
    assert client.post("/notices/told/mail").status_code == 302
    assert not is_asked()


def test_nobody_learns_who_asked_but_havre_itself(cast: Cast) -> None:
    asks(cast.member(cast.dunes))
    for other in (cast.member(cast.dunes, nth=2), cast.member(cast.harbour), cast.auditor):
        with acting_as(other.id, Purpose.CARE):
            assert not Digest.objects.exists()
            stop_digest()
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        assert Digest.objects.count() == 1

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notices: for one member, without a name, told with the change that they speak of."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cast import Cast
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havre.core.access import NobodyActs, Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices import speaks, tell, telling, unread, views
from havre.core.notices.models import Notice
from havre.core.notices.telling import UnknownSentence
from havre.words import Language, Words

pytestmark = pytest.mark.usefixtures("database")

KEY = "house.unread_count"
"""A sentence of notices' own words, told as if an app called "house" spoke it."""


@pytest.fixture(autouse=True)
def house() -> Iterator[None]:
    speaks("house", Words("havre.core.notices"))
    yield
    del telling._words["house"]


@pytest.fixture
def teller(cast: Cast) -> Member:
    return cast.member(cast.dunes)


@pytest.fixture
def told(cast: Cast) -> Member:
    return cast.member(cast.harbour)


def tells(teller: Member, *members: Member, n: int = 1, link: str = "/tracing/pairs") -> None:
    with acting_as(teller.id, Purpose.TRACING):
        tell(members, KEY, link, n=n)


def count(member: Member) -> int:
    with acting_as(member.id, Purpose.CARE):
        return unread()


def test_a_member_of_the_other_shore_is_told_and_nobody_else(
    cast: Cast, teller: Member, told: Member
) -> None:
    tells(teller, told, told)
    assert count(told) == 1
    for other in (
        teller,
        cast.member(cast.harbour, nth=2),
        cast.auditor,
        cast.member(cast.harbour, Role.SUPERVISOR),
    ):
        assert count(other) == 0
        with acting_as(other.id, Purpose.CARE):
            assert not Notice.objects.exists()


def test_nobody_is_told_of_a_change_that_is_rolled_back(teller: Member, told: Member) -> None:
    def change() -> None:
        with acting_as(teller.id, Purpose.TRACING):
            tell([told.id], KEY, "/", n=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert count(told) == 0


def test_a_notice_holds_numbers_and_ids_only(teller: Member, told: Member) -> None:
    pair = uuid4()
    with acting_as(teller.id, Purpose.TRACING):
        tell([told], KEY, f"/tracing/pairs/{pair}", n=2, pair=pair, share=0.5)
        for other in ("Ahmad Khan", None, ["Ahmad"], b"x"):
            with pytest.raises(TypeError, match="numbers and ids"):
                tell([told], KEY, "/", n=1, name=other)  # type: ignore[arg-type]
    with acting_as(told.id, Purpose.CARE):
        assert Notice.objects.get().values == {"n": 2, "pair": str(pair), "share": 0.5}


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example", "tracing", ""])
def test_a_notice_never_leads_elsewhere(teller: Member, told: Member, link: str) -> None:
    with pytest.raises(ValueError, match="this site"):
        tells(teller, told, link=link)


@pytest.mark.parametrize("key", ["house.nothing", "nobody.unread_count", "unread_count", ""])
def test_a_sentence_that_nobody_speaks_is_refused(teller: Member, told: Member, key: str) -> None:
    with acting_as(teller.id, Purpose.TRACING), pytest.raises(UnknownSentence):
        tell([told], key, "/", n=1)


def test_nobody_tells_where_nobody_acts(told: Member) -> None:
    with pytest.raises(NobodyActs):
        tell([told], KEY, "/", n=1)


def test_nobody_reads_or_changes_a_notice_of_somebody_else_with_sql(teller: Member, told: Member) -> None:
    tells(teller, told)
    with acting_as(teller.id, Purpose.TRACING), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notices_notice")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE notices_notice SET read_at = now()")
        cursor.execute("DELETE FROM notices_notice")
    assert count(told) == 1


# --- the page ----------------------------------------------------------------------------------------------------


@pytest.fixture
def visit(told: Member) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(told.account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session.update({"member": str(told.id), "second_factor": True})
    session.save()
    return client


def test_the_list_tells_what_has_happened_in_the_readers_language(
    teller: Member, told: Member, visit: Client
) -> None:
    assert "Nothing has happened" in visit.get("/notices/").content.decode()
    tells(teller, told, n=3)
    assert "3 not read" in visit.get("/notices/").content.decode()
    assert "3 non lus" in visit.get("/notices/", headers={"accept-language": "fr"}).content.decode()


def test_opening_a_notice_leads_on_and_marks_it_as_read(teller: Member, told: Member, visit: Client) -> None:
    tells(teller, told, link="/tracing/pairs")
    with acting_as(told.id, Purpose.CARE):
        (notice,) = Notice.objects.all()
    response = visit.post(f"/notices/{notice.id}/open")
    assert (response.status_code, response["Location"]) == (302, "/tracing/pairs")
    assert count(told) == 0
    with acting_as(told.id, Purpose.CARE):
        first = Notice.objects.get().read_at
    visit.post(f"/notices/{notice.id}/open")
    with acting_as(told.id, Purpose.CARE):
        assert Notice.objects.get().read_at == first


def test_a_notice_of_somebody_else_is_not_found(teller: Member, visit: Client) -> None:
    tells(teller, teller)
    with acting_as(teller.id, Purpose.CARE):
        (notice,) = Notice.objects.all()
    assert visit.post(f"/notices/{notice.id}/open").status_code == 404
    assert count(teller) == 1


def test_all_of_them_are_marked_as_read_at_once(teller: Member, told: Member, visit: Client) -> None:
    for _ in range(3):
        tells(teller, told)
    tells(teller, teller)
    assert visit.post("/notices/read").status_code == 302
    assert (count(told), count(teller)) == (0, 1)


def test_a_long_list_goes_on_on_the_next_page(teller: Member, told: Member, visit: Client) -> None:
    for nth in range(60):
        tells(teller, told, n=1000 + nth)
    first = visit.get("/notices/").content.decode()
    assert "1059 not read" in first
    assert "1005 not read" not in first
    older = first.split('href="/notices/?before=')[1].split('"')[0]
    second = visit.get(f"/notices/?before={older}").content.decode()
    assert "1009 not read" in second
    assert "1010 not read" not in second
    assert visit.get("/notices/?before=nonsense").status_code == 200


def test_the_first_page_says_how_many_wait(teller: Member, told: Member) -> None:
    def waiting(member: Member) -> list[tuple[int, str, str]]:
        with acting_as(member.id, Purpose.CARE):
            return [(tile.count, tile.text, tile.address) for tile in views.waiting(Language.FRENCH)]

    assert waiting(told) == []
    tells(teller, told)
    tells(teller, told)
    assert waiting(told) == [(2, "avis que vous n’avez pas lus", "/notices/")]
    assert waiting(teller) == []


def test_a_notice_of_an_app_that_is_gone_does_not_break_the_list(told: Member, visit: Client) -> None:
    with acting_as(told.id, Purpose.CARE):
        Notice.objects.create(member=told, key="crossings.seen", link="/")
    assert "no longer tells" in visit.get("/notices/").content.decode()


def test_the_list_asks_the_database_no_more_for_more_notices(
    teller: Member, told: Member, visit: Client
) -> None:
    visit.get("/notices/")
    tells(teller, told)
    few = queries_of(visit)
    for _ in range(20):
        tells(teller, told)
    assert queries_of(visit) == few


def queries_of(visit: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        visit.get("/notices/")
    return len(seen)


@pytest.mark.parametrize(("language", "said"), [("en", "Notices: 2 unread"), ("fr", "Avis : 2 à lire")])
def test_the_bar_of_every_page_counts_what_is_unread(
    teller: Member, told: Member, visit: Client, language: str, said: str
) -> None:
    tells(teller, told)
    spoken = {"accept-language": language}
    assert said not in visit.get("/about", headers=spoken).content.decode()
    tells(teller, told)
    for page in ("/", "/about", "/notices/"):
        assert said in visit.get(page, headers=spoken).content.decode(), page


def test_nobody_has_nothing_unread() -> None:
    assert unread() == 0

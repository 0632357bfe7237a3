# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page that somebody may open, in French and in English: what each of them promises a reader."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import psycopg
import pytest
from anyascii import anyascii
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from house.clients import signed_in
from house.contents import changed, contents
from house.pages import CSP, Page, faults, policy
from house.readers import FILES, FOR_NOBODY, OF_ACCOUNT, PAGES, rightful
from house.routes import Route, address
from house.world import Viewer, World, undone

from havre.apps.registry import actions as registry
from havre.apps.registry.models import Name
from havre.conf import urls
from havre.core.access import Purpose, current_actor, needs
from havre.core.access.rights import Right
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Account
from havre.core.database.server import DatabaseRole
from havre.core.notices.models import Notice
from havre.engines.linkage.records import Description

LANGUAGES = ("en", "fr")
MOST_QUERIES = 34
"""Of one page: session, member, settings, navigation, notices and the transaction take some twelve of them."""
WORD = re.compile(r"[^\W\d_]{2,}")
REFERENCE = re.compile(r"H-\w{4}-\w{2}")
"""Of a person; by chance some of its letters look like words."""


def opened(world: World, route: Route, language: str) -> tuple[Any, int]:
    """The answer to a rightful reader, and how many queries it took."""
    with undone():
        client, place = signed_in(rightful(world, route), language), address(route, world)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(place)
    return response, len(asked)


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_is_whole_in_both_languages(world: World, route: Route) -> None:
    said = {}
    for language in LANGUAGES:
        response, queries = opened(world, route, language)
        if response.status_code in (302, 405):
            return
        if route.name in FILES:
            assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
            assert response["Content-Disposition"].startswith("attachment; ")
            return
        assert faults(response, language) == []
        assert queries <= MOST_QUERIES
        said[language] = Page(response.content.decode()).sentences
    known = data_of(world)
    alike = {text for text in said["en"] & said["fr"] if set(WORD.findall(REFERENCE.sub("", text))) - known}
    assert alike == set()


def data_of(world: World) -> set[str]:
    """Words that a page says in any language: names, addresses, what people wrote."""
    with world.acts(world.caseworker):
        names = list(Name.objects.values_list("written", flat=True))
    names += [
        "Gul Agha Khan",
        "Ahmed Wali Khan",
        *(anyascii(name).title() for name in names),
        "Havre France Terrain liste csv taskera pdf refus not eligible",
        "Centre Calais FR HDF BRE Amina clean the prefect letter telephone call centres parties",
    ]
    for account in Account.objects.all():
        names += [account.full_name, account.email]
    return {word for name in names for word in WORD.findall(name)}


@pytest.mark.parametrize("place", OF_ACCOUNT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_an_account_is_one_of_ours(world: World, place: str, language: str) -> None:
    with undone():
        response: Any = signed_in(world.caseworker, language).get(place)
    assert faults(response, language) == []


@pytest.mark.parametrize("place", FOR_NOBODY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_for_nobody_is_one_of_ours(world: World, place: str, language: str) -> None:
    with undone():
        response: Any = Client(headers={"accept-language": language}).get(place)
    assert faults(response, language, acts=False) == []


LISTS = [
    "/",
    "/people",
    "/groupings",
    "/imports",
    "/notices/",
    "/tracing/pairs?tab=all",
    "/tracing/runs",
    "/cases/",
    "/members/members",
]


@pytest.mark.parametrize("place", LISTS)
def test_a_list_asks_no_more_of_the_database_when_it_is_longer(world: World, place: str) -> None:
    role = Role.ADMINISTRATOR if "members" in place else Role.SUPERVISOR
    with undone():
        client = signed_in(world.member(Viewer(role, "own")))
        client.get(place)
        with CaptureQueriesContext(connection) as short:
            assert client.get(place).status_code == 200
        _make_longer(world)
        with CaptureQueriesContext(connection) as long:
            assert client.get(place).status_code == 200
    assert len(long) <= len(short)


def _make_longer(world: World) -> None:
    supervisor = world.member(Viewer(Role.SUPERVISOR, "own"))
    with world.acts(supervisor):
        for nth in range(5):
            made = registry.register(Description(names=f"Amina {nth}", other_names=f"أمينة {nth}"))
            registry.propose_grouping(made.id, world.child.id)
            Notice.objects.create(member=supervisor, key="registry.gone", link="/people")
    for nth in range(5):
        world.cast.member(world.cast.dunes, Role.REGISTRAR, nth=10 + nth)


# --- what went wrong ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def maintenance(site: Any, world: World) -> Iterator[psycopg.Connection]:
    """A connection that sees every row."""
    with psycopg.connect(site.cluster.url(DatabaseRole.MAINTENANCE), autocommit=True) as made:
        yield made


ANY = Right("test.any", frozenset(Role), Purpose.CARE)


def _change(request: HttpRequest) -> None:
    request.session["left"] = "something"
    Notice.objects.create(member_id=current_actor().member_id, key="registry.gone", link="/")


@needs(ANY)
def fails(request: HttpRequest) -> HttpResponse:
    """Changes something, then fails."""
    _change(request)
    raise LookupError("Ahmad Khan, born 2001")


@needs(ANY)
def gives_up(request: HttpRequest) -> HttpResponse:
    """Changes something, then says itself that it cannot."""
    _change(request)
    return HttpResponse("later", status=503)


@needs(ANY)
def works(request: HttpRequest) -> HttpResponse:
    """Changes something."""
    _change(request)
    return HttpResponse("done")


@pytest.fixture
def failing(settings: Any) -> None:
    """The site with three routes more."""
    table = ModuleType("failing")
    table.__dict__.update(vars(urls))
    more = [path("fails", fails), path("gives-up", gives_up), path("works", works)]
    table.urlpatterns = [*more, *urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = table


def _sessions(connection: psycopg.Connection) -> set[tuple[Any, ...]]:
    return set(connection.execute("SELECT session_key, session_data FROM django_session"))


@pytest.mark.parametrize(("place", "status"), [("/fails", 500), ("/gives-up", 503)])
def test_of_a_page_that_fails_nothing_remains(
    world: World, failing: None, maintenance: psycopg.Connection, place: str, status: int
) -> None:
    client = signed_in(world.caseworker)
    before, sessions = contents(maintenance), _sessions(maintenance)
    assert client.get(place).status_code == status
    assert changed(before, contents(maintenance)) == set()
    assert _sessions(maintenance) == sessions
    assert client.get("/works").status_code == 200  # and of one that does not fail, all
    assert changed(before, contents(maintenance)) == {"notices_notice", "audit_entry"}
    assert _sessions(maintenance) != sessions


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/nothing-here"}, 404),
        ({"path": "/people/00000000-0000-7000-8000-000000000000"}, 404),
        ({"path": "/members/members"}, 403),
        ({"path": "/oversight/"}, 403),
    ],
)
def test_a_page_that_is_not_to_be_had_says_so(
    world: World, asked: dict[str, str], status: int, language: str
) -> None:
    with undone():
        response: Any = signed_in(world.caseworker, language).get(**asked)
    assert faults(response, language, status=status, acts="nothing" not in asked["path"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_in_their_language_that_there_is_nothing(database_of: World, language: str) -> None:
    with undone():
        response: Any = Client(headers={"accept-language": language}).get("/nothing-here")
    assert faults(response, language, status=404, acts=False) == []


@pytest.fixture
def database_of(world: World) -> World:
    """For pages that need a database and nobody in it."""
    return world


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_did_not_come_from_us_is_refused_with_a_page(world: World, language: str) -> None:
    with undone():
        client = signed_in(world.caseworker, language, enforce_csrf_checks=True)
        response: Any = client.post("/notices/read")
        assert faults(response, language, status=403) == []
        with world.acts(world.caseworker):
            assert Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/people", "headers": {"host": "elsewhere.example"}}, 400),
        ({"path": "/fails"}, 500),
    ],
)
def test_an_error_of_the_server_speaks_both_languages_and_tells_no_detail(
    world: World, failing: None, asked: dict[str, Any], status: int
) -> None:
    with undone():
        response: Any = signed_in(world.caseworker, "fr").get(**asked)
    page = Page(html := response.content.decode())
    assert response.status_code == status
    assert policy(response) == CSP
    assert {values.get("lang") for _, values in page.elements} >= {"en", "fr"}
    assert not page.all("form")
    assert not {"Ahmad", "LookupError", "Traceback", "elsewhere.example"} & set(
        html.replace(",", " ").split()
    )


def test_more_fields_than_any_form_has_are_refused(world: World) -> None:
    with undone():
        client = signed_in(world.caseworker)
        response = client.post("/people/search", {f"field{nth}": "x" for nth in range(2_200)})
    assert response.status_code == 400

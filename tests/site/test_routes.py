# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route, asked by every role from everywhere: generated from the URL table, so that what comes is asked too.

What a route should answer follows from two things alone: the roles that hold its right, and whether PostgreSQL lets
the member read (or change) the row that the address names.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from house.clients import signed_in
from house.contents import changed, contents
from house.routes import METHODS, Route, address, routes, things
from house.world import VIEWERS, Viewer, World, undone

from havre.apps.accommodation import policies as accommodation
from havre.apps.cases import policies as cases
from havre.apps.registry import policies as registry
from havre.apps.tracing import policies as tracing
from havre.conf import api, home, urls
from havre.core.access import Right
from havre.core.accounts.enums import Role
from havre.core.audit.policies import OVERSEE
from havre.core.database.server import DatabaseRole
from havre.core.files.views import OPEN_FILE
from havre.core.jobs.views import SEE_PROGRESS
from havre.core.notices.views import READ_NOTICES

FOR_ANYBODY = {
    "healthz",
    "readyz",
    "about",
    "set_language",
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "api:openapi-json",
    "api:api-root",
    "api_nothing",
    "notices:feed",
}
"""Public routes that show nothing of anybody."""
SIGN_IN_THEMSELVES = {
    "account_change_password",
    "account_reauthenticate",
    "account_set_password",
    "accounts:choose",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "usersessions_list",
}
"""Public routes of an account and of no membership: they ask for a sign-in themselves."""

READING: set[Right] = {
    accommodation.EXPORT,
    accommodation.READ_PLANS,
    cases.READ_CASES,
    registry.READ,
    registry.SEARCH,
    tracing.EXPORT,
    tracing.READ_PAIRS,
    tracing.READ_RUNS,
    api.USE_API,
    home.MY_WORK,
    OPEN_FILE,
    OVERSEE,
    READ_NOTICES,
    SEE_PROGRESS,
}
"""Whoever may read the row is shown it; every other right acts upon it, and needs a row that may be changed."""
READ_IS_ENOUGH = {"accommodation:confirm_pledge", "registry:end_share"}
"""Whoever was given something may give it up, and a pledge is confirmed beside it: neither changes that row."""

TABLE = routes()
GUARDED = [route for route in TABLE if not route.is_public]


def opens(route: Route, viewer: Viewer) -> bool:
    """Whether the role holds the right."""
    return route.right is not None and viewer.role in route.right.roles


# --- the table itself --------------------------------------------------------------------------------------------


def test_every_route_carries_a_right_or_is_public() -> None:
    assert not [str(route) for route in TABLE if route.right is None]


def test_the_public_routes_are_these_and_no_other() -> None:
    assert {route.name for route in TABLE if route.is_public} == FOR_ANYBODY | SIGN_IN_THEMSELVES


@pytest.mark.parametrize("route", [each for each in TABLE if each.name in SIGN_IN_THEMSELVES], ids=str)
def test_a_public_route_of_an_account_asks_for_a_sign_in(world: World, route: Route) -> None:
    with undone():
        response = Client().get(address(route, world))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("route", [each for each in TABLE if each.name in FOR_ANYBODY], ids=str)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_public_route_fails_for_nobody(world: World, route: Route, method: str) -> None:
    with undone():
        response = Client().generic(method, address(route, world))
    assert response.status_code < 500 or route.name == "readyz"


def without_right(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("anybody's")


@pytest.fixture
def forgotten(settings: Any) -> ModuleType:
    """The site with one route more, whose right somebody forgot."""
    table = ModuleType("forgotten")
    table.__dict__.update(vars(urls))
    table.urlpatterns = [path("forgotten", without_right, name="forgotten"), *urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = table
    return table


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_route_without_a_right_opens_for_nobody(world: World, forgotten: ModuleType, role: Role) -> None:
    assert [str(route) for route in routes(forgotten) if route.right is None] == ["/forgotten"]
    with undone():
        assert signed_in(world.member(Viewer(role, "own"))).get("/forgotten").status_code == 403
        assert Client().get("/forgotten").status_code == 302


def test_an_argument_of_which_the_tests_know_nothing_says_what_to_add(world: World) -> None:
    route = Route("sightings/<uuid:pk>", "sighting", registry.READ, METHODS)
    with pytest.raises(AssertionError, match=r"make such a row in house.world.World.*THINGS\['sightings'\]"):
        address(route, world)


# --- nobody ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_sent_to_sign_in(world: World, method: str) -> None:
    with undone():
        for route in GUARDED:
            response = Client().generic(
                method, place := address(route, world), content_type="application/json"
            )
            if not place.startswith("/api/"):
                assert response["Location"] == f"/account/login/?next={place}", route
            elif method in route.methods:
                said = response.status_code, response["Content-Type"].partition(";")[0]
                assert said == (401, "application/json"), route


def test_a_part_of_a_page_is_not_shown_to_nobody(world: World) -> None:
    with undone():
        response = Client().get("/people", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")
    assert response["HX-Redirect"] == "/account/login/"


# --- every role, from everywhere ---------------------------------------------------------------------------------


class Asked:
    """One member asking every route, and what each should answer."""

    def __init__(self, world: World, viewer: Viewer, methods: dict[str, set[str]]) -> None:
        self.world, self.viewer = world, viewer
        self.member = world.member(viewer)
        self._methods = methods
        self._reach: dict[str, bool] = {}

    def reaches(self, route: Route) -> bool:
        """Whether the member may read (or change) what the address names, by what PostgreSQL says."""
        assert route.right is not None
        done = "read" if route.right in READING or route.name in READ_IS_ENOUGH else "changed"
        if route.name == "accounts:end":  # members are no protected rows: the page looks at the organisation
            return self.viewer.relation == "own"
        with self.world.acts(self.member, route.right.purpose):
            return all(each.can_be(done) for each in things(route, self.world).values())

    def should(self, route: Route, method: str) -> set[int]:
        """The statuses that a route may answer with."""
        if not opens(route, self.viewer):
            return {403}
        if method not in self._methods[str(route)]:
            return {405}
        if not self.reaches(route):
            # Of a form that nobody filled in, an operation may say so before it looks for the row.
            return {404} if method == "GET" else {404, 400, 422}
        return {200, 302} if method == "GET" else {200, 201, 202, 204, 302, 400, 404, 409, 422}

    def ask(self, method: str, route: Route, client: Client) -> str:
        """What is wrong with the answer; nothing where it is as it should be."""
        response = client.generic(method, address(route, self.world), b"{}", content_type=_kind(route))
        should, onwards = self.should(route, method), response.headers.get("Location", "")
        if should == {404} and response.status_code == 302:  # to what is not shown either
            response = client.get(onwards)
        if response.status_code in should and not onwards.startswith("/account/"):
            return ""
        return f"{method} {route}: {response.status_code}, not {sorted(should)}"


def _kind(route: Route) -> str:
    return "application/json" if route.is_api else "application/x-www-form-urlencoded"


def asked_of(viewer: Viewer, method: str) -> list[Route]:
    """The routes to ask; those that name nothing are the same from everywhere, and asked from both shores only."""
    beside = viewer.relation in ("shared", "stranger")
    return [
        route
        for route in GUARDED
        if (route.arguments or not beside) and (not route.is_api or method in route.methods)
    ]


@pytest.fixture(scope="module")
def methods(world: World) -> dict[str, set[str]]:
    """The methods that each route takes, as it says itself to one who may."""
    said = {}
    with undone():
        for route in GUARDED:
            viewer = next(each for each in VIEWERS if opens(route, each))
            response = signed_in(world.member(viewer)).options(address(route, world))
            allowed = response.headers.get("Allow", ", ".join(METHODS)).split(", ")
            said[str(route)] = set(route.methods if route.is_api else allowed)
    return said


@pytest.mark.parametrize("viewer", VIEWERS, ids=str)
def test_each_role_sees_what_is_theirs_to_see(
    world: World, methods: dict[str, set[str]], viewer: Viewer
) -> None:
    with undone():
        asked, client = Asked(world, viewer, methods), signed_in(world.member(viewer))
        wrong = [asked.ask("GET", route, client) for route in asked_of(viewer, "GET")]
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("viewer", VIEWERS, ids=str)
def test_whoever_may_not_changes_nothing(
    world: World, methods: dict[str, set[str]], maintenance: psycopg.Connection, viewer: Viewer
) -> None:
    asked, client = Asked(world, viewer, methods), signed_in(world.member(viewer))
    posts = asked_of(viewer, "POST")
    allowed = [route for route in posts if opens(route, viewer) and asked.reaches(route)]
    before = contents(maintenance)
    refused = [asked.ask("POST", route, client) for route in posts if route not in allowed]
    assert changed(before, contents(maintenance)) == set()
    with undone():
        taken = [asked.ask("POST", route, client) for route in allowed]
    assert not list(filter(None, refused + taken))


@pytest.fixture(scope="module")
def maintenance(site: Any, world: World) -> Iterator[psycopg.Connection]:
    """A connection that sees every row."""
    with psycopg.connect(site.cluster.url(DatabaseRole.MAINTENANCE), autocommit=True) as connection:
        yield connection


def test_a_change_is_seen_by_what_looks_for_one(world: World, maintenance: psycopg.Connection) -> None:
    client = signed_in(world.caseworker)
    before = contents(maintenance)
    assert {"registry_registration", "registry_name", "audit_entry", "tracing_pair"} <= set(before)
    assert client.post("/notices/read").status_code == 302
    assert changed(before, contents(maintenance)) == {"notices_notice", "audit_entry"}

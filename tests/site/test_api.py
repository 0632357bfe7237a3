# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API keeps to its own document, whatever it is sent; and changes nothing without the session's token."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from house.clients import one_connection, signed_in
from house.routes import Route, address, routes
from house.world import Viewer, World, undone
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from havre.conf.api import api
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member

KEPT = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""No error of ours, no status, content type, header or shape that the document does not know."""
EXAMPLES = 4
ROLES = [Role.CASEWORKER, Role.GUARDIAN]
KNOWN = {"people": "child", "pairs": "pair", "runs": "run", "cases": "case", "decisions": "decision"}
"""What stands for an id after such a part of the address."""


DOCUMENT = dict(api.get_openapi_schema(path_prefix="/api/"))
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = WSGIHandler()
OPERATIONS = [route for route in routes() if route.is_api and not route.is_public]


def test_every_operation_stands_in_the_document() -> None:
    known = {(method.upper(), path) for path, said in DOCUMENT["paths"].items() for method in said}
    asked = {
        (route.methods[0], "/" + route.pattern.replace("<", "{").replace(">", "}")) for route in OPERATIONS
    }
    assert known == asked
    for operations in DOCUMENT["paths"].values():
        for said in operations.values():
            assert said["summary"]
            assert {"400", "401", "403", "422"} <= set(said["responses"])


def test_each_shape_of_the_document_is_the_one_of_its_app() -> None:
    """Where two apps call a shape by one name, the document would show one of them for both."""
    shapes, looked_at = DOCUMENT["components"]["schemas"], 0
    for app in ("cases", "registry", "tracing"):
        room = import_module(f"havre.apps.{app}.api.schemas")
        for name, each in vars(room).items():
            if getattr(each, "__module__", "") == room.__name__ and "properties" in shapes.get(name, {}):
                looked_at += 1
                assert set(shapes[name]["properties"]) == set(each.model_fields), f"{app}: {name}"
    assert looked_at > 20


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", OPERATIONS, ids=str)
def test_an_answer_is_as_the_document_says(world: World, route: Route, role: Role) -> None:
    operation = schema["/" + route.pattern.replace("<", "{").replace(">", "}")][route.methods[0]]

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def asked(case: Any) -> None:
        _name_something_known(case, world)
        with undone():
            response = _answer(case, world.member(Viewer(role, "own")))
        case.validate_response(response, checks=KEPT)

    asked()


def _answer(case: Any, member: Member) -> Any:
    client = signed_in(member)
    token = client.get("/api/session").json()["token"]
    with one_connection():
        return case.call(
            headers={"X-CSRFToken": token, "Accept-Encoding": "identity"},
            cookies={"havre_session": client.session.session_key},
        )


def _name_something_known(case: Any, world: World) -> None:
    """Every other id is one that there is: who sends nonsense only is told so before anything is looked at."""
    part = case.path.strip("/").split("/")[1]
    for name, value in (case.path_parameters or {}).items():
        if part in KNOWN and len(str(value)) == 36 and str(value)[-1] in "02468ace":
            case.path_parameters[name] = str(getattr(world, KNOWN[part]).pk)


# --- the session's token -----------------------------------------------------------------------------------------


@pytest.fixture
def caseworker(world: World) -> Iterator[Client]:
    """A browser that has signed in, of which the token is asked."""
    with undone():
        yield signed_in(world.caseworker, enforce_csrf_checks=True)


CHANGES = [route for route in OPERATIONS if route.methods != ("GET",)]


@pytest.mark.parametrize("route", CHANGES, ids=str)
def test_nothing_is_changed_without_the_token(world: World, caseworker: Client, route: Route) -> None:
    place, sent = address(route, world), {"content_type": "application/json"}
    token = caseworker.get("/api/session").json()["token"]
    for headers in (
        {},
        {"X-CSRFToken": "x" * 64},
        {"X-CSRFToken": token, "Origin": "https://elsewhere.example"},
    ):
        refused = caseworker.generic(route.methods[0], place, b"{}", headers=headers, **sent)  # type: ignore[arg-type]
        assert (refused.status_code, refused["Content-Type"]) == (403, "application/json; charset=utf-8")
    taken = caseworker.generic(route.methods[0], place, b"{}", headers={"X-CSRFToken": token}, **sent)  # type: ignore[arg-type]
    assert taken.status_code in (200, 201, 202, 422)


@pytest.mark.parametrize("route", CHANGES, ids=str)
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_form_of_another_site_could_send_is_refused(
    world: World, caseworker: Client, route: Route, kind: str
) -> None:
    token = caseworker.get("/api/session").json()["token"]
    refused = caseworker.generic(
        route.methods[0], address(route, world), b"{}", content_type=kind, headers={"X-CSRFToken": token}
    )
    assert refused.status_code == 415


def test_a_password_or_key_in_a_header_is_no_session(world: World) -> None:
    with undone():
        for value in ("Basic Y2FzZXdvcmtlcjpwYXNzd29yZA==", "Bearer abc"):
            refused = Client().get("/api/people", headers={"Authorization": value})
            assert refused.status_code == 401


def test_no_answer_may_be_kept_by_a_cache_or_read_by_another_site(world: World) -> None:
    with undone():
        response = signed_in(world.caseworker).get(
            "/api/people", headers={"Origin": "https://elsewhere.example"}
        )
    assert response["Cache-Control"] == "no-store"
    assert not [name for name in response.headers if name.lower().startswith("access-control")]

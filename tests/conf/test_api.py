# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API as its document describes it: whatever is asked, the answer is one that the document names."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from cast import Cast
from django.test import Client
from house.clients import one_connection
from house.clients import signed_in as signed_in_client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from havre.conf.api import api
from havre.conf.wsgi import application
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member

NOT_PROMISED = [positive_data_acceptance]
"""What fits the document may still be refused: a country that there is none of, a birth that has not been yet."""
BORN = b'{"described": {"names": "A", "birth": {"earliest": "%s", "latest": "%s", "kind": "day"}}}'


def programme(member: Member, **options: Any) -> Client:
    """A program of this member, signed in; changes carry the token."""
    return signed_in_client(member, enforce_csrf_checks=True, raise_request_exception=True, **options)


@pytest.fixture
def caseworker(cast: Cast) -> Client:
    return programme(cast.member(cast.dunes))


@pytest.fixture
def signed_in(caseworker: Client) -> dict[str, Any]:
    """What a request of the caseworker carries."""
    token = caseworker.get("/api/session").json()["token"]
    cookies = {name: morsel.value for name, morsel in caseworker.cookies.items()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": token, "Accept-Encoding": "identity"}}


@pytest.fixture
def in_one_transaction() -> Iterator[None]:
    """A request that ends does not end the connection, as it does on a server."""
    with one_connection():
        yield


def described() -> dict[str, Any]:
    """The document without the session's cookie, which every request of these tests carries."""
    said: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))
    del said["components"]["securitySchemes"]
    for methods in said["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return said


DOCUMENT = schemathesis.openapi.from_dict(described())
DOCUMENT.app = application
ASKED = [
    (path, method, mode)
    for path, methods in DOCUMENT.raw_schema["paths"].items()
    for method, operation in methods.items()
    for mode in GenerationMode
    if mode.is_positive or operation["parameters"] or "requestBody" in operation
]
"""Each operation with what its document allows, and with what it does not, where it asks for anything."""


@pytest.mark.parametrize(("path", "method", "mode"), ASKED)
def test_no_request_finds_an_answer_that_the_document_does_not_name(
    path: str, method: str, mode: GenerationMode, signed_in: dict[str, Any], in_one_transaction: None
) -> None:
    @given(case=DOCUMENT[path][method.upper()].as_strategy(generation_mode=mode))
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    def asked(case: Case) -> None:
        case.call_and_validate(excluded_checks=NOT_PROMISED, **signed_in)

    asked()


def test_who_acts_is_told(caseworker: Client) -> None:
    said = caseworker.get("/api/session").json()
    assert (said["organisation"], said["role"], said["shore"]) == ("Dunes", "caseworker", "france")


@pytest.mark.parametrize("path", ["/api/session", "/api/people", "/api/pairs", "/api/runs"])
def test_nobody_is_told_nothing(database: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 401
    assert "detail" in answer.json()


def test_a_change_needs_the_token(caseworker: Client) -> None:
    answer = caseworker.post("/api/people", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert "X-CSRFToken" in answer.json()["detail"]


def test_a_form_of_another_site_changes_nothing(caseworker: Client) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        answer = caseworker.post("/api/people", "{}", content_type=kind)
        assert answer.status_code == 415


def test_a_role_without_the_right_is_refused(cast: Cast) -> None:
    answer = programme(cast.auditor).get("/api/people")
    assert answer.status_code == 403
    assert "registry.read" in answer.json()["detail"]


def test_a_misspelt_filter_does_not_read_as_no_filter(caseworker: Client) -> None:
    answer = caseworker.get("/api/people", {"nationalty": "AFG"})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["where"] == "query.nationalty"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/people/not-a-uuid", 422),
        ("/api/people/00000000-0000-0000-0000-000000000000", 404),
        ("/api/people?size=99999999999999999999", 422),
        ("/api/people?nationality=%00", 422),
        ("/api/people?at=%00%FF", 200),
        ("/api/people?at=bjAwMDEtMDEtMDFUMDA6MDA6MDArMjM6NTkgMDA", 200),
        ("/api/nowhere", 404),
        ("/api/", 404),
    ],
)
def test_what_cannot_be_is_told_and_is_no_error_of_ours(caseworker: Client, path: str, status: int) -> None:
    assert caseworker.get(path).status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"1" * 5000, 400),
        (b'{"described": {"names": "\\ud800"}}', 422),
        (b'{"described": {"names": "a\\u0000b"}}', 422),
        (b'{"described": {}, "extra": 1}', 422),
        (BORN % (b"2001-02-30", b"2001-03-01"), 422),
        (BORN % (b"2001-02-03", b"2001-02-01"), 422),
        (BORN % (b"2999-01-01", b"2999-01-01"), 422),
        (b'{"described": {"names": "A", "nationality": "XXX"}}', 422),
        (b'{"described": {"names": ""}}', 422),
        (b'{"described": {"names": "A"}, "said_on": "2999-01-01"}', 422),
        (b'{"described": {"names": "A"}, "person_id": "00000000-0000-0000-0000-000000000000"}', 404),
        (b'{"described": {"names": "A"}, "note": "' + b"x" * 3_000_000 + b'"}', 413),
    ],
)
def test_a_body_that_cannot_be_is_refused(
    caseworker: Client, signed_in: dict[str, Any], body: bytes, status: int
) -> None:
    key = {"Idempotency-Key": "0190b0a0-0000-7000-8000-000000000001"}
    answer = caseworker.post(
        "/api/people", body, content_type="application/json", headers={**signed_in["headers"], **key}
    )
    assert answer.status_code == status, answer.content
    assert set(answer.json()) == {"detail", "problems"}


def test_the_page_on_operations_names_who_may(cast: Cast) -> None:
    page = programme(cast.member(cast.dunes, Role.REGISTRAR)).get("/api/docs").content.decode()
    assert "POST /<wbr>api/<wbr>people" in page
    assert "registrar, tracing caseworker, supervisor" in page


def test_the_document_is_public_and_names_the_session(database: None) -> None:
    said = json.loads(Client().get("/api/openapi.json").content)
    assert said["components"]["securitySchemes"]["SignedIn"]["in"] == "cookie"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rights for operations of the API, and how a refusal is told there.

The API is for programs of those who have signed in: it goes by the same session, member, right and transaction as a
page, and a change needs the session's token against forgery, in the header ``X-CSRFToken``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.operation import Operation
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from havre.core.access.middleware import lacks_second_factor, let_act
from havre.core.access.rights import PUBLIC, NotAllowed, Right, may
from havre.words import Language, Words

WORDS = Words("havre.core.access")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Problem(Schema):
    """One thing that is wrong with a request, and where."""

    where: str
    what: str


class Error(Schema):
    """Why a request was refused."""

    detail: str
    problems: list[Problem] = Field(default_factory=list)


class Refused(Exception):
    """A request that is refused before its operation begins: a status and a sentence."""

    def __init__(self, status: int, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values

    def say(self, language: Language) -> str:
        """The sentence."""
        return WORDS.say(language, self.key, **self.values)


def refusals(*statuses: int) -> dict[int, Any]:
    """What an operation declares beside its answer: the refusals that any may give, and its own."""
    return dict.fromkeys(sorted({400, 401, 403, 422, *statuses}), Error)


CHANGING = (409, 413, 415)
"""Refusals of operations that take a body."""


class SignedIn(AuthBase):
    """Opens an operation for members who hold ``right``, and lets them act for its purpose."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "havre_session"

    def __init__(self, right: Right) -> None:
        super().__init__()
        self.right = right

    def __call__(self, request: HttpRequest) -> Any:
        """Who acts; Refused or NotAllowed where nobody may."""
        if not request.user.is_authenticated or not let_act(request, self.right):
            raise Refused(401, "api_sign_in")
        if request.method not in SAFE:
            _refuse_forged(request)
        if lacks_second_factor(request):
            raise Refused(403, "api_second_factor")
        actor = request.actor  # type: ignore[attr-defined]
        if not may(actor, self.right):
            raise NotAllowed(self.right)
        return actor


def _refuse_forged(request: HttpRequest) -> None:
    # Before the token is looked for, since that would read a form's body and leave nothing of it.
    if request.content_type != "application/json":
        raise Refused(415, "api_json")
    if check_csrf(request):
        raise Refused(403, "api_token")


def signed_in(right: Right) -> SignedIn:
    """For ``auth=`` of an operation."""
    return SignedIn(right)


def rights_of(router: Router) -> Iterator[tuple[str, Mapping[str, Right]]]:
    """Each path of ``router``, with the right that each method asks for; PUBLIC where it asks for none."""
    for path, view in router.path_operations.items():
        yield (
            path,
            {method: _right(operation) for operation in view.operations for method in operation.methods},
        )


def _right(operation: Operation) -> Right:
    asked = operation.auth_param
    return asked.right if isinstance(asked, SignedIn) else PUBLIC


def unknown_questions(operation: Operation, request: HttpRequest) -> list[str]:
    """Parameters of the query that the operation does not know: a misspelt filter must not read as no filter."""
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    return sorted(set(request.GET) - known)

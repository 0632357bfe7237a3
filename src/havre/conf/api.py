# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API: one document of OpenAPI for all apps, each refusal told in one shape.

Whoever may see or do something on a page may do it here, and nobody else: operations call the same actions.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError

from havre.apps.cases.actions import CaseRefused, NotWhole
from havre.apps.cases.api import router as cases
from havre.apps.registry.actions import RegistryError
from havre.apps.registry.api import CONFLICTS
from havre.apps.registry.api import router as registry
from havre.apps.tracing.actions import TracingRefused
from havre.apps.tracing.api import router as tracing
from havre.conf.console import WORDS
from havre.core.access import NobodyActs, NotAllowed, Purpose, Right, current_actor, needs, public
from havre.core.access.api import WORDS as REFUSALS
from havre.core.access.api import (
    Error,
    Problem,
    Refused,
    refusals,
    rights_of,
    signed_in,
    unknown_questions,
)
from havre.core.access.rights import PUBLIC
from havre.core.accounts.enums import Role
from havre.core.ui import language_of, page
from havre.words import Language

USE_API = Right("conf.use_api", frozenset(Role), Purpose.CARE)
"""Every member: what the operations then reach is for their own rights to say."""
about = Router()
ROUTERS: Mapping[str, Router] = {"": about, "registry": registry, "tracing": tracing, "cases": cases}
"""The operations of each app, by the tag under which the document shows them."""

api = NinjaAPI(title="Havre", version=version("havre"), docs_url=None, urls_namespace="api")


class Session(Schema):
    """Who acts in this session, and the token that a change needs in the header X-CSRFToken."""

    member: str
    organisation: str
    role: str
    shore: str
    token: str


@about.get("/session", response={200: Session, **refusals()}, auth=signed_in(USE_API))
def session(request: HttpRequest) -> Session:
    """Who acts in this session."""
    actor = current_actor()
    return Session(
        member=str(actor.member_id),
        organisation=actor.organisation,
        role=actor.role.value,
        shore=actor.shore.value,
        token=get_token(request),
    )


def _refuse(
    request: HttpRequest, status: int, detail: str, problems: list[Problem] | None = None
) -> HttpResponse:
    error = Error(detail=detail, problems=problems or [])
    return api.create_response(request, error.model_dump(), status=status)


def _told(status: int, key: str, **values: object) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, _: _refuse(request, status, REFUSALS.say(language_of(request), key, **values))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return _refuse(request, refused.status, refused.say(language_of(request)))


@api.exception_handler(NotAllowed)
def _not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return _told(403, "api_not_allowed", right=error.right.name)(request, error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [Problem(where=".".join(map(str, each["loc"])), what=each["msg"]) for each in error.errors]
    detail = REFUSALS.say(language_of(request), "api_invalid", n=len(problems))
    return _refuse(request, 422, detail, problems)


@api.exception_handler(RegistryError)
@api.exception_handler(TracingRefused)
def _refused_by_an_app(request: HttpRequest, error: RegistryError | TracingRefused) -> HttpResponse:
    said = error.say(language_of(request))
    where = [Problem(where=error.field, what=said)] if error.field else []
    return _refuse(request, _status(error), said, where)


@api.exception_handler(CaseRefused)
def _refused_by_cases(request: HttpRequest, error: CaseRefused) -> HttpResponse:
    """Of a decision in which something is missing every lack stands apart, with its place."""
    language = language_of(request)
    said = error.say(language)
    if isinstance(error, NotWhole):
        lacks = [
            Problem(where=place, what=error.say_each(place, lack, language)) for place, lack in error.lacks
        ]
        return _refuse(request, error.status, said, lacks)
    return _refuse(
        request, error.status, said, [Problem(where=error.field, what=said)] if error.field else []
    )


def _status(error: RegistryError | TracingRefused) -> int:
    """404 where there is nothing to act upon, 409 where something else came before, else 422."""
    if isinstance(error, TracingRefused):
        return error.status
    if error.key.startswith("no_such_"):
        return 404
    return 409 if error.key in CONFLICTS else 422


api.add_exception_handler(NobodyActs, _told(401, "api_sign_in"))
api.add_exception_handler(Http404, _told(404, "api_not_found"))
api.add_exception_handler(RequestDataTooBig, _told(413, "api_too_large"))
api.add_exception_handler(SuspiciousOperation, _told(400, "api_unreadable"))
api.add_exception_handler(HttpError, _told(400, "api_unreadable"))


def _known_questions_only(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def asked(request: HttpRequest, **path_values: Any) -> HttpResponse:
        language = language_of(request)
        said = REFUSALS.say(language, "api_unknown_question")
        unknown = unknown_questions(run.__self__, request)  # type: ignore[attr-defined]
        problems = [Problem(where=f"query.{name}", what=said) for name in unknown]
        if problems:
            return _refuse(request, 422, REFUSALS.say(language, "api_invalid", n=len(problems)), problems)
        return run(request, **path_values)

    return asked


api.add_decorator(_known_questions_only, mode="view")
for tag, router in ROUTERS.items():
    api.add_router("", router, tags=[tag] if tag else None)


@needs(USE_API)
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The operations, as the document describes them."""
    language, paths = language_of(request), _paths()
    rights = {f"{reverse('api:api-root')}{path.lstrip('/')}": asked for path, asked in _rights().items()}
    rows = [
        {
            "method": method.upper(),
            "path": path,
            "what": said["description"],
            "roles": _roles(rights[path][method.upper()], language),
        }
        for path, methods in paths.items()
        for method, said in methods.items()
    ]
    return page(request, "conf/api.html.jinja", WORDS, rows=rows)


@cache
def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = api.get_openapi_schema()["paths"]
    return paths


def _roles(right: Right, language: Language) -> str:
    return ", ".join(role.label(language) for role in Role if role in right.roles)


@public
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under /api/ that is none: told as the API tells things."""
    return _told(404, "api_not_found")(request, rest)


def _rights() -> dict[str, Mapping[str, Right]]:
    return {path: rights for router in ROUTERS.values() for path, rights in rights_of(router)}


def _opened(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Ninja's routes, which ask for the right of the operation themselves; ``rights`` names it for each method."""
    rights = {
        path.lstrip("/").replace("{", "<").replace("}", ">"): asked for path, asked in _rights().items()
    }
    for pattern in patterns:
        view = pattern.callback
        view.right = PUBLIC  # type: ignore[union-attr]
        view.rights = rights.get(str(pattern.pattern), {})  # type: ignore[union-attr]
    return patterns


urlpatterns = [
    path("docs", docs, name="api_docs"),
    path("", (_opened(api.urls[0]), *api.urls[1:])),
    path("<path:rest>", nothing_here, name="api_nothing"),
]

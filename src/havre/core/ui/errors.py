# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages for what went wrong. Those of the server itself ask nothing of the database and speak both languages."""

# ruff: noqa: ARG001 - Django says what each of these is called with
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from havre.core.ui.context import WORDS
from havre.core.ui.pages import page
from havre.words import Language

PLACE = "ui/error.html.jinja"
BARE = "ui/bare.html.jinja"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read."""
    return _bare(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reader has no right to this page."""
    return page(request, PLACE, WORDS, status=403, error="403")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing that the reader may know of."""
    return page(request, PLACE, WORDS, status=404, error="404")


def server_error(request: HttpRequest) -> HttpResponse:
    """We failed; nothing was saved."""
    return _bare(request, "500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or did not come from us."""
    return page(request, PLACE, WORDS, status=403, error="csrf")


def _bare(request: HttpRequest, error: str, status: int) -> HttpResponse:
    both = [(language, partial(WORDS.say, language)) for language in Language]
    return HttpResponse(
        render_to_string(BARE, {"error": error, "both": both}, request, using="jinja2"), status=status
    )

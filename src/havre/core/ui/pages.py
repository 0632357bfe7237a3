# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a view to a page: rendered at once, inside the transaction of the request."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from havre.words import Language, Words


def language_of(request: HttpRequest) -> Language:
    """The language that the reader chose, else that of their browser."""
    said = getattr(request, "LANGUAGE_CODE", None) or get_language() or ""
    return Language.FRENCH if said.startswith("fr") else Language.ENGLISH


def by_script(request: HttpRequest) -> bool:
    """Whether a script of the page asks, and not somebody who goes to the address."""
    return request.headers.get("HX-Request") == "true"


def page_number(request: HttpRequest) -> int:
    """Which page of a list the address asks for, from 1 on; the first where it says nothing sensible."""
    said = request.GET.get("page", "")
    return int(said) if said.isdecimal() and len(said) < 7 and int(said) else 1


def page(
    request: HttpRequest,
    template: str,
    words: Words,
    *,
    status: int = 200,
    reading: str | None = None,
    **context: Any,
) -> HttpResponse:
    """The page as an answer. ``say`` speaks ``words`` in it.

    ``reading`` is the language tag of a page that is written for somebody else, such as ``ar``. No cache keeps
    what a member was shown.
    """
    said = {"say": partial(words.say, language_of(request)), "reading": reading, **context}
    response = HttpResponse(render_to_string(template, said, request, using="jinja2"), status=status)
    if getattr(request, "actor", None) is not None:
        response["Cache-Control"] = "no-store"
    return response

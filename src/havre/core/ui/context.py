# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every template knows, those of libraries too: a context processor."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from markupsafe import Markup

from havre.core.ui import telling
from havre.core.ui.navigation import ways
from havre.core.ui.pages import language_of
from havre.words import Words

WORDS = Words("havre.core.ui")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi"})


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Language, words, who acts, and functions that write values in the reader's language."""
    language = language_of(request)
    actor = getattr(request, "actor", None)
    ui: Callable[..., str] = partial(WORDS.say, language)
    return {
        "language": language,
        "ui": ui,
        "actor": actor,
        "csrf": partial(csrf_input, request),
        "ways": partial(ways, actor, request.path, language),
        "notes_of": partial(get_messages, request),
        "day": partial(telling.day, language=language),
        "month": partial(telling.month, language=language),
        "moment": partial(telling.moment, language=language),
        "number": partial(telling.number, language=language),
        "percent": partial(telling.share, language=language),
    }


def url(name: str, *args: object, query: Mapping[str, Any] | None = None, **kwargs: object) -> str:
    """The address of a route, with ``query`` behind it; what is None or empty in it is left out."""
    address = reverse(name, args=args or None, kwargs=kwargs or None)
    said = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    return f"{address}?{urlencode(said, doseq=True)}" if said else address


def url_if(name: str) -> str:
    """The address of a route that this house may lack; empty where it does."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def direction_of(tag: str) -> str:
    """``rtl`` or ``ltr``, as the language of a BCP 47 tag is written."""
    return "rtl" if tag in RIGHT_TO_LEFT or tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def spaced(*classes: str) -> Markup:
    """The classes that are not empty, for one class attribute."""
    return Markup(" ").join(each for each in classes if each)

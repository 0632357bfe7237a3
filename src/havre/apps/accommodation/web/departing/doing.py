# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A press of a button: it is done and said, or refused and said, and the page is shown again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.web.departing.words import WORDS
from havre.core.ui import language_of

Done = tuple[str, str]
"""Where to go, and the sentence that says what was done."""


def pressed(request: HttpRequest, does: Callable[[], Done], back: str) -> HttpResponse:
    """What ``does`` does, then where it says; a refusal is said at ``back``, of what nobody may see nothing is."""
    language = language_of(request)
    try:
        there, said = does()
    except Refused as refused:
        if refused.status == 404 and not refused.field:
            raise Http404 from refused
        messages.error(request, refused.say(language))
        return HttpResponseRedirect(back)
    messages.success(request, said)
    return HttpResponseRedirect(there)


def say(request: HttpRequest, key: str, **values: object) -> str:
    """A sentence in the reader's language."""
    return WORDS.say(language_of(request), key, **values)

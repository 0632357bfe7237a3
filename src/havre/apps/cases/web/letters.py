# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decision as letters: to the child, and to whoever helps the child as a lawyer does."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.cases.actions import NoSuchCase
from havre.apps.cases.actions.writing import letter_to_child, reasoned_decision
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.web.words import WORDS
from havre.core.access import needs
from havre.core.ui import language_of
from havre.core.ui.saving import PDF, saved
from havre.words import Language


@needs(READ_CASES)
@require_GET
def to_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter to the child, in both languages; that it left the house is on record."""
    return _file(request, pk, letter_to_child, "file_letter")


@needs(READ_CASES)
@require_GET
def reasoned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole decision with its reasons, in the reader's language; that it left the house is on record."""
    return _file(request, pk, reasoned_decision, "file_reasoned")


def _file(
    request: HttpRequest, pk: UUID, write: Callable[[UUID, Language], bytes], called: str
) -> HttpResponse:
    language = language_of(request)
    try:
        content = write(pk, language)
    except NoSuchCase as refused:
        raise Http404 from refused
    return saved(content, PDF, f"{WORDS.say(language, called)}.pdf")

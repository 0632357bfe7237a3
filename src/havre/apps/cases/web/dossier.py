# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole case to take along: on paper, and as a bundle that needs no Havre."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.cases.actions import NoSuchCase
from havre.apps.cases.actions.taking import case_bundle, case_dossier
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.web.words import WORDS
from havre.core.access import needs
from havre.core.ui import language_of
from havre.core.ui.saving import PDF, saved
from havre.words import Language


@needs(READ_CASES)
@require_GET
def on_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole case as PDF in the reader's language; that it left the house is on record."""
    language = language_of(request)
    try:
        content = case_dossier(pk, language)
    except NoSuchCase as refused:
        raise Http404 from refused
    return _file(content, PDF, "file_dossier", "pdf", language)


@needs(READ_CASES)
@require_GET
def bundle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for programs, with its documents; that it left the house is on record."""
    language = language_of(request)
    try:
        content = case_bundle(pk, language)
    except NoSuchCase as refused:
        raise Http404 from refused
    return _file(content, "application/zip", "file_bundle", "zip", language)


def _file(content: bytes, kind: str, called: str, ending: str, language: Language) -> HttpResponse:
    return saved(content, kind, f"{WORDS.say(language, called)}.{ending}")

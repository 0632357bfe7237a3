# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and parties to save: as a spreadsheet, on paper, on a map, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.accommodation.actions.exporting import (
    centres_geojson,
    centres_pdf,
    centres_workbook,
    parties_workbook,
)
from havre.apps.accommodation.policies import EXPORT
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import needs
from havre.core.clock import today
from havre.core.ui import language_of
from havre.core.ui.saving import PDF, XLSX, saved
from havre.words import Language


@needs(EXPORT)
@require_GET
def centres_sheet(request: HttpRequest) -> HttpResponse:
    """Centres and places as an .xlsx with HXL tags, which an import reads back."""
    language = language_of(request)
    return saved(centres_workbook(language), XLSX, _name("file_centres", "xlsx", language))


@needs(EXPORT)
@require_GET
def centres_map(request: HttpRequest) -> HttpResponse:
    """Where centres are, without a word of who stays there."""
    return saved(
        centres_geojson(), "application/geo+json", _name("file_centres", "geojson", language_of(request))
    )


@needs(EXPORT)
@require_GET
def centres_paper(request: HttpRequest) -> HttpResponse:
    """Centres with their units as a document to print."""
    language = language_of(request)
    return saved(centres_pdf(language), PDF, _name("file_centres", "pdf", language))


@needs(EXPORT)
@require_GET
def parties_sheet(request: HttpRequest) -> HttpResponse:
    """The desk's parties as an .xlsx, which an import reads back."""
    language = language_of(request)
    return saved(parties_workbook(language), XLSX, _name("file_parties", "xlsx", language))


def _name(key: str, ending: str, language: Language) -> str:
    return f"{WORDS.say(language, key)}-{today().isoformat()}.{ending}"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a coach, in the language that was chosen for them."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.accommodation.actions.departing.papers import labels, manifest
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.policies import READ_DEPARTURES
from havre.apps.accommodation.web.departing.words import WORDS
from havre.core.access import needs
from havre.core.ui import language_of
from havre.core.ui.saving import PDF, saved
from havre.words import Language


@needs(READ_DEPARTURES)
@require_GET
def manifest_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the escort; that it left the house is on record."""
    return _file(request, pk, manifest, "file_manifest")


@needs(READ_DEPARTURES)
@require_GET
def labels_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the luggage; that they left the house is on record."""
    return _file(request, pk, labels, "file_labels")


def _file(
    request: HttpRequest, pk: UUID, write: Callable[[UUID, Language], bytes], called: str
) -> HttpResponse:
    said = request.GET.get("language", "")
    language = Language(said) if said in set(Language) else language_of(request)
    try:
        content = write(pk, language)
    except Refused as refused:
        raise Http404 from refused
    return saved(content, PDF, f"{WORDS.say(language, called)}.pdf")

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due for erasure: a list for whoever may erase. Nothing on it is erased by a program."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.registry.policies import ERASE
from havre.apps.registry.queries import Why, due_for_erasure
from havre.apps.registry.web.showing import called
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.clock import today
from havre.core.ui import language_of, page

SHOWN = 100


@needs(ERASE)
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Own registrations that are due, the longest due first, each with the way to erase it."""
    language = language_of(request)
    found = due_for_erasure(today())
    rows = [
        {
            "pk": each.registration.pk,
            "name": called(list(each.registration.names.all()))[0],
            "reference": each.registration.person.reference,
            "why": each.why.label(language),
            "since": each.since,
            "due": each.due_on,
        }
        for each in found[:SHOWN]
    ]
    return page(
        request,
        "registry/retention.html.jinja",
        WORDS,
        rows=rows,
        count=len(found),
        more=max(0, len(found) - SHOWN),
        rules=[why.label(language) for why in Why],
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two plans side by side."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.accommodation.policies import READ_PLANS
from havre.apps.accommodation.queries.plans import compared, made_plans
from havre.apps.accommodation.web.plans.telling import gap_said, place_said, points_said, wins_said
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.access import needs
from havre.core.audit import record_listed
from havre.core.ui import language_of, page

SHOWN = 100
"""Parties of a list."""


@needs(READ_PLANS)
@require_GET
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """From the ``other`` plan to this one: who moves, who waits, what it is worth, centre by centre.

    The parties that are named are on record.
    """
    language = language_of(request)
    found = {each.pk: each for each in made_plans().filter(pk__in=[pk, other])}
    if pk not in found or other not in found:
        raise Http404
    before, after = found[other], found[pk]
    change = compared(before, after)
    told = [("moved", change.moved), ("placed", change.placed), ("dropped", change.dropped)]
    lists = [
        (WORDS.say(language, f"list_{key}", n=len(moves)), moves[:SHOWN]) for key, moves in told if moves
    ]
    record_listed("accommodation_party", (each.after.party_id for _, moves in lists for each in moves))
    return page(
        request,
        "accommodation/compare.html.jinja",
        WORDS,
        before=before,
        after=after,
        change=change,
        lists=lists,
        shown=SHOWN,
        gap=lambda plan: gap_said(plan.points, plan.bound, language),
        points=lambda points: points_said(points, language),
        wins=lambda points: wins_said(points, language),
        place=lambda place: place_said(place, language),
    )

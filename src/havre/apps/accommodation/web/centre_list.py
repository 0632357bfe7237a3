# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of centres: a page of them at once, found by name, town or region."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.accommodation.policies import EXPORT, READ_CENTRES, RUN_CENTRES
from havre.apps.accommodation.queries.pages import CentreLine, by_kind, counted, lines_of_centres
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.clock import today
from havre.core.exchange.vocabulary import fold
from havre.core.ui import language_of, page, page_number
from havre.core.ui.context import url
from havre.core.ui.spoken import Spoken
from havre.words import Language

A_PAGE = 20
"""Centres: each is a card as tall as a hand on a phone."""


class SeekForm(Spoken):
    """Which centres are looked for."""

    sentences = WORDS
    called: ClassVar = {"name": "seek_centre"}

    name = forms.CharField(required=False)
    region = forms.CharField(required=False)

    def __init__(self, language: Language, regions: Sequence[str], **options: Any) -> None:
        super().__init__(language, **options)
        self.offer("region", [(each, each) for each in regions], "any_region")


@needs(READ_CENTRES)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every centre with its units, a page at a time, and what was pledged beside what there is."""
    language, lines = language_of(request), lines_of_centres(today())
    regions = sorted({line.centre.region for line in lines if line.centre.region})
    asked = _asked(request, regions)
    found = [line for line in lines if _is_sought(line, asked)]
    here = min(page_number(request), max(1, -(-len(found) // A_PAGE)))
    at = partial(url, "accommodation:centres")
    return page(
        request,
        "accommodation/centres.html.jinja",
        WORDS,
        lines=found[(here - 1) * A_PAGE : here * A_PAGE],
        count=WORDS.say(language, "centres_shown", n=len(found)),
        form=SeekForm(language, regions, initial=asked) if len(lines) > A_PAGE else None,
        applied=sum(map(bool, asked.values())),
        previous=at(query={**asked, "page": here - 1}) if here > 1 else None,
        following=at(query={**asked, "page": here + 1}) if found[here * A_PAGE :] else None,
        kinds=list(by_kind(lines, today()).items()),
        counted=counted(),
        may_run=may(current_actor(), RUN_CENTRES),
        may_export=may(current_actor(), EXPORT),
    )


def _asked(request: HttpRequest, regions: Sequence[str]) -> dict[str, str]:
    """What the address looks for; a region that no centre is in is not asked for."""
    region = request.GET.get("region", "")
    return {"name": request.GET.get("name", "").strip(), "region": region if region in regions else ""}


def _is_sought(line: CentreLine, asked: dict[str, str]) -> bool:
    centre = line.centre
    known = fold(f"{centre.name} {centre.town} {centre.code}")
    return fold(asked["name"]) in known and asked["region"] in ("", centre.region)

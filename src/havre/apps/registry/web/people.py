# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people whom a member may read of, and the search that comes before registering.

A search is posted: the name of a child is written into no address, and so into no history and no log.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from havre.apps.registry.actions import Found, search
from havre.apps.registry.models import Person
from havre.apps.registry.policies import READ, SEARCH
from havre.apps.registry.queries import (
    MAJORITY,
    Registrations,
    page_after,
    person_of_reference,
    registrations,
)
from havre.apps.registry.web.candidates import candidates
from havre.apps.registry.web.forms.finding import AgeNow, Agreed, Links, PeopleFilter
from havre.apps.registry.web.forms.registering import WhoForm
from havre.apps.registry.web.own import rights
from havre.apps.registry.web.showing import person_line
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.clock import today
from havre.core.exchange.reading.ages import years_before
from havre.core.ui import by_script, language_of, page
from havre.engines.linkage.records import Unsaid

LIST = "registry/people.html.jinja"


@needs(READ)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Own and shared registrations, the newest first, narrowed by what the address says."""
    language = language_of(request)
    form = PeopleFilter(request.GET, language=language)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = page_after(_narrowed(registrations().standing(), asked).with_names(), request.GET.get("at", ""))
    return page(
        request,
        LIST,
        WORDS,
        form=form,
        who=WhoForm(language=language),
        applied=len(asked),
        can=rights(("search", "register")),
        lines=[person_line(each, language) for each in found.rows],
        previous=_address(request, found.previous),
        following=_address(request, found.next),
        found=None,
    )


def _narrowed(rows: Registrations, asked: dict[str, Any]) -> Registrations:
    if nationality := asked.get("nationality"):
        is_reason = isinstance(nationality, Unsaid)
        rows = rows.filter(**{"unsaid__nationality" if is_reason else "nationality": str(nationality)})
    if organisation := asked.get("organisation"):
        rows = rows.filter(organisation=organisation)
    if links := asked.get("links"):
        rows = rows.with_links() if links == Links.WITH else rows.without_links()
    return _agreed(_of_age(rows, asked.get("age")), asked.get("consent"))


def _agreed(rows: Registrations, consent: str | None) -> Registrations:
    if consent == Agreed.TRACING:
        return rows.with_consent_to_tracing()
    if consent == Agreed.NONE:
        return rows.without_consent_to_tracing()
    return rows.own().with_consent_ending_soon() if consent else rows


def _of_age(rows: Registrations, age: str | None) -> Registrations:
    limit = years_before(today(), MAJORITY)
    if not age:
        return rows
    if age == AgeNow.CHILD:
        return rows.surely_born_after(limit)
    if age == AgeNow.MAYBE:
        return rows.perhaps_born_after(limit)
    return rows.surely_not_born_after(limit) if age == AgeNow.ADULT else rows.of_unknown_birth()


def _address(request: HttpRequest, cursor: str) -> str | None:
    """This page's address at another place of the list."""
    if not cursor:
        return None
    kept = {name: str(value) for name, value in request.GET.items() if name != "at" and value}
    return f"{request.path}?{urlencode({**kept, 'at': cursor})}"


@needs(SEARCH)
@require_POST
def looked_for(request: HttpRequest) -> HttpResponse:
    """Who is known under a name, or by the reference on a paper."""
    language = language_of(request)
    who = WhoForm(request.POST, language=language)
    who.is_valid()
    person = person_of_reference(str(request.POST.get("names", ""))[:40])
    if person is not None:
        return _to_person(request, person)
    return page(
        request,
        LIST,
        WORDS,
        form=None,
        who=who,
        can=rights(("search", "register")),
        lines=[],
        previous=None,
        following=None,
        found=candidates(candidates_of(who), language),
    )


def candidates_of(who: WhoForm, *, whole: bool = False) -> Found:
    """Who may be meant by what was typed so far, or by the ``whole`` name; nobody while it is too little."""
    said = who.described()
    if len(said.names) < SHORTEST:
        return Found()
    return search(
        f"{said.names} " if whole else said.names, sex=said.sex, born=said.birth, nationality=said.nationality
    )


SHORTEST = 3
"""Letters from which a name is looked for."""


def _to_person(request: HttpRequest, person: Person) -> HttpResponse:
    address = reverse("registry:person", args=[person.pk])
    if by_script(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)

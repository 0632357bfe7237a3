# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case begins without a pair: the child is found, and the relative whom they named is chosen."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.cases.actions import AlreadyOpen, NoSuchCase, open_case_of_link
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.cases.web.words import WORDS
from havre.apps.registry.queries import family_links, person_of_reference, registrations
from havre.apps.tracing.queries import relation_said
from havre.core.access import needs
from havre.core.ui import language_of, page
from havre.words import Language

MOST = 20
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Claimed:
    """A child of the own organisation, and somebody whom they named."""

    link_id: UUID
    child: str
    reference: str
    relative: str
    relation: str


@needs(OPEN_CASE)
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Finds a child by reference or name, and shows whom they named."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = _claimed(asked, language_of(request)) if asked else []
    return page(request, "cases/begin.html.jinja", WORDS, asked=asked, found=found)


@needs(OPEN_CASE)
@require_POST
def opened_of_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opens the case of the child who said it; where the child has one, shows that."""
    language = language_of(request)
    try:
        case_id = open_case_of_link(pk).pk
        messages.success(request, WORDS.say(language, "said_opened"))
    except AlreadyOpen as refused:
        case_id = refused.case_id
        messages.info(request, refused.say(language))
    except NoSuchCase as refused:
        raise Http404 from refused
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]))


def _claimed(asked: str, language: Language) -> list[Claimed]:
    own = registrations().own().standing()
    person = person_of_reference(asked)
    meant = own.of_person(person.pk) if person else own.like(asked)
    people = {each.pk: each for each in meant.with_names()[:MOST]}
    links = family_links().standing().filter(registration__in=people)
    return [
        Claimed(
            link_id=link.pk,
            child=next((name.written for name in people[link.registration_id].names.all()), ""),
            reference=people[link.registration_id].person.reference,
            relative=link.names,
            relation=relation_said(link.relation, language),
        )
        for link in links[:MOST]
    ]

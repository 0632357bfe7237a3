# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case begins without a pair: the child is found, and the relative whom they named is chosen."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.cases.actions import open_case_of_link
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.cases.web.listing import shown_or_listed
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
    return shown_or_listed(request, lambda: open_case_of_link(pk))


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

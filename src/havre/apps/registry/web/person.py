# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a person: all that was said in one registration, and which other registrations they have."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from havre.apps.registry.enums import ContactKind, ShareBasis
from havre.apps.registry.models import Registration
from havre.apps.registry.policies import LIFT, READ
from havre.apps.registry.queries import has_tombstone, people, registrations
from havre.apps.registry.web.comparing import blocks_of
from havre.apps.registry.web.history import history
from havre.apps.registry.web.own import page_of, rights
from havre.apps.registry.web.saying import minority_of
from havre.apps.registry.web.showing import called
from havre.apps.registry.web.tables import age_lines, consent_lines, glance, link_lines
from havre.apps.registry.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_read
from havre.core.ui import language_of, page
from havre.core.ui.navigation import onward
from havre.core.ui.telling import day
from havre.words import Language

SHOWN = ("amend", "consent", "share", "group", "register", "withdraw", "erase")


@needs(READ)
@require_GET
def registration(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of the person at one registration; this address stays when registrations are grouped."""
    found = get_object_or_404(registrations(), pk=pk)
    address = reverse("registry:person", args=[found.person_id])
    return redirect(f"{address}?{urlencode({'registration': str(pk)})}")


@needs(READ)
@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One registration of the person; which, the address may say. Reading it is put on record."""
    language = language_of(request)
    found = list(registrations().of_person(pk).with_details())
    if not found:
        return _grouped_since(pk)
    shown = _chosen(found, request.GET.get("registration", ""))
    record_read("registry_registration", shown.pk, shown.pk)
    return page(
        request,
        "registry/person.html.jinja",
        WORDS,
        shown=shown,
        tabs=_tabs(found, shown, language),
        **_said(shown, language),
    )


def _said(shown: Registration, language: Language) -> dict[str, Any]:
    """What the page tells of a registration, and what the acting member may do there."""
    name, other = called(list(shown.names.all()))
    own = shown.organisation_id == current_actor().organisation_id and shown.erased_at is None
    return {
        "person": shown.person,
        "name": name,
        "other": other,
        "minority": minority_of(shown.ages.all()),
        "glance": glance(shown, language),
        "blocks": blocks_of(shown, language),
        "ages": age_lines(shown, language),
        "links": link_lines(shown, language),
        "consents": consent_lines(shown, language),
        "shares": list(shown.shares.all()) if own else [],
        "events": history(shown.pk, language),
        "can": rights(SHOWN, own=own),
        "onward": onward("registration", shown.pk, current_actor(), language) if not shown.erased_at else (),
        "can_lift": shown.erased_at is not None and may(current_actor(), LIFT) and has_tombstone(shown.pk),
        "kind_name": lambda kind: ContactKind(kind).label(language),
        "basis_name": lambda basis: ShareBasis(basis).label(language),
    }


def _grouped_since(pk: UUID) -> HttpResponse:
    """The page of the person whom this one was found to be; else 404."""
    person = get_object_or_404(people(), pk=pk)
    if person.grouped_into_id is None:
        raise Http404
    return redirect("registry:person", person.grouped_into_id)


def _place(registration: Registration) -> tuple[bool, bool, float]:
    """Own before others', standing before erased, the newest first."""
    own = registration.organisation_id == current_actor().organisation_id
    return (not own, registration.erased_at is not None, -registration.recorded_at.timestamp())


def _chosen(found: Sequence[Registration], key: str) -> Registration:
    named = [each for each in found if str(each.pk) == key]
    return named[0] if named else min(found, key=_place)


def _tabs(
    found: Sequence[Registration], shown: Registration, language: Language
) -> list[tuple[str, str, bool]]:
    """The registrations of the person: what each organisation was told stays apart."""
    return [
        (f"{each.organisation.name}, {day(each.said_on, language)}", page_of(each), each is shown)
        for each in sorted(found, key=_place)
    ]

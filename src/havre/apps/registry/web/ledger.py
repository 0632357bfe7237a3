# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consent ledger of a registration: every answer with what it was for, and what others were given already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from havre.apps.registry.enums import LegalBasis
from havre.apps.registry.models import Consent, Registration
from havre.apps.registry.policies import READ
from havre.apps.registry.queries import Given, given_to_others, registrations
from havre.apps.registry.web.own import name_of, page_of, rights
from havre.apps.registry.web.tables import ConsentLine, consent_lines
from havre.apps.registry.web.words import WORDS
from havre.core.access import current_actor, needs
from havre.core.audit import record_read
from havre.core.ui import language_of, page
from havre.words import Language


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One answer, whole."""

    said: ConsentLine
    purpose: str
    basis: str
    interpreter: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What one organisation was given, in one way."""

    organisation: str
    what: str
    times: int
    first: datetime
    last: datetime


@needs(READ)
@require_GET
def ledger(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who agreed to what; after a withdrawal, plainly what it cannot call back. Reading it is put on record."""
    language = language_of(request)
    registration = get_object_or_404(registrations().standing().with_details(), pk=pk)
    record_read("registry_registration", registration.pk, registration.pk)
    own = registration.organisation_id == current_actor().organisation_id
    answers = _answers(registration)
    taken_back = answers.get(request.GET.get("withdrawn", ""))
    stopped_at = taken_back.withdrawn_at if taken_back else None
    given = given_to_others(pk) if own else []
    return page(
        request,
        "registry/ledger.html.jinja",
        WORDS,
        shown=registration,
        name=name_of(registration),
        back=page_of(registration),
        own=own,
        lines=[
            _line(line, answers[str(line.id)], language, own=own)
            for line in consent_lines(registration, language)
        ],
        given=given_lines(given, language),
        stopped_on=stopped_at.date() if stopped_at else None,
        can=rights(("consent",), own=own),
    )


def _answers(registration: Registration) -> dict[str, Consent]:
    """Every answer with who wrote it down, by its id as an address has it."""
    joined = ("recorded_by__account", "withdrawn_by__account")
    return {str(each.pk): each for each in registration.consents.select_related(*joined)}


def _line(said: ConsentLine, answer: Consent, language: Language, *, own: bool) -> LedgerLine:
    """One answer; who wrote it down, the own organisation alone is told."""
    by, back = answer.recorded_by if own else None, answer.withdrawn_by if own else None
    return LedgerLine(
        said=said,
        purpose=answer.purpose,
        basis=LegalBasis(answer.legal_basis).label(language),
        interpreter=answer.interpreter,
        recorded_at=answer.recorded_at,
        recorded_by=by.account.full_name if by else "",
        withdrawn_at=answer.withdrawn_at,
        withdrawn_by=back.account.full_name if back else "",
    )


def given_lines(given: Iterable[Given], language: Language) -> Sequence[GivenLine]:
    """What others were given, in words."""
    return [
        GivenLine(each.organisation, _what(each, language), each.times, each.first, each.last)
        for each in given
    ]


def _what(given: Given, language: Language) -> str:
    key = f"given_{given.kind}_{given.table}"
    said = WORDS.say(language, key if key in set(WORDS) else "given_else")
    return f"{said} ({given.form})" if given.form else said

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hangs on a registration, as rows of tables in the reader's language."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from havre.apps.registry.enums import AgeMethod, ConsentFor, ConsentGiver, ConsentHow
from havre.apps.registry.models import Consent, FamilyLink, Registration
from havre.apps.registry.queries import effective_consents
from havre.apps.registry.web.languages import name_of
from havre.apps.registry.web.saying import (
    Minority,
    age_of,
    age_said,
    birth_said,
    country_said,
    interval,
    minority,
    reason_said,
    relation_said,
    sex_said,
)
from havre.apps.registry.web.words import WORDS
from havre.core.clock import today
from havre.core.ui.telling import day
from havre.words import Language


@dataclass(frozen=True, slots=True)
class AgeLine:
    """One element of evidence."""

    id: UUID
    born: str
    age: str
    minority: Minority | None
    method: str
    assessor: str
    true_on: date
    disputed: bool
    note: str


def age_lines(registration: Registration, language: Language) -> list[AgeLine]:
    """Every element, the last one first: none of them is overwritten."""
    ages = sorted(registration.ages.all(), key=lambda age: (age.true_on, age.pk), reverse=True)
    return [
        AgeLine(
            id=age.pk,
            born=birth_said(interval(age), language),
            age=age_said(interval(age), language),
            minority=minority([interval(age)], today()),
            method=AgeMethod(age.method).label(language),
            assessor=age.assessor,
            true_on=age.true_on,
            disputed=age.disputed,
            note=age.note,
        )
        for age in ages
    ]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One family link."""

    id: UUID
    relation: str
    names: str
    other_names: str
    more: str
    where: str
    phone: str
    withdrawn: bool


def link_lines(registration: Registration, language: Language) -> list[LinkLine]:
    """Every family link, those taken back last."""
    links = sorted(registration.links.all(), key=lambda link: link.withdrawn_at is not None)
    return [
        LinkLine(
            id=link.pk,
            relation=relation_said(link.relation, language),
            names=link.names,
            other_names=link.other_names,
            more=_more(link, language),
            where=", ".join(filter(None, (link.town, country_said(link.country, language)))),
            phone=link.phone,
            withdrawn=link.withdrawn_at is not None,
        )
        for link in links
    ]


def _more(link: FamilyLink, language: Language) -> str:
    """What else is known of the relative, and why something is not."""
    birth = link.described.birth
    known = (
        sex_said(link.sex, language),
        WORDS.say(language, "born", born=birth_said(birth, language)) if birth else "",
        country_said(link.nationality, language),
        link.birthplace,
        link.note,
    )
    why = (
        WORDS.say(
            language, "not_there", what=WORDS.say(language, f"line_{name}"), why=reason_said(why, language)
        )
        for name, why in link.unsaid.items()
        if name in SAID
    )
    return " · ".join([*filter(None, known), *why])


SAID = ("names", "sex", "birth", "nationality", "birthplace", "town", "country", "phone")
"""Fields that may say why they hold nothing."""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One answer."""

    id: UUID
    what: str
    state: str
    """holds, refused, ended or withdrawn."""
    by: str
    how: str
    on: date
    until: date | None


def consent_lines(registration: Registration, language: Language) -> list[ConsentLine]:
    """Every answer, the last one first."""
    holding = {consent.pk for consent in effective_consents(registration).values()}
    answers = sorted(registration.consents.all(), key=lambda each: (each.given_on, each.pk), reverse=True)
    return [
        ConsentLine(
            id=each.pk,
            what=_asked(each, language),
            state=_state(each, holds=each.pk in holding),
            by=ConsentGiver(each.given_by).label(language),
            how=" · ".join(
                filter(None, (ConsentHow(each.how).label(language), name_of(each.language, language)))
            ),
            on=each.given_on,
            until=each.until,
        )
        for each in answers
    ]


def _asked(consent: Consent, language: Language) -> str:
    said = ConsentFor(consent.for_what).label(language)
    return f"{said} ({consent.recipient.name})" if consent.recipient else said


def _state(consent: Consent, *, holds: bool) -> str:
    if consent.withdrawn_at is not None:
        return "withdrawn"
    if consent.refused:
        return "refused"
    return "holds" if holds else "ended"


def glance(registration: Registration, language: Language) -> list[tuple[str, str]]:
    """What one wants to know first, beside the page."""
    said = {
        "line_age": age_of(registration, language),
        "line_reference": registration.person.reference,
        "line_own_reference": _own_reference(registration),
        "line_organisation": registration.organisation.name,
        "line_registered": day(registration.said_on, language),
        "line_by": registration.registered_by.account.full_name,
        "new_place": registration.place,
        "line_language": name_of(registration.language, language),
        "line_source": registration.source,
    }
    return [(WORDS.say(language, key), text) for key, text in said.items() if text]


def _own_reference(registration: Registration) -> str:
    """The reference on the paper that the person was given, where grouping has given another since."""
    grouped = registration.own_person_id != registration.person_id
    return registration.own_person.reference if grouped else ""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows as the API tells them."""

from typing import Any

from havre.apps.registry.api.schemas import (
    AgeOut,
    Birth,
    ConsentOut,
    ContactOut,
    LinkOut,
    NameOut,
    OrganisationOut,
    PersonOut,
    RegistrationOut,
)
from havre.apps.registry.models import AgeEvidence, Consent, FamilyLink, Name, Registration
from havre.apps.registry.queries import best_birth
from havre.core.access import current_actor
from havre.engines.linkage.records import BirthKind


def person_out(registration: Registration) -> PersonOut:
    """One line of a list; asks nothing more of a registration that came ``with_names``."""
    return PersonOut(**_line(registration))


def registration_out(registration: Registration) -> RegistrationOut:
    """All of it; asks nothing more of a registration that came ``with_details``."""
    return RegistrationOut(
        **_line(registration),
        place=registration.place,
        language=registration.language,
        interpreter=registration.interpreter,
        birthplace=registration.birthplace,
        country=registration.country,
        unsaid=registration.unsaid,
        withdrawn_at=registration.withdrawn_at,
        ages=[_age(age) for age in registration.ages.all()],
        contacts=[
            ContactOut(kind=each.kind, value=each.value, since=each.since, note=each.note)
            for each in registration.contacts.all()
        ],
        consents=[_consent(each) for each in registration.consents.all()],
        links=[link_out(each) for each in registration.links.all()],
    )


def _line(registration: Registration) -> dict[str, Any]:
    organisation = registration.organisation
    return {
        "id": registration.pk,
        "person_id": registration.person_id,
        "reference": registration.person.reference,
        "organisation": OrganisationOut(id=organisation.pk, name=organisation.name),
        "own": organisation.pk == current_actor().organisation_id,
        "names": [_name(each) for each in registration.names.all()],
        "sex": registration.sex,
        "birth": Birth.of(best_birth(registration.ages.all())),
        "nationality": registration.nationality,
        "town": registration.town,
        "said_on": registration.said_on,
        "recorded_at": registration.recorded_at,
    }


def _name(name: Name) -> NameOut:
    return NameOut(
        written=name.written,
        script=name.script,
        language=name.language,
        kind=name.kind,
        written_by=name.written_by,
        said_on=name.said_on,
    )


def _age(age: AgeEvidence) -> AgeOut:
    return AgeOut(
        id=age.pk,
        birth=Birth(earliest=age.earliest, latest=age.latest, kind=BirthKind(age.kind)),
        true_on=age.true_on,
        method=age.method,
        assessor=age.assessor,
        disputed=age.disputed,
        note=age.note,
    )


def _consent(consent: Consent) -> ConsentOut:
    return ConsentOut(
        id=consent.pk,
        for_what=consent.for_what,
        given_by=consent.given_by,
        how=consent.how,
        language=consent.language,
        recipient_id=consent.recipient_id,
        given_on=consent.given_on,
        until=consent.until,
        refused=consent.refused,
        withdrawn_at=consent.withdrawn_at,
    )


def link_out(link: FamilyLink) -> LinkOut:
    """One family link."""
    return LinkOut(
        id=link.pk,
        registration_id=link.registration_id,
        relation=link.relation,
        names=link.names,
        other_names=link.other_names,
        sex=link.sex,
        birth=Birth.of(link.described.birth),
        nationality=link.nationality,
        birthplace=link.birthplace,
        phone=link.phone,
        town=link.town,
        country=link.country,
        unsaid=link.unsaid,
        note=link.note,
        said_on=link.said_on,
        withdrawn_at=link.withdrawn_at,
        recorded_at=link.recorded_at,
    )

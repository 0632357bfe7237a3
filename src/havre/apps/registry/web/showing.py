# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A registration as one line of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from havre.apps.registry.enums import NameKind
from havre.apps.registry.models import Name, Registration
from havre.apps.registry.web.saying import Minority, age_of, country_said, minority_of, sex_said
from havre.core.access import current_actor
from havre.words import Language


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a list."""

    registration_id: UUID
    reference: str
    name: str
    other: str
    """Another spelling, in another script first."""
    age: str
    minority: Minority | None
    sex: str
    nationality: str
    town: str
    organisation: str
    own: bool
    said_on: date


def person_line(registration: Registration, language: Language) -> PersonLine:
    """One line; asks nothing more of a registration that came ``with_names``."""
    name, other = called(list(registration.names.all()))
    return PersonLine(
        registration_id=registration.pk,
        reference=registration.person.reference,
        name=name,
        other=other,
        age=age_of(registration, language),
        minority=minority_of(registration.ages.all()),
        sex=sex_said(registration.sex, language),
        nationality=country_said(registration.nationality, language),
        town=registration.town,
        organisation=registration.organisation.name,
        own=registration.organisation_id == current_actor().organisation_id,
        said_on=registration.said_on,
    )


def called(names: Sequence[Name]) -> tuple[str, str]:
    """What to call somebody: the own name, and another spelling, one in another script before others."""
    own = next((name for name in names if name.kind == NameKind.OWN), names[0] if names else None)
    if own is None:
        return "", ""
    others = sorted((name for name in names if name is not own), key=lambda name: name.script == own.script)
    return own.written, others[0].written if others else ""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registering somebody, and adding to what was said."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from havre.apps.registry.actions.bulk import Values, insert, insert_kinds
from havre.apps.registry.actions.consenting import apply_consents, consent_values
from havre.apps.registry.actions.deciding import join
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.finding import own_registration, readable_person
from havre.apps.registry.actions.indexing import index
from havre.apps.registry.actions.once import once
from havre.apps.registry.actions.said import (
    AgeSaid,
    ConsentSaid,
    ContactSaid,
    DocumentSaid,
    LinkSaid,
    NameSaid,
    age_values,
    checked_code,
    clean,
    contact_values,
    link_values,
    name_values,
    rows_of,
    values_of,
)
from havre.apps.registry.enums import Extent, Writer
from havre.apps.registry.models import (
    AgeEvidence,
    Consent,
    Contact,
    Document,
    FamilyLink,
    Name,
    Person,
    Registration,
)
from havre.apps.registry.policies import AMEND, REGISTER
from havre.apps.registry.queries import registrations
from havre.core.access import check
from havre.core.clock import today
from havre.engines.linkage.records import Description, Sex, Unsaid

CODES = ("nationality", "country")
TEXTS = ("birthplace", "town", "place", "language")


@transaction.atomic
def register(
    described: Description,
    *,
    said_on: date | None = None,
    place: str = "",
    language: str = "",
    interpreter: bool | None = None,
    extent: Extent = Extent.QUICK,
    links: Iterable[LinkSaid] = (),
    consents: Iterable[ConsentSaid] = (),
    person_id: UUID | None = None,
    idempotency_key: UUID | None = None,
) -> Registration:
    """Registers somebody for the acting member's organisation, with what was said of them and of family.

    ``person_id`` says that this is a further registration of a person who may be read; that can be undone as any
    grouping can. The same idempotency key gives the first registration, and makes no second one.
    """
    actor = check(REGISTER)
    _check_named(described)
    said_on = _day(said_on)
    place, spoken = clean(place, "place"), clean(language, "language")
    known = readable_person(person_id) if person_id else None
    made = once("register", idempotency_key)
    if made.again:
        return registrations().get(id=made.made)
    person = Person.objects.create(reference=references(1)[0], organisation_id=actor.organisation_id)
    registration = Registration.objects.create(
        id=made.made,
        person=person,
        own_person=person,
        organisation_id=actor.organisation_id,
        registered_by_id=actor.member_id,
        said_on=said_on,
        place=place,
        language=spoken,
        interpreter=interpreter,
        extent=extent,
        **values_of(described),
    )
    insert_kinds(rows_of(registration.id, described, said_on, Writer.MEMBER))
    insert(FamilyLink, [link_values(registration.id, said, said_on) for said in links])
    answers = [consent_values(registration.id, answer) for answer in consents]
    insert(Consent, answers)
    index([registration.id])
    if answers:
        apply_consents(registration)
    if known is not None:
        join(registration, known)
    return registration


@transaction.atomic
def amend(
    registration_id: UUID,
    *,
    names: Iterable[NameSaid] = (),
    ages: Iterable[AgeSaid] = (),
    contacts: Iterable[ContactSaid] = (),
    documents: Iterable[DocumentSaid] = (),
    values: Mapping[str, Any] | None = None,
    unsaid: Mapping[str, Unsaid] | None = None,
    idempotency_key: UUID | None = None,
) -> Registration:
    """Adds to an own registration; a name, age, contact or document that is there already stays as it was.

    ``values`` puts right what is said once (sex, nationality, birthplace, town, country, place, language,
    interpreter, extent): what stood there, the audit remembers. ``unsaid`` says why a field holds nothing.
    """
    check(AMEND)
    registration = own_registration(registration_id)
    if once("amend", idempotency_key).again:
        return registration
    spellings = [name_values(registration.id, said, today()) for said in names]
    insert(Name, spellings, unless_there=True)
    births = [age_values(registration.id, said) for said in ages]
    insert(AgeEvidence, births)
    insert(Contact, [contact_values(registration.id, said, today()) for said in contacts], unless_there=True)
    insert(Document, [_document(registration.id, said) for said in documents])
    if values or unsaid:
        _put_right(registration, values or {}, unsaid or {})
    if spellings or births:
        index([registration.id])
    return registration


@transaction.atomic
def dispute_age(age_id: UUID, *, note: str) -> AgeEvidence:
    """Marks age evidence of an own registration as disputed, with the reasons. It stays among the others."""
    check(AMEND)
    age = AgeEvidence.objects.filter(id=age_id).first()
    if age is None:
        raise RegistryError("no_such_age")
    own_registration(age.registration_id)
    age.disputed, age.note = True, clean(note, "note")
    age.save(update_fields=["disputed", "note"])
    index([age.registration_id])
    return age


def references(n: int) -> list[str]:
    """So many references that nobody has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_reference() FROM generate_series(1, %s)", [n])
        return [row[0] for row in cursor.fetchall()]


def _check_named(described: Description) -> None:
    if not described.names.strip() and "names" not in described.unsaid:
        raise RegistryError("names_needed", "names")


def _day(said_on: date | None) -> date:
    if said_on is not None and said_on > today():
        raise RegistryError("not_yet", "said_on")
    return said_on or today()


def _document(registration_id: UUID, said: DocumentSaid) -> Values:
    if not (kind := clean(said.kind, "kind")):
        raise RegistryError("kind_needed", "kind")
    return {
        "registration_id": registration_id,
        "kind": kind,
        "number": clean(said.number, "number"),
        "issued_by": clean(said.issued_by, "issued_by"),
        "file_id": said.file_id,
    }


def _put_right(registration: Registration, values: Mapping[str, Any], unsaid: Mapping[str, Unsaid]) -> None:
    for field, value in values.items():
        setattr(registration, field, _value(field, value))
    reasons = {**registration.unsaid, **{name: why.value for name, why in unsaid.items()}}
    registration.unsaid = {name: why for name, why in reasons.items() if not values.get(name)}
    registration.save(update_fields=[*values, "unsaid"])


def _value(field: str, value: Any) -> Any:
    """What a column may hold; TypeError for a column that nobody may put right."""
    if field in CODES:
        return checked_code(field, str(value))
    if field in TEXTS:
        return clean(str(value), field)
    if field == "sex":
        return Sex(value) if value else ""
    if field == "extent":
        return Extent(value)
    if field == "interpreter":
        return None if value is None else bool(value)
    raise TypeError(f"a registration has no {field} that is put right")

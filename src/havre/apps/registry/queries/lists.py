# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registrations as a list that the engine of linkage compares."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from havre.apps.registry.enums import ContactKind
from havre.apps.registry.models import AgeEvidence, Contact, FamilyLink, Name, Registration
from havre.apps.registry.queries.people import Registrations
from havre.apps.registry.queries.saying import description
from havre.engines.linkage import FamilyLink as ListedLink
from havre.engines.linkage import Person as ListedPerson
from havre.engines.linkage import ShoreList

CHUNK = 2000
"""Registrations that are read at once: a list of a hundred thousand need not be in memory as rows."""


class NameRow(NamedTuple):
    """What a comparison asks of a name."""

    written: str
    script: str
    kind: str


class AgeRow(NamedTuple):
    """What a comparison asks of age evidence."""

    earliest: date
    latest: date
    kind: str
    true_on: date
    disputed: bool
    id: UUID


def shore_list(registrations: Registrations) -> ShoreList:
    """The registrations and their family links, as far as they stand; ids are those of the rows, as text."""
    people: list[ListedPerson] = []
    links: list[ListedLink] = []
    standing = registrations.standing().select_related("organisation").order_by("recorded_at", "id")
    for chunk in _chunks(standing):
        people += _people(chunk)
        links += _links(chunk)
    return ShoreList(tuple(people), tuple(links))


def _chunks(registrations: QuerySet[Registration]) -> Iterator[list[Registration]]:
    chunk: list[Registration] = []
    for registration in registrations.iterator(CHUNK):
        chunk.append(registration)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _people(chunk: list[Registration]) -> Iterator[ListedPerson]:
    names = by_registration(Name.objects, chunk, NameRow)
    ages = by_registration(AgeEvidence.objects, chunk, AgeRow)
    phones = _phones(chunk)
    for registration in chunk:
        key = registration.id
        yield ListedPerson(
            person_id=str(key),
            described=description(registration, names[key], ages[key], phones.get(key, "")),
            recorded_on=registration.said_on,
            organisation=registration.organisation.name,
        )


def by_registration(
    rows: Any, chunk: Collection[Registration] | Collection[UUID], kind: type[Any]
) -> dict[UUID, list[Any]]:
    """What hangs on registrations, as tuples of ``kind`` in the order in which it was recorded."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    fields = ("registration_id", *kind._fields)
    asked = rows.filter(registration__in=chunk).order_by("recorded_at", "id").values_list(*fields)
    for registration_id, *values in asked.iterator(CHUNK):
        found[registration_id].append(kind(*values))
    return found


def _phones(chunk: list[Registration]) -> dict[UUID, str]:
    """The phone number that was said last."""
    contacts = Contact.objects.filter(registration__in=chunk, kind=ContactKind.PHONE)
    return dict(contacts.order_by("recorded_at", "id").values_list("registration_id", "value"))


def _links(chunk: list[Registration]) -> Iterator[ListedLink]:
    links = FamilyLink.objects.filter(registration__in=chunk, withdrawn_at=None)
    for link in links.order_by("recorded_at", "id").iterator(CHUNK):
        yield ListedLink(
            link_id=str(link.id),
            person_id=str(link.registration_id),
            relation=link.relation,
            described=link.described,
            note=link.note,
        )

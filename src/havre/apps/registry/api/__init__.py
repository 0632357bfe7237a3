# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and family links for programs: what pages show and do, with the same rights and the same actions."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Header, Query, Router, Status

from havre.apps.registry.actions import RegistryError, add_family_link, register
from havre.apps.registry.api.schemas import (
    LinkOut,
    LinksAsked,
    LinksPage,
    LinkTold,
    PeopleAsked,
    PeoplePage,
    RegistrationOut,
    RegistrationTold,
)
from havre.apps.registry.api.telling import link_out, person_out, registration_out
from havre.apps.registry.models import Registration
from havre.apps.registry.policies import AMEND, READ, REGISTER
from havre.apps.registry.queries import family_links, page_after, registrations
from havre.core.access import current_actor
from havre.core.access.api import CHANGING, refusals, signed_in
from havre.core.audit import record, record_handed, record_read
from havre.core.clock import today

router = Router()
Key = Annotated[UUID, Header(alias="Idempotency-Key")]
"""Chosen by the program; the same again, over a bad line, does nothing twice."""
CONFLICTS = frozenset({"key_of_another_action", "decided_already", "kept_apart", "erased", "withdrawn"})
"""Keys of errors that say: something was done before that stands in the way."""


@router.get("/people", response={200: PeoplePage, **refusals()}, auth=signed_in(READ))
def people(request: HttpRequest, asked: Query[PeopleAsked]) -> PeoplePage:
    """Own and shared registrations, the newest first."""
    rows = registrations().standing()
    if asked.nationality:
        rows = rows.filter(nationality=asked.nationality)
    if asked.organisation:
        rows = rows.filter(organisation=asked.organisation)
    if asked.links is not None:
        rows = rows.with_links() if asked.links else rows.without_links()
    found = page_after(rows.with_names(), asked.at, asked.size)
    record("export", table="registry_registration", rows=len(found.rows))
    record_handed("registry_registration", ((each.pk, each.pk) for each in found.rows if _given(each)))
    return PeoplePage(
        items=[person_out(each) for each in found.rows], next=found.next, previous=found.previous
    )


@router.get(
    "/people/{registration_id}", response={200: RegistrationOut, **refusals(404)}, auth=signed_in(READ)
)
def person(request: HttpRequest, registration_id: UUID) -> RegistrationOut:
    """One registration, whole; reading it is put on record."""
    found = _readable(registration_id)
    record_read("registry_registration", found.pk, found.pk)
    return registration_out(found)


@router.post("/people", response={201: RegistrationOut, **refusals(404, *CHANGING)}, auth=signed_in(REGISTER))
def register_person(
    request: HttpRequest,
    told: RegistrationTold,
    idempotency_key: Key,
) -> Status[RegistrationOut]:
    """Registers somebody. The same Idempotency-Key again tells the first registration, and makes no second one."""
    if told.described.birth:
        _check_born(told.described.birth.earliest, told.said_on or today())
    made = register(
        told.described.described(),
        said_on=told.said_on,
        place=told.place,
        links=[link.said() for link in told.links],
        consents=[consent.said() for consent in told.consents],
        person_id=told.person_id,
        idempotency_key=idempotency_key,
    )
    return Status(201, registration_out(_readable(made.pk)))


@router.get("/links", response={200: LinksPage, **refusals()}, auth=signed_in(READ))
def links(request: HttpRequest, asked: Query[LinksAsked]) -> LinksPage:
    """Family links of own and shared registrations, the newest first."""
    rows = family_links().filter(registration__erased_at=None).select_related("registration")
    if asked.registration:
        rows = rows.filter(registration=asked.registration)
    found = page_after(rows, asked.at, asked.size)
    record("export", table="registry_familylink", rows=len(found.rows))
    given = ((each.pk, each.registration_id) for each in found.rows if _given(each.registration))
    record_handed("registry_familylink", given)
    return LinksPage(items=[link_out(each) for each in found.rows], next=found.next, previous=found.previous)


@router.post(
    "/people/{registration_id}/links",
    response={201: LinkOut, **refusals(404, *CHANGING)},
    auth=signed_in(AMEND),
)
def add_link(
    request: HttpRequest,
    registration_id: UUID,
    told: LinkTold,
    idempotency_key: Key,
) -> Status[LinkOut]:
    """Adds what the person of an own registration says of somebody."""
    if told.described.birth:
        _check_born(told.described.birth.earliest, today())
    made = add_family_link(registration_id, told.said(), idempotency_key=idempotency_key)
    return Status(201, link_out(made))


def _given(registration: Registration) -> bool:
    """Whether another organisation opened it to us: it has to be able to say who took it out."""
    return registration.organisation_id != current_actor().organisation_id


def _readable(registration_id: UUID) -> Registration:
    found = registrations().standing().with_details().filter(pk=registration_id).first()
    if found is None:
        raise Http404
    return found


def _check_born(earliest: date, on: date) -> None:
    if earliest > on:
        raise RegistryError("born_later", "birth", on=on.isoformat())

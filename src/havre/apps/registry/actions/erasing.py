# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a registration: withdrawn because the person said so, or erased for good."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from havre.apps.registry.actions.consenting import apply_consents, end_open
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.finding import own_registration
from havre.apps.registry.actions.fingerprints import Fingerprints
from havre.apps.registry.actions.indexing import index_names
from havre.apps.registry.actions.said import clean
from havre.apps.registry.models import (
    AgeEvidence,
    Consent,
    Contact,
    Document,
    FamilyLink,
    ListImport,
    Name,
    Registration,
    Tombstone,
)
from havre.apps.registry.policies import ERASE, LIFT, WITHDRAW
from havre.apps.registry.queries import groupings, registrations
from havre.core.access import check
from havre.core.audit import forget
from havre.core.clock import now
from havre.core.files.models import File

LEAST_WORDS = 3
"""Of a reason."""
EMPTY: dict[str, Any] = {
    "place": "",
    "language": "",
    "interpreter": None,
    "sex": "",
    "nationality": "",
    "birthplace": "",
    "town": "",
    "country": "",
    "unsaid": {},
    "source_id": "",
    "source_said": {},
    "findable": False,
    "findable_until": None,
    "traceable": False,
    "traceable_until": None,
}
EMPTY_LINK: dict[str, Any] = {
    "relation": "",
    "names": "",
    "other_names": "",
    "sex": "",
    "born_earliest": None,
    "born_latest": None,
    "born_kind": "",
    "nationality": "",
    "birthplace": "",
    "phone": "",
    "town": "",
    "country": "",
    "unsaid": {},
    "note": "",
    "source_id": "",
    "source_said": {},
}


@transaction.atomic
def withdraw(registration_id: UUID) -> Registration:
    """Ends that an own registration is compared, found or shared; its organisation keeps what was said."""
    check(WITHDRAW)
    registration = own_registration(registration_id)
    if registration.withdrawn_at is None:
        registration.withdrawn_at = now()
        registration.save(update_fields=["withdrawn_at"])
        apply_consents(registration)
        end_open(registration, Q())
    return registration


@transaction.atomic
def erase(registration_id: UUID) -> None:
    """Erases what an own registration holds, for good: rows, files, search keys, and what the audit can read of it.

    What stays is an empty row, so that pairs and groupings that named it still hang together; and where it came from
    a list a tombstone (``fingerprints``), so that the same list does not bring it back.
    """
    check(ERASE)
    registration = own_registration(registration_id)
    end_open(registration, Q())
    _empty_what_hangs_on(registration)
    _forget_lists(registration)
    _entomb(registration)
    for field, value in EMPTY.items():
        setattr(registration, field, value)
    registration.erased_at = now()
    registration.save()
    index_names({registration.id: []})
    forget(registration.id)


@transaction.atomic
def lift_tombstone(registration_id: UUID, *, reason: str) -> None:
    """Lets lists bring back somebody who was erased, because they ask to be registered anew; ``reason`` says so.

    What was erased does not come back: a list that is imported from now on makes a new registration of its line.
    """
    actor = check(LIFT)
    registration = registrations().own().filter(id=registration_id).first()
    if registration is None:
        raise RegistryError("no_such_registration")
    if len((reason := clean(reason, "reason")).split()) < LEAST_WORDS:
        raise RegistryError("reason_in_words", "reason", least=LEAST_WORDS)
    standing = Tombstone.objects.filter(registration=registration, lifted_at=None)
    if not standing.update(lifted_at=now(), lifted_by=actor.member_id, reason=reason):
        raise RegistryError("no_tombstone")


def _entomb(registration: Registration) -> None:
    """Leaves what recognises the line of the list that it came from; nothing where it came from none."""
    if not (source_id := registration.source_id):
        return
    fingerprints = Fingerprints.of(registration.organisation_id)
    Tombstone.objects.create(
        organisation_id=registration.organisation_id,
        registration=registration,
        key_id=fingerprints.key_id,
        of_line=fingerprints.of_line(registration.source, source_id),
        of_words=fingerprints.of_words(source_id, registration.source_said.get("names", "")),
    )


def _empty_what_hangs_on(registration: Registration) -> None:
    kept = list(Document.objects.filter(registration=registration).values_list("file_id", flat=True))
    for kind in (Name, AgeEvidence, Contact, Document, Consent):
        kind.objects.filter(registration=registration).delete()
    File.objects.filter(id__in=[file for file in kept if file]).delete()
    # A pair may speak of a family link: it stays, empty.
    links = FamilyLink.objects.filter(registration=registration)
    links.filter(withdrawn_at=None).update(withdrawn_at=now())
    links.update(**EMPTY_LINK)
    groupings().of_registration(registration.id).update(bits={}, reasons="")


def _forget_lists(registration: Registration) -> None:
    """The files that it may have come from, and what was remarked of their lines."""
    if not registration.source_id:
        return
    lists = ListImport.objects.filter(source=registration.source, organisation=registration.organisation_id)
    held = [file for files in lists.values_list("file_id", "links_file_id") for file in files if file]
    lists.update(file=None, links_file=None, remarks=[])
    File.objects.filter(id__in=held).delete()

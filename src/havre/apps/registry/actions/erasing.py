# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a registration: withdrawn because the person said so, or erased for good."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from havre.apps.registry.actions.consenting import apply_consents, end_open
from havre.apps.registry.actions.finding import own_registration
from havre.apps.registry.actions.indexing import index_names
from havre.apps.registry.models import (
    AgeEvidence,
    Consent,
    Contact,
    Document,
    FamilyLink,
    ListImport,
    Name,
    Registration,
)
from havre.apps.registry.policies import ERASE, WITHDRAW
from havre.apps.registry.queries import groupings
from havre.core.access import check
from havre.core.audit import forget
from havre.core.clock import now
from havre.core.files.models import File

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

    What stays is an empty row: pairs and groupings that named it still hang together, and it knows the digest of
    the id that it had on a list, so that the same list does not bring it back.
    """
    check(ERASE)
    registration = own_registration(registration_id)
    end_open(registration, Q())
    _empty_what_hangs_on(registration)
    _forget_lists(registration)
    for field, value in EMPTY.items():
        setattr(registration, field, value)
    registration.source_id = tombstone(registration.source, registration.source_id)
    registration.erased_at = now()
    registration.save()
    index_names({registration.id: []})
    forget(registration.id)


def tombstone(source: str, source_id: str) -> str:
    """What an erased registration keeps of the id that it had on a list; nothing where it was on none."""
    digest = sha256("\n".join((source, source_id)).encode()).hexdigest()
    return f"erased:{digest}" if source_id else ""


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

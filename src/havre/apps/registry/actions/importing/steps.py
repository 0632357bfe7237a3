# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of an import."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from havre.apps.registry.actions.consenting import consent_values
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.importing.planning import Before, check_key, imported_before, plan
from havre.apps.registry.actions.importing.reading import found_import, read, unpacked
from havre.apps.registry.actions.importing.remarks import kept_refusal, kept_remarks
from havre.apps.registry.actions.importing.writing import Writing
from havre.apps.registry.actions.once import once
from havre.apps.registry.actions.said import ConsentSaid, clean
from havre.apps.registry.actions.telling import tell_of_import
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow, ImportState, LegalBasis
from havre.apps.registry.models import ListImport
from havre.apps.registry.policies import IMPORT
from havre.apps.registry.queries import imports
from havre.core.access import check
from havre.core.accounts.models import Organisation
from havre.core.clock import now
from havre.core.exchange import Reading, UnreadableList
from havre.core.files import FileRefused, store
from havre.core.files.models import File
from havre.core.jobs import State, defer
from havre.core.jobs.models import Job
from havre.words import Language

Progress = Callable[[float], None]
FOR_EVERYBODY = (ConsentFor.REGISTRATION, ConsentFor.TRACING, ConsentFor.FINDABLE)
"""What those on a list can have been asked together; with whom to share is asked one by one."""


@transaction.atomic
def start_import(
    *,
    name: str,
    content: bytes,
    source: str,
    language: Language,
    links_name: str = "",
    links_content: bytes | None = None,
    idempotency_key: UUID | None = None,
) -> ListImport:
    """Hands in a list (an .xlsx, one CSV of both tables, or two CSV) and lets a worker read it for the preview.

    ``source`` names the list: its lines are compared with what was imported under this name before.
    """
    actor = check(IMPORT)
    if not (source := clean(source, "source")):
        raise RegistryError("source_needed", "source")
    made = once("start_import", idempotency_key)
    if made.again:
        return imports().get(id=made.made)
    check_key(actor.organisation_id)
    organisation = Organisation.objects.get(id=actor.organisation_id)
    listed = ListImport.objects.create(
        id=made.made,
        organisation=organisation,
        member_id=actor.member_id,
        source=source,
        language=language,
        file=_stored(name, content, organisation, "file", language),
        links_file=None
        if links_content is None
        else _stored(links_name, links_content, organisation, "links_file", language),
    )
    return _deferred(listed, "registry.read_list")


def read_import(import_id: UUID, progress: Progress) -> ListImport:
    """Reads a list that was handed in, and keeps what it would change and what is wrong with it."""
    check(IMPORT)
    listed = found_import(import_id)
    if listed.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        return listed
    before = imported_before(listed)
    with unpacked(listed) as path:
        folder = path if path.is_dir() else path.parent
        try:
            reading = read(path, listed, before, progress)
        except UnreadableList as error:
            _end(listed, ImportState.FAILED, remarks=kept_refusal(error, listed, folder))
        else:
            _preview(listed, reading, before, folder)
    tell_of_import(listed, f"notice_import_{listed.state}")
    return listed


def accept_import(import_id: UUID, *, consents: Iterable[ConsentSaid] = ()) -> ListImport:
    """Accepts a preview, and lets a worker write what it says, in one transaction.

    ``consents`` are what everybody on the list answered, as the member who accepts it knows. Without consent to
    tracing nobody on it is compared; without consent to be findable no other organisation hears of anybody. Where
    the worker gave up, accepting once more lets it try again.
    """
    check(IMPORT)
    listed = found_import(import_id)
    if listed.state == ImportState.ACCEPTED and _job_failed(listed):
        return _deferred(listed, "registry.import_list")
    if listed.state in (ImportState.ACCEPTED, ImportState.DONE):
        return listed
    if listed.state != ImportState.PREVIEWED:
        raise RegistryError("no_preview")
    said = tuple(consents)
    for each in said:
        if each.for_what not in FOR_EVERYBODY:
            raise RegistryError("not_for_everybody", "consents")
        consent_values(listed.id, each)  # refuses what cannot be
    listed.state, listed.accepted_at = ImportState.ACCEPTED, now()
    listed.consents = [_kept_consent(each) for each in said]
    listed.save(update_fields=["state", "accepted_at", "consents"])
    return _deferred(listed, "registry.import_list")


def import_list(import_id: UUID, progress: Progress) -> ListImport:
    """Writes an accepted list; done twice, it changes nothing more."""
    check(IMPORT)
    listed = found_import(import_id)
    if listed.state != ImportState.ACCEPTED:
        return listed
    before = imported_before(listed)
    with unpacked(listed) as path:
        reading = read(path, listed, before, lambda share: progress(share * 0.3))
    planned = plan(listed, reading, before)
    consents = [_consent(each) for each in listed.consents]
    Writing(listed, consents, lambda share: progress(0.3 + share * 0.7)).write(planned)
    _end(listed, ImportState.DONE, counts=planned.counts | _refused(reading))
    tell_of_import(listed, "notice_import_done")
    return listed


def _deferred(listed: ListImport, job: str) -> ListImport:
    listed.job = defer(job, listed.id)
    listed.save(update_fields=["job"])
    return listed


def _job_failed(listed: ListImport) -> bool:
    """Whether the worker gave up, so that a member may ask for it again."""
    return listed.job is not None and Job.objects.filter(id=listed.job, run__state=State.FAILED).exists()


def _stored(name: str, content: bytes, organisation: Organisation, field: str, language: Language) -> File:
    try:
        return store(name, content, organisation)
    except FileRefused as refused:
        raise RegistryError("file_refused", field, reason=refused.said(language)) from refused


def _preview(listed: ListImport, reading: Reading, before: Before, folder: Path) -> None:
    planned = plan(listed, reading, before)
    listed.state, listed.counts = ImportState.PREVIEWED, planned.counts | _refused(reading)
    listed.remarks = kept_remarks(reading, listed, folder)
    listed.save(update_fields=["state", "counts", "remarks"])


def _refused(reading: Reading) -> dict[str, int]:
    return {
        "lines_refused": len(reading.left_out),
        "lines_in_part": len(reading.refused) - len(reading.left_out),
    }


def _end(listed: ListImport, state: ImportState, **values: Any) -> None:
    listed.state, listed.ended_at = state, now()
    for name, value in values.items():
        setattr(listed, name, value)
    listed.save(update_fields=["state", "ended_at", *values])


def _kept_consent(said: ConsentSaid) -> dict[str, Any]:
    kept = asdict(said)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def _consent(kept: dict[str, Any]) -> ConsentSaid:
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("given_on", "until")}
    words = {
        "for_what": ConsentFor(kept["for_what"]),
        "given_by": ConsentGiver(kept["given_by"]),
        "how": ConsentHow(kept["how"]),
        "legal_basis": LegalBasis(kept["legal_basis"]),
    }
    return ConsentSaid(**{**kept, **words, **days})

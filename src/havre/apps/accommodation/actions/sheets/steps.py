# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a sheet: handed in, read for a preview, accepted, written.

The preview writes every line and takes it all back: what it counts is what accepting will do, as far as nobody
changes anything meanwhile.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.sheets.kinds import RIGHTS, Rows, read, reader_of
from havre.apps.accommodation.actions.sheets.outcome import Outcome
from havre.apps.accommodation.actions.sheets.remarks import of_reader, of_refusal, of_whole
from havre.apps.accommodation.enums import SheetKind, SheetState
from havre.apps.accommodation.models import Sheet
from havre.core import files
from havre.core.access import check
from havre.core.accounts.models import Organisation
from havre.core.database.ids import uuid7
from havre.core.exchange import UnreadableList
from havre.core.files import FileRefused, store
from havre.core.jobs import defer
from havre.words import Language

Progress = Callable[[float], None]


@transaction.atomic
def start_sheet(
    kind: SheetKind, *, name: str, content: bytes, language: Language, idempotency_key: UUID | None = None
) -> Sheet:
    """Hands in a sheet (an .xlsx or a CSV) and lets a worker read it. Refused where the file cannot be taken.

    With a key that was used before, the first sheet.
    """
    actor = check(RIGHTS[kind])
    key = idempotency_key or uuid7()
    if first := Sheet.objects.filter(pk=key).first():
        return first
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    try:
        file = store(name, content, organisation)
    except FileRefused as refused:
        raise Refused("file_refused", field="file", reason=refused.said(language)) from refused
    sheet = Sheet.objects.create(
        id=key,
        organisation=organisation,
        member_id=actor.member_id,
        kind=kind,
        file=file,
        name=file.name,
        language=language,
    )
    return _deferred(sheet, "accommodation.read_sheet")


@transaction.atomic
def read_sheet(sheet_id: UUID, progress: Progress) -> Sheet:
    """Reads a sheet that was handed in, and keeps what it would change and what is wrong with it."""
    sheet = held_sheet(sheet_id)
    if sheet.state != SheetState.WAITING:
        return sheet
    with unpacked(sheet) as path:
        try:
            rows = reader_of(sheet)(path)
        except UnreadableList as error:
            return _end(sheet, SheetState.FAILED, {}, [of_whole(error, path.parent)])
    with transaction.atomic():
        counts, remarks = _written(rows, progress)
        transaction.set_rollback(True)
    return _end(sheet, SheetState.PREVIEWED, counts, remarks)


@transaction.atomic
def accept_sheet(sheet_id: UUID) -> Sheet:
    """Accepts what a sheet would change, and lets a worker write it. Accepted twice, it is written once."""
    sheet = held_sheet(sheet_id)
    if sheet.state in (SheetState.ACCEPTED, SheetState.DONE):
        return sheet
    if sheet.state != SheetState.PREVIEWED:
        raise Refused("sheet_not_read", status=409)
    sheet.state = SheetState.ACCEPTED
    sheet.save(update_fields=["state"])
    return _deferred(sheet, "accommodation.write_sheet")


@transaction.atomic
def write_sheet(sheet_id: UUID, progress: Progress) -> Sheet:
    """Writes an accepted sheet. A line that cannot be written is left out, and the sheet says why."""
    sheet = held_sheet(sheet_id)
    if sheet.state != SheetState.ACCEPTED:
        return sheet
    with unpacked(sheet) as path:
        rows = reader_of(sheet)(path)
    counts, remarks = _written(rows, progress)
    return _end(sheet, SheetState.DONE, counts, remarks)


@transaction.atomic
def write_file(kind: SheetKind, path: Path, progress: Progress = lambda _: None) -> Counter[str]:
    """Writes what a file says at once, for who needs no preview of it; how many lines became what. UnreadableList."""
    check(RIGHTS[kind])
    counts, _ = _written(read(kind, path, Language.ENGLISH), progress)
    return counts


def _written(rows: Rows, progress: Progress) -> tuple[Counter[str], list[dict[str, Any]]]:
    counts: Counter[str] = Counter({Outcome.REFUSED.value: len(rows.refused)})
    remarks = [of_reader(remark) for remark in rows.remarks]
    for n, row in enumerate(rows.rows, 1):
        try:
            with transaction.atomic():
                counts[rows.write(row).value] += 1
        except Refused as refused:
            counts[Outcome.REFUSED.value] += 1
            remarks.append(of_refusal(row.line, refused))
        progress(n / len(rows.rows))
    return counts, sorted(remarks, key=lambda remark: (remark["note"], remark["line"]))


def _end(sheet: Sheet, state: SheetState, counts: Counter[str] | dict[str, int], remarks: list[Any]) -> Sheet:
    sheet.state, sheet.counts, sheet.remarks = state, dict(counts), remarks
    sheet.save(update_fields=["state", "counts", "remarks"])
    return sheet


def held_sheet(sheet_id: UUID) -> Sheet:
    """An own sheet of which the member may do what it lists, locked until the transaction ends; Refused."""
    found = Sheet.objects.select_for_update(of=("self",)).filter(pk=sheet_id).first()
    if found is None:
        raise Refused("no_such_sheet", status=404)
    check(RIGHTS[SheetKind(found.kind)])
    return found


def unpacked(sheet: Sheet) -> AbstractContextManager[Path]:
    """Where the sheet can be read as long as the block lasts. Refused where its file was given up."""
    if sheet.file is None:
        raise Refused("file_given_up", status=410)
    return files.unpacked(sheet.file)


def _deferred(sheet: Sheet, job: str) -> Sheet:
    sheet.job = defer(job, sheet.pk)
    sheet.save(update_fields=["job"])
    return sheet

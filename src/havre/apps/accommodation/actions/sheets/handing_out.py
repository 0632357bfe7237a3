# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a sheet goes back to whoever handed it in: its lines left out, and an empty one to fill in."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.sheets.kinds import RIGHTS, TABLES, cells_of
from havre.apps.accommodation.actions.sheets.remarks import said_reason
from havre.apps.accommodation.actions.sheets.steps import held_sheet, unpacked
from havre.apps.accommodation.enums import SheetKind, SheetState
from havre.core.access import check
from havre.core.audit import record
from havre.core.exchange import write_refused_rows, write_sheet_template
from havre.words import Language


@transaction.atomic
def refused_lines(sheet_id: UUID, language: Language) -> bytes:
    """An .xlsx of the lines left out, with the reasons: to correct, and to hand in again. Put on record.

    Refused before the sheet is read.
    """
    sheet = held_sheet(sheet_id)
    if sheet.state in (SheetState.WAITING, SheetState.FAILED):
        raise Refused("sheet_not_read", status=409)
    kind, reasons = SheetKind(sheet.kind), dict[int, str]()
    for remark in sheet.remarks:
        if not remark["note"]:
            said = (reasons.get(remark["line"], ""), said_reason(remark, language))
            reasons[remark["line"]] = "; ".join(filter(None, said))
    with unpacked(sheet) as path:
        rows = cells_of(kind, path, language, reasons.keys())
    record("export", table="accommodation_sheet", row=sheet.pk, rows=len(rows), format="xlsx")
    return _workbook(lambda path: write_refused_rows(TABLES[kind], rows, reasons, path, language))


def empty_sheet(kind: SheetKind, language: Language) -> bytes:
    """An .xlsx to fill in, with what belongs into each column."""
    check(RIGHTS[kind])
    return _workbook(lambda path: write_sheet_template(TABLES[kind], path, language))


def _workbook(write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory(prefix="havre-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        write(path)
        return path.read_bytes()

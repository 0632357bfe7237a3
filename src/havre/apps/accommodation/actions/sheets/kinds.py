# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What there is to know of each kind of sheet: who may hand one in, how its rows are read, how one is written."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from havre.apps.accommodation.actions.sheets.centres import CentreWriter
from havre.apps.accommodation.actions.sheets.outcome import Outcome
from havre.apps.accommodation.actions.sheets.parties import PartyRows, PartyWriter, largest_places
from havre.apps.accommodation.actions.sheets.reading import PlaceRows
from havre.apps.accommodation.enums import SheetKind
from havre.apps.accommodation.models import Sheet
from havre.apps.accommodation.policies import REGISTER_PARTY, RUN_CENTRES
from havre.core.clock import today
from havre.core.exchange import Limits, RefusedRow, Remark
from havre.core.exchange import read_sheet as read_table
from havre.core.exchange.reading.cells import Cells
from havre.core.exchange.vocabulary.columns import TableName
from havre.words import Language

RIGHTS = {SheetKind.CENTRES: RUN_CENTRES, SheetKind.PARTIES: REGISTER_PARTY}
TABLES: dict[SheetKind, TableName] = {SheetKind.CENTRES: "centres", SheetKind.PARTIES: "parties"}
LIMITS = Limits(rows=20_000, remarks=5_000)


@dataclass(frozen=True, slots=True)
class Rows:
    """The sound rows of a sheet, what was remarked, and how a row is written."""

    rows: tuple[Any, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[RefusedRow, ...]
    write: Callable[[Any], Outcome]


def reader_of(sheet: Sheet) -> Callable[[Path], Rows]:
    """What reads the file of a sheet; it may raise UnreadableList."""
    return lambda path: read(SheetKind(sheet.kind), path, Language(sheet.language))


def cells_of(kind: SheetKind, path: Path, language: Language, lines: Collection[int]) -> list[RefusedRow]:
    """Lines of a file as they stand there, in their order; UnreadableList."""

    def kept(cells: Cells) -> RefusedRow | None:
        if cells.line not in lines:
            return None
        return RefusedRow(TABLES[kind], cells.line, cells.titles, tuple(cells.cells), (), kept=False)

    found = read_table(path, TABLES[kind], kept, language=language, today=today(), limits=LIMITS)
    return sorted((*found.rows, *found.refused), key=lambda row: row.line)


def read(kind: SheetKind, path: Path, language: Language) -> Rows:
    """A file of a kind; UnreadableList."""
    return read_centres(path, language) if kind is SheetKind.CENTRES else read_parties(path, language)


def read_centres(path: Path, language: Language) -> Rows:
    """Centres and places; UnreadableList."""
    read = read_table(
        path, "centres", PlaceRows().understood, language=language, today=today(), limits=LIMITS
    )
    return Rows(read.rows, read.remarks, read.refused, CentreWriter(read.rows).write)


def read_parties(path: Path, language: Language) -> Rows:
    """Parties; UnreadableList. One that no place can hold is told, and taken in all the same."""
    reader = PartyRows(largest_places())
    read = read_table(path, "parties", reader.understood, language=language, today=today(), limits=LIMITS)
    kept = {row.line for row in read.refused if row.kept}
    remarks = tuple(replace(each, note=each.note or each.place.line in kept) for each in read.remarks)
    refused = tuple(row for row in read.refused if not row.kept)
    return Rows(read.rows, remarks, refused, PartyWriter(read.rows).write)

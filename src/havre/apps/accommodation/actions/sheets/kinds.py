# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What there is to know of each kind of sheet: who may hand one in, how its rows are read, how one is written."""

from collections.abc import Callable
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
from havre.words import Language

RIGHTS = {SheetKind.CENTRES: RUN_CENTRES, SheetKind.PARTIES: REGISTER_PARTY}
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
    language = Language(sheet.language)
    read = {SheetKind.CENTRES: read_centres, SheetKind.PARTIES: read_parties}[SheetKind(sheet.kind)]
    return lambda path: read(path, language)


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
    return Rows(read.rows, remarks, refused, PartyWriter().write)

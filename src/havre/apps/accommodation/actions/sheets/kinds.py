# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What there is to know of each kind of sheet: who may hand one in, how its rows are read, how one is written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from havre.apps.accommodation.actions.sheets.centres import CentreWriter
from havre.apps.accommodation.actions.sheets.outcome import Outcome
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
    return lambda path: read_centres(path, language)


def read_centres(path: Path, language: Language) -> Rows:
    """Centres and places; UnreadableList."""
    read = read_table(
        path, "centres", PlaceRows().understood, language=language, today=today(), limits=LIMITS
    )
    return Rows(read.rows, read.remarks, read.refused, CentreWriter(read.rows).write)

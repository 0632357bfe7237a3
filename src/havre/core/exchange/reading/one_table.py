# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a sheet of one table, whose rows somebody else understands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from havre.core.exchange.errors import Refusal, UnreadableList, os_reason
from havre.core.exchange.limits import LIMITS, Limits
from havre.core.exchange.reading.cells import Cells
from havre.core.exchange.reading.notebook import Notebook, RefusedRow
from havre.core.exchange.reading.sources import open_sheet
from havre.core.exchange.reading.table import TableReader
from havre.core.exchange.remarks import Remark
from havre.core.exchange.vocabulary.columns import TableName
from havre.words import Language

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SheetReading(Generic[R]):
    """What was read of a sheet, and what was not."""

    rows: tuple[R, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[RefusedRow, ...]


def read_sheet(
    path: Path,
    table: TableName,
    understood: Callable[[Cells], R | None],
    *,
    language: Language,
    today: date,
    limits: Limits = LIMITS,
    progress: Callable[[float], None] = lambda _: None,
) -> SheetReading[R]:
    """The sheet at ``path``, an .xlsx or a CSV, each row as ``understood`` makes it. UnreadableList is the only error.

    A row below the titles whose cells are all HXL tags is passed over: so Havre writes sheets.
    """
    path = Path(path)
    notebook = Notebook(path, limits, language)

    def row(cells: Cells) -> R | None:
        return None if _is_tags(cells) else understood(cells)

    try:
        table_reader = TableReader(str(path), open_sheet(path, table, limits), limits, notebook, today)
        rows = table_reader.rows(progress, row)
    except Refusal as error:
        raise UnreadableList(language, error.key, **error.values) from error
    except OSError as error:
        raise UnreadableList(language, os_reason(error), path=error.filename or path) from error
    return SheetReading(tuple(rows), tuple(notebook.remarks), tuple(notebook.refused))


def _is_tags(cells: Cells) -> bool:
    said = [cell.strip() for cell in cells.cells if cell.strip()]
    return bool(said) and all(cell.startswith("#") for cell in said)

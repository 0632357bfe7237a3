# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheets of an .xlsx."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import Limits
from havre.core.exchange.reading.rows import Progress, RawRow, RawTable
from havre.core.exchange.reading.texts import text_of_cell
from havre.core.exchange.reading.zip_guard import safe_copy
from havre.core.exchange.vocabulary.columns import TABLES, TableShape, shape

_TOLD_EVERY = 500


def workbook_tables(path: Path, limits: Limits) -> tuple[RawTable, RawTable]:
    """The sheets ``people`` and ``links`` of the .xlsx at ``path``; Refusal where there are none."""
    workbook = _opened(path, limits)
    people, links = (_table(path, workbook, shape(table)) for table in TABLES)
    return people, links


def workbook_sheet(path: Path, table: TableShape, limits: Limits) -> RawTable:
    """The only sheet of the .xlsx at ``path``, or the one that is named as ``table``; Refusal where there is none."""
    workbook = _opened(path, limits)
    alone = len(workbook.sheet_names) == 1
    return _table(path, workbook, table, list(workbook.sheet_names) if alone else None)


def _opened(path: Path, limits: Limits) -> CalamineWorkbook:
    workbook: CalamineWorkbook = _guarded(path, CalamineWorkbook.from_filelike, safe_copy(path, limits))
    return workbook


def _table(
    path: Path, workbook: CalamineWorkbook, table: TableShape, found: list[str] | None = None
) -> RawTable:
    if found is None:
        found = [name for name in workbook.sheet_names if table.is_named(name)]
    if not found:
        key = "no_table_sheet" if table.key in TABLES else "no_such_sheet"
        raise Refusal(key, path, table_en=table.en, table_fr=table.fr)
    if len(found) > 1:
        raise Refusal("two_table_files", path, table_en=table.en, table_fr=table.fr, found=", ".join(found))

    def rows(told: Progress) -> Iterator[RawRow]:
        sheet = _guarded(path, workbook.get_sheet_by_name, found[0])
        return _rows(path, sheet, told)

    return RawTable(table, path.name, found[0], rows)


def _rows(path: Path, sheet: CalamineSheet, told: Progress) -> Iterator[RawRow]:
    # Rows above the first that holds anything are handed out too, so that lines count as the spreadsheet shows.
    height = sheet.end[0] + 1 if sheet.end else 0
    rows = _guarded(path, sheet.iter_rows)
    for n in range(height):
        values = _guarded(path, next, rows, None)
        if values is None:
            break
        if n % _TOLD_EVERY == 0:
            told(n / height)
        cells = [text_of_cell(value) for value in values]
        if any(cells) and any(map(str.strip, cells)):
            yield RawRow(n + 1, cells)
    told(1.0)


def _guarded(path: Path, call: Any, *arguments: Any) -> Any:
    """What ``call`` gives; whatever the library stumbles over is a damaged workbook."""
    try:
        return call(*arguments)
    except (CalamineError, OSError, ValueError, OverflowError, TypeError) as error:
        raise Refusal("damaged_workbook", path) from error
    except BaseException as error:
        # A panic of the library is no Exception; its type cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Refusal("damaged_workbook", path) from error

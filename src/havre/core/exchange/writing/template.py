# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An empty list to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from havre.core.exchange.errors import UnwritableFile
from havre.core.exchange.handbook import HelpTable, columns_table, help_tables
from havre.core.exchange.remarks import WORDS
from havre.core.exchange.vocabulary.columns import TABLES, TableName, TableShape, shape
from havre.core.exchange.writing.workbook_out import new_workbook, text_cell, titled_sheet, write_rows
from havre.words import Language

if TYPE_CHECKING:
    from havre.core.exchange.writing.workbook_out import Workbook, Worksheet

_LAST_ROW = 1_048_575
_CHOICES = {
    "sex": "sexes",
    "relation": "relations",
    "nationality": "countries",
    "country": "countries",
    "birth_calendar": "calendars",
}
"""Column to the vocabulary that it offers to choose from; other spellings may be typed all the same."""


def write_template(path: Path, language: Language) -> None:
    """Writes an .xlsx with the sheets of a list, empty but for their titles, and a help sheet with what they may hold.

    Reads back as an empty list without remarks. UnwritableFile for another ending.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise UnwritableFile(language, "unknown_ending", path=path, endings=".xlsx")
    with new_workbook(path, language=language) as workbook:
        sheets = [_sheet(workbook, shape(table), language) for table in TABLES]
        lists = _help(workbook, language)
        for table, sheet in zip(TABLES, sheets, strict=True):
            _offer(sheet, shape(table), lists, language)


def write_sheet_template(table: TableName, path: Path, language: Language) -> None:
    """Writes an .xlsx with the sheet of one table, empty but for its titles, and what belongs into each column."""
    with new_workbook(path, language=language) as workbook:
        _sheet(workbook, shape(table), language)
        sheet = workbook.add_worksheet(WORDS.say(language, "help_sheet"))
        sheet.set_column(0, 2, 24)
        sheet.set_column(3, 3, 90)
        _help_table(sheet, columns_table(table, language), 0, workbook.add_format({"bold": True}))


def _sheet(workbook: Workbook, form: TableShape, language: Language) -> Worksheet:
    sheet = titled_sheet(
        workbook, form.title(language), [column.title(language) for column in form.columns], {}
    )
    # As text, so that no spreadsheet makes a number of a phone or a day of a part of a date.
    as_text = workbook.add_format({"num_format": "@"})
    for n, column in enumerate(form.columns):
        sheet.set_column(n, n, 30 if column.key in ("names", "note") else 16, as_text)
        sheet.write_comment(0, n, column.help(language), {"x_scale": 2, "author": "Havre"})
    return sheet


def _offer(sheet: Worksheet, form: TableShape, lists: Mapping[str, str], language: Language) -> None:
    for n, column in enumerate(form.columns):
        if column.key in _CHOICES:
            choice = {
                "validate": "list",
                "source": lists[_CHOICES[column.key]],
                "error_type": "warning",
                "error_title": WORDS.say(language, "choose_title"),
                "error_message": WORDS.say(language, "choose_message"),
            }
            sheet.data_validation(1, n, _LAST_ROW, n, choice)


def _help(workbook: Workbook, language: Language) -> dict[str, str]:
    """The help sheet; vocabulary to the range of cells that holds its words."""
    name = WORDS.say(language, "help_sheet")
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True})
    text_cell(sheet, 0, 0, WORDS.say(language, "help_intro"))
    text_cell(sheet, 1, 0, WORDS.say(language, "help_unsaid"))
    sheet.set_column(0, 2, 30)
    sheet.set_column(3, 3, 60)
    row, ranges = 3, {}
    for table in help_tables(language):
        row = _help_table(sheet, table, row, bold)
        first, last = row - len(table.rows), row - 1
        ranges[table.key] = f"={name}!$A${first + 1}:$A${last + 1}"
        row += 1
    return ranges


def _help_table(sheet: Worksheet, table: HelpTable, row: int, bold: object) -> int:
    """Writes title, head and rows from ``row`` on; the row that follows the last one."""
    text_cell(sheet, row, 0, table.title, bold)
    for column, title in enumerate(table.head):
        text_cell(sheet, row + 1, column, title, bold)
    return row + 2 + write_rows(sheet, table.rows, row + 2)

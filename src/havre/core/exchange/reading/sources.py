# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the two tables of a list: in a folder of CSV files, in an .xlsx, or in one CSV that names the table.

And the one table of a sheet of answers, of centres or of parties: in an .xlsx or a CSV.
"""

import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import Limits
from havre.core.exchange.reading.csv_files import csv_rows, encoding_of
from havre.core.exchange.reading.rows import Progress, RawRow, RawTable
from havre.core.exchange.reading.workbooks import workbook_sheet, workbook_tables
from havre.core.exchange.vocabulary import fold
from havre.core.exchange.vocabulary.columns import TABLES, TableName, TableShape, shape

_CSV = (".csv", ".tsv", ".txt")
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
"""How old Excel files begin, and .xlsx files with a password."""
_UNKNOWN_ENCODINGS = ("cp1252", "latin-1")


def open_tables(path: Path, limits: Limits) -> tuple[RawTable, RawTable]:
    """The tables ``people`` and ``links`` of the list at ``path``; Refusal or OSError where there are none."""
    if stat.S_ISDIR(path.stat().st_mode):
        people, links = (_of_folder(path, shape(table), limits) for table in TABLES)
        return people, links
    if _is_workbook(path):
        return workbook_tables(path, limits)
    if path.suffix.lower() in _CSV:
        return _of_one_csv(path, limits)
    raise Refusal("damaged_workbook" if path.suffix.lower() == ".xlsx" else "not_a_list", path)


def open_sheet(path: Path, table: TableName, limits: Limits) -> RawTable:
    """The one table of the sheet at ``path``; Refusal or OSError where there is none."""
    if _is_workbook(path):
        return workbook_sheet(path, shape(table), limits)
    if path.suffix.lower() in _CSV:
        return _of_csv(path, shape(table), limits)
    raise Refusal("damaged_workbook" if path.suffix.lower() == ".xlsx" else "not_a_sheet", path)


def _is_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx by what it begins with; Refusal for what no reader of spreadsheets here opens."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Refusal("not_a_file", path)
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLE:
        raise Refusal("old_workbook", path)
    return head.startswith(_ZIP)


def _of_folder(folder: Path, table: TableShape, limits: Limits) -> RawTable:
    found = sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in _CSV and not file.name.startswith(".") and table.is_named(file.stem)
    )
    if not found:
        raise Refusal("no_table_file", folder, table_en=table.en, table_fr=table.fr)
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise Refusal("two_table_files", folder, table_en=table.en, table_fr=table.fr, found=names)
    if found[0].is_dir():
        raise Refusal("is_a_folder", found[0])
    if not found[0].is_file():
        raise Refusal("not_a_file", found[0])
    return _of_csv(found[0], table, limits)


def _of_csv(path: Path, table: TableShape, limits: Limits) -> RawTable:
    encoding = encoding_of(path, limits)
    notes = ("guessed_encoding",) if encoding in _UNKNOWN_ENCODINGS else ()
    return RawTable(table, path.name, "", partial(csv_rows, path, encoding, table, limits), notes)


def _of_one_csv(path: Path, limits: Limits) -> tuple[RawTable, RawTable]:
    """Both tables of a CSV whose column ``table`` says of each row where it belongs."""
    people, links = (_of_csv(path, shape(table), limits) for table in TABLES)
    header = next(people.rows(lambda _: None), None)
    if header is None or not any(fold(title) == "table" for title in header.cells):
        raise Refusal("not_a_list", path)
    return _only(people), _only(links)


def _only(table: RawTable) -> RawTable:
    def rows(told: Progress) -> Iterator[RawRow]:
        at = -1
        for row in table.rows(told):
            if at < 0:
                at = next(n for n, title in enumerate(row.cells) if fold(title) == "table")
                yield row
            elif row.fault or _names(table.shape.key, row.cells[at] if at < len(row.cells) else ""):
                yield row

    return replace(table, rows=rows, mixed=True)


def _names(table: TableName, said: str) -> bool:
    """Whether a row belongs to the table; one that names none of the two is asked for an id among the people."""
    if any(shape(other).is_named(said) for other in TABLES if other != table):
        return False
    return shape(table).is_named(said) or table == "people"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was left out of a reading, in a file that a person corrects and reads in again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from havre.core.exchange.errors import UnwritableFile
from havre.core.exchange.reading import Reading, RefusedRow
from havre.core.exchange.reading.texts import guarded
from havre.core.exchange.remarks import WORDS
from havre.core.exchange.vocabulary.columns import TABLES, TableName, TableShape, shape
from havre.core.exchange.writing.csv_out import write_csv
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.words import Language

_IDS = ("person_id", "link_id")


def write_refused(reading: Reading, path: Path) -> None:
    """Writes every row of which something was left out, its cells as they were, to an .xlsx or .csv.

    Before them stand the reason, what was kept of the row, and its line. The .xlsx has the sheets of a list, the
    .csv a column ``table`` in their place; ``read_list`` reads both. UnwritableFile for another ending.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        _write_workbook(reading, path)
    elif path.suffix.lower() == ".csv":
        _write_csv(reading, path)
    else:
        raise UnwritableFile(reading.language, "unknown_ending", path=path, endings=".xlsx, .csv")


def write_refused_rows(
    table: TableName, rows: Sequence[RefusedRow], reasons: Mapping[int, str], path: Path, language: Language
) -> None:
    """Writes rows of a sheet of one table to an .xlsx, each after its reason and its line; ``read_sheet`` reads it."""
    form = shape(table)
    titles = _titles(form, rows, language)
    told = [WORDS.say(language, word) for word in ("reason", "line")]
    with new_workbook(path, language=language) as workbook:
        sheet = titled_sheet(workbook, form.title(language), [*told, *titles], {0: 60, 1: 8})
        write_rows(
            sheet,
            ([reasons.get(row.line, ""), str(row.line), *_under(titles, row, language)] for row in rows),
        )


def _write_workbook(reading: Reading, path: Path) -> None:
    with new_workbook(path, language=reading.language) as workbook:
        for table in TABLES:
            form = shape(table)
            rows = [row for row in reading.refused if row.table == table]
            titles = _titles(form, rows, reading.language)
            told = [WORDS.say(reading.language, word) for word in ("reason", "kept", "line")]
            widths = {0: 60, 1: 24, 2: 8}
            sheet = titled_sheet(workbook, form.title(reading.language), [*told, *titles], widths)
            write_rows(sheet, (_line(row, titles, reading.language) for row in rows))


def _write_csv(reading: Reading, path: Path) -> None:
    language = reading.language
    titles = list(dict.fromkeys(title for table in TABLES for title in _of_table(reading, table)))
    told = [WORDS.say(language, word) for word in ("reason", "kept", "line", "table")]

    def line(row: RefusedRow) -> list[str]:
        reason, kept, number, *cells = _line(row, titles, language)
        safe = (
            cell if shape(row.table).key_of(title) in _IDS else guarded(cell)
            for title, cell in zip(titles, cells, strict=True)
        )
        return [reason, kept, number, shape(row.table).title(language), *safe]

    write_csv(path, [*told, *titles], (line(row) for row in reading.refused), language=language)


def _of_table(reading: Reading, table: TableName) -> list[str]:
    return _titles(shape(table), [row for row in reading.refused if row.table == table], reading.language)


def _titles(form: TableShape, rows: Sequence[RefusedRow], language: Language) -> list[str]:
    """The columns of the rows, else those that a list has."""
    if not rows:
        return [column.title(language) for column in form.columns]
    return max((_named(row, language) for row in rows), key=len)


def _named(row: RefusedRow, language: Language) -> list[str]:
    """A title for each cell of the row: as Havre writes it where the column is known, else as the list does.

    One that has no name, or that stands there twice, gets its number; cells beyond the titles get only that.
    """
    known = {column.key: column.title(language) for column in shape(row.table).columns}
    named: list[str] = []
    for n in range(1, max(len(row.titles), len(row.cells)) + 1):
        said = row.titles[n - 1] if n <= len(row.titles) else ""
        title = known.get(shape(row.table).key_of(said), said)
        named.append(title if title and title not in named else f"{said} ({n})".strip())
    return named


def _line(row: RefusedRow, titles: Sequence[str], language: Language) -> list[str]:
    """Reason, what was kept, line, and the cells under their titles."""
    reasons = (
        f"{remark.place.column}: {remark.reason(language)}"
        if remark.place.column
        else remark.reason(language)
        for remark in row.remarks
    )
    kept = WORDS.say(language, "row_kept" if row.kept else "row_left_out")
    return [guarded("; ".join(reasons)), kept, str(row.line), *_under(titles, row, language)]


def _under(titles: Sequence[str], row: RefusedRow, language: Language) -> list[str]:
    """The cells of a row under their titles."""
    cells = dict(zip(_named(row, language), row.cells, strict=False))
    return [cells.get(title, "") for title in titles]

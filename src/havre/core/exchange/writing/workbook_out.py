# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Workbooks as Havre writes them: text stays text, the first row stays in sight, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from havre.core.exchange.writing.atomic import atomic_write
from havre.words import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

__all__ = ["LONGEST", "Workbook", "Worksheet", "new_workbook", "text_cell", "titled_sheet", "write_rows"]

LONGEST = 32_767
"""Characters of a cell, set by the format."""
_CREATED = datetime(2016, 10, 24)  # noqa: DTZ001 - the format knows no time zone; one day for all, for equal bytes
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@contextmanager
def new_workbook(path: Path, *, language: Language = Language.ENGLISH) -> Iterator[Workbook]:
    """A workbook that takes the place of ``path`` when the block ends well."""
    from xlsxwriter import Workbook  # a third of a second, of whoever writes one

    with atomic_write(path, language=language) as file:
        # Zipped in memory first, so that a full disk is an OSError like any other.
        content = io.BytesIO()
        workbook = Workbook(content, _OPTIONS)
        workbook.set_properties({"created": _CREATED, "author": "Havre"})
        yield workbook
        workbook.close()
        file.write(content.getbuffer())


def text_cell(sheet: Worksheet, row: int, column: int, text: str, style: object = None) -> None:
    """Writes ``text`` as text, whatever it begins with; longer than a cell can hold, it ends in an ellipsis."""
    text = _NOT_IN_XML.sub("�", text)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    sheet.write_string(row, column, text, style)


def titled_sheet(
    workbook: Workbook, name: str, titles: Sequence[str], widths: Mapping[int, int], *, wrapped: bool = False
) -> Worksheet:
    """A sheet whose first row names the columns, bold and always in sight."""
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": wrapped})
    for column, title in enumerate(titles):
        text_cell(sheet, 0, column, title, bold)
        sheet.set_column(column, column, widths.get(column, max(10, min(40, len(title) + 3))))
    sheet.freeze_panes(1, 0)
    return sheet


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[str | float]], first: int = 1) -> int:
    """Writes rows of texts and numbers below the titles; how many they were."""
    n = 0
    for n, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    text_cell(sheet, first + n - 1, column, value)
            else:
                sheet.write_number(first + n - 1, column, value)
    return n

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The spreadsheets of a journey: what an organisation of each shore has written down of three families.

Only the Khans stand on both lists: the child in his own script, the uncle in Latin letters. Another man across the
water is called the same as the uncle, and looks for a nephew too.
"""

from pathlib import Path

from havre.core.exchange.vocabulary import sexes, shape
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.engines.linkage.relations import relations
from havre.words import Language

Row = dict[str, str]
Tables = tuple[list[Row], list[Row]]
"""People and family links."""

CHILD = {"names": "احمد ولي خان", "sex": "male", "birth_date": "2001-05-17", "nationality": "AFG"} | {
    "birthplace": "Nangarhar",
    "phone": "+33 6 39 98 00 11",
    "town": "Calais",
    "country": "FR",
}
UNCLE = {"names": "Gul Agha Khan", "sex": "male", "birth_date": "1979-03-08", "nationality": "AFG"} | {
    "birthplace": "Nangarhar",
    "phone": "+44 7700 900123",
    "town": "Birmingham",
    "country": "GB",
}
NAMESAKE = {"names": "Gul Agha Khan", "sex": "male", "birth_date": "1988", "nationality": "AFG"} | {
    "birthplace": "Nangarhar",
    "phone": "+44 7700 900456",
}
UNCLE_SAID = {"names": "ګل اغا خان", "sex": "male", "birthplace": "Nangarhar"}
CHILD_SAID = {"names": "Ahmed Wali Khan", "sex": "male", "birth_date": "2001", "nationality": "AFG"}
ANOTHER_SAID = {"names": "Ahmad Khan", "sex": "male", "nationality": "AFG"}
SAMUEL = {"names": "ሳሙኤል ተስፋይ", "sex": "male", "birth_date": "2000", "nationality": "ERI"}
SELAM = {
    "names": "Selam Haile",
    "sex": "female",
    "birth_date": "1990",
    "nationality": "ETH",
    "town": "London",
}

FRANCE: Tables = (
    [{"person_id": "F-1", **CHILD}, {"person_id": "F-2", **SAMUEL}],
    [
        {"link_id": "L-1", "person_id": "F-1", "relation": "uncle", **UNCLE_SAID},
        {"link_id": "L-2", "person_id": "F-2", "relation": "brother", "names": "ዮናስ ተስፋይ"},
    ],
)
BRITAIN: Tables = (
    [{"person_id": "B-1", **UNCLE}, {"person_id": "B-2", **NAMESAKE}, {"person_id": "B-3", **SELAM}],
    [
        {"link_id": "L-1", "person_id": "B-1", "relation": "nephew", **CHILD_SAID},
        {"link_id": "L-2", "person_id": "B-2", "relation": "nephew", **ANOTHER_SAID},
    ],
)


def spreadsheet(path: Path, tables: Tables, language: Language) -> Path:
    """A workbook as somebody fills in the template of their language."""
    with new_workbook(path, language=language) as workbook:
        for key, rows in zip(("people", "links"), tables, strict=True):
            form = shape(key)  # type: ignore[arg-type]
            sheet = titled_sheet(
                workbook, form.title(language), [each.title(language) for each in form.columns], {}
            )
            write_rows(sheet, [[_said(row, each.key, language) for each in form.columns] for row in rows])
    return path


def _said(row: Row, column: str, language: Language) -> str:
    value = row.get(column, "")
    if value and column == "sex":
        return next(term.label(language) for term in sexes() if term.key == value)
    if value and column == "relation":
        return relations()[value].label(language)
    return value

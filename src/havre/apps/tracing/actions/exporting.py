# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reunification list on its way out of the house: what the member may read, no phone, no address, on record."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from havre.apps.tracing.enums import WORDS
from havre.apps.tracing.policies import EXPORT
from havre.apps.tracing.queries import ReunificationRow, reunification
from havre.core.access import check
from havre.core.audit import record, record_handed
from havre.core.clock import now, today
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.core.letters import pdf
from havre.words import Language

_LETTER = "havre.apps.tracing/letters/reunification.typ"
Cell = Callable[[ReunificationRow, Language], str]


def _day(value: object) -> str:
    return str(value) if value else ""


COLUMNS: dict[str, Cell] = {
    "child_reference": lambda row, _: row.child_reference,
    "child": lambda row, _: row.child,
    "child_born": lambda row, _: row.child_born,
    "nationality": lambda row, _: row.nationality,
    "child_organisation": lambda row, _: row.child_organisation,
    "relation": lambda row, _: row.relation,
    "relative_reference": lambda row, _: row.relative_reference,
    "relative": lambda row, _: row.relative,
    "relative_organisation": lambda row, _: row.relative_organisation,
    "state": lambda row, language: row.state.label(language),
    "verified_on": lambda row, _: _day(row.verified_on),
    "reunited_on": lambda row, _: _day(row.reunited_on),
}
_ON_PAPER = {
    "child_reference": 1.2,
    "child": 2.2,
    "child_born": 1.1,
    "relation": 1.4,
    "relative": 2.2,
    "child_organisation": 1.6,
    "relative_organisation": 1.6,
    "state": 1.4,
    "reunited_on": 1.1,
}
"""The columns that fit on a page, and their share of its width."""


def reunification_workbook(language: Language) -> bytes:
    """The list as an .xlsx whose cells are text and nothing else: no name becomes a formula."""
    rows = _rows(language, "xlsx")
    with TemporaryDirectory(prefix="havre-") as folder:
        path = Path(folder) / "list.xlsx"
        with new_workbook(path, language=language) as workbook:
            sheet = titled_sheet(
                workbook, WORDS.say(language, "reunification_sheet"), _titles(COLUMNS, language), {}
            )
            written = write_rows(sheet, [[cell(row, language) for cell in COLUMNS.values()] for row in rows])
            sheet.autofilter(0, 0, written, len(COLUMNS) - 1)
        return path.read_bytes()


def reunification_pdf(language: Language) -> bytes:
    """The list as a PDF that a screen reader reads, names in their own script."""
    actor = check(EXPORT)
    rows = _rows(language, "pdf")
    data = {
        "title": WORDS.say(language, "reunification_title"),
        "organisation": actor.organisation,
        "lead": WORDS.say(language, "reunification_lead", n=len(rows), day=today().isoformat()),
        "columns": _titles(_ON_PAPER, language),
        "widths": list(_ON_PAPER.values()),
        "rows": [[COLUMNS[name](row, language) for name in _ON_PAPER] for row in rows],
        "closing": WORDS.say(language, "reunification_closing"),
    }
    return pdf(_LETTER, data, language, made_at=now().replace(microsecond=0))


def _rows(language: Language, kind: str) -> tuple[ReunificationRow, ...]:
    check(EXPORT)
    rows = reunification(language)
    record("export", table="tracing_pair", rows=len(rows), format=kind)
    spoken_of = ((row.pair_id, registration) for row in rows for registration in row.registrations)
    record_handed("tracing_pair", spoken_of, format=kind)
    return rows


def _titles(names: Iterable[str], language: Language) -> list[str]:
    return [WORDS.say(language, f"column_{name}") for name in names]

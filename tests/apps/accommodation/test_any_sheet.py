# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever stands in the cells of a sheet: each line is a sound row, or left out with a remark, and nothing breaks."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from havre.apps.accommodation.actions.sheets.parties import PartyRow, PartyRows
from havre.apps.accommodation.actions.sheets.reading import PlaceRow, PlaceRows
from havre.apps.accommodation.enums import PartyKind
from havre.core.clock import today
from havre.core.exchange import SheetReading, read_sheet
from havre.engines.placement.land import at_sea
from havre.scenario.leaving import PARTY_COLUMNS, PLACE_COLUMNS
from havre.words import Language

HOSTILE = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "1e999",
        "NaN",
        "=1+1",
        "@SUM(A1)",
        "'=1",
        "\u200f25\u200f",
        "\u202eabc",
        "٢",
        "null",
    ]
)
CELL = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
PLACE = [
    "L1",
    "K1",
    "Pins",
    "Cahors",
    "44.45",
    "1.44",
    "Occitanie",
    "adult",
    "room",
    "4",
    "25",
    "fas",
    "1",
    "21.1",
    "1",
    "154",
]
PARTY = ["W1", "3", "family", "pus", "AFG", "Bretagne", "", "46.21", "5.23", "0", "1", "1"]


def sheets_of(sound: list[str]) -> st.SearchStrategy[list[list[str]]]:
    """Up to six rows, each sound but for up to three cells, and often for none."""
    spoilt = st.dictionaries(st.integers(0, len(sound) - 1), CELL, max_size=3)
    row = spoilt.map(lambda cells: [cells.get(n, cell) for n, cell in enumerate(sound)])
    numbered = st.lists(row, max_size=6)
    return numbered.map(lambda rows: [[f"{r[0]}{n % 4}" if r[0] else "", *r[1:]] for n, r in enumerate(rows)])


def read(columns: tuple[str, ...], rows: list[list[str]], table: Any, understood: Any) -> SheetReading[Any]:
    text = StringIO()
    csv.writer(text).writerows([columns, *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text.getvalue().encode())
        return read_sheet(path, table, understood, language=Language.FRENCH, today=today())


@settings(max_examples=150, deadline=None)
@given(sheets_of(PLACE))
def test_any_sheet_of_centres(rows: list[list[str]]) -> None:
    found = read(PLACE_COLUMNS, rows, "centres", PlaceRows().understood)
    read_lines, left_out = {row.line for row in found.rows}, {row.line for row in found.refused}
    assert read_lines.isdisjoint(left_out)
    assert len(read_lines) + len(left_out) == len(rows)
    for row in found.rows:
        assert isinstance(row, PlaceRow)
        assert row.place["units"] >= 0
        assert row.place["takes"]
        assert not at_sea(row.centre["lat"], row.centre["lon"])
    for remark in found.remarks:
        assert remark.say(Language.FRENCH)
        assert remark.say(Language.ENGLISH)


@settings(max_examples=150, deadline=None)
@given(sheets_of(PARTY))
def test_any_sheet_of_parties(rows: list[list[str]]) -> None:
    largest = dict.fromkeys(PartyKind, 2)
    found = read(PARTY_COLUMNS, rows, "parties", PartyRows(largest).understood)
    left_out = {row.line for row in found.refused if not row.kept}
    assert left_out.isdisjoint(row.line for row in found.rows)
    for row in found.rows:
        assert isinstance(row, PartyRow)
        assert 1 <= row.said["people"] <= 1000
        assert (row.wish["relative_lat"] is None) == (row.wish["relative_lon"] is None)
    assert len({row.wristband for row in found.rows}) == len(found.rows)

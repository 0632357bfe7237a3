# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rows of a sheet say of centres and places. A row with a fault is left out whole."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from havre.apps.accommodation.actions.finding import MOST_WORDS
from havre.apps.accommodation.actions.sheets.vocabulary import find, find_language, shown
from havre.apps.accommodation.enums import CentreKind, PartyKind, UnitKind
from havre.core.exchange.reading.cells import Cells
from havre.core.exchange.remarks import shortened
from havre.engines.placement.land import at_sea

_BETWEEN = re.compile(r"\s*[,;/|]\s*")
FARTHEST_KM = 20_037.5
MOST_UNITS = 100_000
MOST_POINTS = 100_000
LARGEST_ROOM = 100


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and its centre: of each what the sheet has a column for."""

    line: int
    code: str
    centre_code: str
    centre: Mapping[str, Any]
    place: Mapping[str, Any]


@dataclass(slots=True)
class PlaceRows:
    """Understands the rows of a sheet of centres one after the other: those of one centre say the same of it."""

    _centres: dict[str, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def understood(self, cells: Cells) -> PlaceRow | None:
        """A row; None where anything in it is wrong."""
        row = PlaceRow(
            cells.line,
            named(cells, "place_id", 40),
            named(cells, "centre_id", 40),
            _centre(cells),
            _place(cells),
        )
        self._look_back(cells, row)
        if cells.remarks:
            return None
        self._centres.setdefault(row.centre_code, (row.line, row.centre))
        self._places[row.centre_code, row.code] = row.line
        return row

    def _look_back(self, cells: Cells, row: PlaceRow) -> None:
        line, before = self._centres.get(row.centre_code, (0, row.centre))
        for column, value in row.centre.items():
            if value != before.get(column, value):
                cells.remark("other_than_before", _COLUMNS.get(column, column), line=line)
        if (row.centre_code, row.code) in self._places:
            cells.remark("same_place", "place_id", line=self._places[row.centre_code, row.code])


_COLUMNS = {"kind": "centre_kind"}
"""Where a field and its column bear two names."""


def _centre(cells: Cells) -> dict[str, Any]:
    lat, lon = point(cells, "lat", "lon", needed=True) or (0.0, 0.0)
    found: dict[str, Any] = {"region": named(cells, "region", 60), "lat": lat, "lon": lon}
    if cells.has("centre_kind") and (kind := word(cells, "centre_kind", "centre")):
        found["kind"] = CentreKind(kind)
    if name := limited(cells, "name", 200):
        found["name"] = name
    read: dict[str, Callable[[], Any]] = {
        "town": lambda: limited(cells, "town", 200),
        "contact": lambda: limited(cells, "contact", MOST_WORDS),
        "rules": lambda: limited(cells, "rules", MOST_WORDS),
        "hospital_km": lambda: cells.number("hospital_km", 0, FARTHEST_KM),
        "school": lambda: cells.flag("school"),
        "opens_on": lambda: cells.day("opens_on"),
        "languages": lambda: _languages(cells),
    }
    return found | {column: value() for column, value in read.items() if cells.has(column)}


def _place(cells: Cells) -> dict[str, Any]:
    found: dict[str, Any] = {
        "takes": _takes(cells),
        "units": _needed(cells, "units", cells.whole("units", 0, MOST_UNITS)),
    }
    if cells.has("unit"):
        found["unit"] = UnitKind(word(cells, "unit", "unit") or UnitKind.BED)
    if cells.has("unit_size"):
        found["unit_size"] = _or(cells.whole("unit_size", 1, LARGEST_ROOM), 1)
    if found.get("unit") is UnitKind.BED and found.get("unit_size", 1) != 1:
        cells.remark("beds_of_one", "unit_size")
    if cells.has("step_free"):
        found["step_free"] = bool(cells.flag("step_free"))
    if cells.has("base_points"):
        found["base_points"] = _or(cells.whole("base_points", -MOST_POINTS, MOST_POINTS), 0)
    return found


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _needed(cells: Cells, column: str, value: int | None) -> int:
    if value is None and not cells.verbatim(column):
        cells.remark("value_missing", column)
    return value or 0


def _takes(cells: Cells) -> tuple[PartyKind, ...]:
    said = several(cells, "takes", lambda text: find("party", text))
    if said is None:
        cells.remark("bad_word", "takes", found=shortened(cells.text("takes")), words=shown("party"))
        return ()
    if not said:
        cells.remark("value_missing", "takes")
    takes = tuple(kind for kind in PartyKind if kind in said)
    if PartyKind.MINOR in takes and len(takes) > 1:
        cells.remark("minors_apart", "takes")
    return takes


def _languages(cells: Cells) -> tuple[str, ...]:
    said = several(cells, "languages", find_language)
    if said is None:
        cells.remark("bad_language", "languages", found=shortened(cells.text("languages")))
    return tuple(sorted(set(said or ())))


def several(cells: Cells, column: str, known: Any) -> list[str] | None:
    """The values of words that commas or blanks part; None where one of them is not known."""
    found: list[str] = []
    for part in filter(None, _BETWEEN.split(cells.text(column))):
        values = [known(part)] if known(part) else [known(each) for each in part.split()]
        if not all(values):
            return None
        found += values
    return found


def word(cells: Cells, column: str, kind: str) -> str:
    """The value of the word in a cell; empty where it is, or with a remark."""
    said = cells.text(column)
    value = find(kind, said)
    if said and not value:
        cells.remark("bad_word", column, found=shortened(said), words=shown(kind))
    return value


def named(cells: Cells, column: str, most: int) -> str:
    """Words that must stand there."""
    said = limited(cells, column, most)
    if not said:
        cells.remark("value_missing", column)
    return said


def limited(cells: Cells, column: str, most: int) -> str:
    """Words that may stand there, no longer than a record holds."""
    said = cells.text(column)
    if len(said) > most:
        cells.remark("too_long", column, most=most)
    return said[:most]


def point(cells: Cells, lat: str, lon: str, *, needed: bool = False) -> tuple[float, float] | None:
    """A point on land; None where none is said, or with a remark."""
    said = [cells.text(lat), cells.text(lon)]
    if not any(said) and not needed:
        return None
    if not all(said):
        cells.remark("value_missing" if needed else "half_a_point", lon if said[0] else lat)
        return None
    before = len(cells.remarks)
    found = cells.number(lat, -90, 90), cells.number(lon, -180, 180)
    if found[0] is None or found[1] is None or len(cells.remarks) > before:
        return None
    if at_sea(found[0], found[1]):
        cells.remark("at_sea", lat)
        return None
    return found[0], found[1]

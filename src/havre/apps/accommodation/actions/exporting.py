# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and parties on their way out of the house: what the member may read, each time on record."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from havre.apps.accommodation.actions.refusing import WORDS
from havre.apps.accommodation.actions.sheets.vocabulary import label
from havre.apps.accommodation.models import Centre, Party, Place
from havre.apps.accommodation.policies import EXPORT
from havre.apps.accommodation.queries import Filled, centres, filled_places, parties, promises, stays
from havre.apps.accommodation.queries.pages import CentreLine, lines_of_centres
from havre.core.access import check
from havre.core.audit import record, record_handed
from havre.core.clock import now, today
from havre.core.exchange.vocabulary import Column, shape
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.core.letters import pdf
from havre.words import Language

Cell = str | float
UNITS = ("units", "free", "promised", "lived_in", "blocked")
FILLED = {
    "free": "#capacity+num+free",
    "promised": "#capacity+num+promised",
    "lived_in": "#capacity+num+occupied",
    "blocked": "#capacity+num+blocked",
}
"""Beside the columns that an import reads, with their HXL tags: it passes over them."""
WHERE = ("state", "centre", "place")
"""Beside the columns of a party that an import reads."""
ON_PAPER = {
    "centre": 2.4,
    "region": 1.5,
    "takes": 1.2,
    "units": 0.9,
    "free": 0.9,
    "promised": 1.25,
    "lived_in": 1.25,
    "blocked": 1.25,
}
"""The columns of the printed list, and their share of its width."""


def centres_workbook(language: Language) -> bytes:
    """Centres as an .xlsx that an import reads back: below the titles a row of HXL tags, then a place a row."""
    check(EXPORT)
    found, filled, columns = list(centres().with_places()), filled_places(today()), shape("centres").columns
    rows = [
        [*(_of_place(column.key, each, place, language) for column in columns), *_filled(filled[place.pk])]
        for each in found
        for place in each.places.all()
    ]
    tags: list[Cell] = [*(column.hxl for column in columns), *FILLED.values()]
    record("export", table="accommodation_centre", rows=len(found), format="xlsx")
    return _workbook(shape("centres").title(language), columns, FILLED, [tags, *rows], language)


def parties_workbook(language: Language) -> bytes:
    """The own desk's parties that have not left, as an .xlsx that an import reads back."""
    check(EXPORT)
    found = list(parties().of_our_desk().present().select_related("wish").order_by("wristband"))
    there = _whereabouts(language)
    columns = shape("parties").columns
    waiting = (WORDS.say(language, "state_waiting"), "", "")
    rows: list[list[Cell]] = [
        [*(_of_party(column.key, each, language) for column in columns), *there.get(each.pk, waiting)]
        for each in found
    ]
    record("export", table="accommodation_party", rows=len(found), format="xlsx")
    record_handed("accommodation_party", ((each.pk, each.pk) for each in found), format="xlsx")
    return _workbook(shape("parties").title(language), columns, WHERE, rows, language)


def centres_geojson() -> bytes:
    """Where centres are and what they are for, as GeoJSON (RFC 7946). Nothing in it comes from a party."""
    actor = check(EXPORT)
    found = list(centres().with_places())
    record("export", table="accommodation_centre", rows=len(found), format="geojson")
    said = {
        "type": "FeatureCollection",
        "as_of": today().isoformat(),
        "said_by": actor.organisation,
        "features": [_feature(each) for each in found],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def centres_pdf(language: Language) -> bytes:
    """Centres with their units on a day, as a PDF that a screen reader reads."""
    actor = check(EXPORT)
    lines = lines_of_centres(today())
    record("export", table="accommodation_centre", rows=len(lines), format="pdf")
    total = sum((line.all for line in lines), Filled())
    counts = {name: getattr(total, name) for name in UNITS}
    data = {
        "title": WORDS.say(language, "paper_title"),
        "organisation": actor.organisation,
        "paragraphs": [WORDS.say(language, "paper_lead", n=len(lines), day=today().isoformat())],
        "columns": [WORDS.say(language, f"paper_{name}") for name in ON_PAPER],
        "widths": list(ON_PAPER.values()),
        "rows": [_on_paper(line, language) for line in lines],
        "closing": [WORDS.say(language, "paper_closing", **counts)],
    }
    return pdf("havre.core.letters/list.typ", data, language, made_at=now().replace(microsecond=0))


def _on_paper(line: CentreLine, language: Language) -> list[str]:
    takes = ", ".join(label("party", kind, language) for kind in line.kinds)
    return [line.centre.located, line.centre.region, takes, *(str(getattr(line.all, name)) for name in UNITS)]


def _feature(centre: Centre) -> dict[str, Any]:
    places = centre.places.all()
    return {
        "type": "Feature",
        "id": str(centre.pk),
        "geometry": {"type": "Point", "coordinates": [centre.lon, centre.lat]},
        "properties": {
            "code": centre.code,
            "name": centre.name,
            "kind": centre.kind,
            "town": centre.town,
            "region": centre.region,
            "run_by": centre.organisation.name,
            "opens_on": centre.opens_on.isoformat() if centre.opens_on else None,
            "closes_at": centre.closes_at.isoformat() if centre.closes_at else None,
            "takes": sorted({kind for place in places for kind in place.takes}),
            "units": sum(place.units for place in places),
        },
    }


def _of_place(column: str, centre: Centre, place: Place, language: Language) -> Cell:
    """A cell of a place; what the two tables call alike (whether there are steps) is the place's."""
    special: dict[str, Callable[[], Cell]] = {
        "place_id": lambda: place.code,
        "centre_id": lambda: centre.code,
        "centre_kind": lambda: label("centre", centre.kind, language),
        "takes": lambda: ", ".join(label("party", kind, language) for kind in place.takes),
        "unit": lambda: label("unit", place.unit, language),
        "languages": lambda: " ".join(centre.languages),
    }
    of_place = column in ("unit_size", "units", "step_free", "base_points")
    return special[column]() if column in special else _cell(getattr(place if of_place else centre, column))


def _of_party(column: str, party: Party, language: Language) -> Cell:
    if column == "party_id":
        return party.wristband
    if column == "kind":
        return label("party", party.kind, language)
    wish = getattr(party, "wish", None)
    return _cell(getattr(party, column) if hasattr(party, column) else getattr(wish, column, ""))


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return float(value) if isinstance(value, float) else int(value)
    return str(value)


def _filled(filled: Filled) -> list[Cell]:
    return [getattr(filled, name) for name in FILLED]


def _whereabouts(language: Language) -> dict[UUID, tuple[str, str, str]]:
    """Party to what it has, the centre and the place."""
    found = {}
    for state, rows in (("promised", promises()), ("staying", stays().filter(ends=None))):
        said = WORDS.say(language, f"state_{state}")
        for key, centre, place in rows.values_list("party", "place__centre__name", "place__code"):
            found[key] = (said, centre, place)
    return found


def _workbook(
    name: str,
    columns: Sequence[Column],
    more: Iterable[str],
    rows: Sequence[Sequence[Cell]],
    language: Language,
) -> bytes:
    titles = [
        *(column.title(language) for column in columns),
        *(WORDS.say(language, f"title_{key}") for key in more),
    ]
    with TemporaryDirectory(prefix="havre-") as folder:
        path = Path(folder) / "list.xlsx"
        with new_workbook(path, language=language) as workbook:
            written = write_rows(titled_sheet(workbook, name, titles, {}), rows)
            workbook.get_worksheet_by_name(name).autofilter(0, 0, written, len(titles) - 1)
        return path.read_bytes()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties of a sheet: understood row by row, then registered or changed. None is ended by a sheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from havre.apps.accommodation.actions.finding import MOST_WORDS
from havre.apps.accommodation.actions.parties import (
    PartySaid,
    WishSaid,
    change_party,
    register_party,
    said_of,
)
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.sheets.outcome import Outcome
from havre.apps.accommodation.actions.sheets.reading import limited, named, point, word
from havre.apps.accommodation.actions.sheets.vocabulary import find_language
from havre.apps.accommodation.enums import PartyKind, UnitKind
from havre.apps.accommodation.queries import parties, places
from havre.core.access import current_actor
from havre.core.exchange.reading.cells import Cells
from havre.core.exchange.remarks import shortened
from havre.core.ui.gazetteer import town_of

MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party: what the sheet has a column for."""

    line: int
    wristband: str
    said: Mapping[str, Any]
    wish: Mapping[str, Any]


def largest_places() -> Mapping[PartyKind, int]:
    """How many people the largest place of the own desk takes together, for each kind; empty where it has none."""
    largest = dict.fromkeys(PartyKind, 0)
    there = False
    for place in places().filter(centre__desk=current_actor().organisation_id):
        there = True
        most = place.unit_size if place.unit == UnitKind.ROOM else place.units
        for kind in place.takes:
            largest[PartyKind(kind)] = max(largest[PartyKind(kind)], most if place.units else 0)
    return largest if there else {}


@dataclass(slots=True)
class PartyRows:
    """Understands the rows of a sheet of parties one after the other."""

    largest: Mapping[PartyKind, int]
    _lines: dict[str, int] = field(default_factory=dict)

    def understood(self, cells: Cells) -> PartyRow | None:
        """A row; None where anything in it is wrong. A party that no place can hold gets a remark, and is a row."""
        wristband = named(cells, "party_id", 40)
        if wristband in self._lines:
            cells.remark("same_id", "party_id", line=self._lines[wristband])
        row = PartyRow(cells.line, wristband, _said(cells), _wish(cells))
        if cells.remarks:
            return None
        self._lines[wristband] = cells.line
        people, largest = row.said["people"], self.largest.get(row.said["kind"])
        if largest is not None and people > largest:
            cells.remark("larger_than_any", "people", people=people, largest=largest)
        return row


def _said(cells: Cells) -> dict[str, Any]:
    kind = word(cells, "kind", "party")
    for column in ("people", "kind"):
        if not cells.text(column):
            cells.remark("value_missing", column)
    found: dict[str, Any] = {
        "people": cells.whole("people", 1, MOST_PEOPLE),
        "kind": PartyKind(kind) if kind else None,
    }
    if cells.has("language"):
        found["language"] = _language(cells)
    flags = ("medical", "step_free", "school")
    return found | {column: bool(cells.flag(column)) for column in flags if cells.has(column)}


def _language(cells: Cells) -> str:
    said = cells.text("language")
    code = find_language(said) if said else ""
    if said and not code:
        cells.remark("bad_language", "language", found=shortened(said))
    return code


def _wish(cells: Cells) -> dict[str, Any]:
    read: dict[str, Callable[[], Any]] = {
        "region_1": lambda: limited(cells, "region_1", 60),
        "region_2": lambda: limited(cells, "region_2", 60),
        "relative_town": lambda: limited(cells, "relative_town", 200),
        "note": lambda: limited(cells, "note", MOST_WORDS),
    }
    found = {column: value() for column, value in read.items() if cells.has(column)}
    at = point(cells, "relative_lat", "relative_lon")
    if at is None and (town := town_of(found.get("relative_town", ""))):
        at = town.latitude, town.longitude
    if at is not None or cells.has("relative_lat") or cells.has("relative_town"):
        found["relative_lat"], found["relative_lon"] = at or (None, None)
    return found


class PartyWriter:
    """Knows those of the own desk's parties that the rows name, and writes rows one by one."""

    def __init__(self, rows: Sequence[PartyRow]) -> None:
        ours = parties().of_our_desk().filter(wristband__in=[row.wristband for row in rows])
        ours = ours.select_related("wish")
        self._known = {each.wristband: each for each in ours}

    def write(self, row: PartyRow) -> Outcome:
        """Writes one row; Refused, also where the kind of a party would change: that is said of each, for a reason."""
        party = self._known.get(row.wristband)
        if party is None:
            wish = WishSaid(**row.wish)
            self._known[row.wristband] = register_party(
                PartySaid(wristband=row.wristband, **row.said, wish=wish)
            )
            return Outcome.NEW
        known = said_of(party)
        anew = _anew(known, row.said)
        wished_anew = _anew(known.wish, row.wish)
        if not anew and not wished_anew:
            return Outcome.UNCHANGED
        if "kind" in anew:
            raise Refused("kind_by_hand", field="kind", status=409)
        said = replace(known, **anew, wish=replace(known.wish, **wished_anew))
        change_party(party.pk, said, members_too=False)
        return Outcome.CHANGED


def _anew(known: object, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said otherwise than it stands; a cell holds a text of several lines on one."""
    return {name: value for name, value in said.items() if _plain(getattr(known, name)) != _plain(value)}


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value

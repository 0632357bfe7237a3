# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties and places as lines of the tables that the engine reads."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from havre.apps.accommodation.models import Party, Place
from havre.engines.placement.reading import PARTY_COLUMNS, PLACE_COLUMNS

__all__ = ["LOCK_COLUMNS", "PARTY_COLUMNS", "PLACE_COLUMNS", "Row", "party_row", "place_row", "table"]

LOCK_COLUMNS = ("rule", "party_id", "place_id", "other_party_id", "centre_id", "day", "people")
NOWHERE_NEAR = 20_000
"""Kilometres to a hospital where nobody said how far it is: it is not taken for near."""

Row = Mapping[str, object]


def party_row(party: Party) -> Row:
    """A party in a line: its needs and wishes, and no name."""
    wish = getattr(party, "wish", None)
    row: dict[str, object] = {
        "party_id": party.pk,
        "people": party.people,
        "kind": party.kind,
        "language": party.language,
        **{need: int(getattr(party, need)) for need in ("medical", "step_free", "school")},
    }
    if wish:
        row |= {"region_1": wish.region_1, "region_2": wish.region_2}
        if wish.relative_lat is not None:
            row |= {"relative_lat": wish.relative_lat, "relative_lon": wish.relative_lon}
    return row


def place_row(place: Place, free: int) -> Row:
    """A place in a line, with the units that are free."""
    centre = place.centre
    return {
        "place_id": place.pk,
        "centre_id": centre.pk,
        "lat": centre.lat,
        "lon": centre.lon,
        "region": centre.region,
        "takes": " ".join(place.takes),
        "unit": place.unit,
        "unit_size": place.unit_size,
        "units": free,
        "languages": " ".join(centre.languages),
        "step_free": int(place.step_free),
        "hospital_km": NOWHERE_NEAR if centre.hospital_km is None else centre.hospital_km,
        "school": int(bool(centre.school)),
        "base_points": place.base_points,
    }


def table(rows: Iterable[Row], columns: Sequence[str] = ()) -> str:
    """The lines as the engine reads them; without ``columns`` those of the first line, and nothing of no line."""
    told, text = list(rows), StringIO(newline="")
    if heads := list(columns or (told[0] if told else ())):
        out = csv.DictWriter(text, heads, restval="", lineterminator="\n")
        out.writeheader()
        out.writerows(told)
    return text.getvalue()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes centres and places of a sheet: what is new is opened, what differs is changed, nothing is taken away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.db.models import Q

from havre.apps.accommodation.actions.centres import (
    CentreSaid,
    PlaceSaid,
    add_place,
    change_centre,
    change_place,
    open_centre,
)
from havre.apps.accommodation.actions.finding import held_place
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.sheets.outcome import Outcome
from havre.apps.accommodation.actions.sheets.reading import PlaceRow
from havre.apps.accommodation.enums import CentreKind, PartyKind, UnitKind
from havre.apps.accommodation.models import Centre, Place
from havre.apps.accommodation.queries import centres, promises, stays
from havre.core.access import current_actor
from havre.core.clock import today


class CentreWriter:
    """Knows the own desk's centres, and writes rows one by one."""

    def __init__(self, rows: Sequence[PlaceRow]) -> None:
        ours = centres().filter(desk=current_actor().organisation_id).prefetch_related("places")
        self._centres = {each.code: each for each in ours}
        self._places = {
            (each.code, place.code): place for each in self._centres.values() for place in each.places.all()
        }
        self._takes: defaultdict[str, set[PartyKind]] = defaultdict(set)
        for row in rows:
            self._takes[row.centre_code] |= set(row.place["takes"])

    def write(self, row: PlaceRow) -> Outcome:
        """Writes one row; Refused."""
        centre, of_centre = self._written_centre(row)
        place = self._places.get((row.centre_code, row.code))
        if place is None:
            place = add_place(centre.pk, _said_place(row.code, row.place))
            of_place = Outcome.NEW
        elif anew := _anew(place, row.place):
            _keep_promises(held_place(place.pk), anew)
            place = change_place(place.pk, _said_place(row.code, {**_known(place, PlaceSaid), **anew}))
            of_place = Outcome.CHANGED
        else:
            of_place = of_centre
        # Kept only now: where the place is refused, the centre is taken back with it.
        self._centres[row.centre_code] = centre
        self._places[row.centre_code, row.code] = place
        return of_place

    def _written_centre(self, row: PlaceRow) -> tuple[Centre, Outcome]:
        centre = self._centres.get(row.centre_code)
        if centre is None:
            kind = CentreKind.ORIENTATION
            if self._takes[row.centre_code] == {PartyKind.MINOR}:
                kind = CentreKind.MINORS
            said = {"kind": kind, **row.centre}
            return open_centre(_said_centre(row.centre_code, said)), Outcome.NEW
        anew = _anew(centre, row.centre)
        if not anew:
            return centre, Outcome.UNCHANGED
        _keep_days(centre, anew)
        said = {**_known(centre, CentreSaid), **anew}
        return change_centre(centre.pk, _said_centre(row.centre_code, said)), Outcome.CHANGED


def _keep_days(centre: Centre, anew: Mapping[str, Any]) -> None:
    """Refuses that a centre opens after the day on which somebody lives there or is expected."""
    opens_on = anew.get("opens_on")
    if opens_on is None:
        return
    lived_in = stays().filter(place__centre=centre, ends=None).exists() and opens_on > today()
    expected = promises().filter(place__centre=centre, on_day__lt=opens_on).exists()
    if lived_in or expected:
        raise Refused("they_come_before", status=409)


def _keep_promises(place: Place, anew: Mapping[str, Any]) -> None:
    """Refuses what a sheet says of steps where somebody who cannot climb them has a unit."""
    if anew.get("step_free") is False:
        standing = place.uses.filter(Q(ends=None) | Q(ends__gt=today()), party__step_free=True)
        if standing.exists():
            raise Refused("they_need_no_steps", status=409)


def _anew(row: Centre | Place, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said otherwise than it stands."""
    return {name: value for name, value in said.items() if _plain(getattr(row, name)) != _plain(value)}


def _plain(value: Any) -> Any:
    """As it is compared: a cell holds a text of several lines on one."""
    if isinstance(value, str):
        return " ".join(value.split())
    return sorted(value) if isinstance(value, list | tuple) else value


def _known(row: Centre | Place, said: type) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(said)}


def _said_centre(code: str, said: Mapping[str, Any]) -> CentreSaid:
    named = {**said, "code": code, "name": said.get("name") or code, "kind": CentreKind(said["kind"])}
    return CentreSaid(**{**named, "languages": tuple(said.get("languages", ()))})


def _said_place(code: str, said: Mapping[str, Any]) -> PlaceSaid:
    takes: Iterable[str] = said["takes"]
    kinds = tuple(PartyKind(kind) for kind in takes)
    return PlaceSaid(
        **{**said, "code": code, "unit": UnitKind(said.get("unit", UnitKind.BED)), "takes": kinds}
    )

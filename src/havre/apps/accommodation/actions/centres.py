# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and places: opened, changed, closed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from havre.apps.accommodation.actions.finding import held_centre, held_place, needed, short_enough
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import CentreKind, PartyKind, UnitKind
from havre.apps.accommodation.models import Centre, Intake, Place
from havre.apps.accommodation.policies import RUN_CENTRES
from havre.core.access import check
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.clock import today


@dataclass(frozen=True, slots=True)
class CentreSaid:
    """What is said of a centre."""

    code: str
    name: str
    kind: CentreKind
    region: str
    lat: float
    lon: float
    town: str = ""
    opens_on: date | None = None
    contact: str = ""
    rules: str = ""
    hospital_km: float | None = None
    school: bool | None = None
    step_free: bool | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """What is said of a place."""

    code: str
    unit: UnitKind
    units: int
    takes: tuple[PartyKind, ...]
    unit_size: int = 1
    step_free: bool = False
    base_points: int = 0


@transaction.atomic
def open_centre(said: CentreSaid, *, run_by: UUID | None = None) -> Centre:
    """Opens a centre in which the own organisation places people; another of the same shore may run it.

    Refused where a centre has the code already, and for an organisation that cannot run one.
    """
    actor = check(RUN_CENTRES)
    runner = run_by or actor.organisation_id
    can = Organisation.objects.filter(pk=runner, shore=actor.shore, kind=OrganisationKind.PROTECTION)
    if not can.exists():
        raise Refused("cannot_run_it", field="run_by")
    with refusing():
        return Centre.objects.create(
            organisation_id=runner, desk_id=actor.organisation_id, **_values_of(said)
        )


@transaction.atomic
def change_centre(centre_id: UUID, said: CentreSaid) -> Centre:
    """Says anew what a centre is; what stood there, the audit remembers. Refused as when it is opened."""
    check(RUN_CENTRES)
    centre = held_centre(centre_id)
    if said.kind is CentreKind.MINORS and centre.places.exclude(takes=[PartyKind.MINOR]).exists():
        raise Refused("not_all_for_minors", field="kind", status=409)
    values = _values_of(said)
    for name, value in values.items():
        setattr(centre, name, value)
    with refusing():
        centre.save(update_fields=list(values))
    return centre


@transaction.atomic
def close_centre(centre_id: UUID, closes_at: datetime | None, *, why: str) -> Centre:
    """From that moment on nobody is taken in there any more; None opens it again. Who stays there stays.

    Refused without a reason.
    """
    check(RUN_CENTRES)
    centre = held_centre(centre_id)
    needed(why=why)
    centre.closes_at, centre.closed_why = closes_at, why.strip()
    centre.save(update_fields=["closes_at", "closed_why"])
    return centre


@transaction.atomic
def add_place(centre_id: UUID, said: PlaceSaid) -> Place:
    """Adds a place to a centre. Refused where it takes minors and others, or is not of a centre of minors by law."""
    check(RUN_CENTRES)
    centre = held_centre(centre_id)
    _sound(centre, said)
    with refusing():
        return Place.objects.create(centre=centre, **_place_values(said))


@transaction.atomic
def change_place(place_id: UUID, said: PlaceSaid) -> Place:
    """Says anew what a place is. Refused where somebody has a unit that would be gone, or would not be taken there."""
    check(RUN_CENTRES)
    place = held_place(place_id)
    _sound(place.centre, said)
    standing = place.uses.filter(Q(ends=None) | Q(ends__gt=today()), party__isnull=False)
    if said.unit != place.unit and standing.exists():
        raise Refused("units_are_theirs", field="unit", status=409)
    values = _place_values(said)
    for name, value in values.items():
        setattr(place, name, value)
    with refusing():
        place.save(update_fields=list(values))
    return place


@transaction.atomic
def take_in(centre_id: UUID, on_day: date, people: int | None) -> None:
    """Says how many people a centre takes in on a day; None takes the limit away. Refused below nought."""
    check(RUN_CENTRES)
    centre = held_centre(centre_id)
    if people is None:
        Intake.objects.filter(centre=centre, on_day=on_day).delete()
        return
    if people < 0:
        raise Refused("below_nought", field="people")
    Intake.objects.update_or_create(centre=centre, on_day=on_day, defaults={"people": people})


def _values_of(said: CentreSaid) -> dict[str, object]:
    needed(code=said.code, name=said.name, region=said.region)
    short_enough(contact=said.contact, rules=said.rules)
    if not (-90 <= said.lat <= 90 and -180 <= said.lon <= 180):
        raise Refused("nowhere_on_earth", field="lat")
    return {**asdict(said), "languages": list(said.languages)}


def _sound(centre: Centre, said: PlaceSaid) -> None:
    needed(code=said.code)
    if not said.takes:
        raise Refused("takes_nobody", field="takes")
    if PartyKind.MINOR in said.takes and len(set(said.takes)) > 1:
        raise Refused("broken_place_of_minors_takes_nobody_else", field="takes")
    if centre.kind == CentreKind.MINORS and PartyKind.MINOR not in said.takes:
        raise Refused("not_all_for_minors", field="takes")
    if said.unit is UnitKind.BED and said.unit_size != 1:
        raise Refused("broken_place_of_beds_or_rooms", field="unit_size")


def _place_values(said: PlaceSaid) -> dict[str, object]:
    return {**asdict(said), "takes": _in_order(said.takes)}


def _in_order(takes: Iterable[PartyKind]) -> list[PartyKind]:
    return sorted(set(takes), key=list(PartyKind).index)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's camp on its way: centres all over the country, who travels together, and a plan to look at."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from uuid import uuid5

from django.db import transaction

from havre.apps.accommodation import actions as accommodation
from havre.apps.accommodation.actions import CentreSaid, PartySaid, PlaceSaid, WishSaid
from havre.apps.accommodation.actions.plans import PlanSaid, ask_plan
from havre.apps.accommodation.enums import CentreKind, PartyKind, UnitKind
from havre.apps.accommodation.queries import centres, parties
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.core.jobs import run_jobs
from havre.scenario import Leaving
from havre.scenario.leaving import Row

SECONDS = 20
"""For the search of the plan."""
TOGETHER = 200
"""Rows of one transaction."""


def fill_camp(leaving: Leaving, member: Member, told: Callable[[float], None]) -> None:
    """Centres, parties and one plan of the member's organisation; run again it adds what is missing."""
    rows_of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in leaving.places:
        rows_of[str(row["centre_id"])].append(row)
    with acting_as(member.pk, Purpose.CARE):
        known = set(centres().values_list("code", flat=True))
        with transaction.atomic():
            for code, rows in rows_of.items():
                if code not in known:
                    _open(rows)
    told(0.2)
    with acting_as(member.pk, Purpose.CARE):
        worn = set(parties().values_list("wristband", flat=True))
    missing = [row for row in leaving.parties if row["party_id"] not in worn]
    for done, rows in enumerate(_batches(missing), 1):
        with acting_as(member.pk, Purpose.CARE), transaction.atomic():
            for row in rows:
                accommodation.register_party(_party(row))
        told(0.2 + 0.5 * min(1.0, done * TOGETHER / len(missing)))
    with acting_as(member.pk, Purpose.CARE):
        ask_plan(PlanSaid(day=today(), seconds=SECONDS), idempotency_key=uuid5(member.pk, "demo plan"))
    run_jobs()
    told(1.0)


def _batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, TOGETHER)):
        yield batch


def _open(rows: list[Row]) -> None:
    """A centre with its places."""
    first = rows[0]
    minors = first["takes"] == PartyKind.MINOR
    centre = accommodation.open_centre(
        CentreSaid(
            code=str(first["centre_id"]),
            name=str(first["name"]),
            kind=CentreKind.MINORS if minors else CentreKind.ORIENTATION,
            region=str(first["region"]),
            lat=float(str(first["lat"])),
            lon=float(str(first["lon"])),
            town=str(first["town"]),
            hospital_km=float(str(first["hospital_km"])),
            school=_yes(first["school"]),
            languages=tuple(str(first["languages"]).split()),
        )
    )
    for row in rows:
        accommodation.add_place(
            centre.pk,
            PlaceSaid(
                code=str(row["place_id"]),
                unit=UnitKind.BED,
                units=int(str(row["units"])),
                takes=(PartyKind(str(row["takes"])),),
                step_free=_yes(row["step_free"]),
                base_points=int(str(row["base_points"])),
            ),
        )


def _party(row: Row) -> PartySaid:
    relative = row["relative_lat"] != ""
    return PartySaid(
        wristband=str(row["party_id"]),
        people=int(str(row["people"])),
        kind=PartyKind(str(row["kind"])),
        language=str(row["language"]),
        medical=_yes(row["medical"]),
        step_free=_yes(row["step_free"]),
        school=_yes(row["school"]),
        wish=WishSaid(
            region_1=str(row["region_1"]),
            region_2=str(row["region_2"]),
            relative_lat=float(str(row["relative_lat"])) if relative else None,
            relative_lon=float(str(row["relative_lon"])) if relative else None,
        ),
    )


def _yes(said: object) -> bool:
    return said == 1

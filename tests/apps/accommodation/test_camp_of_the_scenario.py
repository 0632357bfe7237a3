# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The centres and parties of the scenario are taken in as any sheet is: whole, and once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from apps.accommodation.camp import Camp
from apps.tracing.shores import CHILD, registered, year

from havre.apps.accommodation.actions.plans import SHORTEST
from havre.apps.accommodation.actions.sheets import write_file
from havre.apps.accommodation.enums import SheetKind
from havre.apps.accommodation.models import (
    Centre,
    Departure,
    Offer,
    Party,
    PartyMember,
    Place,
    Plan,
    Promise,
    Stay,
)
from havre.apps.accommodation.queries.departing import missing, on_board
from havre.conf import demo_camp, demo_leaving
from havre.conf.demo_story import Hands
from havre.core.accounts.enums import Role
from havre.core.clock import PARIS, standing_on
from havre.scenario import leave, make_scenario
from havre.scenario.leaving import PARTY_COLUMNS, PLACE_COLUMNS, csv_of


@pytest.fixture(scope="module")
def leaving():
    return leave(make_scenario(120).camp, 6)


def test_the_files_of_the_scenario_are_read_whole_and_change_nothing_twice(
    camp: Camp, leaving, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    for kind, columns, rows in (
        (SheetKind.CENTRES, PLACE_COLUMNS, leaving.places),
        (SheetKind.PARTIES, PARTY_COLUMNS, leaving.parties),
    ):
        path.write_text(csv_of(columns, rows), "utf-8")
        with camp.acts(camp.desk):
            assert write_file(kind, path) == {"new": len(rows), "refused": 0}
            assert write_file(kind, path) == {"unchanged": len(rows), "refused": 0}
    with camp.acts(camp.desk):
        assert Centre.objects.count() == len({row["centre_id"] for row in leaving.places})
        places = dict(Place.objects.values_list("code", "units"))
        assert places == {row["place_id"]: row["units"] for row in leaving.places}
        people = dict(Party.objects.values_list("wristband", "people"))
        assert people == {row["party_id"]: row["people"] for row in leaving.parties}
        of_minors = Place.objects.filter(centre__kind="minors")
        assert {place.code for place in of_minors} == {
            row["place_id"] for row in leaving.places if row["takes"] == "minor"
        }


def test_the_demo_empties_its_camp_in_three_days_of_coaches_and_nothing_happens_twice(
    camp: Camp, leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_camp, "SECONDS", SHORTEST)
    monkeypatch.setattr(demo_leaving, "STAYING", 1)
    few = replace(leaving, days=replace(leaving.days, coaches=2, refusing=leaving.days.refusing[:2]))
    hands = Hands(camp.desk, camp.cast.member(camp.cast.dunes, Role.SUPERVISOR))
    nations = [row["nationality"] for row in leaving.parties if row["kind"] == "minor"]
    child, elsewhere = (
        registered(camp.desk, replace(CHILD, birth=year(2002), nationality=each))
        for each in (nations[0], "FRA")
    )
    with standing_on(datetime(2016, 10, 26, 20, tzinfo=UTC)):
        for _ in range(2):
            told: list[float] = []
            demo_camp.fill_camp(few, hands, told.append)
            assert told == sorted(told)
            assert told[-1] == pytest.approx(1.0)
        with camp.acts(camp.desk):
            coaches = Departure.objects.all()
            assert len({each.leaves_at.astimezone(PARIS).date() for each in coaches}) == 3
            assert Plan.objects.get().state == "done"
            assert Offer.objects.filter(state="refused").exists()
            assert Promise.objects.filter(ended_why="no_show").count() <= len(few.days.late)
            assert Centre.objects.get(closes_at__isnull=False).closed_why
            assert [each.party.kind for each in missing()] != []
            assert coaches.filter(state="departed").exists()
            assert coaches.filter(state="planned").exists()
            # How many sit in the coach that is under way differs from run to run.
            gone, everybody = (
                Stay.objects.filter(ends=None).count() + on_board().count(),
                Party.objects.count(),
            )
            assert everybody == len(leaving.parties)
            assert gone > everybody / 2
            [known] = PartyMember.objects.all()
            assert (known.registration_id, known.party.kind) == (child.pk, "minor")
            assert known.registration_id != elsewhere.pk

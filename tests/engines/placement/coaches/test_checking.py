# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checker finds each rule that is broken, in a file that was changed by hand."""

import pytest
from engines.placement.coaches.journeys import journey

from havre.engines.placement.coaches import solve
from havre.words import Language


@pytest.fixture(scope="module")
def at():
    """Two centres that share a coach, one that is far from them, and a party that waits."""
    parties = [
        {"at": 1, "people": 20},
        {"at": 1, "people": 2, "travels_with": "P1"},
        {"at": 2, "people": 20, "day": "2016-10-24"},
        {"at": 3, "people": 30},
        {"at": 0},
    ]
    return journey(
        parties, [{"south": 100}, {"south": 130}, {"south": 100, "lon": 5.0, "arrive_until": "16:00"}]
    )


@pytest.fixture(scope="module")
def rows(at):
    text = at.text(solve(at.task))
    assert not at.verdict(text).broken
    return text.splitlines()


def rules(at, lines):
    verdict = at.verdict("\n".join(lines) + "\n")
    for broken in verdict.broken:
        assert broken.say(Language.FRENCH) != broken.say(Language.ENGLISH)
    return {broken.rule for broken in verdict.broken}


def changed(rows, party, **cells):
    """The rows with other cells for a party, or for the whole of a coach."""
    heads = rows[0].split(",")
    told = [rows[0]]
    for row in rows[1:]:
        now = dict(zip(heads, row.split(","), strict=True))
        if now["party_id"] == party or now["coach"] == party:
            now |= cells
        told.append(",".join(now.values()))
    return told


def test_a_party_must_sit_in_one_coach_to_its_own_centre(at, rows):
    assert "party_missing" in rules(at, rows[:-1])
    assert "party_twice" in rules(at, [*rows, rows[-1]])
    assert "party_unknown" in rules(at, changed(rows, "P4", party_id="P9"))
    assert "party_waits" in rules(at, changed(rows, "P4", party_id="P5"))
    assert "centre" in rules(at, changed(rows, "P4", centre_id="C1"))


def test_ties_days_and_stops_are_kept(at, rows):
    other = next(row.split(",")[0] for row in rows if "P4" in row.split(","))
    assert "together" in rules(at, changed(rows, "P2", coach=other))
    assert "day" in rules(at, changed(rows, "P3", day="2016-10-25"))
    assert "differs" in rules(at, changed(rows, "P3", day="2016-10-25"))
    assert "stops" in rules(at, changed(rows, "P4", stop="2"))
    assert "stop_twice" in rules(at, changed(rows, "P2", centre_id="C2"))


def test_km_hours_and_drivers_are_reckoned_anew(at, rows):
    coach = next(row.split(",")[0] for row in rows if "P4" in row.split(","))
    assert "km" in rules(at, changed(rows, coach, km="1"))
    assert "arrives" in rules(at, changed(rows, coach, arrives="09:00"))
    assert "drivers" in rules(at, changed(rows, coach, drivers="3"))
    assert "leaves" in rules(at, changed(rows, coach, leaves="08:01"))
    assert "leaves" in rules(at, changed(rows, coach, leaves="23:00"))
    assert "hours" in rules(at, changed(rows, coach, arrives="16:30"))


def test_seats_detours_and_driving_are_weighed_by_the_policy(at, rows):
    lines = [row.replace(row.split(",")[-1], "") if "havre=" in row else row for row in rows]
    assert rules(at, lines) == set()
    assert "seats" in rules(at.under(seats=41), lines)
    assert "driving" in rules(at.under(driving='"01:00"'), lines)
    assert "driving" in rules(at.under(in_all='"01:00"'), lines)
    assert "stops" in rules(at.under(stops=1), lines)
    assert "departures" in rules(at.under(departures=1), lines)
    wide = journey([{"at": 1}, {"at": 2}], [{"south": 150, "lon": 0.7}, {"south": 200}])
    text = wide.under(detour_km=200).text(solve(wide.under(detour_km=200).task))
    assert {"detour", "other_file"} == {broken.rule for broken in wide.verdict(text).broken}


def test_claims_must_be_true(at, rows):
    assert "other_file" in {broken.rule for broken in at.under(at_once=5).verdict("\n".join(rows)).broken}
    assert "other_figure" in rules(at, [row.replace("coaches=2", "coaches=1") for row in rows])
    assert "below_bound" in rules(at, [row.replace(" bound=2", " bound=3") for row in rows])

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a plan, its parties, its places or the policy is told line by line, before a coach is filled."""

import pytest
from engines.placement.coaches.journeys import journey

from havre.engines.placement.coaches import default_policy, default_policy_text, read_policy
from havre.words import Language

NEAR, FAR = {"south": 100}, {"south": 800, "lon": 3.0}


def problems(parties, places, **policy):
    task, remarks = journey(parties, places).under(**policy).read()
    assert task is None
    return [(remark.source.value, remark.line, remark.column, remark.problem) for remark in remarks]


@pytest.mark.parametrize(
    ("parties", "places", "policy", "told"),
    [
        ([{"people": 0}], [NEAR], {}, ("parties", 2, "people", "whole")),
        ([{"people": 51}], [NEAR], {}, ("parties", 2, "people", "too_many")),
        ([{"people": 49}], [NEAR], {"escort_seats": 1}, ("parties", 2, "people", "too_many")),
        ([{}, {"travels_with": "P7"}], [NEAR], {}, ("parties", 3, "travels_with", "together_unknown")),
        ([{"travels_with": "P1"}], [NEAR], {}, ("parties", 2, "travels_with", "together_unknown")),
        (
            [{"people": 30}, {"people": 30, "travels_with": "P1"}],
            [NEAR],
            {},
            ("parties", 2, "travels_with", "together_too_many"),
        ),
        (
            [{"day": "2016-10-24"}, {"day": "2016-10-25", "travels_with": "P1"}],
            [NEAR],
            {},
            ("parties", 2, "travels_with", "together_days"),
        ),
        (
            [{"at": 1}, {"at": 2, "travels_with": "P1"}],
            [{"south": 300, "lon": 0.0}, {"south": 300, "lon": 4.0}],
            {},
            ("parties", 2, "travels_with", "together_far"),
        ),
        ([{"day": "Monday"}], [NEAR], {}, ("plan", 2, "day", "day")),
        ([{"at": 2}], [NEAR], {}, ("plan", 2, "place_id", "unknown")),
        ([{"at": 0}], [NEAR], {}, ("plan", 1, "", "nobody_leaves")),
        ([{}], [FAR], {"second": "false"}, ("places", 2, "centre_id", "too_far")),
        (
            [{}],
            [{**NEAR, "arrive_from": "06:00", "arrive_until": "07:00"}],
            {},
            ("places", 2, "centre_id", "too_far"),
        ),
        ([{}], [{**NEAR, "arrive_from": "9:00"}], {}, ("places", 2, "arrive_from", "moment")),
        (
            [{}],
            [{**NEAR, "arrive_from": "12:00", "arrive_until": "11:00"}],
            {},
            ("places", 2, "arrive_until", "ends_before"),
        ),
        ([{}], [NEAR, {"centre_id": "C1", "south": 101}], {}, ("places", 3, "centre_id", "centre_differs")),
        ([{}], [NEAR, {"place_id": "L1", "centre_id": "C1", **NEAR}], {}, ("places", 3, "place_id", "twice")),
    ],
)
def test_each_thing_that_is_wrong_gets_one_line(parties, places, policy, told):
    assert problems(parties, places, **policy) == [told]


def test_a_party_that_is_twice_in_the_plan_or_not_at_all_is_told():
    at = journey([{}, {}], [NEAR])
    at.plan = at.plan.replace("P2,", "P1,")
    assert [remark.problem for remark in at.read()[1]] == ["twice"]
    at.plan = "party_id,place_id\nP1,L1\n"
    assert [(remark.line, remark.problem) for remark in at.read()[1]] == [(3, "not_in_plan")]
    at.plan = "party_id\nP1\n"
    assert [remark.problem for remark in at.read()[1]] == ["columns"]


def test_who_travels_with_a_party_that_waits_is_told_and_leaves():
    task, remarks = journey([{}, {"at": 0, "travels_with": "P1"}], [NEAR]).read()
    assert [(remark.line, remark.problem, remark.note) for remark in remarks] == [(2, "together_waits", True)]
    assert [load.parties for load in task.loads] == [("P1",)]


def test_every_remark_is_said_in_both_languages_and_repeats_no_cell():
    for parties in ([{"people": 51}], [{}, {"travels_with": "Zmarai"}]):
        for remark in journey(parties, [NEAR]).read()[1]:
            said = [remark.say(language, "f.csv") for language in Language]
            assert len(set(said)) == 2
            assert all("line 2" in each or "ligne" in each or "line 3" in each for each in said)
            assert not any("Zmarai" in each for each in said)


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("seats = 50", "seats = 0", "coach.seats", "whole"),
        ("seats = 50", "seats = true", "coach.seats", "whole"),
        ("escort_seats = 0", "escort_seats = 25", "coach.escort_seats", "no_seat_left"),
        ("stops = 3", "stops = 9", "coach.stops", "whole"),
        ("stops = 3", "stop = 3", "coach.stop", "key"),
        ("factor = 1.3", "factor = 0.5", "road.factor", "number"),
        ('driving = "09:00"', "driving = 9", "drivers.driving", "moment"),
        ('break_after = "04:30"', 'break_after = "00:00"', "drivers.break_after", "moment"),
        ("second = true", 'second = "yes"', "drivers.second", "true_or_false"),
        ('leave_until = "20:00"', 'leave_until = "07:00"', "days.leave_until", "ends_before"),
        ("[days]", "[day]", "day", "key"),
        ("[camp]", "camp = 1\n[camp2]", "camp", "table"),
    ],
)
def test_a_wrong_policy_is_told_with_its_line(old, new, column, problem):
    text = default_policy_text().replace(old, new)
    policy, remarks = read_policy(text)
    assert policy is None
    told = {remark.column: remark for remark in remarks}
    assert told[column].problem == problem
    line = text.splitlines()[told[column].line - 1]
    assert new.splitlines()[0] in line or column == "camp"


def test_what_is_no_toml_is_told_and_the_default_policy_is_sound():
    assert [remark.problem for remark in read_policy("[coach")[1]] == ["toml"]
    assert default_policy().places == 50

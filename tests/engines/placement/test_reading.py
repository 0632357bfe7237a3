# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sound camp is read whole; each thing that is wrong gets one line that names it and says what would be right."""

import pytest
from engines.placement.camps import camp_of

from havre.engines.placement import (
    Locks,
    at_sea,
    default_policy,
    default_policy_text,
    read_policy,
    read_task,
)
from havre.words import Language

MADE = camp_of([{}, {"people": 2}], [{}])
NAME = "Zmarai"
"""What somebody wrote where it does not belong; no line may repeat it."""


def told(parties=MADE.parties, places=MADE.places, locks="", policy=None):
    task, remarks = read_task(parties, places, policy or default_policy(), locks)
    if not all(remark.note for remark in remarks):
        assert task is None
    return [(remark.source.value, remark.line, remark.column, remark.problem) for remark in remarks]


def with_cell(text, line, column, cell):
    lines = text.splitlines()
    at = lines[0].split(",").index(column)
    cells = lines[line - 1].split(",")
    cells[at] = cell
    lines[line - 1] = ",".join(cells)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("party_id", "P1", "twice"),
        ("party_id", "", "empty"),
        ("people", "0", "whole"),
        ("people", NAME, "whole"),
        ("people", "1.5", "whole"),
        ("people", "9" * 5000, "whole"),
        ("people", "٣", "whole"),
        ("people", "3", "too_large"),
        ("kind", NAME, "choice"),
        ("relative_lat", "50", "half"),
        ("medical", "yes", "flag"),
    ],
)
def test_a_wrong_cell_of_a_party_is_named(column, cell, problem):
    wrong = told(with_cell(MADE.parties, 3, column, cell))
    at = "relative_lon" if problem == "half" else column
    assert wrong == [("parties", 3, at, problem)]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("units", "-1", "whole"),
        ("lat", "91", "number"),
        ("lat", "nan", "number"),
        ("lat", "0", "sea"),
        ("unit", "tent", "choice"),
        ("takes", "", "kinds"),
        ("takes", "adult " + NAME, "kinds"),
        ("hospital_km", "-1", "number"),
        ("centre_id", "", "empty"),
    ],
)
def test_a_wrong_cell_of_a_place_is_named(column, cell, problem):
    assert told(places=with_cell(MADE.places, 2, column, cell)) == [("places", 2, column, problem)]


HEAD = "rule,party_id,place_id,other_party_id,centre_id,day,people\n"


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("lock,P1,L1,,,,", "rule", "choice"),
        ("stays,P9,L1,,,,", "party_id", "unknown"),
        ("never,P1,L9,,,,", "place_id", "unknown"),
        ("apart,P1,,P1,,,", "other_party_id", "itself"),
        ("intake,,,,C1,2016-02-30,4", "day", "day"),
        ("intake,,,,C1,2016-02-03,many", "people", "whole"),
        ("intake,,,,C9,2016-02-03,4", "centre_id", "unknown"),
        ("stays,P2,L1,,,,\nstays,P1,L1,,,,", "place_id", "full"),
        ("never,P1,L1,,,,\nstays,P1,L1,,,,", "place_id", "contradicts"),
        ("stays,P1,L1,,,,\nnever,P1,L1,,,,", "place_id", "contradicts"),
        ("intake,,,,C1,2016-02-03,1\nstays,P2,L1,,,,", "place_id", "no_day"),
        ("intake,,,,C1,2016-02-03,1\nintake,,,,C1,2016-02-03,1", "day", "day_twice"),
    ],
)
def test_a_wrong_lock_is_named(row, column, problem):
    assert told(locks=HEAD + row + "\n") == [("locks", 1 + row.count("\n") + 1, column, problem)]


def test_nobody_is_locked_where_the_rules_do_not_let_them_go():
    places = with_cell(MADE.places, 2, "takes", "minor")
    assert told(places=places, locks=HEAD + "stays,P1,L1,,,,\n") == [("locks", 2, "place_id", "may_not_go")]


def test_two_who_stay_in_one_centre_cannot_be_kept_apart():
    made = camp_of([{}, {}], [{}])
    for rows in (
        "apart,P1,,P2,,,\nstays,P1,L1,,,,\nstays,P2,L1,,,,",
        "stays,P1,L1,,,,\nstays,P2,L1,,,,\napart,P2,,P1,,,",
    ):
        found = told(made.parties, made.places, HEAD + rows)
        assert [each[1:2] + each[3:] for each in found] == [(4, "contradicts")]


@pytest.mark.parametrize(
    ("parties", "line", "problem"),
    [
        ("", 1, "file_empty"),
        ("\ufeff \n\n", 1, "file_empty"),
        ("party_id,people\nP1,1\n", 1, "columns"),
        (MADE.parties.splitlines()[0], 1, "no_rows"),
        (MADE.parties + "a,b,c,d,e,f,g,h,i,j,k,l\n", 4, "cells"),
        (MADE.parties + '"P9,1', 4, "quotes"),
        (MADE.parties.replace("school", "school,school"), 1, "column_twice"),
    ],
)
def test_a_table_that_is_none_is_named_by_its_line(parties, line, problem):
    assert ("parties", line, problem) in [each[:2] + each[3:] for each in told(parties)]


def test_a_mark_at_the_beginning_and_other_columns_do_no_harm():
    task, remarks = read_task("\ufeff" + MADE.parties, MADE.places, default_policy(), "rule\n")
    assert not remarks
    assert task
    assert task.locks == Locks({}, frozenset(), frozenset(), {})


def test_every_line_is_said_in_both_languages_and_repeats_nothing_that_was_written():
    wrong = with_cell(with_cell(MADE.parties, 2, "people", NAME), 3, "kind", NAME)
    _, remarks = read_task(wrong, with_cell(MADE.places, 2, "takes", NAME), default_policy())
    for language, place in (
        (Language.ENGLISH, "a.csv, line 2, people: "),
        (Language.FRENCH, "a.csv, ligne 2, people : "),
    ):
        lines = [remark.say(language, "a.csv") for remark in remarks]
        assert len(lines) == 3
        assert lines[0].startswith(place)
        assert NAME not in "".join(lines)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("region_1 = 300", 'region_1 = "much"', "whole"),
        ("region_1 = 300", "region_9 = 300", "key"),
        ("[points]", "[points", "toml"),
        ("minor = 1500", "minors = 1500", "key"),
        ("km = 60", "km = 0", "number"),
        ('kinds = ["adult"', "kinds = [1", "policy_kinds"),
        ("step_free = true", "step_free = 1", "true_or_false"),
        ("[waiting.kind]", "[waiting.kinds]", "key"),
    ],
)
def test_a_wrong_policy_is_named_by_its_line(old, new, problem):
    text = default_policy_text().replace(old, new, 1)
    policy, remarks = read_policy(text)
    assert policy is None
    assert [(remark.line, remark.problem) for remark in remarks] == [(line_of(text, new), problem)]
    assert all(remark.say(language, "p.toml") for remark in remarks for language in Language)


def line_of(text, said):
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(said))


def test_a_policy_asks_only_what_it_says():
    policy, remarks = read_policy('kinds = ["adult"]\n[points]\nbase = 2\n')
    assert not remarks
    assert policy
    assert (policy.base, policy.region_1, policy.step_free, policy.hospital_km) == (2, 0, False, None)


@pytest.mark.parametrize(
    ("lat", "lon", "sea"),
    [
        (48.85, 2.35, False),
        (2.35, 48.85, True),  # Paris, the wrong way round
        (0, 0, True),
        (48.04, -4.85, False),  # a small island off Brittany
        (51.05, 1.5, False),  # land is near everywhere in the Strait of Dover
        (54, 3, True),
        (45.5, -4, True),
        (-18.1, 178.4, False),
        (90, 180, True),
    ],
)
def test_only_what_lies_far_from_land_is_in_the_sea(lat, lon, sea):
    assert at_sea(lat, lon) is sea


def test_the_town_of_a_relative_in_the_sea_is_named():
    made = camp_of([{"relative_lat": 54, "relative_lon": 3}], [{}])
    assert told(made.parties) == [("parties", 2, "relative_lat", "sea")]


def test_a_policy_of_fairness_that_is_none_is_named_by_its_line():
    for old, new, key, problem in (
        ('"nationality"]', '"shoe"]', "fairness.groups", "groups"),
        ("floor = 80", "floor = 101", "fairness.floor", "whole"),
        ("minor = 15", "minor = -1", "vulnerability.kind.minor", "whole"),
    ):
        text = default_policy_text()
        at = text.index("[fairness]")
        text = text[:at] + text[at:].replace(old, new, 1)
        policy, remarks = read_policy(text)
        assert policy is None
        assert [(remark.column, remark.problem) for remark in remarks] == [(key, problem)]
        assert all(remark.say(language, "p.toml") for remark in remarks for language in Language)

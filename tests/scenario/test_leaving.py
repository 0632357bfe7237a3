# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The camp on its way to centres: everybody once, room for all, and files that the engine reads without a remark."""

from collections import Counter

import pytest

from havre.engines.placement import default_policy, read_task
from havre.scenario import PARTY_COLUMNS, PLACE_COLUMNS, csv_of, leave, make_scenario


@pytest.fixture(scope="module")
def leaving(calais):
    return leave(calais.camp, 300)


def people(rows):
    return Counter({row["kind"]: 0 for row in rows}) + Counter(
        kind for row in rows for kind in [row["kind"]] * row["people"]
    )


def test_everybody_of_the_camp_leaves_once(calais, leaving):
    assert sum(people(leaving.parties).values()) == len(calais.camp) + 300
    assert people(leaving.parties)["minor"] == 300
    nations = Counter(person.described.nationality for person in calais.camp)
    grown = Counter()
    for row in leaving.parties:
        grown[row["nationality"]] += row["people"] if row["kind"] != "minor" else 0
    assert grown == nations


def test_there_is_a_place_for_everybody_and_few_too_many(leaving):
    units = Counter()
    for row in leaving.places:
        units[row["takes"]] += row["units"]
    for kind, heads in people(leaving.parties).items():
        assert heads <= units[kind] <= heads * 1.2


def test_a_centre_for_minors_takes_nobody_else(leaving):
    takes = {}
    for row in leaving.places:
        takes.setdefault(row["centre_id"], set()).add(row["takes"])
    assert any(kinds == {"minor"} for kinds in takes.values())
    assert all(kinds == {"minor"} for kinds in takes.values() if "minor" in kinds)


def test_the_same_camp_leaves_the_same_way(calais, leaving):
    assert leave(calais.camp, 300) == leaving
    assert leave(calais.camp, 300, seed=1).parties != leaving.parties


def test_the_engine_reads_it_without_a_remark():
    small = leave(make_scenario(300).camp, 14)
    parties, places = csv_of(PARTY_COLUMNS, small.parties), csv_of(PLACE_COLUMNS, small.places)
    task, remarks = read_task(parties, places, default_policy())
    assert not remarks
    assert len(task.parties) == len(small.parties)


def test_of_the_days_of_coaches_nobody_has_two_stories(leaving):
    days, known = leaving.days, {row["party_id"]: row["kind"] for row in leaving.parties}
    told = [*days.refusing, *days.late]
    assert len(told) == len(set(told)) > 10
    assert {known[each] for each in told} == {"adult", "family", "woman"}

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checker finds every rule that is broken, and agrees with the judge of the open data where that is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from engines.placement.camps import camp_of, random_camp

from havre.engines.placement import check, default_policy, default_policy_text, plan_text, read_task, solve
from havre.words import Language

SHARED = Path(os.environ.get("HAVRE_BENCH_DATA", "../shared/data"))
JUDGE = SHARED.parent / "tools" / "check_plan.py"
OPEN = SHARED / "placement" / "small"


def plan_of(**places):
    return "party_id,place_id\n" + "".join(f"{party},{place}\n" for party, place in places.items())


def rules(made, plan):
    verdict = check(plan, made.parties, made.places, made.policy, made.locks)
    assert all(broken.say(language) for broken in verdict.broken for language in Language)
    return {(broken.where, broken.rule) for broken in verdict.broken}


def test_each_broken_rule_is_found():
    made = camp_of(
        [{}, {"kind": "minor"}, {"step_free": 1}, {"medical": 1}, {"people": 2}, {"people": 3}],
        [{"units": 9, "hospital_km": 31}, {"units": 2}, {"unit": "room", "unit_size": 1, "units": 5}],
    )
    plan = plan_of(P2="L1", P3="L1", P4="L1", P5="L3", P6="L2", P9="L1") + "P6,L2\n"
    assert rules(made, plan) == {
        ("P1", "party_missing"),
        ("P2", "kind"),
        ("P3", "step_free"),
        ("P4", "hospital"),
        ("P5", "room"),
        ("L2", "overfull"),
        ("P9", "party_unknown"),
        ("P6", "party_twice"),
    }
    assert rules(camp_of([{}], [{}]), plan_of(P1="L7")) == {("P1", "place_unknown")}


def test_each_broken_lock_is_found():
    made = camp_of([{}, {}, {}], [{"units": 4}, {"centre_id": "C2"}])
    made.locks = (
        "rule,party_id,place_id,other_party_id,centre_id,day,people\n"
        "stays,P1,L2,,,,\nnever,P2,L1,,,,\napart,P2,,P3,,,\nintake,,,,C1,2016-10-24,2\n"
    )
    assert rules(made, plan_of(P1="L1", P2="L1", P3="L1")) == {
        ("P1", "stays"),
        ("P2", "never"),
        ("P2", "apart"),
        ("C1", "intake"),
    }


def test_a_plan_that_claims_too_much_or_was_made_from_other_files_is_found():
    made = random_camp(5, locked=False)
    plan = solve(made.task)
    text = plan_text(plan, "test", made.inputs())
    assert rules(made, text) == set()
    assert ("points", "other_figure") in rules(made, text.replace(f"points={plan.points}", "points=1"))
    assert ("bound", "above_bound") in rules(
        made, text.replace(f"bound={plan.bound}", f"bound={plan.points - 1}")
    )
    other = made.policy.replace("region_1 = 300", "region_1 = 301")
    verdict = check(text, made.parties, made.places, other)
    assert ("policy", "other_file") in {(broken.where, broken.rule) for broken in verdict.broken}


@pytest.mark.skipif(not JUDGE.exists(), reason="the open data is not there")
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_points_are_those_of_the_judge_of_the_open_data(tmp_path, seed):
    if seed is None:
        parties, places = ((OPEN / name).read_text("utf-8") for name in ("parties.csv", "places.csv"))
    else:
        made = random_camp(seed, locked=False)
        parties, places = made.parties, made.places
    (tmp_path / "parties.csv").write_text(parties, "utf-8")
    (tmp_path / "places.csv").write_text(places, "utf-8")
    task, _ = read_task(parties, places, default_policy())
    assert task
    plan = solve(task, go_on=lambda: False)
    (tmp_path / "plan.csv").write_text(plan_text(plan, "test", {}, reasons=False), "utf-8")
    said = subprocess.run(
        [sys.executable, str(JUDGE), str(tmp_path), str(tmp_path / "plan.csv")],
        capture_output=True,
        text=True,
        check=True,
    )
    verdict = check((tmp_path / "plan.csv").read_text("utf-8"), parties, places, default_policy_text())
    assert said.stdout.split()[1] == str(verdict.points) == str(plan.points)
    assert not verdict.broken


@pytest.mark.skipif(not OPEN.exists(), reason="the open data is not there")
def test_the_small_open_camp_gets_the_plan_that_integer_programs_find_the_best():
    parties, places = ((OPEN / name).read_text("utf-8") for name in ("parties.csv", "places.csv"))
    task, _ = read_task(parties, places, default_policy())
    assert task
    plan = solve(task)
    verdict = check(plan_text(plan, "test", {}, reasons=False), parties, places, default_policy_text())
    assert (verdict.broken, verdict.points, plan.points) == ((), 272_452, 272_452)

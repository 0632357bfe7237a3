# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of fairness: kept where they can be, and what a plan says of them is what the checker finds."""

import pytest
from engines.placement.camps import camp_of, places_of, random_camp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from havre.engines.placement import check, default_policy_text, fairness_of, plan_text, solve, solve_fairly
from havre.engines.placement import solving as solving_module
from havre.words import Language

SEEDS = st.integers(0, 2**32)
camps = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """These camps are tiny: a thousand steps are many."""
    monkeypatch.setattr(solving_module, "STEPS_OF_PARTY", 100)


def judged(made, plan):
    return check(plan_text(plan, "test", made.inputs()), made.parties, made.places, made.policy, made.locks)


@camps
@example(10, True)  # who stands in the way of one that waits is kept apart from them
@example(48, True)
@given(SEEDS, st.booleans())
def test_nobody_vulnerable_is_passed_over_and_the_checker_agrees_on_all_that_is_said(seed, locked):
    made = random_camp(seed, locked=locked)
    plan = solve_fairly(made.task)
    verdict = judged(made, plan)
    said = fairness_of(plan)
    assert not verdict.broken
    assert (verdict.points, verdict.waiting) == (plan.points, plan.waiting)
    assert plan.points + plan.given_up <= plan.bound
    assert said.vulnerable_first
    assert verdict.passed_over == 0
    assert verdict.below == sum(not group.reached for group in said.groups)


@camps
@given(SEEDS, st.booleans())
def test_of_any_plan_the_same_is_said_as_the_checker_finds(seed, locked):
    made = random_camp(seed, locked=locked)
    plan = solve(made.task, go_on=lambda: False)
    verdict, said = judged(made, plan), fairness_of(plan)
    assert not verdict.broken
    assert verdict.passed_over == len(said.passed_over)
    assert verdict.below == sum(not group.reached for group in said.groups)
    assert all(line for language in Language for line in said.say(language))


def test_a_child_goes_before_a_larger_party_that_is_worth_more_to_the_plan():
    made = camp_of(
        [{"people": 3}, {"people": 2, "medical": 1, "step_free": 1}],
        [{"units": 3, "step_free": 1, "region": "R02"}],
    )
    made.parties = made.parties.replace("P1,3,adult,,", "P1,3,adult,,R02")
    made.policy = made.policy.replace("medical = 900", "medical = 0", 1).replace(
        "step_free = 900", "step_free = 0"
    )
    assert places_of(solve(made.task)) == {"P1": "L1", "P2": ""}
    plan = solve_fairly(made.task)
    assert places_of(plan) == {"P1": "", "P2": "L1"}
    assert plan.given_up == solve(made.task).points - plan.points > 0
    assert not judged(made, plan).broken


def test_who_stays_by_a_lock_gives_way_to_nobody():
    made = camp_of([{}, {"medical": 1}], [{"units": 1}])
    made.locks = "rule,party_id,place_id\nstays,P1,L1\n"
    plan = solve_fairly(made.task)
    assert places_of(plan) == {"P1": "L1", "P2": ""}
    assert fairness_of(plan).vulnerable_first
    assert judged(made, plan).passed_over == 0


UNEVEN = [{"language": "ara"}] * 8 + [{"language": "pus"}] * 2
TWO = [{"units": 8, "base_points": 100}, {"units": 2, "base_points": 60, "centre_id": "C2"}]


def test_a_group_is_lifted_to_the_floor_if_that_costs_little():
    made = camp_of([{"language": "ara", "region_1": "R02"}] * 8 + UNEVEN[8:], TWO)
    made.places = made.places.replace("R01", "R02", 1)
    made.policy = made.policy.replace("region_1 = 300", "region_1 = 1").replace(
        "most_loss = 1 ", "most_loss = 5 "
    )
    before, after = solve(made.task), solve_fairly(made.task)
    assert not fairness_of(before).floor
    assert fairness_of(after).floor
    assert 0 < after.given_up == before.points - after.points
    assert not judged(made, after).broken


def test_of_a_group_that_cannot_reach_the_floor_it_is_said_why():
    made = camp_of(
        [*UNEVEN[:8], *[{"language": "pus", "kind": "woman"}] * 2],
        [TWO[0], {**TWO[1], "takes": "woman"}],
    )
    plan = solve_fairly(made.task)
    below = [group for group in fairness_of(plan).groups if not group.reached]
    assert [(group.value, group.possible, group.best) for group in below] == [
        ("woman", False, 120),
        ("pus", False, 120),
    ]
    assert plan.given_up == 0
    assert any("femmes" in line for line in fairness_of(plan).say(Language.FRENCH))


def test_the_checker_finds_what_is_said_and_is_not_so():
    made = camp_of(
        [{}, {"medical": 1}, {"language": "a b", "kind": "woman"}],
        [{"units": 2}, {"takes": "woman", "base_points": 1}],
    )
    text = plan_text(solve_fairly(made.task), "test", made.inputs())
    assert "below:language:a%20b=1/1/1" in text
    for said, other in (
        ("passed_over=0", "passed_over=1"),
        ("floor=2", "floor=0"),
        ("language:a%20b=1/1/1", "language:a%20b=2/1/2"),
        ("language:a%20b=1/1/1", "language:a%20b=1/1/0"),
    ):
        assert said in text
        verdict = check(text.replace(said, other), made.parties, made.places, made.policy)
        assert {broken.rule for broken in verdict.broken} == {"other_figure"}


def test_a_policy_without_these_rules_says_nothing_of_them():
    made = camp_of([{}, {"medical": 1}], [{"units": 1}])
    made.policy = default_policy_text().partition("[fairness]")[0]
    plan = solve_fairly(made.task)
    said = fairness_of(plan)
    assert (said.vulnerable_first, said.floor, said.groups, plan.given_up) == (None, None, (), 0)
    assert list(said.say(Language.ENGLISH)) == []
    assert "floor" not in plan_text(plan, "test", made.inputs()).splitlines()[1]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every plan promises, on random camps and on small ones whose best plan is known."""

from itertools import product

import pytest
from engines.placement.camps import camp_of, places_of, random_camp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.engines.placement import Effort, check, plan_text, solve
from havre.engines.placement import solving as solving_module
from havre.engines.placement.weighing import goals, may_go

SEEDS = st.integers(0, 2**32)
UNITS = st.sampled_from([("bed",), ("room",), ("bed", "room")])
camps = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """These camps are tiny: a thousand steps are many."""
    monkeypatch.setattr(solving_module, "STEPS_OF_PARTY", 200)


def judged(made, plan):
    return check(plan_text(plan, "test", made.inputs()), made.parties, made.places, made.policy, made.locks)


@camps
@given(SEEDS, UNITS)
def test_every_plan_keeps_every_rule_and_is_worth_what_it_says(seed, units):
    made = random_camp(seed, units)
    plan = solve(made.task)
    verdict = judged(made, plan)
    assert not verdict.broken
    assert (verdict.points, verdict.waiting, verdict.bound) == (plan.points, plan.waiting, plan.bound)
    assert plan.points <= plan.bound


@camps
@given(SEEDS, SEEDS, UNITS)
def test_no_plan_of_anybody_passes_the_bound(seed, other, units):
    made = random_camp(seed, units, locked=False)
    bound = solve(made.task).bound
    assert greedy_points(made.task, other) <= bound


def greedy_points(task, seed):
    """First come, first served, in an order and with tastes that depend on the seed."""
    left = [place.units for place in task.places]
    points = 0
    for number, party in sorted(enumerate(task.parties), key=lambda each: hash((seed, each[0]))):
        open_to = [
            at
            for at, place in enumerate(task.places)
            if may_go(task.policy, party, place) and place.use(party.people) <= left[at]
        ]
        if not open_to:
            points -= task.policy.waiting(party) * party.people
            continue
        at = max(
            open_to,
            key=lambda at: (sum(goals(task.policy, party, task.places[at]).values()), hash((number, at))),
        )
        left[at] -= task.places[at].use(party.people)
        points += sum(goals(task.policy, party, task.places[at]).values())
    return points


@pytest.mark.parametrize("seed", range(12))
def test_tiny_camps_get_the_best_plan_that_there_is(seed):
    made = random_camp(seed, locked=False)
    task = made.task
    if len(task.places) ** len(task.parties) > 50_000:
        made = camp_of(
            [{"people": 2 + seed % 2, "region_1": "R02"}, {"people": 2}, {"language": "ara"}, {"people": 3}],
            [
                {"units": 3, "region": "R02"},
                {"units": 4, "languages": "ara"},
                {"unit": "room", "unit_size": 2},
            ],
        )
        task = made.task
    assert solve(task).points == best_points(task)


def best_points(task):
    best = -(10**12)
    for where in product(range(-1, len(task.places)), repeat=len(task.parties)):
        left, points = [place.units for place in task.places], 0
        for party, at in zip(task.parties, where, strict=True):
            if at < 0:
                points -= task.policy.waiting(party) * party.people
                continue
            place = task.places[at]
            left[at] -= place.use(party.people)
            if left[at] < 0 or not may_go(task.policy, party, place):
                break
            points += sum(goals(task.policy, party, place).values())
        else:
            best = max(best, points)
    return best


@camps
@given(SEEDS)
def test_the_same_camp_and_seed_give_the_same_plan_on_any_number_of_threads(seed):
    task = random_camp(seed).task
    one, other = solve(task, seed=seed), solve(task, seed=seed, effort=Effort(threads=3))
    assert (one.place_of, one.points, one.bound) == (other.place_of, other.points, other.bound)


@camps
@given(SEEDS)
def test_with_rooms_alone_the_plan_is_proven_the_best(seed):
    plan = solve(random_camp(seed, ("room",), locked=False).task)
    assert plan.points == plan.bound


def test_nobody_waits_for_whom_room_can_be_made():
    # The two small ones would each have the larger place to themselves; only side by side they leave it to the family.
    made = camp_of(
        [{"people": 1, "region_1": "R02"}, {"people": 1, "region_1": "R02"}, {"people": 3}],
        [{"units": 3, "region": "R02"}, {"units": 2}],
    )
    plan = solve(made.task)
    assert plan.waiting == 0
    assert places_of(plan) == {"P1": "L2", "P2": "L2", "P3": "L1"}


def test_a_plan_that_is_stopped_at_once_is_a_plan_with_its_bound():
    made = random_camp(3)
    told = []
    plan = solve(made.task, go_on=lambda: False, tell=told.append)
    assert told
    assert told[-1].points == plan.points
    assert not judged(made, plan).broken


def test_promises_are_kept_though_others_would_earn_a_little_more():
    made = camp_of([{"region_1": "R02"}, {}, {}], [{"units": 3}, {"units": 3, "region": "R02"}])
    promised = {"P1": "L1", "P2": "L2", "P3": "L1", "P9": "L1"}
    assert places_of(solve(made.task, previous=promised)) == {"P1": "L1", "P2": "L2", "P3": "L1"}
    assert places_of(solve(made.task))["P1"] == "L2"


def test_a_promise_that_a_lock_forbids_by_now_is_none():
    made = camp_of([{}, {}], [{"units": 2}, {"units": 2, "base_points": 1}])
    made.locks = "rule,party_id,place_id\nnever,P1,L1\nstays,P2,L2\n"
    plan = solve(made.task, previous={"P1": "L1", "P2": "L1"})
    assert places_of(plan) == {"P1": "L2", "P2": "L2"}
    assert not judged(made, plan).broken


def test_a_promise_gives_way_to_a_family_that_would_wait():
    made = camp_of([{}, {"people": 3}], [{"units": 3}, {"units": 1}])
    assert places_of(solve(made.task, previous={"P1": "L1"})) == {"P1": "L2", "P2": "L1"}


@camps
@given(SEEDS, SEEDS)
def test_a_plan_made_again_under_other_locks_keeps_every_rule(seed, other):
    before = places_of(solve(random_camp(seed).task))
    made = random_camp(seed, locked=False)
    made.locks = random_camp(seed).locks if other % 2 else ""
    assert not judged(made, solve(made.task, seed=other % 1000, previous=before)).broken


def test_parties_kept_apart_and_days_are_heeded():
    locks = (
        "rule,party_id,place_id,other_party_id,centre_id,day,people\n"
        "apart,P1,,P2,,,\nintake,,,,C1,2016-10-24,1\nintake,,,,C1,2016-10-25,2\nstays,P3,L1,,,,\nnever,P2,L2,,,,\n"
    )
    made = camp_of([{}, {}, {"people": 2}], [{"units": 6}, {"centre_id": "C2"}])
    made.locks = locks
    plan = solve(made.task)
    assert not judged(made, plan).broken
    assert places_of(plan) == {"P1": "L2", "P2": "L1", "P3": "L1"}
    assert plan.day_of == {1: "2016-10-24", 2: "2016-10-25"}

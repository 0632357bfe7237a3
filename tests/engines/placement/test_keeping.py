# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan that was put away answers as it did; and a place says which rule closes it."""

from dataclasses import replace

import pytest
from engines.placement.camps import camp_of, random_camp

from havre.engines.placement import Explainer, Hurdle, hurdles, kept, plan_text, restored, solve

TIGHT = camp_of(
    [{"region_1": "R02"}, {"region_1": "R02"}, {"people": 2, "region_1": "R02"}],
    [{"units": 2, "region": "R02"}, {"units": 4}],
)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_that_was_kept_gives_the_same_reasons_at_the_same_prices(seed: int) -> None:
    made = random_camp(seed)
    plan = solve(made.task)
    again = restored(made.task, kept(plan))
    assert plan_text(again, "test", made.inputs()) == plan_text(plan, "test", made.inputs())


def test_a_kept_plan_is_not_taken_out_for_another_task() -> None:
    told = kept(solve(TIGHT.task))
    with pytest.raises(ValueError, match="3"):
        restored(camp_of([{}], [{}]).task, told)


def test_any_open_place_says_what_it_would_win_and_cost_whom() -> None:
    plan = solve(TIGHT.task)
    full, free = 0, 1
    there = [number for number, at in enumerate(plan.place_of) if at == free]
    away = [number for number, at in enumerate(plan.place_of) if at == full]
    why = Explainer(plan)
    for number in away:
        people = plan.task.parties[number].people
        moved = why.there(number, free)
        assert (moved.wins, moved.costs, moved.whom) == (-300 * people, 0, ())
    for number in there:
        wished = why.there(number, full)
        assert wished.wins == 300 * plan.task.parties[number].people
        assert wished.costs >= wished.wins
        assert sum(n for n, *_ in wished.whom) >= 1
        assert wished == why.of(number).missed[0]


@pytest.mark.parametrize(
    ("party", "place", "rule"),
    [
        ({"kind": "minor"}, {}, Hurdle.KIND),
        ({"people": 3}, {"unit": "room", "unit_size": 2}, Hurdle.TOO_MANY),
        ({"step_free": True}, {}, Hurdle.STEPS),
        ({"medical": True}, {"hospital_km": 31.0}, Hurdle.HOSPITAL),
    ],
)
def test_a_place_that_is_closed_names_the_rule(
    party: dict[str, object], place: dict[str, object], rule: Hurdle
) -> None:
    task = camp_of([{}], [{}]).task
    (who,), (where,) = task.parties, task.places
    assert not list(hurdles(task.policy, who, where))
    units = {"unit": type(where.unit)("room")} if "unit" in place else {}
    assert list(hurdles(task.policy, replace(who, **party), replace(where, **{**place, **units}))) == [rule]

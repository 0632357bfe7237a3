# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What if: the ceiling holds for every plan of the changed camp, and the plan made again keeps every rule."""

import random

import pytest
from engines.placement.camps import camp_of, places_of, random_camp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from havre.engines.placement import (
    Mistake,
    Question,
    WrongQuestion,
    ceiling,
    check,
    plan_text,
    replan,
    solve,
)
from havre.engines.placement import solving as solving_module
from havre.engines.placement.whatif import changed

SEEDS = st.integers(0, 2**32)
camps = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """These camps are tiny: a thousand steps are many."""
    monkeypatch.setattr(solving_module, "STEPS_OF_PARTY", 100)


def questions(task, seed):
    """One question of each sort that can be asked of the task."""
    chance = random.Random(seed)  # noqa: S311 - a question, no secret
    party, place = chance.choice(task.parties).id, chance.choice(task.places)
    for question in (
        Question(closed=frozenset({place.centre})),
        Question(more={place.id: chance.randint(-2, 9)}),
        Question(never=frozenset({(party, place.id)})),
        Question(always={party: place.id}),
    ):
        try:
            changed(task, question)
        except WrongQuestion:
            continue
        yield question


@camps
@example(604, True)  # who was locked at a centre that closes may win elsewhere
@given(SEEDS, st.booleans())
def test_no_plan_passes_the_ceiling_and_the_new_plan_keeps_every_rule(seed, locked):
    made = random_camp(seed, locked=locked)
    plan = solve(made.task)
    for question in questions(made.task, seed):
        answer = replan(plan, question)
        assert answer.after.points <= ceiling(plan, question)
        units = {place.id: place.units for place in answer.after.task.places}
        places = [
            line.replace(f",{place.unit_size},{place.units},", f",{place.unit_size},{units[place.id]},", 1)
            for line, place in zip(made.places.splitlines()[1:], made.task.places, strict=True)
        ]
        text = "\n".join([made.places.splitlines()[0], *places])
        locks = "rule,party_id,place_id,other_party_id,centre_id,day,people\n" + "".join(
            [f"stays,{party},{place},,,,\n" for party, place in answer.after.task.locks.stays.items()]
            + [f"never,{party},{place},,,,\n" for party, place in answer.after.task.locks.never]
            + [f"apart,{one},,{other},,,\n" for one, other in answer.after.task.locks.apart]
            + [
                f"intake,,,,{centre},{day},{people}\n"
                for centre, days in answer.after.task.locks.intake.items()
                for day, people in days.items()
            ]
        )
        text_of_plan = plan_text(answer.after, "test", {}, reasons=False)
        verdict = check(text_of_plan, made.parties, text, made.policy, locks)
        assert not verdict.broken
        assert verdict.points == answer.after.points


def test_a_closed_centre_is_empty_and_nobody_else_moves_without_need():
    made = camp_of(
        [{}, {}, {"people": 2}],
        [{"units": 2}, {"units": 2, "centre_id": "C2"}, {"units": 3, "centre_id": "C3", "base_points": 50}],
    )
    plan = solve(made.task)
    answer = replan(plan, Question(closed=frozenset({"C1"})))
    was, now = places_of(plan), places_of(answer.after)
    assert "L1" not in now.values()
    assert answer.moved == ()
    assert all(now[party] == place for party, place in was.items() if place == "L2")
    assert answer.after.points == plan.points - 100


def test_places_more_are_worth_what_those_who_wait_lack():
    made = camp_of([{}, {}, {"people": 2}], [{"units": 2}])
    plan = solve(made.task)
    question = Question(more={"L1": 2})
    assert ceiling(plan, question) == replan(plan, question).after.points == 400
    assert replan(plan, question).after.waiting == 0


def test_who_is_laid_down_takes_the_place_of_another_and_a_closed_centre_frees_who_stayed():
    made = camp_of([{}, {}], [{"units": 1}, {"units": 1, "centre_id": "C2", "base_points": 1}])
    made.locks = "rule,party_id,place_id\nstays,P1,L1\n"
    plan = solve(made.task)
    assert places_of(replan(plan, Question(closed=frozenset({"C1"}))).after)["P1"] in ("L2", "")
    answer = replan(plan, Question(always={"P1": "L2"}))
    assert places_of(answer.after) == {"P1": "L2", "P2": "L1"}
    assert answer.moved == ("P2",)


@pytest.mark.parametrize(
    ("question", "mistake"),
    [
        (Question(closed=frozenset({"C9"})), Mistake.CENTRE),
        (Question(more={"L9": 1}), Mistake.PLACE),
        (Question(more={"L1": -3}), Mistake.FEWER),
        (Question(never=frozenset({("P9", "L1")})), Mistake.PARTY),
        (Question(always={"P1": "L2"}), Mistake.MAY_NOT_GO),
        (Question(always={"P1": "L1", "P2": "L1"}), Mistake.FULL),
    ],
)
def test_a_question_that_cannot_be_is_refused(question, mistake):
    made = camp_of([{}, {"people": 2}], [{}, {"takes": "minor"}])
    with pytest.raises(WrongQuestion) as wrong:
        ceiling(solve(made.task), question)
    assert wrong.value.mistake is mistake

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan made again after something changed, and a plan that keeps the rules of fairness: what each costs.

``python -m bench.replanning [DATA]`` prints this part alone.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.placement_world import open_camp
from bench.tables import apart, machine, say, table, tell
from havre.engines.placement import (
    Plan,
    Question,
    ceiling,
    fairness_of,
    replan,
    solve,
    solve_fairly,
)

REFUSALS = 20
"""Parties that say no to the place that a plan has for them."""
MORE = 20
"""Family places that come."""


@dataclass(frozen=True, slots=True)
class Again:
    """What came of one question."""

    gap: float
    share: float
    """Of the parties that the question does not touch: those that go elsewhere."""
    waiting: int
    cpu: float
    full: float
    """CPU seconds of the plan from nothing."""


@dataclass(frozen=True, slots=True)
class Fair:
    """A plan with the rules of fairness beside one without."""

    points: int
    given_up: int
    over: int
    """Who waits though somebody less vulnerable has a place that is open to them."""
    below: int
    """Groups below the floor."""
    cpu: float
    extra: float
    """CPU seconds beyond those of the plan alone."""


def bench_replanning(data: Path) -> None:
    """The open camp, each question in a process of its own."""
    rows = []
    for name, ask in _QUESTIONS.items():
        tell(f"plan made again: {name}")
        found: Again = apart(_again, data / "calais", ask)
        figures = (f"{found.gap:.3%}", f"{found.share:.2%}", found.waiting, f"{found.cpu:.2f}")
        rows.append([name, *figures, f"{found.cpu / found.full:.1%}"])
    say("## A plan made again\n")
    say(
        table(
            ["after", "gap", "other parties that move", "people waiting", "CPU s", "of a plan from nothing"],
            rows,
        )
    )
    tell("fairness")
    fair: Fair = apart(_fair, data / "calais")
    say(
        f"Rules of fairness: {fair.points:,} points, {fair.given_up:,} given up for them; {fair.over} passed over; "
        f"{fair.below} groups below the floor; {fair.extra:.1f} CPU s more than the {fair.cpu:.1f} of the plan alone.\n"
    )


def _largest_closes(plan: Plan) -> Question:
    people: dict[str, int] = {}
    for party, at in zip(plan.task.parties, plan.place_of, strict=True):
        if at >= 0:
            centre = plan.task.places[at].centre
            people[centre] = people.get(centre, 0) + party.people
    return Question(closed=frozenset([max(people, key=lambda centre: (people[centre], centre))]))


def _places_come(plan: Plan) -> Question:
    place = next(place for place in plan.task.places if "family" in place.takes)
    return Question(more={place.id: MORE})


def _some_refuse(plan: Plan) -> Question:
    placed = [n for n, at in enumerate(plan.place_of) if at >= 0]
    chosen = Random(1).sample(placed, REFUSALS)
    return Question(
        never=frozenset((plan.task.parties[n].id, plan.task.places[plan.place_of[n]].id) for n in chosen)
    )


_QUESTIONS: dict[str, Callable[[Plan], Question]] = {
    "the largest centre closes": _largest_closes,
    f"{MORE} family places come": _places_come,
    f"{REFUSALS} parties refuse": _some_refuse,
}


def _again(folder: Path, ask: Callable[[Plan], Question]) -> Again:
    task, begun = open_camp(folder), time.process_time()
    plan = solve(task)
    full, question = time.process_time() - begun, ask(plan)
    begun = time.process_time()
    answer = replan(plan, question)
    cpu = time.process_time() - begun
    bound = min(ceiling(plan, question), answer.after.bound)
    return Again((bound - answer.after.points) / bound, answer.share, answer.after.waiting, cpu, full)


def _fair(folder: Path) -> Fair:
    task, begun = open_camp(folder), time.process_time()
    solve(task)
    cpu = time.process_time() - begun
    begun = time.process_time()
    plan = solve_fairly(task)
    both, fair = time.process_time() - begun, fairness_of(plan)
    below = sum(not group.reached for group in fair.groups)
    return Fair(plan.points, plan.given_up, len(fair.passed_over), below, cpu, both - cpu)


if __name__ == "__main__":
    say(machine() + "\n")
    bench_replanning(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/placement"))

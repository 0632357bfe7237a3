# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches for the plan of the open camp of 7,080: how many, how far, and the bound, beside a sweep by bearing."""

import math
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.tables import apart, peak_megabytes, say, table, tell
from havre.engines.placement import default_policy as places_policy
from havre.engines.placement import plan_text, solve
from havre.engines.placement import read_task as read_camp
from havre.engines.placement.coaches import Task, default_policy, read_task
from havre.engines.placement.coaches import solve as fill
from havre.engines.placement.coaches.ways import Way, Ways, ways_of

_HEADS = [
    "coaches",
    "n",
    "needed at least",
    "gap",
    "km",
    "km at least",
    "people each",
    "half empty",
    "CPU s",
    "MiB",
]


def bench_coaches(folder: Path) -> None:
    """Each row in a process of its own, on the one plan."""
    plan = apart(_plan, folder)
    rows: list[list[object]] = []
    for stops in (1, 2, 3, 4):
        tell(f"coaches, {stops} stops")
        rows.append([f"at most {stops} stops", *apart(_ours, plan, folder, stops, 1)])
    tell("coaches, sweep")
    rows.append(["a sweep by bearing, at most 3 stops", *apart(_sweep, plan, folder)])
    tell("coaches, second driver")
    rows.append(["at most 3 stops, with a second driver too", *apart(_ours, plan, folder, 3, 3)])
    say("## Coaches\n")
    say(table(_HEADS, rows))


def _plan(folder: Path) -> str:
    texts = [(folder / name).read_text("utf-8") for name in ("parties.csv", "places.csv")]
    task, remarks = read_camp(texts[0], texts[1], places_policy())
    if task is None:
        raise ValueError(remarks)
    return plan_text(solve(task), "", {}, reasons=False)


def _task(plan: str, folder: Path, stops: int, second: int) -> Task:
    texts = [(folder / name).read_text("utf-8") for name in ("parties.csv", "places.csv")]
    task, remarks = read_task(plan, *texts, replace(default_policy(), stops=stops, second_stops=second))
    if task is None:
        raise ValueError(remarks)
    return task


def _ours(plan: str, folder: Path, stops: int, second: int) -> list[object]:
    task = _task(plan, folder, stops, second)
    begun = time.process_time()
    made = fill(task)
    cpu = time.process_time() - begun
    n = len(made.coaches)
    people = sum(coach.people for coach in made.coaches) / n
    half = sum(coach.why is not None for coach in made.coaches)
    figures = [n, made.bound, f"{made.gap:.2%}", f"{made.km:,}", f"{made.km_bound:,}", f"{people:.1f}", half]
    return [*figures, f"{cpu:.1f}", f"{peak_megabytes():.0f}"]


def _sweep(plan: str, folder: Path) -> list[object]:
    """By bearing, each coach takes the next load as long as every rule allows: what a desk does with a map."""
    task = _task(plan, folder, 3, 1)
    ways = ways_of(task.loads, task.policy, 3)
    begun = time.process_time()
    lat, lon = task.policy.camp
    bearing = [
        math.atan2((load.lon - lon) * math.cos(math.radians(lat)), load.lat - lat) for load in task.loads
    ]
    taken: list[Way] = []
    for i in sorted(range(len(bearing)), key=bearing.__getitem__):
        taken = _next(ways, taken, i)
    people = sum(load.people for load in task.loads) / len(taken)
    km = sum(map(ways.length, taken))
    cpu = time.process_time() - begun
    return [len(taken), "", "", f"{km:,}", "", f"{people:.1f}", "", f"{cpu:.1f}", ""]


def _next(ways: Ways, taken: list[Way], load: int) -> list[Way]:
    joined = ways.together([*taken[-1], load]) if taken else None
    return [*taken[:-1], joined] if joined else [*taken, (load,)]


if __name__ == "__main__":
    bench_coaches(Path(sys.argv[1]))

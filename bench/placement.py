# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans: points, proven gap, time and memory, beside first come first served and scipy's exact assignment of rooms."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.placement_world import make_camp
from bench.tables import apart, peak_megabytes, say, table, tell
from havre.engines.placement import Task, default_policy, read_task, solve
from havre.engines.placement.flow import flow_of
from havre.engines.placement.instance import NO, instance_of
from havre.engines.placement.parts import Part, parts_of

_FOLDERS = ("small", "calais", "calais-lone-men", "calais-rooms")
_LARGE = (70_000, 2_000, 5)
"""People, centres and seed of a camp that is made here."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one way of placing reached."""

    points: int
    bound: int
    waiting: int
    cpu: float
    megabytes: float

    def row(self, name: str) -> list[object]:
        """Of the table."""
        gap = f"{(self.bound - self.points) / self.bound:.3%}"
        size = f"{self.megabytes:.0f}" if self.megabytes else ""
        return [name, f"{self.points:,}", f"{self.bound:,}", gap, self.waiting, f"{self.cpu:.1f}", size]


def bench_placement(data: Path) -> None:
    """The open camps of the folder and one of 70,000, each in a process of its own."""
    apart(_havre, data / "small")  # compiles, where nothing is compiled yet
    rows = []
    for name in _FOLDERS:
        tell(f"placement {name}")
        made = apart(_havre, data / name)
        rows.append(made.row(f"{name}, Havre"))
        rows.append(apart(_in_order, data / name, made.bound).row(f"{name}, first come first served"))
    tell("placement of 70,000")
    rows.append(apart(_havre, None).row("70,000 people, Havre"))
    say("## Places\n")
    say(table(["camp", "points", "bound", "gap", "people waiting", "CPU s", "peak MiB"], rows))
    ours, theirs = apart(_rooms, data / "calais-rooms")
    say(
        f"Rooms, the exact optimum alone: {ours:.2f} CPU s; scipy's linear_sum_assignment, part by part on parties "
        f"and rooms: {theirs:.2f} CPU s.\n"
        if theirs
        else f"Rooms, the exact optimum alone: {ours:.2f} CPU s; scipy is not installed to measure beside it.\n"
    )


def _task(folder: Path | None) -> Task:
    if folder is None:
        camp = make_camp(*_LARGE)
        texts = camp.parties, camp.places
    else:
        texts = (folder / "parties.csv").read_text("utf-8"), (folder / "places.csv").read_text("utf-8")
    task, remarks = read_task(*texts, default_policy())
    if task is None:
        raise ValueError(remarks)
    return task


def _havre(folder: Path | None) -> Made:
    task = _task(folder)
    begun = time.process_time()
    plan = solve(task)
    return Made(plan.points, plan.bound, plan.waiting, time.process_time() - begun, peak_megabytes())


def _in_order(folder: Path, bound: int) -> Made:
    """Each party in the order of the file takes the best place that is left."""
    task = _task(folder)
    begun = time.process_time()
    instance = instance_of(task)
    left = instance.units.astype(np.int64)
    points, waiting = instance.waiting_points, 0
    for number, party in enumerate(task.parties):
        gain = instance.gain[instance.type_of[number]]
        use = np.where(instance.is_room, 1, party.people)
        open_to = np.where((gain > NO) & (use <= left), gain, NO)
        at = int(open_to.argmax())
        if open_to[at] == NO:
            waiting += party.people
            continue
        left[at] -= use[at]
        points += int(gain[at]) * party.people
    return Made(points, bound, waiting, time.process_time() - begun, 0.0)


def _rooms(folder: Path) -> tuple[float, float]:
    """CPU seconds of our flow and of scipy's assignment, from the same table of points; 0 where scipy is not there."""
    task = _task(folder)
    instance = instance_of(task)
    parts = parts_of(instance, whole=False)
    sizes = [np.array([task.places[at].unit_size for at in part.places], np.int32) for part in parts]
    for part, size in zip(parts, sizes, strict=True):  # what is compiled is loaded before the clock runs
        flow_of(part, size)
    begun = time.process_time()
    bound = sum(flow_of(part, size).bound for part, size in zip(parts, sizes, strict=True))
    ours = time.process_time() - begun
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        return ours, 0.0
    begun = time.process_time()
    reached = sum(_assigned(part, linear_sum_assignment) for part in parts)
    if reached != bound:
        raise ValueError((reached, bound))
    return ours, time.process_time() - begun


def _assigned(part: Part, assignment: Any) -> int:
    """The best gain of one part, with a row for each party and a column for each room; a cell of nothing is to wait."""
    rows = np.repeat(np.arange(len(part.types)), part.count)
    columns = np.repeat(np.arange(len(part.places)), part.units)
    gain = part.gain[rows][:, columns].astype(np.float64) * part.size[rows][:, None]
    cells = np.hstack([np.maximum(gain, 0), np.zeros((len(rows), max(0, len(rows) - len(columns))))])
    row, column = assignment(cells, maximize=True)
    return int(cells[row, column].sum())

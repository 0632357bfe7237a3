# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans: points, proven gap, time and memory, beside other ways of making them.

``python -m bench.placement [DATA]`` prints this part alone; about an hour.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.placement_picture import draw
from bench.placement_rivals import SECONDS, Outcome, cp_sat, highs, in_order
from bench.placement_world import make_camp, open_camp
from bench.tables import apart, machine, peak_megabytes, say, table, tell
from havre.engines.placement import Effort, Task, solve
from havre.engines.placement.flow import flow_of
from havre.engines.placement.instance import instance_of
from havre.engines.placement.parts import Part, parts_of

Source = Path | tuple[int, int, int]
"""A folder of open data; or people, centres and seed of a camp that is made here."""
_RIVALS = {"first come first served": in_order, "HiGHS": highs, "CP-SAT": cp_sat}
_MOST_PEOPLE = 100_000
"""Integer programs of larger camps are not tried."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one way of placing reached. The memory is that of the whole process, with its task."""

    points: int
    bound: int
    waiting: int
    cpu: float
    seconds: float
    megabytes: float

    @property
    def gap(self) -> float:
        """To our bound."""
        return (self.bound - self.points) / self.bound

    def row(self, *names: str) -> list[object]:
        """Of the table."""
        figures = (f"{self.points:,}", f"{self.bound:,}", f"{self.gap:.3%}", f"{self.waiting:,}")
        return [*names, *figures, f"{self.cpu:.1f}", f"{self.seconds:.0f}", f"{self.megabytes:.0f}"]


def bench_placement(data: Path) -> None:
    """The open camps of the folder and larger ones, each plan made in a process of its own."""
    apart(_havre, data / "small", 1)  # compiles, where nothing is compiled yet
    sizes: dict[str, tuple[int, Source]] = {
        "700 people, 60 centres (small)": (700, data / "small"),
        "7,080 people, 450 centres (calais)": (7_080, data / "calais"),
        "70,000 people, 2,000 centres": (70_000, (70_000, 2_000, 5)),
        "700,000 people, 5,000 centres": (700_000, (700_000, 5_000, 5)),
    }
    rows, drawn = [], []
    for name, (people, source) in sizes.items():
        for way, made in _ways(people, source):
            rows.append(made.row(name, way))
            drawn.append({"way": way, "people": people, "gap": 100 * made.gap, "cpu": made.cpu})
    for name in ("calais-lone-men", "calais-rooms"):
        rows += [made.row(name, way) for way, made in _ways(0, data / name)]
    say("## Places\n")
    say(f"A rival has {SECONDS} seconds of the clock. The gap is that to our bound.\n")
    head = ["camp", "way", "points", "bound", "gap", "people waiting", "CPU s", "seconds", "peak MiB"]
    say(table(head, rows))
    _say_rooms(data / "calais-rooms")
    draw(drawn)


def _ways(people: int, source: Source) -> list[tuple[str, Made]]:
    """Of ``people`` 0 no integer program is asked for."""
    tell(f"placement {source}: Havre")
    ours: Made = apart(_havre, source, os.cpu_count() or 1)
    found = [("Havre", ours)]
    for way, rival in _RIVALS.items():
        if rival is in_order or 0 < people <= _MOST_PEOPLE:
            tell(f"placement {source}: {way}")
            try:
                found.append((way, apart(_rival, source, rival, ours.bound)))
            except ModuleNotFoundError as missing:
                tell(f"{way} is not measured: {missing.name} is not installed")
    return found


def _task(source: Source) -> Task:
    return make_camp(*source).task if isinstance(source, tuple) else open_camp(source)


def _havre(source: Source, threads: int) -> Made:
    task = _task(source)
    cpu, begun = time.process_time(), time.monotonic()
    plan = solve(task, effort=Effort(threads=threads))
    spent = time.process_time() - cpu, time.monotonic() - begun
    return Made(plan.points, plan.bound, plan.waiting, *spent, peak_megabytes())


def _rival(source: Source, rival: Callable[[Task], Outcome], bound: int) -> Made:
    task = _task(source)
    cpu, begun = time.process_time(), time.monotonic()
    points, waiting = rival(task)
    spent = time.process_time() - cpu, time.monotonic() - begun
    return Made(points, bound, waiting, *spent, peak_megabytes())


def _say_rooms(folder: Path) -> None:
    best, ours, ours_held = apart(_rooms, folder, _flow)
    try:
        reached, theirs, theirs_held = apart(_rooms, folder, _assigned)
    except ModuleNotFoundError:
        say(
            f"Rooms, the exact optimum alone: {ours:.2f} CPU s; scipy is not installed to measure beside it.\n"
        )
        return
    if reached != best:
        raise ValueError((reached, best))
    say(
        f"Rooms, the exact optimum alone: {ours:.2f} CPU s, {ours_held:.0f} MiB; scipy's linear_sum_assignment, part "
        f"by part on parties and rooms: {theirs:.2f} CPU s, {theirs_held:.0f} MiB.\n"
    )


def _rooms(folder: Path, way: Callable[[Task, Part], int]) -> tuple[int, float, float]:
    """Points above waiting, CPU seconds and memory, from the table of points on; what is loaded does not count."""
    task = open_camp(folder)
    parts = parts_of(instance_of(task), whole=False)
    way(task, min(parts, key=lambda part: part.gain.size))
    begun = time.process_time()
    reached = sum(way(task, part) for part in parts)
    return reached, time.process_time() - begun, peak_megabytes()


def _flow(task: Task, part: Part) -> int:
    return flow_of(part, np.array([task.places[at].unit_size for at in part.places], np.int32)).bound


def _assigned(_: Task, part: Part) -> int:
    """The best gain of one part, with a row for each party and a column for each room; a cell of nothing is to wait."""
    from scipy.optimize import linear_sum_assignment

    rows = np.repeat(np.arange(len(part.types)), part.count)
    columns = np.repeat(np.arange(len(part.places)), part.units)
    gain = part.gain[rows][:, columns].astype(np.float64) * part.size[rows][:, None]
    cells = np.hstack([np.maximum(gain, 0), np.zeros((len(rows), max(0, len(rows) - len(columns))))])
    row, column = linear_sum_assignment(cells, maximize=True)
    return int(cells[row, column].sum())


if __name__ == "__main__":
    say(machine() + "\n")
    bench_placement(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/placement"))

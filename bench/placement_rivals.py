# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other ways to make a plan, each as strong as we could make it: in the order of the list, HiGHS, CP-SAT.

The integer programs are over types of parties, part by part, and over the columns alone that the linear program finds
promising or chose itself. Its prices are those of our own flow, the quickest way to solve it that was found; the time
it takes is theirs too. OR-Tools and HiGHS may not live in one process, so each rival is loaded where it is used.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from havre.engines.placement import Task
from havre.engines.placement.flow import Flow, flow_of
from havre.engines.placement.instance import Instance, instance_of
from havre.engines.placement.parts import Part, parts_of

SECONDS = 300
"""What a rival may take, in seconds of a clock; parts share them by how many parties they have."""
_PROMISING = 60
"""Points of a person by which a column may be worse than the best at the prices of the linear program."""
_MOST_COLUMNS = 40
"""For each type."""
_FEW_CELLS = 20_000
"""Of a part: then all columns are taken."""

Longs = npt.NDArray[np.int64]
Outcome = tuple[int, int]
"""Points, and people who wait."""


def in_order(task: Task) -> Outcome:
    """Each party in the order of the list takes the best place that is left."""
    instance = instance_of(task)
    left = instance.units.astype(np.int64)
    points, waiting = instance.waiting_points, 0
    for number, party in enumerate(task.parties):
        [gain] = instance.gains(instance.type_of[number : number + 1])
        use = np.where(instance.is_room, 1, party.people)
        open_to = np.where(use <= left, gain, -1)
        at = int(open_to.argmax())
        if open_to[at] < 0:
            waiting += party.people
            continue
        left[at] -= use[at]
        points += int(gain[at]) * party.people
    return points, waiting


def highs(task: Task) -> Outcome:
    """scipy's milp."""
    return _by_program(task, _highs)


def cp_sat(task: Task) -> Outcome:
    """OR-Tools; it begins with the parties that flow whole."""
    return _by_program(task, _cp_sat)


@dataclass(frozen=True)
class _Program:
    """How many parties of ``type`` go to ``place``: a column each."""

    part: Part
    flow: Flow
    type: Longs
    place: Longs

    @cached_property
    def use(self) -> Longs:
        return np.where(self.part.is_room[self.place], 1, self.part.size[self.type]).astype(np.int64)

    @cached_property
    def most(self) -> Longs:
        return np.minimum(self.part.count[self.type], self.part.units[self.place] // self.use).astype(
            np.int64
        )

    @cached_property
    def points(self) -> Longs:
        return self.part.gain[self.type, self.place].astype(np.int64) * self.part.size[self.type]

    def worth(self, chosen: Longs) -> int:
        """Points of so many parties in each column."""
        return int((self.points * chosen).sum())

    @property
    def whole(self) -> Longs:
        """The parties that flow whole."""
        column = {at: n for n, at in enumerate(zip(self.type.tolist(), self.place.tolist(), strict=True))}
        found = np.zeros(len(self.type), np.int64)
        for t, place, amount in zip(self.flow.types, self.flow.places, self.flow.amount, strict=True):
            if (int(t), int(place)) in column:
                n = column[int(t), int(place)]
                found[n] = min(amount // self.use[n], self.most[n])
        return found


def _by_program(task: Task, solve: Callable[[_Program, float], Longs]) -> Outcome:
    instance = instance_of(task)
    begun = time.monotonic()
    programs = [_program(task, part) for part in parts_of(instance, whole=False)]
    left = SECONDS - (time.monotonic() - begun)
    parties = sum(int(program.part.count.sum()) for program in programs)
    points, lodged = instance.waiting_points, 0
    for program in programs:
        seconds = max(1.0, left * int(program.part.count.sum()) / parties)
        # A program that runs out of time may have nothing yet: what flows whole is a plan, too.
        chosen = max((solve(program, seconds), program.whole), key=program.worth)
        _obeys(program, chosen)
        points += program.worth(chosen)
        lodged += int((program.part.size[program.type] * chosen).sum())
    return points, _people(instance) - lodged


def _people(instance: Instance) -> int:
    return int((instance.size * instance.count).sum())


def _program(task: Task, part: Part) -> _Program:
    flow = flow_of(part, np.array([task.places[at].unit_size for at in part.places], np.int32))
    price = flow.price / part.size[:, None] if part.by_rooms else flow.price[None]
    few, types, places = part.gain.size <= _FEW_CELLS, [], []
    for t, gain in enumerate(part.gain):
        worth = np.where(gain >= 0, gain - price[t if part.by_rooms else 0], -np.inf)
        good = np.flatnonzero(worth >= (-np.inf if few else max(0.0, worth.max()) - _PROMISING))
        good = good[gain[good] >= 0]
        best = good if few else good[np.argsort(-worth[good], kind="stable")[:_MOST_COLUMNS]]
        # What the linear program chose is among them, however many others are as good.
        best = np.union1d(best, flow.places[flow.types == t])
        types.append(np.full(len(best), t, np.int64))
        places.append(best.astype(np.int64))
    return _Program(part, flow, np.concatenate(types), np.concatenate(places))


def _obeys(program: _Program, chosen: Longs) -> None:
    part = program.part
    lodged = np.bincount(program.type, chosen, len(part.types))
    used = np.bincount(program.place, chosen * program.use, len(part.places))
    if (chosen < 0).any() or (lodged > part.count).any() or (used > part.units).any():
        raise ValueError("a rival's plan breaks a rule")


def _highs(program: _Program, seconds: float) -> Longs:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    n, columns, ones = len(program.type), np.arange(len(program.type)), np.ones(len(program.type))
    rows = [
        coo_array((ones, (program.type, columns)), (len(program.part.types), n)),
        coo_array((program.use, (program.place, columns)), (len(program.part.places), n)),
    ]
    limits = np.concatenate([program.part.count, program.part.units])
    found: Any = milp(
        -program.points,
        integrality=ones,
        bounds=Bounds(0, program.most),
        constraints=LinearConstraint(vstack(rows).tocsr(), ub=limits),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    return np.zeros(n, np.int64) if found.x is None else np.rint(found.x).astype(np.int64)


def _cp_sat(program: _Program, seconds: float) -> Longs:
    from ortools.sat.python import cp_model

    model, part = cp_model.CpModel(), program.part
    chosen = [model.new_int_var(0, most, "") for most in program.most.tolist()]
    for of, factor, limit in (
        (program.type, np.ones_like(program.use), part.count),
        (program.place, program.use, part.units),
    ):
        order = np.argsort(of, kind="stable")
        for row, columns in zip(
            np.unique(of), np.split(order, np.flatnonzero(np.diff(of[order])) + 1), strict=True
        ):
            terms = [chosen[column] for column in columns]
            model.add(cp_model.LinearExpr.weighted_sum(terms, factor[columns].tolist()) <= int(limit[row]))
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, program.points.tolist()))
    for one, hint in zip(chosen, program.whole.tolist(), strict=True):
        model.add_hint(one, hint)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = os.cpu_count() or 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return np.zeros(len(chosen), np.int64)
    return np.array([solver.value(one) for one in chosen], np.int64)

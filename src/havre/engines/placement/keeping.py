# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan put away beside what it was made from, and taken out again with its prices: it still answers "why?"."""

import json

import numpy as np

from havre.engines.placement.instance import instance_of
from havre.engines.placement.model import Task
from havre.engines.placement.plan import Plan, Prices, days_of


def kept(plan: Plan) -> str:
    """The plan as text, without its task: a number for each party and the prices, by position in the task."""
    prices = {
        place: {size: int(price[row]) for size, row in rows.items() if price[row]}
        for place, (rows, price) in plan.prices.by_place.items()
    }
    told = {
        "place_of": plan.place_of,
        "points": plan.points,
        "bound": plan.bound,
        "seed": plan.seed,
        "given_up": plan.given_up,
        "prices": {place: by_size for place, by_size in prices.items() if by_size},
    }
    return json.dumps(told, separators=(",", ":"))


def restored(task: Task, text: str) -> Plan:
    """The plan that was kept, for the very task that it was made from; ValueError where it is another's."""
    told = json.loads(text)
    if len(told["place_of"]) != len(task.parties) or max(told["place_of"], default=-1) >= len(task.places):
        raise ValueError(len(told["place_of"]))
    prices = {int(place): _row(by_size) for place, by_size in told["prices"].items()}
    return Plan(
        task=task,
        instance=instance_of(task),
        place_of=tuple(told["place_of"]),
        day_of=days_of(task, told["place_of"]),
        points=told["points"],
        bound=told["bound"],
        seed=told["seed"],
        prices=Prices(prices),
        given_up=told["given_up"],
    )


def _row(by_size: dict[str, int]) -> tuple[dict[int, int], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return {int(size): n for n, size in enumerate(by_size)}, np.array(list(by_size.values()), np.int64)

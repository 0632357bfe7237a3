# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan as a table: one row a party, with its reasons; the end of the first row says what it was made from."""

import csv
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO

from havre.engines.placement.fairness import Fairness, claims, fairness_of
from havre.engines.placement.model import Goal
from havre.engines.placement.plan import Plan
from havre.engines.placement.reasons import SHOWN, Explainer, Missed

_MISSED = ("place_id", "wins", "costs", "whom")
COLUMNS = (
    "party_id",
    "place_id",
    "day",
    "people",
    "points",
    *(f"points_{goal}" for goal in Goal),
    *(f"better_{n}_{column}" for n in range(1, SHOWN + 1) for column in _MISSED),
    "about",
)


def digest(text: str) -> str:
    """What a file is known by."""
    return sha256(text.encode("utf-8")).hexdigest()


def about(plan: Plan, version: str, inputs: Mapping[str, str], fairness: Fairness | None = None) -> str:
    """What the plan was made from, and what it claims; ``inputs`` are texts by name."""
    said = {
        "havre": version,
        "seed": plan.seed,
        "points": plan.points,
        "bound": plan.bound,
        "waiting": plan.waiting,
        **(claims(fairness) if fairness else {}),
        **{name: digest(text) for name, text in inputs.items()},
    }
    return " ".join(f"{name}={value}" for name, value in said.items())


def plan_text(plan: Plan, version: str, inputs: Mapping[str, str], *, reasons: bool = True) -> str:
    """The plan as CSV. Without ``reasons`` neither better places nor fairness are told, which is much quicker."""
    told = StringIO(newline="")
    out = csv.writer(told, lineterminator="\n")
    out.writerow(COLUMNS)
    explainer = Explainer(plan) if reasons else None
    last = about(plan, version, inputs, fairness_of(plan) if reasons else None)
    for number, (party, at) in enumerate(zip(plan.task.parties, plan.place_of, strict=True)):
        place = plan.task.places[at].id if at >= 0 else ""
        row: list[object] = [party.id, place, plan.day_of.get(number, ""), party.people]
        if explainer:
            why = explainer.of(number)
            row += [why.points, *(why.by_goal.get(goal, "") for goal in Goal)]
            missed = [_missed(each) for each in why.missed] + [[""] * len(_MISSED)] * (
                SHOWN - len(why.missed)
            )
            row += [cell for cells in missed for cell in cells]
        out.writerow([*row, *[""] * (len(COLUMNS) - 1 - len(row)), last])
        last = ""
    return told.getvalue()


def _missed(missed: Missed) -> list[object]:
    whom = ", ".join(f"{n} {kind} {goal}" for n, kind, goal in missed.whom)
    return [missed.place.id, missed.wins, missed.costs, whom]


def promises(text: str) -> dict[str, str]:
    """Party to place, of a plan that was written before; ValueError where the text is no plan."""
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    if not rows or not {"party_id", "place_id"} <= rows[0].keys():
        raise ValueError("party_id, place_id")
    return {row["party_id"]: row["place_id"] for row in rows if row["party_id"] and row["place_id"]}

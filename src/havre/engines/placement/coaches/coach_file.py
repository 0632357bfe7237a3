# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches as a table: one row a party, by coach and stop; the end of the first row says what it was made from."""

import csv
from collections.abc import Mapping
from io import StringIO

from havre.engines.placement.coaches.coaches import Coaches
from havre.engines.placement.plan_file import digest

COLUMNS = (
    "coach",
    "day",
    "leaves",
    "stop",
    "centre_id",
    "arrives",
    "party_id",
    "people",
    "drivers",
    "km",
    "why",
    "about",
)


def coaches_text(made: Coaches, version: str, inputs: Mapping[str, str]) -> str:
    """The coaches as CSV; ``inputs`` are texts by name.

    Moments are hours of the coach's day: 25:10 is ten past one in the night after. A coach without a departure
    has none.
    """
    told = StringIO(newline="")
    out = csv.writer(told, lineterminator="\n")
    out.writerow(COLUMNS)
    last = _about(made, version, inputs)
    order = sorted(made.coaches, key=lambda coach: (not coach.day, len(coach.day), coach.day, coach.leaves))
    for number, coach in enumerate(order, 1):
        why = coach.why.told if coach.why else ""
        leaves = _hour(coach.leaves) if coach.day else ""
        for stop, load in enumerate(coach.loads, 1):
            arrives = _hour(coach.arrives[stop - 1]) if coach.day else ""
            for party, people in zip(load.parties, load.sizes, strict=True):
                row = [number, coach.day, leaves, stop, load.centre, arrives, party, people, coach.drivers]
                out.writerow([*row, coach.km, why, last])
                last = ""
    return told.getvalue()


def _hour(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _about(made: Coaches, version: str, inputs: Mapping[str, str]) -> str:
    claims = {
        "havre": version,
        "seed": made.seed,
        "coaches": len(made.coaches),
        "bound": made.bound,
        "km": made.km,
        "km_bound": made.km_bound,
        **{name: digest(text) for name, text in inputs.items()},
    }
    return " ".join(f"{name}={value}" for name, value in claims.items())

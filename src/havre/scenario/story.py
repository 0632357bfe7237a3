# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What became of the children whose family was found (``story.toml``): what happened to each, and how long ago."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from havre.engines.linkage.records import ShoreList
from havre.scenario.chance import Dice

ARRIVED = "transferred"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a child's case."""

    kind: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The story of one child."""

    key: str
    steps: tuple[Step, ...]
    """In the order in which they happened."""
    taken_in: int | None
    """How many days ago the department took the child in; None where it has not."""
    evaluated: int | None
    """How many days ago it evaluated age and situation; None where it has not."""


@dataclass(frozen=True, slots=True)
class Story:
    """The stories of children, and what decisions in them say; see the head of ``story.toml`` for each."""

    threads: tuple[Thread, ...]
    routes: tuple[str, ...]
    languages: Mapping[str, str]
    words: Mapping[str, Any]
    plan: Mapping[str, str]
    """Part of a journey's plan to who does it."""
    plan_days: int
    visits: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]


def tell_story(children: int, seed: int = 2016) -> Story:
    """The story of a camp with ``children`` unaccompanied children: a thread for each of those who have a case.

    The same arguments give the same story. Where there are too few cases for all whom the department has taken in, it
    has taken in all of them.
    """
    said, dice = _said(), Dice(seed, "story")
    share = children / said["of_children"]
    told = [each for each in said["thread"] for _ in range(round(each["children"] * share))]
    here = [n for n, each in enumerate(told) if not any(kind == ARRIVED for kind, _ in each["steps"])]
    inside = set(dice.shuffled(here)[: round(said["accommodated"] * share)])
    threads = [_thread(each, said, dice, inside=n in inside) for n, each in enumerate(told)]
    reasons = {key: tuple(each) for key, each in said["reasons"].items()}
    return Story(
        dice.shuffled(threads),
        tuple(said["routes"]),
        said["languages"],
        said["words"],
        said["plan"],
        said["plan_days"],
        said["visits"],
        reasons,
    )


def refusals(
    france: ShoreList, on_day: date, seed: int = 2016
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A sheet of refusals, one word a reason: its titles, and a row for each of some children of one organisation."""
    said, dice = _said()["sheet"], Dice(seed, "refusals")
    organisation = min(person.organisation for person in france.people)
    children = [person for person in france.people if person.organisation == organisation]
    rows: list[tuple[str, ...]] = [
        (
            child.described.names,
            str(child.described.birth.latest.year) if child.described.birth else "",
            child.described.nationality,
            dice.pick(said["reasons"]),
            on_day.isoformat(),
        )
        for child in dice.shuffled(children)[: said["rows"]]
    ]
    return tuple(said["titles"]), rows


def _thread(each: dict[str, Any], said: dict[str, Any], dice: Dice, *, inside: bool) -> Thread:
    steps = _steps(each["steps"], dice.between(0, said["shift"]))
    if not inside:
        return Thread(each["key"], steps, None, None)
    taken_in = dice.between(*said["taken_in"])
    after = dice.between(*said["evaluated_after"])
    return Thread(each["key"], steps, taken_in, taken_in - after if dice.chance(said["evaluated"]) else None)


def _steps(said: list[list[Any]], shift: int) -> tuple[Step, ...]:
    return tuple(Step(kind, days + shift) for kind, days in said)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "story.toml").read_text("utf-8"))

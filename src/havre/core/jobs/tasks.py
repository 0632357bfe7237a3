# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What jobs there are: registered by name, when the apps are loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from havre.core.access import Purpose
from havre.words import Words

Result = dict[str, Any] | None
"""Numbers and ids by name, or nothing."""
Function = Callable[..., Result]


class UnknownJob(LookupError):
    """No app has registered a job of this name."""


@dataclass(frozen=True, slots=True)
class Task:
    """A function that does a job, and the words in which its progress is told."""

    name: str
    function: Function
    words: Words | None
    title: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job comes by itself: a cron line in UTC, and the purpose for which the system member does it."""

    cron: str
    name: str
    purpose: Purpose


_tasks: dict[str, Task] = {}
_schedules: dict[str, Schedule] = {}


def job(name: str, *, words: Words | None = None, title: str = "") -> Callable[[Function], Function]:
    """Registers ``(progress, *ids) -> numbers and ids, or None`` under ``name`` (``app.verb``).

    ``words`` hold the sentences that it tells its progress with, and its ``title``.
    """

    def registered(function: Function) -> Function:
        known = _tasks.get(name)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two jobs are called {name}")
        _tasks[name] = Task(name, function, words, title)
        return function

    return registered


def every(
    cron: str,
    name: str,
    *,
    purpose: Purpose = Purpose.ADMINISTRATION,
    words: Words | None = None,
    title: str = "",
) -> Callable[[Function], Function]:
    """Registers a job without ids that comes by itself; it is done once, however many workers there are."""
    _schedules[name] = Schedule(cron, name, purpose)
    return job(name, words=words, title=title)


def task_of(name: str) -> Task:
    """The task of that name; UnknownJob where there is none."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownJob(name) from None


def schedules() -> tuple[Schedule, ...]:
    """What comes by itself."""
    return tuple(_schedules.values())

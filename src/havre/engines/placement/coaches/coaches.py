# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches: who sits in which, when it leaves and arrives, and how many fewer there could be."""

from dataclasses import dataclass

from havre.engines.placement.coaches.model import Load, Task
from havre.engines.placement.coaches.why import Why


@dataclass(frozen=True, slots=True)
class Coach:
    """A coach and its loads, in the order in which it brings them. Moments are minutes of its day."""

    loads: tuple[Load, ...]
    km: int
    day: str
    """ISO, or the number of the day where no date was named; empty: no departure is left on the day it would need."""
    leaves: int
    arrives: tuple[int, ...]
    drivers: int
    why: Why | None
    """Of a coach that is half empty or more."""

    @property
    def people(self) -> int:
        """Who leave, without escorts."""
        return sum(load.people for load in self.loads)


@dataclass(frozen=True, slots=True)
class Coaches:
    """Coaches that bring everybody who has a place, and obey every rule."""

    task: Task
    coaches: tuple[Coach, ...]
    bound: int
    """Coaches that are needed at least, whoever deals them out; proven in whole numbers."""
    km_bound: int
    """Km by road that so many coaches need at least, all together."""
    seed: int

    @property
    def km(self) -> int:
        """By road, all together, one way."""
        return sum(coach.km for coach in self.coaches)

    @property
    def gap(self) -> float:
        """How many coaches too many there may be, as a part of them."""
        return (len(self.coaches) - self.bound) / max(1, len(self.coaches))

    @property
    def stranded(self) -> int:
        """Coaches without a departure."""
        return sum(not coach.day for coach in self.coaches)

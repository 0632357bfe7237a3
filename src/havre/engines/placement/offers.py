# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a desk offers to a party, why a party waits, and where room is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from havre.engines.placement.model import Goal, Place

Key = tuple[int, str, bool, bool]
"""People, kind, medical, step-free."""
Kept = Mapping[Key, Sequence[str]]
"""The places kept for parties that are alike."""


class NoRoom(ValueError):
    """The place is not there for the party any more; ask for its offers again."""


class Reason(StrEnum):
    """Why a party waits in the queue."""

    NO_SUCH_PLACE = "no_such_place"
    """No place, were it empty, may take it in: kind, size, step-free, hospital or a lock."""
    FULL = "full"
    """The places that may are full."""
    KEPT = "kept"
    """Room is left, and kept for people who are expected and can go nowhere else."""
    REFUSED = "refused"
    """Room is left in regions that it refused."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A region, and what it would mean to go there."""

    place: Place
    """The best one there."""
    points: int
    by_goal: dict[Goal, int]
    relative_km: float | None
    """To the town of the relative, if one was named."""
    below_best: int
    """Points less than at the best place that the rules open to the party, whoever has it."""
    costs: int
    """Points that it takes from others who want the place, by the expected prices."""
    day: str
    """Of arrival, where the centre counts its days."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A party without a place; number 1 is asked first when one comes free: by vulnerability, then by turn."""

    party: str
    position: int
    reason: Reason

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two plans side by side: who goes elsewhere, who waits in one of them, and what that means centre by centre."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from havre.apps.accommodation.models import Assignment, Centre, Plan
from havre.apps.accommodation.queries.plans.board import assignments


@dataclass(frozen=True, slots=True)
class Move:
    """A party that is not where it was."""

    before: Assignment
    after: Assignment

    @property
    def wins(self) -> int:
        """Points, with a minus where it loses."""
        return self.after.points - self.before.points


@dataclass(frozen=True, slots=True)
class CentreChange:
    """People whom each plan sends to a centre."""

    centre: Centre
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What changes from one plan to the other."""

    moved: tuple[Move, ...]
    """Both plans have a place for them, and not the same."""
    placed: tuple[Move, ...]
    """Waited before."""
    dropped: tuple[Move, ...]
    """Wait now."""
    only_before: int
    only_after: int
    """Parties that one of them alone speaks of."""
    centres: tuple[CentreChange, ...]


def compared(before: Plan, after: Plan) -> Compared:
    """From ``before`` to ``after``, both done."""
    old = {each.party_id: each for each in assignments(before)}
    new = {each.party_id: each for each in assignments(after)}
    moves = [Move(old[key], new[key]) for key in old if key in new and old[key].place_id != new[key].place_id]
    return Compared(
        moved=tuple(each for each in moves if each.before.place_id and each.after.place_id),
        placed=tuple(each for each in moves if not each.before.place_id),
        dropped=tuple(each for each in moves if not each.after.place_id),
        only_before=len(old.keys() - new.keys()),
        only_after=len(new.keys() - old.keys()),
        centres=_centres(old, new),
    )


def _centres(old: dict[UUID, Assignment], new: dict[UUID, Assignment]) -> tuple[CentreChange, ...]:
    centres: dict[UUID, Centre] = {}
    counts: tuple[Counter[UUID], Counter[UUID]] = (Counter(), Counter())
    for count, side in zip(counts, (old, new), strict=True):
        for each in side.values():
            if each.place:
                centres[each.place.centre_id] = each.place.centre
                count[each.place.centre_id] += each.people
    before, after = counts
    changes = [CentreChange(centre, before[key], after[key]) for key, centre in centres.items()]
    changed = [each for each in changes if each.before != each.after]
    return tuple(sorted(changed, key=lambda each: (-abs(each.after - each.before), each.centre.name)))

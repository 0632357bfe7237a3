# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""No group fares much worse than all: the average points of each reach a floor, or the plan says why they cannot."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from havre.engines.placement.model import Locks, Task
from havre.engines.placement.plan import Plan, places_by_party
from havre.engines.placement.solving import solve

ALL = 100
"""Percent."""
_MORE, _MOST = 1.6, 700
"""What the percent of a group that is too low is multiplied with, and how far that goes."""
_AT_LEAST = 2
"""Rounds that are made though the time is up."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who have one thing in common, and what their places are worth to them together."""

    of: str
    """What they have in common: a column of the parties."""
    value: str
    people: int
    points: int
    reached: bool
    best: int | None = None
    """Points that they could have at most if nobody else were there; told of a group below the floor."""
    possible: bool = True
    """Whether that reaches the floor."""


def groups_of(task: Task) -> dict[tuple[str, str], list[int]]:
    """The numbers of the parties of each group."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for column in task.policy.fair.groups:
        for number, party in enumerate(task.parties):
            if value := getattr(party, column):
                found[column, value].append(number)
    return dict(sorted(found.items()))


def reaches(task: Task, points: int, people: int, all_points: int) -> bool:
    """Whether an average is not below the floor; of a negative average of all it may be as much below."""
    everybody = sum(party.people for party in task.parties)
    least = ALL * all_points - (ALL - task.policy.fair.floor) * abs(all_points)
    return ALL * points * everybody >= people * least


def state(task: Task, points: Sequence[int]) -> list[Group]:
    """All groups; ``points`` (parties,) are those of each in all."""
    found: list[Group] = []
    if not task.policy.fair.floor:
        return found
    for (column, value), numbers in groups_of(task).items():
        people = sum(task.parties[number].people for number in numbers)
        own = sum(points[number] for number in numbers)
        found.append(Group(column, value, people, own, reaches(task, own, people, sum(points))))
    return found


def told(task: Task, points: Sequence[int]) -> tuple[Group, ...]:
    """All groups; those below the floor with the best that they could have."""
    numbers = groups_of(task)
    found: list[Group] = []
    for group in state(task, points):
        if not group.reached:
            best = best_alone(task, numbers[group.of, group.value])
            group = replace(group, best=best, possible=reaches(task, best, group.people, sum(points)))
        found.append(group)
    return tuple(found)


def best_alone(task: Task, numbers: Sequence[int]) -> int:
    """Points that no plan gives these parties in all, even if all places were theirs."""
    parties = tuple(task.parties[number] for number in numbers)
    ids = {party.id for party in parties}
    locks = Locks(
        {party: place for party, place in task.locks.stays.items() if party in ids},
        frozenset(lock for lock in task.locks.never if lock[0] in ids),
        frozenset(),
        {},
    )
    return solve(replace(task, parties=parties, locks=locks), go_on=lambda: False).bound


def lift(
    plan: Plan,
    points_of: Callable[[Sequence[int]], list[int]],
    rounds: int,
    seed: int,
    go_on: Callable[[], bool],
) -> Sequence[int]:
    """Who goes where in a plan whose groups are nearer to the floor, or in this one; nobody more waits.

    Groups that are too low count for more and more while the plan is made again, as long as the loss is small enough.
    """
    task, members = plan.task, groups_of(plan.task)
    best, percent = list(plan.place_of), dict.fromkeys(members, float(ALL))
    least = plan.points - abs(plan.points) * task.policy.fair.most_loss / ALL
    short = _shortfall(task, points_of(best))
    for number in range(rounds):
        low = [group for group in told(task, points_of(best)) if not group.reached and group.possible]
        if not low or (number >= _AT_LEAST and not go_on()):
            break
        for group in low:
            key = group.of, group.value
            percent[key] = min(_MOST, percent[key] * _MORE)
        lifted = {
            task.parties[number].id: round(percent[key])
            for key, numbers in members.items()
            if percent[key] > ALL
            for number in numbers
        }
        again = solve(replace(task, lifted=lifted), seed=seed, previous=places_by_party(task, best))
        points = points_of(again.place_of)
        if sum(points) < least or again.waiting > plan.waiting:
            break
        if _shortfall(task, points) < short:
            best, short = list(again.place_of), _shortfall(task, points)
    return best


def _shortfall(task: Task, points: Sequence[int]) -> float:
    """Points that groups lack to the floor."""
    everybody, total = sum(party.people for party in task.parties), sum(points)
    least = (total - (1 - task.policy.fair.floor / ALL) * abs(total)) / everybody
    return sum(max(0.0, least * group.people - group.points) for group in state(task, points))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of fairness: a plan that tries to keep them, and says of each whether it does and why not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from havre.engines.placement.groups import Group, lift, told
from havre.engines.placement.lodging import Lodging
from havre.engines.placement.model import Task
from havre.engines.placement.plan import Plan, days_of
from havre.engines.placement.remarks import WORDS
from havre.engines.placement.solving import Effort, solve
from havre.engines.placement.vulnerable import PassedOver, Vulnerable, passed_over
from havre.engines.placement.weighing import goals
from havre.words import Language

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Fairness:
    """What a plan says of the rules of fairness that its policy has."""

    vulnerable_first: bool | None
    """Whether nobody waits whose place less vulnerable parties have; None: the policy has no such rule."""
    passed_over: tuple[PassedOver, ...]
    floor: bool | None
    """Whether every group reaches the floor; None: the policy has no such rule."""
    percent: int
    """The floor, of the average of all."""
    groups: tuple[Group, ...]
    average: float
    """Points for each person."""
    given_up: int
    """Points that a better plan had which broke a rule."""

    def say(self, language: Language) -> Iterator[str]:
        """Line by line, in words; people are told by numbers alone."""
        if self.vulnerable_first is not None:
            key = "first_kept" if self.vulnerable_first else "first_broken"
            yield WORDS.say(language, key, n=len(self.passed_over))
        if self.floor is not None:
            yield WORDS.say(language, "floor_kept" if self.floor else "floor_broken", percent=self.percent)
        for group in self.groups:
            if group.best is not None:
                yield WORDS.say(
                    language,
                    "group_searched" if group.possible else "group_cannot",
                    group=_named(group, language),
                    average=round(group.points / group.people),
                    all=round(self.average),
                    best=round(group.best / group.people),
                )
        if self.given_up:
            yield WORDS.say(language, "given_up", n=self.given_up)


def _named(group: Group, language: Language) -> str:
    name = group.value if group.of == "kind" else group.of
    return WORDS.say(language, f"group_{name}", value=group.value)


def solve_fairly(
    task: Task,
    *,
    seed: int = 1,
    effort: Effort | None = None,
    previous: Mapping[str, str] | None = None,
    go_on: Callable[[], bool] = lambda: True,
    tell: Callable[[Plan], None] = lambda _: None,
) -> Plan:
    """As ``solve``; then what the rules of fairness ask is mended, as far as it can be.

    ``given_up`` of the plan is what that cost. To lift groups costs no more than the policy allows and leaves nobody
    more to wait; that the vulnerable come first may cost anything. Promises to parties weigh as in ``solve``.
    """
    plan = solve(task, seed=seed, effort=effort, previous=previous, go_on=go_on, tell=tell)
    bound_by = task if previous else replace(task, policy=replace(task.policy, promise=0))
    best = lift(
        replace(plan, task=bound_by), lambda place_of: points_of(task, place_of), _ROUNDS, seed, go_on
    )
    if task.policy.fair.vulnerable_first:
        lodging = Lodging(task, best)
        Vulnerable(lodging).mend()
        best = lodging.place_of
    if tuple(best) == plan.place_of:
        return plan
    points = sum(points_of(task, best))
    mended = replace(
        plan,
        place_of=tuple(best),
        day_of=days_of(task, best),
        points=points,
        given_up=max(0, plan.points - points),
    )
    tell(mended)
    return mended


def fairness_of(plan: Plan) -> Fairness:
    """Whether the rules are kept, from who is where alone."""
    task, fair = plan.task, plan.task.policy.fair
    points = points_of(task, plan.place_of)
    over = tuple(passed_over(task, plan.place_of))
    groups = told(task, points)
    return Fairness(
        vulnerable_first=not over if fair.vulnerable_first else None,
        passed_over=over,
        floor=all(group.reached for group in groups) if fair.floor else None,
        percent=fair.floor,
        groups=groups,
        average=plan.points / max(1, sum(party.people for party in task.parties)),
        given_up=plan.given_up,
    )


def points_of(task: Task, place_of: Sequence[int]) -> list[int]:
    """(parties,): what the place of each is worth to it; below 0 of who waits."""
    return [
        sum(goals(task.policy, party, task.places[at]).values())
        if at >= 0
        else -task.policy.waiting(party) * party.people
        for party, at in zip(task.parties, place_of, strict=True)
    ]


def claims(fairness: Fairness) -> dict[str, object]:
    """What the plan's file says of it, for the checker to look at."""
    said: dict[str, object] = {}
    if fairness.vulnerable_first is not None:
        said["passed_over"] = len(fairness.passed_over)
    if fairness.floor is not None:
        said["floor"] = sum(not group.reached for group in fairness.groups)
    for group in fairness.groups:
        if group.best is not None:
            said[f"below:{group.of}:{quote(group.value, safe='')}"] = (
                f"{group.points}/{group.people}/{group.best}"
            )
    if fairness.given_up:
        said["given_up"] = fairness.given_up
    return said

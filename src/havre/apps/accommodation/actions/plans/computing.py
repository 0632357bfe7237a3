# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan is made, by a job. Its best so far is kept on the way: neither time nor the death of a worker takes it."""

import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from uuid import UUID

from havre.apps.accommodation.enums import PlanEnd, PlanInputKind, PlanState
from havre.apps.accommodation.models import Assignment, Plan, PlanBest
from havre.apps.accommodation.policies import PLAN
from havre.apps.accommodation.queries.plans import best_of, plans, task_of, texts_of
from havre.core.access import beside, check
from havre.core.clock import now
from havre.core.database.ids import uuid7
from havre.engines import placement
from havre.words import Language

Progress = Callable[[float, str], None]
FOR_FAIRNESS = 0.15
"""The part of the time that is kept for the rules of fairness."""
BETWEEN = 2.0
"""Seconds at least between two keepings of a plan that is still getting better."""
ENDLESS = True
"""A search goes on until its time is over or nothing is left to win; a plan made again is short in any case."""
LOOK = 0.5
"""Seconds between two looks whether a member wants it to end."""


class PlanBroken(Exception):
    """The independent judge found that a plan breaks a rule: nobody is shown it."""


def do_plan(plan_id: UUID, progress: Progress) -> Plan:
    """Makes a plan and keeps what it says, in the caller's transaction. One that is done is left as it is.

    Where a worker before was killed or had to stop, its best so far is the plan.
    """
    check(PLAN)
    plan = plans().get(pk=plan_id)
    if plan.state != PlanState.ASKED:
        return plan
    texts = texts_of(plan)
    task, best = task_of(plan, texts), best_of(plan)
    if best.text:
        return _keep(plan, placement.restored(task, best.text), PlanEnd.WORKER, texts)
    search = _Search(plan, progress)
    found = placement.solve_fairly(
        task,
        seed=plan.seed,
        effort=placement.Effort(endless=ENDLESS and not plan.again),
        previous=_promised(texts),
        go_on=search.go_on,
        tell=search.tell,
    )
    return _keep(plan, found, search.ended, texts)


class _Search:
    """How long it goes on, and what is kept of it on the way."""

    def __init__(self, plan: Plan, progress: Progress) -> None:
        self._plan, self._progress = plan, progress
        self._begun = time.monotonic()
        self._until = plan.seconds * (1 - FOR_FAIRNESS)
        self._look = self._write = 0.0
        self.ended = PlanEnd.ITSELF

    def go_on(self) -> bool:
        passed = time.monotonic() - self._begun
        self._progress(min(0.95, passed / self._plan.seconds), "progress_searching")
        if self.ended is PlanEnd.HAND or self._is_stopped():
            self.ended = PlanEnd.HAND
            return False
        if passed < self._until:
            return True
        self.ended, self._until = (
            PlanEnd.TIME,
            self._plan.seconds,
        )  # what is left is for fairness, which asks again
        return False

    def _is_stopped(self) -> bool:
        if time.monotonic() < self._look:
            return False
        self._look = time.monotonic() + LOOK
        return Plan.objects.filter(pk=self._plan.pk, stop_asked_at__isnull=False).exists()

    def tell(self, found: placement.Plan) -> None:
        if time.monotonic() < self._write:
            return
        with beside() as connection:
            PlanBest.objects.using(connection).filter(plan=self._plan.pk).update(**_figures(found))
        self._write = time.monotonic() + BETWEEN


def _figures(found: placement.Plan) -> dict[str, object]:
    return {
        "text": placement.kept(found),
        "points": found.points,
        "bound": found.bound,
        "waiting": found.waiting,
    }


def _keep(plan: Plan, found: placement.Plan, ended: PlanEnd, texts: dict[str, str]) -> Plan:
    """Judged, row by row, and with its figures."""
    _judge(found, texts)
    PlanBest.objects.filter(plan=plan).update(**_figures(found))
    Assignment.objects.bulk_create(_assignments(plan, found, texts), batch_size=1000)
    plan.state, plan.ended_by, plan.ended_at = PlanState.DONE, ended, now()
    plan.points, plan.bound, plan.waiting = found.points, found.bound, found.waiting
    plan.engine_version = version("havre")
    plan.fairness = _fairness(found)
    plan.save()
    return plan


def _fairness(found: placement.Plan) -> dict[str, object]:
    """Whether each rule is kept, and what is said of them in both languages."""
    told = placement.fairness_of(found)
    said = {language.value: list(told.say(language)) for language in Language}
    return {"first": told.vulnerable_first, "floor": told.floor, "said": said}


def _promised(texts: dict[str, str]) -> dict[str, str]:
    """Party to the place that it was promised; empty where nobody is planned again."""
    return dict(line.split(",") for line in texts[PlanInputKind.PROMISES].splitlines()[1:])


def _judge(found: placement.Plan, texts: dict[str, str]) -> None:
    inputs = {name: texts[name] for name in ("parties", "places", "policy", "locks")}
    told = placement.plan_text(found, version("havre"), inputs, reasons=False)
    verdict = placement.check(told, **inputs)
    if verdict.broken:
        raise PlanBroken(sorted({each.rule for each in verdict.broken}))


def _assignments(plan: Plan, found: placement.Plan, texts: dict[str, str]) -> Iterator[Assignment]:
    was, task = _promised(texts), found.task
    for number, (party, at) in enumerate(zip(task.parties, found.place_of, strict=True)):
        by_goal = placement.goals(task.policy, party, task.places[at]) if at >= 0 else {}
        waits = task.policy.waiting(party) * party.people
        yield Assignment(
            id=uuid7(),
            plan=plan,
            party_id=UUID(party.id),
            number=number,
            place_id=UUID(task.places[at].id) if at >= 0 else None,
            was_id=UUID(was[party.id]) if party.id in was else None,
            on_day=found.day_of.get(number) or None,
            people=party.people,
            points=sum(by_goal.values()) if at >= 0 else -waits,
            by_goal={goal.value: points for goal, points in by_goal.items() if points},
        )

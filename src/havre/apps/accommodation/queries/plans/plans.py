# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans that may be read, and the engine's own view of one."""

from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import MD5

from havre.apps.accommodation.enums import PlanInputKind, PlanState
from havre.apps.accommodation.models import Assignment, Plan, PlanBest, PlanInput
from havre.engines import placement
from havre.engines.placement.plan_file import digest

KEPT = 2
"""Plans whose prices a process remembers; of the largest it is some tens of megabytes."""


def plans() -> QuerySet[Plan]:
    """All that may be read, newest first."""
    return Plan.objects.select_related("organisation", "asked_by__account", "policy_by__account")


def plan(plan_id: UUID) -> Plan | None:
    """One of them."""
    return plans().filter(pk=plan_id).first()


def made_plans() -> QuerySet[Plan]:
    """Those that say who goes where."""
    return plans().filter(state=PlanState.DONE)


def newest_plan_with(party_id: UUID) -> UUID | None:
    """The newest plan that says something of a party."""
    found = Assignment.objects.filter(party=party_id, plan__state=PlanState.DONE)
    return found.order_by("-plan__recorded_at").values_list("plan", flat=True).first()


def best_of(one: Plan) -> PlanBest:
    """The best so far, of a plan that is being made."""
    return PlanBest.objects.get(plan=one)


def texts_of(one: Plan) -> dict[str, str]:
    """What the engine reads, by the name that it has there."""
    tables = {each.kind: each.text for each in PlanInput.objects.filter(plan=one)}
    return {**tables, "policy": one.policy}


def was_emptied(one: Plan) -> bool:
    """Whether lines of its parties were emptied since, because people were erased: its hash is of the table before."""
    known: str = one.hashes[PlanInputKind.PARTIES]
    tables = PlanInput.objects.filter(plan=one, kind=PlanInputKind.PARTIES).values_list("text", flat=True)
    return any(digest(table) != known for table in tables)


def task_of(one: Plan, texts: dict[str, str]) -> placement.Task:
    """The task of a plan; its tables were found sound when it was asked for, else ValueError."""
    policy, remarks = placement.read_policy(one.policy)
    task = None
    if policy is not None:
        task, remarks = placement.read_task(
            texts[PlanInputKind.PARTIES], texts[PlanInputKind.PLACES], policy, texts[PlanInputKind.LOCKS]
        )
    if task is None:
        raise ValueError([remark.problem for remark in remarks])
    return task


def solved(one: Plan) -> placement.Plan:
    """A plan that is done as the engine has it, with who is where after what members laid down."""
    parties = PlanInput.objects.filter(plan=one, kind=PlanInputKind.PARTIES)
    base = _as_made(one.pk, parties.values_list(MD5("text"), flat=True).get())
    number = {place.id: n for n, place in enumerate(base.task.places)}
    at = Assignment.objects.filter(plan=one).order_by("number").values_list("place", flat=True)
    return replace(base, place_of=tuple(number.get(str(place), -1) for place in at))


@lru_cache(maxsize=KEPT)
def _as_made(plan_id: UUID, _of_parties: str) -> placement.Plan:
    """Of the parties as they stand there: when one is erased, nothing of it is remembered."""
    one = plans().get(pk=plan_id)
    return placement.restored(task_of(one, texts_of(one)), best_of(one).text)

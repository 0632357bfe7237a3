# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan is asked for, and its search ended early. What it is made from is kept as it is when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.plans.errors import BadInput, PlanRefused
from havre.apps.accommodation.enums import PlanInputKind, PlanState
from havre.apps.accommodation.models import Plan, PlanBest, PlanInput
from havre.apps.accommodation.policies import PLAN
from havre.apps.accommodation.queries.plans import Gathered, gather
from havre.core.access import check
from havre.core.clock import now
from havre.core.database.ids import uuid7
from havre.core.jobs import defer
from havre.engines.placement import Remark, Source, default_policy_text, read_policy, read_task
from havre.engines.placement.plan_file import digest

JOB = "accommodation.plan"
SHORTEST, LONGEST = 1, 600
"""Seconds of a search."""
SHOWN = 20
"""Lines that are told of what is wrong."""


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """What a member asks for."""

    day: date
    region: str = ""
    """Of departure."""
    seconds: int = 60
    seed: int = 1
    again: bool = False
    policy: str = ""
    """TOML; empty: the default one."""
    policy_why: str = ""
    """Why it is another than the default one."""


@transaction.atomic
def ask_plan(said: PlanSaid, *, idempotency_key: UUID | None = None) -> Plan:
    """Keeps what there is now and lets a worker make a plan of it. With a key that was used before, the first plan.

    PlanRefused; BadInput with one line for everything that is wrong, before anything is reckoned.
    """
    actor = check(PLAN)
    first = Plan.objects.filter(organisation=actor.organisation_id, idempotency_key=idempotency_key).first()
    if idempotency_key and first:
        return first
    own = _own_policy(said)
    if not SHORTEST <= said.seconds <= LONGEST:
        raise PlanRefused("plan_seconds", field="seconds", least=SHORTEST, most=LONGEST)
    gathered = gather(said.day, said.region, again=said.again)
    texts = {**gathered.texts, PlanInputKind.PROMISES: _promises(gathered)}
    policy = said.policy if own else default_policy_text()
    _look(gathered, policy)
    plan = Plan(
        id=uuid7(),
        organisation_id=actor.organisation_id,
        asked_by_id=actor.member_id,
        idempotency_key=idempotency_key,
        day=said.day,
        region=said.region,
        again=said.again,
        policy=policy,
        policy_by_id=actor.member_id if own else None,
        policy_why=said.policy_why if own else "",
        seconds=said.seconds,
        seed=said.seed,
        hashes={"policy": digest(policy), **{kind.value: digest(text) for kind, text in texts.items()}},
        parties=len(gathered.parties),
        people=sum(each.people for each in gathered.parties),
    )
    plan.job = defer(JOB, plan.pk)
    plan.save(force_insert=True)
    PlanInput.objects.bulk_create(PlanInput(plan=plan, kind=kind, text=text) for kind, text in texts.items())
    PlanBest.objects.create(plan=plan)
    return plan


@transaction.atomic
def stop_plan(plan_id: UUID) -> Plan:
    """Ends the search of a plan that is being made: it keeps its best so far. One that is done stays as it is."""
    check(PLAN)
    plan = held_plan(plan_id)
    if plan.state == PlanState.ASKED and plan.stop_asked_at is None:
        plan.stop_asked_at = now()
        plan.save(update_fields=["stop_asked_at"])
    return plan


def held_plan(plan_id: UUID) -> Plan:
    """An own plan, locked until the transaction ends; else PlanRefused."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise PlanRefused("no_such_plan", status=404)
    return plan


def done_plan(plan_id: UUID) -> Plan:
    """The same, of a plan that says who goes where."""
    plan = held_plan(plan_id)
    if plan.state != PlanState.DONE:
        raise PlanRefused("plan_not_done", status=409)
    return plan


def _own_policy(said: PlanSaid) -> bool:
    """Whether the policy is the member's own: then it has a reason."""
    own = said.policy.strip() not in ("", default_policy_text().strip())
    if own and not said.policy_why.strip():
        raise PlanRefused("policy_needs_why", field="policy_why")
    return own


def _promises(gathered: Gathered) -> str:
    rows = [f"{party},{place}" for party, place in gathered.was.items()]
    return "\n".join(["party_id,place_id", *rows]) + "\n"


def _look(gathered: Gathered, policy_text: str) -> None:
    """BadInput where the engine could make nothing of it."""
    if not gathered.parties:
        raise PlanRefused("nobody_to_place", status=409)
    if not gathered.places:
        raise PlanRefused("no_place_to_give", status=409)
    policy, remarks = read_policy(policy_text)
    task = None
    if policy is not None:
        texts = gathered.texts
        task, remarks = read_task(
            texts[PlanInputKind.PARTIES], texts[PlanInputKind.PLACES], policy, texts[PlanInputKind.LOCKS]
        )
    if task is None:
        wrong = [remark for remark in remarks if not remark.note]
        raise BadInput(tuple(_named(wrong[:SHOWN], gathered)), more=max(0, len(wrong) - SHOWN))


def _named(remarks: Sequence[Remark], gathered: Gathered) -> Iterator[tuple[Remark, str]]:
    """Each remark with what its line is about: a wristband, or the codes of a centre and its place."""
    for remark in remarks:
        row = remark.line - 2
        if remark.source is Source.PARTIES and 0 <= row < len(gathered.parties):
            yield remark, gathered.parties[row].wristband
        elif remark.source is Source.PLACES and 0 <= row < len(gathered.places):
            place = gathered.places[row]
            yield remark, f"{place.centre.code} {place.code}"
        else:
            yield remark, ""

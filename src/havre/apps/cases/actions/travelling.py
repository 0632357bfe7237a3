# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey: planned, with brothers and sisters; each part said and confirmed; and how the child is afterwards."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.finding import held_case, made_before, needed, said_by, standing_now
from havre.apps.cases.actions.recording import add_own_event
from havre.apps.cases.enums import CaseState, PlanPart
from havre.apps.cases.models import Case, FollowUp, PlanStep, TransferPlan
from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import may_travel_apart, names_of_leaders, siblings, siblings_elsewhere
from havre.apps.cases.queries.standing import ARRIVED
from havre.core.access import check
from havre.core.clock import today
from havre.core.database.ids import uuid7

STILL_TO_TRAVEL = frozenset(CaseState) - {CaseState.TRANSFERRED, CaseState.CLOSED}


@transaction.atomic
def plan_transfer(
    case_id: UUID, travels_on: date, *, together: Collection[UUID] = (), idempotency_key: UUID | None = None
) -> TransferPlan:
    """Plans the journey of a child whose request was accepted, with the brothers and sisters of ``together``.

    CaseRefused where one of the group who has still to travel is left behind and the last panel on this child has not
    found that they may be apart: so is one whose case another organisation leads. NotNow where the case of one of them
    is not accepted.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(TransferPlan.objects, idempotency_key, actor, case_id=case.pk):
        return first
    if travels_on < today():
        raise CaseRefused("day_is_gone", field="travels_on")
    group = [held_case(each) for each in siblings(case.pk)]
    waiting = {each.pk: each for each in group if standing_now(each).state in STILL_TO_TRAVEL}
    if not waiting.keys() >= set(together):
        raise CaseRefused("not_of_the_group", field="together", status=409)
    if not may_travel_apart(case):
        if waiting.keys() - set(together):
            raise CaseRefused("sibling_left_behind", field="together", status=409)
        if elsewhere := [each for each in siblings_elsewhere(case.pk) if each.waits]:
            leaders = names_of_leaders(elsewhere)
            raise CaseRefused("sibling_elsewhere", field="together", status=409, organisations=leaders)
    journey = uuid7()
    plans = [
        TransferPlan(
            case=each,
            event=add_own_event(each, "planned", actor),
            journey=journey,
            travels_on=travels_on,
            idempotency_key=idempotency_key if each is case else None,
            **said_by(actor),
        )
        for each in (case, *(waiting[key] for key in sorted(together)))
    ]
    for plan in plans:
        plan.save(force_insert=True)
    _look_at_the_unseen()
    return plans[0]


def _look_at_the_unseen() -> None:
    """One whose case may not be read is left behind as well: the database sees them, and is asked now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS whole IMMEDIATE")
            cursor.execute("SET CONSTRAINTS whole DEFERRED")
    except IntegrityError as error:
        raise CaseRefused("sibling_left_behind", field="together", status=409) from error


@transaction.atomic
def say_plan_step(
    case_id: UUID,
    part: PlanPart,
    *,
    who: str,
    on_day: date,
    confirmed: bool,
    idempotency_key: UUID | None = None,
) -> PlanStep:
    """Says who does one part of the plan, when, and whether they have confirmed; for all who travel together."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(PlanStep.objects, idempotency_key, actor, case_id=case.pk, part=part):
        return first
    plan = _last_plan(case)
    if plan is None:
        raise CaseRefused("no_plan", status=409)
    needed(who=who)
    same = (
        TransferPlan.objects.filter(journey=plan.journey)
        .exclude(pk=plan.pk)
        .select_related("case")
        .order_by("pk")
    )
    steps = [
        PlanStep(
            case=each.case,
            plan=each,
            part=part,
            who=who.strip(),
            on_day=on_day,
            confirmed=confirmed,
            idempotency_key=idempotency_key if each is plan else None,
            **said_by(actor),
        )
        for each in (plan, *same)
    ]
    for step in steps:
        step.save(force_insert=True)
    return steps[0]


@transaction.atomic
def follow_up(
    case_id: UUID,
    seen_on: date,
    *,
    seen_by: str,
    well: bool | None,
    words: str,
    idempotency_key: UUID | None = None,
) -> FollowUp:
    """Records how the child was at the next follow-up that is due; CaseRefused where none is."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(FollowUp.objects, idempotency_key, actor, case_id=case.pk):
        return first
    due = next((each for each in standing_now(case).visits if not each.made), None)
    if due is None:
        raise CaseRefused("no_follow_up_due", status=409)
    arrived = max(each.happened_on for each in case.events.all() if each.kind == ARRIVED)
    if seen_on < arrived:
        raise CaseRefused("day_before_the_last", field="seen_on", day=arrived)
    needed(seen_by=seen_by, words=words)
    return FollowUp.objects.create(
        case=case,
        event=add_own_event(case, "followed_up", actor, seen_on),
        weeks=due.weeks,
        seen_by=seen_by.strip(),
        well=well,
        words=words.strip(),
        idempotency_key=idempotency_key,
        **said_by(actor),
    )


def _last_plan(case: Case) -> TransferPlan | None:
    return case.plans.order_by("-event__position").select_related("case").first()

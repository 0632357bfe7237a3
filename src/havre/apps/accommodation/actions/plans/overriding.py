# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members lay down by hand, each with a reason: another place, never that place, a note."""

from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.plans.asking import done_plan, held_plan
from havre.apps.accommodation.actions.plans.errors import PlanRefused
from havre.apps.accommodation.enums import LockRule
from havre.apps.accommodation.models import Assignment, Lock, Override, Place, Plan, PlanNote
from havre.apps.accommodation.policies import PLAN
from havre.apps.accommodation.queries.plans import goals_there, there
from havre.core.access import Actor, check
from havre.core.clock import now


@transaction.atomic
def override(
    plan_id: UUID, party_id: UUID, place_id: UUID, *, reason: str, shown: tuple[int, int] | None = None
) -> Override:
    """Lays down that a party goes to a place. Every later plan keeps it; this one too, where there is room.

    ``shown`` is what the member was told that the party wins and others lose by it. PlanRefused where that is not
    so any more, where a hard rule closes the place, and without a reason.
    """
    actor = check(PLAN)
    plan = done_plan(plan_id)
    assignment = _assignment(plan, party_id)
    reason = _reason(reason)
    found = there(plan, assignment, place_id)
    if found is None:
        raise PlanRefused("place_closed_to_them", field="place")
    missed, has_room = found
    if shown is not None and shown != (missed.wins, missed.costs):
        raise PlanRefused("cost_has_changed", status=409)
    _end_stays(party_id, actor)
    lock = Lock.objects.create(
        organisation_id=actor.organisation_id,
        party_id=party_id,
        rule=LockRule.STAYS,
        place_id=place_id,
        reason=reason,
        member_id=actor.member_id,
    )
    if has_room:
        by_goal = goals_there(plan, assignment, place_id)
        assignment.place_id, assignment.on_day = place_id, None
        assignment.points, assignment.by_goal = sum(by_goal.values()), by_goal
        assignment.save(update_fields=["place", "on_day", "points", "by_goal"])
    return Override.objects.create(
        plan=plan,
        party_id=party_id,
        place_id=place_id,
        lock=lock,
        wins=missed.wins,
        costs=missed.costs,
        whom=[list(each) for each in missed.whom],
        kept=has_room,
        member_id=actor.member_id,
    )


@transaction.atomic
def never_there(plan_id: UUID, party_id: UUID, place_id: UUID, *, reason: str) -> Lock:
    """Lays down that a party never goes to a place: every later plan keeps it."""
    actor = check(PLAN)
    _assignment(done_plan(plan_id), party_id)
    if not Place.objects.filter(pk=place_id, centre__desk=actor.organisation_id).exists():
        raise PlanRefused("no_such_place", field="place", status=404)
    if Lock.objects.filter(party=party_id, rule=LockRule.STAYS, place=place_id, ended_at=None).exists():
        raise PlanRefused("stays_and_never", field="place", status=409)
    return Lock.objects.create(
        organisation_id=actor.organisation_id,
        party_id=party_id,
        rule=LockRule.NEVER,
        place_id=place_id,
        reason=_reason(reason),
        member_id=actor.member_id,
    )


@transaction.atomic
def lift_lock(lock_id: UUID) -> Lock:
    """Ends what was laid down: later plans are free of it. One that was lifted stays so."""
    actor = check(PLAN)
    lock = Lock.objects.select_for_update().filter(pk=lock_id).first()
    if lock is None:
        raise PlanRefused("no_such_lock", status=404)
    if lock.ended_at is None:
        lock.ended_at, lock.ended_by_id = now(), actor.member_id
        lock.save(update_fields=["ended_at", "ended_by"])
    return lock


@transaction.atomic
def note(plan_id: UUID, words: str, *, party: UUID | None = None) -> PlanNote:
    """Writes beside a plan, or beside a party in it."""
    actor = check(PLAN)
    plan = held_plan(plan_id)
    if party:
        _assignment(plan, party)
    if not words.strip():
        raise PlanRefused("note_is_empty", field="words")
    return PlanNote.objects.create(plan=plan, party_id=party, words=words.strip(), member_id=actor.member_id)


def _assignment(plan: Plan, party_id: UUID) -> Assignment:
    found = Assignment.objects.filter(plan=plan, party=party_id).select_related("party").first()
    if found is None:
        raise PlanRefused("party_not_in_plan", status=404)
    return found


def _reason(said: str) -> str:
    if not said.strip():
        raise PlanRefused("reason_missing", field="reason")
    return said.strip()


def _end_stays(party_id: UUID, actor: Actor) -> None:
    standing = Lock.objects.filter(party=party_id, rule=LockRule.STAYS, ended_at=None)
    standing.update(ended_at=now(), ended_by=actor.member_id)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action needs before it changes something: the row, held until the transaction ends."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Manager, Model

from havre.apps.cases.actions.errors import CaseRefused, NoSuchCase
from havre.apps.cases.models import Case, Decision
from havre.apps.cases.queries import Standing, standing_of
from havre.core.access import Actor
from havre.core.clock import today

Kept = TypeVar("Kept", bound=Model)


def held_case(case_id: UUID) -> Case:
    """The case, in which nobody else records anything meanwhile; NoSuchCase."""
    found = Case.objects.select_for_update(of=("self",)).select_related("pair")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise NoSuchCase
    return case


def held_decision(decision_id: UUID) -> Decision:
    """The decision with its case, both held; NoSuchCase."""
    found = Decision.objects.select_for_update(of=("self", "case")).select_related("case", "member")
    decision = found.filter(pk=decision_id).first()
    if decision is None:
        raise NoSuchCase
    return decision


def standing_now(case: Case) -> Standing:
    """Where a case stands today."""
    return standing_of(case, case.events.all(), case.decisions.select_related("telling"), today())


def made_before(rows: "Manager[Kept]", key: UUID | None, actor: Actor, /, **wanted: object) -> "Kept | None":
    """The row that an idempotency key of the own organisation has made; CaseRefused where it is another than wanted."""
    first = rows.filter(organisation_id=actor.organisation_id, idempotency_key=key).first() if key else None
    if first is not None and any(getattr(first, name) != value for name, value in wanted.items()):
        raise CaseRefused("key_was_used", status=409)
    return first


def said_by(actor: Actor) -> dict[str, object]:
    """Who says something, for the row that keeps it."""
    return {"member_id": actor.member_id, "organisation_id": actor.organisation_id, "shore": actor.shore}

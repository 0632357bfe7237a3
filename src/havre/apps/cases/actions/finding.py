# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action needs before it changes something: the row, held until the transaction ends."""

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Manager, Model

from havre.apps.cases.actions.errors import CaseRefused, NoSuchCase
from havre.apps.cases.models import Case, Decision
from havre.apps.cases.queries import Standing, standing_of
from havre.core.access import Actor
from havre.core.clock import today

Kept = TypeVar("Kept", bound=Model)

MOST_WORDS = 4000
LEAST = 2
"""Letters of a word that says something."""


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


def needed(**said: str) -> None:
    """Looks at words that have to be there, each under the name of its field; CaseRefused."""
    short_enough(**said)
    for field, text in said.items():
        if len(text.strip()) < LEAST:
            raise CaseRefused("words_needed", field=field)


def short_enough(**said: str) -> None:
    """Looks at words that may be empty; CaseRefused."""
    for field, text in said.items():
        if len(text) > MOST_WORDS:
            raise CaseRefused("words_too_long", field=field, most=MOST_WORDS)


def well_worded(**said: str) -> None:
    """Looks at words that have to be a reason, by the rule for those of a decision; CaseRefused."""
    short_enough(**said)
    for field, text in said.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_wording(%s)", [text])
            ((lack,),) = cursor.fetchall()
        if lack:
            raise CaseRefused(f"lack_{lack}", field=field)

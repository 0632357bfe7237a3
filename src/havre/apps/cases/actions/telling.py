# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decision is told to the child; until then the case says that it is not."""

from datetime import date
from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.finding import LEAST, MOST_WORDS, held_decision, made_before, said_by
from havre.apps.cases.enums import Manner
from havre.apps.cases.models import Telling
from havre.apps.cases.policies import TELL
from havre.core.access import check
from havre.core.clock import today


@transaction.atomic
def tell_child(
    decision_id: UUID,
    *,
    told_by: str,
    told_on: date,
    language: str,
    manner: Manner,
    idempotency_key: UUID | None = None,
) -> Telling:
    """Records who told the child of a decision, on which day, in which language, how. CaseRefused for a draft."""
    actor = check(TELL)
    decision = held_decision(decision_id)
    if first := made_before(Telling.objects, idempotency_key, actor, decision_id=decision.pk):
        return first
    if decision.agreed_on is None:
        raise CaseRefused("draft_is_not_told", status=409)
    if Telling.objects.filter(decision=decision).exists():
        raise CaseRefused("told_before", status=409)
    if not decision.agreed_on <= told_on <= today():
        raise CaseRefused("told_day", field="told_on")
    for field, text in (("told_by", told_by), ("language", language)):
        if not LEAST <= len(text.strip()) <= MOST_WORDS:
            raise CaseRefused("told_needed", field=field)
    return Telling.objects.create(
        case=decision.case,
        decision=decision,
        told_by=told_by.strip(),
        told_on=told_on,
        language=language.strip(),
        manner=manner,
        idempotency_key=idempotency_key,
        **said_by(actor),
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An answer that was given outside of Havre: kept as it was, and never taken for a decision."""

from datetime import date
from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.finding import held_case, made_before, needed, said_by, standing_now
from havre.apps.cases.actions.recording import add_own_event
from havre.apps.cases.enums import Answer, AnswerSource
from havre.apps.cases.models import OutsideAnswer
from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import answering_outside
from havre.core.access import check


@transaction.atomic
def record_outside_answer(
    case_id: UUID,
    answer: Answer,
    *,
    words: str,
    answered_on: date | None,
    source: AnswerSource,
    source_said: str,
    idempotency_key: UUID | None = None,
) -> OutsideAnswer:
    """Records an answer of a letter or a list: its words letter by letter, its day (None: nobody knows), its source.

    The organisation that asks records it; the one that is asked answers by a decision, and this is none and does not
    count as told. Where its day is known, what the law counts from such an answer is counted from it; where it is not,
    it ends what an answer ends, and nothing is counted. CaseRefused where the case can have had no such answer.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if case.organisation_id != actor.organisation_id:
        raise CaseRefused("who_asks_answers", status=403)
    if first := made_before(OutsideAnswer.objects, idempotency_key, actor, case_id=case.pk, answer=answer):
        return first
    needed(words=words, source_said=source_said)
    state = standing_now(case).state
    kind = answering_outside(answer, state, dated=answered_on is not None)
    if kind is None:
        raise CaseRefused("no_answer_now", field="answer", status=409)
    return OutsideAnswer.objects.create(
        case=case,
        event=add_own_event(case, kind, actor, answered_on),
        answer=answer,
        words=words,
        answered_on=answered_on,
        source=source,
        source_said=source_said.strip(),
        idempotency_key=idempotency_key,
        **said_by(actor),
    )

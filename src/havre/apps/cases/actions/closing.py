# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case is closed with a reason, and opened again with one."""

from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.finding import held_case, made_before, needed, said_by, standing_now
from havre.apps.cases.actions.recording import add_own_event
from havre.apps.cases.enums import ClosingReason
from havre.apps.cases.models import Case, Closing
from havre.apps.cases.policies import RECORD
from havre.core.access import Actor, check

CANNOT_BE_TOLD = frozenset({ClosingReason.DIED, ClosingReason.OUT_OF_CONTACT, ClosingReason.MISTAKE})


@transaction.atomic
def close_case(
    case_id: UUID, reason: ClosingReason, *, words: str, idempotency_key: UUID | None = None
) -> Closing:
    """Closes a case, as the organisation that asks. Its clocks stop; it stays, and may be opened again.

    CaseRefused where the child has not been told of a decision, unless nobody can tell them any more.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Closing.objects, idempotency_key, actor, case_id=case.pk, reason=reason):
        return first
    if standing_now(case).not_told and reason not in CANNOT_BE_TOLD:
        raise CaseRefused("tell_first", field="reason", status=409)
    return _said(case, "closed", reason, words, idempotency_key, actor)


@transaction.atomic
def reopen_case(case_id: UUID, *, words: str, idempotency_key: UUID | None = None) -> Closing:
    """Opens a closed case again, as the organisation that asks: it stands where it stood."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Closing.objects, idempotency_key, actor, case_id=case.pk, reason=""):
        return first
    return _said(case, "reopened", "", words, idempotency_key, actor)


def _said(case: Case, kind: str, reason: str, words: str, key: UUID | None, actor: Actor) -> Closing:
    if case.organisation_id != actor.organisation_id:
        raise CaseRefused("who_asks_closes", status=403)
    needed(closing_words=words)
    return Closing.objects.create(
        case=case,
        event=add_own_event(case, kind, actor),
        reason=reason,
        words=words.strip(),
        idempotency_key=key,
        **said_by(actor),
    )

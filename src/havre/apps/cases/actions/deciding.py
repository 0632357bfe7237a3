# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decision: drafted whole by one member of the organisation that is asked, agreed to by another."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from havre.apps.cases.actions.errors import CaseRefused, NotWhole
from havre.apps.cases.actions.finding import (
    MOST_WORDS,
    held_case,
    held_decision,
    made_before,
    said_by,
    standing_now,
)
from havre.apps.cases.actions.notifying import tell_colleagues, tell_the_other
from havre.apps.cases.actions.recording import add_answer
from havre.apps.cases.enums import Answer, Manner, Result
from havre.apps.cases.models import Case, Decision
from havre.apps.cases.policies import DECIDE
from havre.apps.cases.queries import answering
from havre.core.access import Actor, check
from havre.core.clock import today
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Tested:
    """One criterion, what came of it, and why where it fails."""

    key: str
    result: Result
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that was looked at: in words, and the document of the registry where it is one."""

    what: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that would help, and how it could be given."""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class DecisionSaid:
    """All that a decision consists of; the columns of ``models.Decision`` say what each is.

    None is what nobody has chosen yet: it lacks, as whatever else is empty does.
    """

    answer: Answer | None
    written_in: Language | None
    in_short: str
    criteria: tuple[Tested, ...]
    evidence_seen: tuple[Seen, ...]
    evidence_missing: tuple[Missing, ...]
    reunification: str
    well_being: str
    safety: str
    views: str
    telling_language: str
    telling_manner: Manner | None
    again_how: str
    again_until: date | None
    helper: str

    def kept(self) -> dict[str, object]:
        """As the row keeps it."""
        lists = ("criteria", "evidence_seen", "evidence_missing")
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in lists}
        return {**plain, **{name: [asdict(each) for each in getattr(self, name)] for name in lists}}


@transaction.atomic
def draft_decision(case_id: UUID, said: DecisionSaid, *, idempotency_key: UUID | None = None) -> Decision:
    """Writes the answer to the request of a case, for a colleague to agree to. It is no decision yet.

    NotWhole where anything that a decision needs is missing, or says nothing; CaseRefused where nobody asked this
    organisation, or the case waits for no answer.
    """
    actor = check(DECIDE)
    case = held_case(case_id)
    if first := made_before(Decision.objects, idempotency_key, actor, case_id=case.pk):
        return first
    route = _asked(case, said.answer, actor)
    values = {**said.kept(), "route": route, "decided_on": today()}
    _look_at_whole(route, values)
    decision = Decision.objects.create(case=case, idempotency_key=idempotency_key, **values, **said_by(actor))
    tell_colleagues(decision)
    return decision


@transaction.atomic
def agree(decision_id: UUID) -> Decision:
    """A second person agrees, and the draft is a decision: from today on it is the answer to the request.

    CaseRefused for whoever wrote it, for another organisation, and where the case waits for no answer any more.
    """
    actor = check(DECIDE)
    decision = _draft(decision_id, actor)
    if decision.member.account_id == actor.account_id:
        raise CaseRefused("second_person", status=403)
    kind = answering(Answer(decision.answer), standing_now(decision.case).state)
    if kind is None:
        raise CaseRefused("nothing_to_answer", status=409)
    if decision.again_until <= today():
        raise CaseRefused("again_is_over", status=409)
    decision.agreed_by_id, decision.agreed_on = actor.member_id, today()
    decision.save(update_fields=["agreed_by", "agreed_on"])
    add_answer(decision, kind, actor)
    tell_the_other(decision.case, "notice_decided")
    return decision


@transaction.atomic
def set_aside(decision_id: UUID) -> Decision:
    """Gives a draft up, as whoever wrote it, or as the colleague who does not agree. It stays, as a draft."""
    actor = check(DECIDE)
    decision = _draft(decision_id, actor)
    decision.set_aside_by_id = actor.member_id
    decision.save(update_fields=["set_aside_by"])
    return decision


def _draft(decision_id: UUID, actor: Actor) -> Decision:
    decision = held_decision(decision_id)
    if decision.organisation_id != actor.organisation_id:
        raise CaseRefused("not_asked", status=409)
    if decision.agreed_by_id or decision.set_aside_by_id:
        raise CaseRefused("no_draft", status=409)
    return decision


def _asked(case: Case, answer: Answer | None, actor: Actor) -> str:
    """The route of the request that is answered."""
    if case.other_organisation_id != actor.organisation_id:
        raise CaseRefused("not_asked", status=409)
    standing = standing_now(case)
    if not any(answering(each, standing.state) for each in ([answer] if answer else Answer)):
        raise CaseRefused("nothing_to_answer", status=409)
    return standing.route


def _look_at_whole(route: str, values: dict[str, object]) -> None:
    """The rule stands in the database (``cases_lacks()``), which holds it against everybody; it is asked here."""
    if any(len(text) > MOST_WORDS for text in _texts(values)):
        raise CaseRefused("words_too_long", most=MOST_WORDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, lack FROM cases_lacks(%s::jsonb) ORDER BY place, lack",
            [json.dumps(values, default=str)],
        )
        lacks = tuple(cursor.fetchall())
    if lacks:
        raise NotWhole(route, lacks)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]

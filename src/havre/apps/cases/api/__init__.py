# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases for programs: the same actions and queries as the pages, the same rights, the same refusals.

What is told of a case has the shape of its bundle (docs/reference/bundle.md). A decision in which something is missing
is refused with every lack at once, each in ``problems`` with its place.
"""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from havre.apps.cases.actions import (
    agree,
    draft_decision,
    record_event,
    say_fact,
    set_aside,
    tell_child,
)
from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.api.schemas import (
    CaseLineOut,
    CaseOut,
    CaseQuestions,
    CasesOut,
    DecisionIn,
    DecisionTaken,
    DraftSeen,
    EventIn,
    EventTaken,
    FactIn,
    FactTaken,
    TellingIn,
    TellingTaken,
)
from havre.apps.cases.models import Case, Decision
from havre.apps.cases.policies import DECIDE, READ_CASES, RECORD, TELL
from havre.apps.cases.queries import case_view, cases, decision_view, state_of
from havre.apps.cases.queries.told import decision_told
from havre.apps.cases.queries.views import lines_of_cases
from havre.apps.registry.queries import page_after
from havre.core.access.api import CHANGING, refusals, signed_in
from havre.core.audit import record, record_handed
from havre.core.exchange.bundle import shape
from havre.core.ui import language_of

router = Router()


@router.get("/cases", response={200: CasesOut, **refusals()}, auth=signed_in(READ_CASES))
def list_cases(request: HttpRequest, asked: Query[CaseQuestions]) -> CasesOut:
    """Cases that the acting member may read, the newest first. That a program took them is on record."""
    found = cases().of_pair(asked.pair) if asked.pair else cases()
    shown = page_after(found, asked.at, asked.size)
    lines = lines_of_cases([each.pk for each in shown.rows], language_of(request))
    told = [(each.pk, each.registration_id) for each in shown.rows]
    record("export", table="cases_case", rows=len(told))
    record_handed("cases_case", told, format="api")
    return CasesOut(cases=[CaseLineOut.of(each) for each in lines], next=shown.next, previous=shown.previous)


@router.get("/cases/{pk}", response={200: CaseOut, **refusals(404)}, auth=signed_in(READ_CASES))
def get_case(request: HttpRequest, pk: UUID) -> CaseOut:
    """One case, as its page shows it. The read is on record."""
    view = case_view(pk, language_of(request))
    if view is None:
        raise Http404
    return CaseOut.of_view(view)


@router.post(
    "/cases/{pk}/events",
    response={201: EventTaken, **refusals(404, *CHANGING)},
    auth=signed_in(RECORD),
)
def post_event(request: HttpRequest, pk: UUID, said: EventIn) -> Status[EventTaken]:
    """Records what happened on a day; 409 where it cannot have. The same key again: the same event."""
    event = record_event(
        pk, said.kind, said.happened_on, route=said.route, idempotency_key=said.idempotency_key
    )
    state = state_of(Case.objects.get(pk=pk).events.all())
    return Status(201, EventTaken(case=pk, event=event.pk, state=state))


@router.post(
    "/cases/{pk}/facts",
    response={201: FactTaken, **refusals(404, *CHANGING)},
    auth=signed_in(RECORD),
)
def post_fact(request: HttpRequest, pk: UUID, said: FactIn) -> Status[FactTaken]:
    """Says what is known of one fact; "unknown" takes back what was said."""
    fact = say_fact(pk, said.key, said.value, how=said.how, idempotency_key=said.idempotency_key)
    return Status(201, FactTaken(case=pk, fact=fact.pk, key=fact.key))


@router.post(
    "/cases/{pk}/decisions",
    response={201: DecisionTaken, **refusals(404, *CHANGING)},
    auth=signed_in(DECIDE),
)
def post_decision(request: HttpRequest, pk: UUID, said: DecisionIn) -> Status[DecisionTaken]:
    """Drafts the answer, whole or not at all: 422 names everything that is missing. A colleague has to agree."""
    return Status(
        201, DecisionTaken.of(draft_decision(pk, said.said(), idempotency_key=said.idempotency_key))
    )


@router.get("/decisions/{pk}", response={200: shape.Decision, **refusals(404)}, auth=signed_in(READ_CASES))
def get_decision(request: HttpRequest, pk: UUID) -> shape.Decision:
    """One decision, whole; a draft, without ``agreed_on``, for the organisation alone that writes it. On record."""
    view = decision_view(pk, language_of(request))
    if view is None:
        raise Http404
    return decision_told(view.decision)


@router.post(
    "/decisions/{pk}/agreement",
    response={200: DecisionTaken, **refusals(404, *CHANGING)},
    auth=signed_in(DECIDE),
)
def post_agreement(request: HttpRequest, pk: UUID, seen: DraftSeen) -> DecisionTaken:
    """A second person agrees to a colleague's draft: from today on it is the answer."""
    _look_at_answer(pk, seen)
    return DecisionTaken.of(agree(pk))


@router.post(
    "/decisions/{pk}/set-aside",
    response={200: DecisionTaken, **refusals(404, *CHANGING)},
    auth=signed_in(DECIDE),
)
def post_set_aside(request: HttpRequest, pk: UUID, seen: DraftSeen) -> DecisionTaken:
    """Gives a draft up, as whoever wrote it, or as the colleague who does not agree."""
    _look_at_answer(pk, seen)
    return DecisionTaken.of(set_aside(pk))


@router.post(
    "/decisions/{pk}/telling",
    response={201: TellingTaken, **refusals(404, *CHANGING)},
    auth=signed_in(TELL),
)
def post_telling(request: HttpRequest, pk: UUID, said: TellingIn) -> Status[TellingTaken]:
    """Records who told the child of a decision, when, in which language and how."""
    telling = tell_child(pk, **said.model_dump())
    return Status(201, TellingTaken(decision=pk, telling=telling.pk, told_on=telling.told_on))


def _look_at_answer(decision_id: UUID, seen: DraftSeen) -> None:
    """A program says what it agrees to, so that it does not sign what it has not read."""
    said = Decision.objects.filter(pk=decision_id).values_list("answer", flat=True).first()
    if said is not None and said != seen.answer:
        raise CaseRefused("another_answer", field="answer", status=409)

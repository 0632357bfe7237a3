# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the API of cases takes and gives; events, facts, routes, clocks and decisions have the shape of the bundle."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StringConstraints

from havre.apps.cases.actions import DecisionSaid, Missing, Seen, Tested
from havre.apps.cases.actions.finding import MOST_WORDS
from havre.apps.cases.enums import Answer, CaseState, Manner, Result
from havre.apps.cases.models import Decision
from havre.apps.cases.queries import CaseLine, CaseView, event_rules, recorded_by_hand
from havre.apps.cases.queries.standing import NEVER
from havre.apps.cases.queries.told import case_parts
from havre.core.exchange.bundle import shape
from havre.words import Language

MOST = 200
"""Rows of a page; entries of a list."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Days outside are slips of the pen."""


def _written(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a sign that nobody writes")
    return text


def _day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"must lie between {FIRST_DAY} and {LAST_DAY}")
    return day


Cursor = Annotated[str, StringConstraints(max_length=200), AfterValidator(_written)]
Key = Annotated[str, StringConstraints(max_length=60), AfterValidator(_written)]
Words = Annotated[str, StringConstraints(max_length=MOST_WORDS), AfterValidator(_written)]
Short = Annotated[str, StringConstraints(max_length=35), AfterValidator(_written)]
Day = Annotated[date, AfterValidator(_day)]


class Given(Schema):
    """What a request says; what we do not know in it is refused, lest it be lost silently."""

    model_config = ConfigDict(extra="forbid")


class CaseQuestions(Given):
    """Which cases to list."""

    pair: UUID | None = None
    at: Cursor = ""
    size: Annotated[int, Field(ge=1, le=MOST)] = 50


class CaseLineOut(Schema):
    """A case in a list. Names as written; empty where the pair shows nothing any more."""

    id: UUID
    opened_at: datetime
    pair: UUID | None
    asks: str
    asked: str
    """Empty where nobody was named yet."""
    state: CaseState
    by_silence: bool
    route: str
    child: str
    relative: str
    relation: str
    overdue: bool
    next_day: date | None
    """Of what is due first, by law or because a child is not told; None where nothing is."""
    not_told: int
    """Decisions of which nobody has recorded that the child was told."""

    @classmethod
    def of(cls, line: "CaseLine | CaseView") -> "CaseLineOut":
        """A line of the list as it is sent."""
        case, standing = line.case, line.standing
        return cls(
            id=case.pk,
            opened_at=case.recorded_at,
            pair=case.pair_id,
            asks=case.organisation.name,
            asked=case.other_organisation.name if case.other_organisation else "",
            state=standing.state,
            by_silence=standing.by_silence,
            route=standing.route,
            child=line.pair.child,
            relative=line.pair.relative,
            relation=line.pair.relation,
            overdue=standing.overdue,
            next_day=None if standing.next_day == NEVER else standing.next_day,
            not_told=len(standing.not_told),
        )


class CasesOut(Schema):
    """A page of cases, the newest first, and the cursors of the pages around it."""

    cases: list[CaseLineOut]
    next: str
    previous: str


class DecisionLine(Schema):
    """A decision, or the own organisation's draft, in short."""

    id: UUID
    answer: Answer
    decided_on: date
    agreed_on: date | None
    set_aside: bool
    told: bool


class CaseOut(CaseLineOut):
    """A case with all that its page shows."""

    events: list[shape.Event]
    facts: list[shape.Fact]
    routes: list[shape.Route]
    clocks: list[shape.Clock]
    decisions: list[DecisionLine]
    possible: list[str]
    """Kinds of events that may be recorded now."""

    @classmethod
    def of_view(cls, view: CaseView) -> "CaseOut":
        """The view of the page as it is sent."""
        return cls(
            **dict(CaseLineOut.of(view)),
            **case_parts(view),
            decisions=[
                DecisionLine(
                    id=each.pk,
                    answer=Answer(each.answer),
                    decided_on=each.decided_on,
                    agreed_on=each.agreed_on,
                    set_aside=each.set_aside_by_id is not None,
                    told=hasattr(each, "telling"),
                )
                for each in view.decisions
            ],
            possible=[
                kind for kind in recorded_by_hand() if view.standing.state in event_rules()[kind].within
            ],
        )


class EventIn(Given):
    """What happened, on which day; of a request, under which route."""

    kind: Key
    happened_on: Day
    idempotency_key: UUID
    route: Key = ""


class EventTaken(Schema):
    """An event that was recorded, and where the case stands since."""

    case: UUID
    event: UUID
    state: CaseState


class FactIn(Given):
    """What is known of one fact: yes or no, a word, a day; "unknown" takes back what was said."""

    key: Key
    value: StrictBool | Key
    idempotency_key: UUID
    how: Words = ""


class FactTaken(Schema):
    """A fact that was said."""

    case: UUID
    fact: UUID
    key: str


class CriterionIn(Given):
    """One criterion, what came of it, and why where it fails."""

    key: Key
    result: Result
    reason: Words = ""


class SeenIn(Given):
    """Something that was looked at, and the document of the registry where it is one."""

    what: Words
    document: UUID | None = None


class MissingIn(Given):
    """Something that would help, and how it could be given."""

    what: Words
    how: Words


class DecisionIn(Given):
    """All that a decision consists of. What is left out is named in the refusal, all of it at once."""

    idempotency_key: UUID
    answer: Answer | None = None
    written_in: Language | None = None
    in_short: Words = ""
    criteria: Annotated[list[CriterionIn], Field(max_length=MOST)] = Field(default_factory=list)
    evidence_seen: Annotated[list[SeenIn], Field(max_length=MOST)] = Field(default_factory=list)
    evidence_missing: Annotated[list[MissingIn], Field(max_length=MOST)] = Field(default_factory=list)
    reunification: Words = ""
    well_being: Words = ""
    safety: Words = ""
    views: Words = ""
    telling_language: Short = ""
    telling_manner: Manner | None = None
    again_how: Words = ""
    again_until: Day | None = None
    helper: Words = ""

    def said(self) -> DecisionSaid:
        """As the action is told."""
        plain = self.model_dump(exclude={"idempotency_key", "criteria", "evidence_seen", "evidence_missing"})
        return DecisionSaid(
            **plain,
            criteria=tuple(Tested(each.key, each.result, each.reason) for each in self.criteria),
            evidence_seen=tuple(Seen(each.what, str(each.document or "")) for each in self.evidence_seen),
            evidence_missing=tuple(Missing(each.what, each.how) for each in self.evidence_missing),
        )


class DecisionTaken(Schema):
    """A decision as it stands now: a draft until somebody has agreed."""

    case: UUID
    decision: UUID
    answer: Answer
    agreed_on: date | None
    set_aside: bool

    @classmethod
    def of(cls, decision: Decision) -> "DecisionTaken":
        """As it is sent."""
        return cls(
            case=decision.case_id,
            decision=decision.pk,
            answer=Answer(decision.answer),
            agreed_on=decision.agreed_on,
            set_aside=decision.set_aside_by_id is not None,
        )


class DraftSeen(Given):
    """The answer of the draft, as whoever acts has read it."""

    answer: Answer


class TellingIn(Given):
    """Who told the child, when, in which language, how."""

    told_by: Words
    told_on: Day
    language: Short
    manner: Manner
    idempotency_key: UUID


class TellingTaken(Schema):
    """A telling that was recorded."""

    decision: UUID
    telling: UUID
    told_on: date

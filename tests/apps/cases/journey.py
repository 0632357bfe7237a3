# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child whose pair is verified, and four members who lead the case from there."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from apps.tracing.shores import Shores, acts, matched, raw
from cast import Cast

from havre.apps.cases import actions
from havre.apps.cases.actions import (
    AssessmentSaid,
    DecisionSaid,
    DeterminationSaid,
    Missing,
    Option,
    Present,
    Seen,
    Tested,
)
from havre.apps.cases.enums import Answer, Manner, Result
from havre.apps.cases.models import Case, Decision, Event, Telling
from havre.apps.cases.queries import cases, criteria, routes
from havre.apps.cases.queries.standing import standing_of
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.words import Language

ROUTE = "dublin-8-2"
SENT, RECEIVED = date(2016, 11, 4), date(2016, 11, 7)
TODAY = date(2016, 11, 21)

WHY = "We could not see yet that Gul Agha Khan is your uncle; nobody has shown us a paper or a photograph of both."
REASONS = {
    "link": "The two accounts name different grandfathers, and no document names both of them.",
    "can_take_care": "Nobody has visited the home in Birmingham, so we know nothing of the rooms or the income.",
}


def whole(answer: Answer = Answer.REFUSE, **more: Any) -> DecisionSaid:
    """A decision in which nothing is missing."""
    failing = REASONS if answer is Answer.REFUSE else {}
    tested = tuple(
        Tested(each.key, Result.NOT_SHOWN if each.key in failing else Result.MET, failing.get(each.key, ""))
        for each in criteria(routes()[ROUTE])
    )
    said = DecisionSaid(
        answer=answer,
        written_in=Language.ENGLISH,
        in_short=WHY,
        criteria=tested,
        evidence_seen=(Seen("the child's account of 3 November"), Seen("the uncle's residence permit")),
        evidence_missing=(Missing("a family document", "a photograph of it, sent by the aunt in Jalalabad"),),
        reunification="He has lived with this uncle's family from his second to his ninth year.",
        well_being="He sleeps badly in the centre and has stopped eating with the others there.",
        safety="Nobody in Calais looks after him; a man has twice offered him work at night.",
        views="He told the interpreter that he wants to live with his uncle and go to school.",
        telling_language="Pashto",
        telling_manner=Manner.WITH_INTERPRETER,
        again_how="Tell the caseworker of Dunes, who sends what is new with one letter to Harbour.",
        again_until=date(2016, 12, 12),
        helper="Amina of Dunes, every Tuesday at the centre",
    )
    return replace(said, **more)


def assessed(**more: Any) -> AssessmentSaid:
    """An assessment in which nothing is missing."""
    said = AssessmentSaid(
        assessed_on=today(),
        written_in=Language.ENGLISH,
        took_part="Amina of Dunes, an interpreter for Pashto, the child",
        reunification="His uncle has asked after him every week since he came to the camp.",
        well_being="He eats little, and asks for school whenever somebody from the centre comes by.",
        safety="Two men have waited for him near the gate on three evenings.",
        views="He says that he wants to live with his uncle and learn English.",
        conclusion="Living with the uncle is best for him, and soon, because of the men at the gate.",
    )
    return replace(said, **more)


def determined(**more: Any) -> DeterminationSaid:
    """What a panel found, in which nothing is missing."""
    said = DeterminationSaid(
        held_on=today(),
        written_in=Language.ENGLISH,
        panel=(
            Present("Amina", "Dunes"),
            Present("John Carter", "Harbour"),
            Present("Dr Vidal", "the hospital"),
        ),
        options=(
            Option("to travel now", "the uncle's home is ready; his sister has to stay for treatment"),
            Option("to wait for his sister", "they stay together; the men at the gate stay near him"),
        ),
        views="He would rather wait for her, and understands why the others are afraid for him.",
        determined="He travels first, because nobody can keep the men away from him until the spring.",
        apart=True,
        dissent="Dr Vidal would have let them wait together in the hospital.",
        review_on=today() + timedelta(days=28),
    )
    return replace(said, **more)


def held_at_the_end() -> None:
    """What is held against a transaction at its end is held against it now; raises where something is wrong."""
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    raw("SET CONSTRAINTS ALL DEFERRED")


STATED = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
  happened_on, route, position) VALUES (gen_random_uuid(), '', now(), %s, %s, %s, %s, %s, %s, %s, 9)"""
"""An event by a statement: case, member, organisation, shore, kind, day, route."""


@dataclass
class Journey:
    """A verified pair, and who acts: two caseworkers of Dunes, which asks, and two of Harbour, which is asked."""

    cast: Cast
    shores: Shores

    @classmethod
    def of(cls, cast: Cast) -> "Journey":
        shores = Shores.of(cast)
        matched(shores.dunes)
        shores.verified()
        return cls(cast, shores)

    @property
    def dunes(self) -> Member:
        return self.shores.dunes

    @property
    def harbour(self) -> Member:
        return self.shores.harbour

    @property
    def colleague(self) -> Member:
        return self.cast.member(self.cast.harbour, nth=2)

    @property
    def stranger(self) -> Member:
        return self.cast.member(self.cast.kin)

    def opened(self) -> Case:
        pair = self.shores.pair()
        with acts(self.dunes):
            return actions.open_case(pair.pk)

    def happens(self, case: Case, kind: str, on: date, *, by: Member | None = None, route: str = "") -> Event:
        with acts(by or self.dunes):
            return actions.record_event(case.pk, kind, on, route=route)

    def asked(self) -> Case:
        """A case whose request has been received."""
        case = self.opened()
        self.happens(case, "lodged", date(2016, 11, 2))
        self.happens(case, "sent", SENT, route=ROUTE)
        self.happens(case, "received", RECEIVED, by=self.harbour)
        return case

    def drafted(self, case: Case, said: DecisionSaid | None = None) -> Decision:
        with acts(self.harbour):
            return actions.draft_decision(case.pk, said or whole())

    def decided(self, case: Case, said: DecisionSaid | None = None) -> Decision:
        draft = self.drafted(case, said)
        with acts(self.colleague):
            return actions.agree(draft.pk)

    def told(self, decision: Decision, on: date | None = None) -> Telling:
        with acts(self.dunes):
            return actions.tell_child(
                decision.pk,
                told_by="Amina",
                told_on=on or today(),
                language="Pashto",
                manner=Manner.WITH_INTERPRETER,
            )

    def standing(self, case: Case, by: Member | None = None) -> Any:
        with acts(by or self.dunes):
            found = cases().whole().get(pk=case.pk)
            return standing_of(found, found.events.all(), found.decisions.all(), today())

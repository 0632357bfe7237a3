# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case, and a decision, as the acting member may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from havre.apps.cases.enums import Result
from havre.apps.cases.models import Case, Decision, Event
from havre.apps.cases.queries.cases import cases, decisions
from havre.apps.cases.queries.facts import Gathered, gather
from havre.apps.cases.queries.families import Family, family_of
from havre.apps.cases.queries.law import criteria, routes
from havre.apps.cases.queries.standing import Standing, standing_of
from havre.apps.registry.queries import registrations
from havre.core.access import current_actor
from havre.core.accounts.enums import Shore
from havre.core.audit import record_read
from havre.core.clock import today
from havre.engines.pathways import Assessment, Condition, Route, assess
from havre.engines.pathways import Shore as Side
from havre.words import Language


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case."""

    case: Case
    pair: Family
    standing: Standing


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that the page of a case shows. Of child and family it has what both may see, and no more."""

    case: Case
    pair: Family
    standing: Standing
    gathered: Gathered
    assessment: Assessment
    events: tuple[Event, ...]
    """In the order of their days."""
    decisions: tuple[Decision, ...]
    """The newest first; drafts of the own organisation too."""
    open_registrations: tuple[UUID, ...]
    """Of the child and the relative, those that the acting member may read."""

    @property
    def asks(self) -> bool:
        """Whether the acting member's organisation asks, and not the one that is asked."""
        return self.case.organisation_id == current_actor().organisation_id


def line_of_case(case: Case, language: Language, on_day: date) -> CaseLine:
    """The line of a case that came ``whole``."""
    standing = standing_of(case, case.events.all(), case.decisions.all(), on_day)
    return CaseLine(case, family_of(case, language), standing)


def lines_of_cases(ids: Sequence[UUID], language: Language) -> list[CaseLine]:
    """The lines of these cases, in this order."""
    found = {case.pk: case for case in cases().filter(pk__in=ids).whole()}
    return [line_of_case(found[key], language, today()) for key in ids if key in found]


def case_view(case_id: UUID, language: Language) -> CaseView | None:
    """The case; None where there is none that may be read. The read is put on record."""
    case = cases().whole().filter(pk=case_id).first()
    if case is None:
        return None
    day = today()
    line = line_of_case(case, language, day)
    people = [each for each in (case.registration_id, case.family_id) if each]
    open_to_us = registrations().in_bulk(people)
    child = open_to_us.get(case.registration_id)
    gathered = gather(case, case.events.all(), case.facts.all(), day, child)
    record_read("cases_case", case.pk, case.registration_id)
    return CaseView(
        case=case,
        pair=line.pair,
        standing=line.standing,
        gathered=gathered,
        assessment=assess(gathered.facts, day, child_on=Side(case.child_shore)),
        events=tuple(sorted(case.events.all(), key=lambda each: (each.happened_on, each.position))),
        decisions=tuple(reversed(case.decisions.all())),
        open_registrations=tuple(open_to_us),
    )


@dataclass(frozen=True, slots=True)
class Tested:
    """One criterion of a decision, with the words of the rule."""

    condition: Condition
    result: Result
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Everything that a decision says."""

    decision: Decision
    pair: Family
    route: Route
    tested: tuple[Tested, ...]
    seen: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    """What, and how it could be given."""
    born: str
    reference: str
    """Of the child; empty where the registration may not be read."""

    @property
    def own(self) -> bool:
        """Whether it is of the acting member's organisation, which alone reads who wrote it."""
        return self.decision.organisation_id == current_actor().organisation_id

    @property
    def is_draft(self) -> bool:
        """Whether nobody has agreed, or will."""
        return self.decision.agreed_by_id is None

    @property
    def shore(self) -> Shore:
        """That decides."""
        return Shore(self.decision.shore)


def decision_view(decision_id: UUID, language: Language) -> DecisionView | None:
    """The decision; None where there is none that may be read. The read is put on record."""
    decision = decisions().filter(pk=decision_id).first()
    if decision is None:
        return None
    case = decision.case
    record_read("cases_decision", decision.pk, case.registration_id)
    registration = registrations().filter(pk=case.registration_id).select_related("person").first()
    pair = family_of(case, language)
    route = routes()[decision.route]
    return DecisionView(
        decision=decision,
        pair=pair,
        route=route,
        tested=_tested(decision.criteria, route),
        seen=tuple(each["what"] for each in decision.evidence_seen),
        missing=tuple((each["what"], each["how"]) for each in decision.evidence_missing),
        born="–".join(str(year) for year in dict.fromkeys(pair.child_born or ())),
        reference=registration.person.reference if registration else "",
    )


def _tested(said: list[Mapping[str, Any]], route: Route) -> tuple[Tested, ...]:
    """In the order of the rule."""
    found = {each["key"]: each for each in said}
    return tuple(
        Tested(each, Result(found[each.key]["result"]), found[each.key].get("reason", ""))
        for each in criteria(route)
        if each.key in found
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's cases: the surest pairs are verified by both shores, and each child's story is recorded by its members."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from havre.apps.cases import actions as cases
from havre.apps.cases.actions import DecisionSaid, Missing, Seen, Tested
from havre.apps.cases.enums import Answer, ClosingReason, Manner, PlanPart, Result
from havre.apps.cases.models import Case, Decision
from havre.apps.cases.queries import case_view, criteria, routes
from havre.apps.tracing import actions as tracing
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.queries import pairs
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.clock import now, standing_on, today
from havre.core.notices.models import Notice
from havre.engines.pathways import Answer as Open
from havre.scenario import Story, Thread
from havre.words import Language

ON_THE_OTHER_SHORE = frozenset({"received", "visited"})
DECISIONS = {"accept": Answer.ACCEPT, "refuse": Answer.REFUSE}


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that may be verified, and the organisations of both sides."""

    pair: UUID
    probability: float
    child: UUID
    nationality: str
    organisation: UUID
    other: UUID


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts for an organisation, and who agrees with them."""

    member: Member
    colleague: Member


def play(story: Story, hands: Mapping[UUID, Hands], told: Callable[[float], None]) -> None:
    """Records the story of as many children as there are pairs for.

    Each child's story is recorded whole or not at all: a run that was interrupted goes on where it ended.
    """
    done = sum(_cases_of(each.member) for each in hands.values())
    found = _surest(hands.values())
    for n, (thread, pair) in enumerate(zip(story.threads[done:], found, strict=False), done + 1):
        with transaction.atomic():
            _play_one(story, thread, pair, hands)
        told(n / len(story.threads))
    for each in hands.values():
        for member in (each.member, each.colleague):
            with acting_as(member.pk, Purpose.TRACING):  # they had months to read them
                Notice.objects.filter(member=member, read_at=None).update(read_at=now())


def _cases_of(member: Member) -> int:
    with acting_as(member.pk, Purpose.TRACING) as actor:
        return Case.objects.filter(organisation=actor.organisation_id).count()


def _surest(hands: Iterable[Hands]) -> list[Found]:
    """One proposed pair of each child without a case, the most probable first."""
    found: list[Found] = []
    for each in hands:
        with acting_as(each.member.pk, Purpose.TRACING) as actor:
            rows = pairs().in_state(PairState.PROPOSED).filter(organisation_a=actor.organisation_id)
            rows = rows.exclude(
                registration_a__person__in=list(Case.objects.values_list("person", flat=True))
            )
            child = ("registration_a__person", "registration_a__nationality")
            found += [
                Found(*row)
                for row in rows.values_list("pk", "probability", *child, "organisation_a", "organisation_b")
            ]
    found.sort(key=lambda each: (-each.probability, each.pair))
    first = {each.child: each for each in reversed(found)}
    return sorted(first.values(), key=lambda each: (-each.probability, each.pair))


def _play_one(story: Story, thread: Thread, found: Found, hands: Mapping[UUID, Hands]) -> None:
    """Each step on its day: the clock stands on it."""
    told = Telling(story, hands[found.organisation], hands[found.other], found)
    steps = [(each.days_ago, each.kind) for each in thread.steps]
    for kind, days_ago in (("taken_in", thread.taken_in), ("evaluated", thread.evaluated)):
        if days_ago is not None:
            steps.append((days_ago, kind))
    day = today()
    for days_ago, kind in sorted(steps, key=lambda step: -step[0]):
        with standing_on(day - timedelta(days=days_ago)):
            told.happens(kind)


class Telling:
    """The story of one child, told step by step."""

    def __init__(self, story: Story, ours: Hands, theirs: Hands, found: Found) -> None:
        self.story, self.ours, self.theirs = story, ours, theirs
        self.language = story.languages.get(found.nationality, "English")
        self.case = _opened(found, ours.member, theirs.member)
        self.route = _route(story, self.case, ours.member)
        self.decision: Decision | None = None

    def happens(self, kind: str) -> None:
        """Records a step today."""
        if kind in DECISIONS:
            self._decided(DECISIONS[kind])
            return
        member = self.theirs.member if kind in ON_THE_OTHER_SHORE else self.ours.member
        with acting_as(member.pk, Purpose.TRACING):
            match kind:
                case "told":
                    self._told()
                case "planned":
                    self._planned()
                case "visited":
                    self._visited()
                case "closed":
                    cases.close_case(
                        self.case.pk, ClosingReason.WITH_FAMILY, words=self.story.visits["closed"]
                    )
                case _:
                    route = self.route if kind == "sent" else ""
                    cases.record_event(self.case.pk, kind, today(), route=route)

    def _planned(self) -> None:
        travels_on = today() + timedelta(days=self.story.plan_days)
        cases.plan_transfer(self.case.pk, travels_on)
        for part, who in self.story.plan.items():
            cases.say_plan_step(self.case.pk, PlanPart(part), who=who, on_day=travels_on, confirmed=True)

    def _visited(self) -> None:
        said = self.story.visits
        cases.follow_up(self.case.pk, today(), seen_by=said["seen_by"], well=True, words=said["words"])

    def _decided(self, answer: Answer) -> None:
        with acting_as(self.theirs.member.pk, Purpose.TRACING):
            asked = self.case.events.exclude(route="").latest("position").route
            said = _said(self.story, asked, answer, today(), self.language)
            draft = cases.draft_decision(self.case.pk, said)
        with acting_as(self.theirs.colleague.pk, Purpose.TRACING):
            self.decision = cases.agree(draft.pk)

    def _told(self) -> None:
        if self.decision is None:
            raise ValueError("a story tells a child of a decision that nobody took")
        cases.tell_child(
            self.decision.pk,
            told_by=self.story.words["told_by"],
            told_on=today(),
            language=self.language,
            manner=Manner.WITH_INTERPRETER,
        )


def _opened(found: Found, ours: Member, theirs: Member) -> Case:
    for member, act in ((ours, Act.CONFIRM), (theirs, Act.VERIFY)):
        with acting_as(member.pk, Purpose.TRACING):
            version = pairs().values_list("version", flat=True).get(pk=found.pair)
            tracing.decide(found.pair, act, version=version)
    with acting_as(ours.pk, Purpose.TRACING):
        return cases.open_case(found.pair)


def _route(story: Story, case: Case, member: Member) -> str:
    """The first of the story's routes that what is known of the child does not close; else the last."""
    with acting_as(member.pk, Purpose.TRACING):
        view = case_view(case.pk, Language.ENGLISH)
    answers = {each.route.key: each.answer for each in view.assessment.routes} if view else {}
    return next((key for key in story.routes if answers.get(key) is not Open.CLOSED), story.routes[-1])


def _said(story: Story, route: str, answer: Answer, on: date, language: str) -> DecisionSaid:
    words = story.words
    failing = _failing(story, route, on) if answer is Answer.REFUSE else {}
    missing = (Missing(words["missing"], words["how"]),) if failing else ()
    return DecisionSaid(
        answer=answer,
        written_in=Language(words["written_in"]),
        in_short=words["refused" if failing else "accepted"],
        criteria=tuple(
            Tested(each.key, Result.NOT_SHOWN, failing[each.key])
            if each.key in failing
            else Tested(each.key, Result.MET)
            for each in criteria(routes()[route])
        ),
        evidence_seen=tuple(map(Seen, words["seen"])),
        evidence_missing=missing,
        reunification=words["reunification"],
        well_being=words["well_being"],
        safety=words["safety"],
        views=words["views"],
        telling_language=language,
        telling_manner=Manner.WITH_INTERPRETER,
        again_how=words["again_how"],
        again_until=on + timedelta(days=words["again_within"]),
        helper=words["helper"],
    )


def _failing(story: Story, route: str, on: date) -> dict[str, str]:
    """The first criterion of the story's that the route has, with one of its reasons."""
    tested = {each.key for each in criteria(routes()[route])}
    key = next(key for key in story.reasons if key in tested)
    several = story.reasons[key]
    return {key: several[on.toordinal() % len(several)]}

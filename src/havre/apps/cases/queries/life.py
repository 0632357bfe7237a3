# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a case lives on: what its page shows beside state, clocks, routes and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from havre.apps.cases.enums import CaseState, PlanPart
from havre.apps.cases.models import (
    Assessment,
    Case,
    Closing,
    Determination,
    FollowUp,
    GroupStep,
    OutsideAnswer,
    PlanStep,
    Representative,
    Said,
    Spoken,
    TransferPlan,
)
from havre.apps.cases.queries.cases import cases
from havre.apps.cases.queries.families import (
    Family,
    ProposedSibling,
    family_of,
    names_of_leaders,
    partings_elsewhere,
    proposed_siblings,
    siblings,
    siblings_elsewhere,
)
from havre.apps.cases.queries.outside import lacks_of
from havre.apps.cases.queries.standing import state_of
from havre.apps.cases.queries.views import CaseView
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries import PairLine, line_of, pairs
from havre.core.accounts.enums import OrganisationKind, Shore
from havre.core.accounts.models import Organisation
from havre.words import Language

Kept = TypeVar("Kept", bound=Said)


@dataclass(frozen=True, slots=True)
class OutsideSaid:
    """An answer from outside of Havre, and every element of a decision that it lacks: (place, lack)."""

    answer: OutsideAnswer
    lacks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The last plan of a journey, and the last that was said of each part; None of a part of which nobody spoke."""

    plan: TransferPlan
    parts: tuple[tuple[PlanPart, PlanStep | None], ...]

    @property
    def ready(self) -> bool:
        """Whether every part is confirmed."""
        return all(step is not None and step.confirmed for _, step in self.parts)


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another case of the group, as far as it may be read."""

    case: Case
    pair: Family
    state: CaseState
    """By its events; whether silence was taken for an answer is not asked here."""


@dataclass(frozen=True, slots=True)
class Life:
    """What belongs to a case, as it was last said."""

    outside: tuple[OutsideSaid, ...]
    """The newest first."""
    siblings: tuple[Sibling, ...]
    """The other cases of its group."""
    elsewhere: int
    """How many more other organisations lead; told to the one that asks."""
    led_by: str
    """Which organisations those are."""
    partings: tuple[GroupStep, ...]
    """By which other organisations have parted a child from this one."""
    proposed: tuple[ProposedSibling, ...]
    """Who may be a brother or sister; for the organisation that asks, as long as the case is in no group."""
    representatives: tuple[Representative, ...]
    spoken: Spoken | None
    assessment: Assessment | None
    determination: Determination | None
    plan: Planned | None
    follow_ups: tuple[FollowUp, ...]
    closing: Closing | None
    """Why it is closed; None where it is not."""
    to_join: tuple[PairLine, ...]
    """Verified pairs of the child; for the organisation that asks, where the case has none."""


def life_of(view: CaseView, language: Language) -> Life:
    """What belongs to the case of a view."""
    case, route = view.case, view.standing.route
    outside = reversed(case.outside_answers.all())
    closed = view.standing.state is CaseState.CLOSED
    group, elsewhere = group_of(case, language), siblings_elsewhere(case.pk) if view.asks else []
    return Life(
        outside=tuple(OutsideSaid(each, lacks_of(each, route)) for each in outside),
        siblings=group,
        elsewhere=len(elsewhere),
        led_by=names_of_leaders(elsewhere) if elsewhere else "",
        partings=tuple(partings_elsewhere(case)) if view.asks else (),
        proposed=tuple(proposed_siblings(case)) if view.asks and not (group or elsewhere) else (),
        representatives=_standing_by(case),
        spoken=_last(case.spoken.all()),
        assessment=_last(case.assessments.all()),
        determination=_last(case.determinations.order_by("held_on", "recorded_at")),
        plan=_planned(case),
        follow_ups=tuple(case.follow_ups.all()),
        closing=_last(case.closings.all()) if closed else None,
        to_join=pairs_to_join(case, language) if view.asks else (),
    )


def group_of(case: Case, language: Language) -> tuple[Sibling, ...]:
    """The other cases of the group of this one."""
    if not (keys := siblings(case.pk)):
        return ()
    found = cases().filter(pk__in=keys).with_people().prefetch_related("events").order_by("pk")
    return tuple(Sibling(each, family_of(each, language), state_of(each.events.all())) for each in found)


def whom_to_ask(case: Case) -> list[tuple[UUID, str]]:
    """The organisations of the other shore that may be asked, by name."""
    found = Organisation.objects.filter(
        shore=Shore(case.child_shore).other, kind=OrganisationKind.PROTECTION
    ).order_by("name")
    return list(found.values_list("pk", "name"))


def _standing_by(case: Case) -> tuple[Representative, ...]:
    last = {each.kind: each for each in case.representatives.all()}
    return tuple(each for each in last.values() if each.name)


def _planned(case: Case) -> Planned | None:
    plan = case.plans.order_by("-event__position").prefetch_related("steps").first()
    if plan is None:
        return None
    last = {each.part: each for each in plan.steps.all()}
    return Planned(plan, tuple((part, last.get(part.value)) for part in PlanPart))


def pairs_to_join(case: Case, language: Language) -> tuple[PairLine, ...]:
    """The verified pairs of the child; none where the case has its pair."""
    if case.pair_id is not None:
        return ()
    side = "a" if case.child_shore == Shore.FRANCE else "b"
    found = pairs().of_our_organisation().in_state(PairState.VERIFIED, PairState.REUNITED)
    mine = found.filter(child_shore=case.child_shore, **{f"person_{side}": case.person})
    return tuple(line_of(pair, language) for pair in mine.most_probable_first())


def _last(said: Iterable[Kept]) -> Kept | None:
    found = list(said)
    return found[-1] if found else None

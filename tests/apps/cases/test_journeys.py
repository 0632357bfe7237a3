# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey is planned, each part said and confirmed; the child arrives, and is seen in the weeks after."""

from datetime import date, timedelta
from typing import Any

import pytest
from apps.cases.journey import TODAY, Journey, whole
from apps.tracing.shores import SISTER, UNCLE_SAID, acts, registered

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase, NotNow
from havre.apps.cases.enums import Answer, CaseState, PlanPart
from havre.apps.cases.models import Case, FollowUp, PlanStep, TransferPlan
from havre.apps.cases.queries import RULES, briefs_of, case_view, life_of, stock
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.words import Language

EN = Language.ENGLISH
SOON = TODAY + timedelta(days=4)


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Accepted, and the child was told."""
    case = verified.asked()
    verified.told(verified.decided(case, whole(Answer.ACCEPT, evidence_missing=())))
    return case


def planned(journey: Journey, case: Case, on: date = SOON) -> TransferPlan:
    with acts(journey.dunes):
        return actions.plan_transfer(case.pk, on)


def says(journey: Journey, case: Case, part: PlanPart, **more: Any) -> PlanStep:
    said = {"who": "Amina of Dunes", "on_day": SOON, "confirmed": True, **more}
    with acts(journey.dunes):
        return actions.say_plan_step(case.pk, part, **said)


def followed(journey: Journey, case: Case, on: date, **more: Any) -> FollowUp:
    said = {"seen_by": "John Carter", "well": True, "words": "He goes to school and sleeps well.", **more}
    with acts(journey.harbour):
        return actions.follow_up(case.pk, on, **said)


# --- the plan ----------------------------------------------------------------------------------------------------


def test_a_plan_has_five_parts_and_is_ready_once_each_is_confirmed(journey: Journey, case: Case) -> None:
    planned(journey, case)
    assert journey.standing(case).state is CaseState.PLANNED
    for part in PlanPart:
        says(journey, case, part, confirmed=part is not PlanPart.ACCOMMODATION)
    assert not _plan(journey, case).ready
    says(journey, case, PlanPart.ACCOMMODATION)
    plan = _plan(journey, case)
    assert plan.ready
    assert [part for part, _ in plan.parts] == list(PlanPart)


def test_a_new_plan_begins_anew(journey: Journey, case: Case) -> None:
    planned(journey, case)
    says(journey, case, PlanPart.ESCORT)
    planned(journey, case, SOON + timedelta(days=1))
    plan = _plan(journey, case)
    assert plan.plan.travels_on == SOON + timedelta(days=1)
    assert {step for _, step in plan.parts} == {None}


def test_an_appeal_ends_what_was_planned(journey: Journey, case: Case) -> None:
    planned(journey, case)
    journey.happens(case, "appeal", TODAY)
    assert journey.standing(case).state is CaseState.APPEALED
    with pytest.raises(NotNow):
        planned(journey, case)


@pytest.mark.parametrize("days", [-1, -30])
def test_nobody_plans_for_a_day_that_is_over(journey: Journey, case: Case, days: int) -> None:
    with pytest.raises(CaseRefused, match="day_is_gone"):
        planned(journey, case, TODAY + timedelta(days=days))


def test_nobody_plans_what_was_not_accepted(journey: Journey) -> None:
    child = registered(journey.dunes, SISTER, ("uncle", UNCLE_SAID))
    with acts(journey.dunes):
        case = actions.open_case_of_link(child.links.get().pk)
    with pytest.raises(NotNow):
        planned(journey, case)
    with pytest.raises(CaseRefused, match="no_plan"):
        says(journey, case, PlanPart.ESCORT)


def test_a_plan_is_no_event_by_hand(journey: Journey, case: Case) -> None:
    with pytest.raises(CaseRefused, match="not_by_hand"):
        journey.happens(case, "planned", TODAY)


# --- who may -----------------------------------------------------------------------------------------------------


def test_both_organisations_plan_and_a_stranger_finds_no_case(journey: Journey, case: Case) -> None:
    with acts(journey.harbour):
        actions.plan_transfer(case.pk, SOON)
    says(journey, case, PlanPart.RECEPTION)
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.plan_transfer(case.pk, SOON)
    with acts(journey.cast.member(journey.cast.harbour, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.plan_transfer(case.pk, SOON)
    with acts(journey.stranger):
        assert not TransferPlan.objects.exists()
        assert not PlanStep.objects.exists()


# --- afterwards --------------------------------------------------------------------------------------------------


def test_follow_up_is_due_one_four_and_twelve_weeks_after_the_arrival(journey: Journey, case: Case) -> None:
    journey.happens(case, "transferred", TODAY)
    visits = journey.standing(case).visits
    assert [each.due for each in visits] == [date(2016, 11, 28), date(2016, 12, 19), date(2017, 2, 13)]
    assert [each.weeks for each in visits] == list(RULES.follow_up_weeks)


def test_what_was_not_made_in_time_is_overdue_and_on_the_board(
    journey: Journey, case: Case, settings: Any
) -> None:
    journey.happens(case, "transferred", TODAY)
    assert not journey.standing(case).overdue
    settings.HAVRE_TODAY = date(2016, 11, 29)
    assert journey.standing(case).overdue
    assert journey.standing(case).next_day == date(2016, 11, 28)
    with acts(journey.dunes):
        stock()
        (brief,) = briefs_of(date(2016, 11, 29))
    assert (brief.case_id, brief.overdue, brief.first) == (case.pk, True, date(2016, 11, 28))
    followed(journey, case, date(2016, 11, 29))
    assert not journey.standing(case).overdue


def test_each_follow_up_is_the_next_that_is_due_and_there_is_an_end(
    journey: Journey, case: Case, settings: Any
) -> None:
    journey.happens(case, "transferred", TODAY)
    settings.HAVRE_TODAY = date(2017, 2, 14)
    made = [
        followed(journey, case, day).weeks
        for day in (date(2016, 11, 28), date(2016, 12, 20), date(2017, 2, 13))
    ]
    assert made == [1, 4, 12]
    with pytest.raises(CaseRefused, match="no_follow_up_due"):
        followed(journey, case, date(2017, 2, 14))


def test_nobody_is_followed_up_before_the_arrival(journey: Journey, case: Case) -> None:
    with pytest.raises(CaseRefused, match="no_follow_up_due"):
        followed(journey, case, TODAY)
    journey.happens(case, "transferred", TODAY)
    with pytest.raises(CaseRefused, match="day_before_the_last"):
        followed(journey, case, TODAY - timedelta(days=1))
    with pytest.raises(CaseRefused, match="words_needed"):
        followed(journey, case, TODAY, words="")


def test_how_the_child_is_may_be_what_nobody_could_say(journey: Journey, case: Case) -> None:
    journey.happens(case, "transferred", TODAY)
    assert followed(journey, case, TODAY, well=None).well is None


def _plan(journey: Journey, case: Case) -> Any:
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
        assert view is not None
        return life_of(view, EN).plan

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An answer from outside of Havre: kept as it was, worth what it is worth, and no decision."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import TODAY, Journey, held_at_the_end
from apps.tracing.shores import acts, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.enums import Answer, AnswerSource, CaseState
from havre.apps.cases.models import Case, Event, OutsideAnswer
from havre.apps.cases.queries import case_view, criteria, decisions, life_of, routes
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.words import Language

EN = Language.ENGLISH
ANSWERED = date(2016, 11, 15)


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def outside(member: Member, case: Case, answer: Answer = Answer.REFUSE, **more: Any) -> OutsideAnswer:
    said = {
        "words": "insufficient evidence",
        "answered_on": ANSWERED,
        "source": AnswerSource.IMPORT,
        "source_said": "refusals.xlsx, sheet 1, line 7",
        **more,
    }
    with acts(member):
        return actions.record_outside_answer(case.pk, answer, **said)


def clocks(journey: Journey, case: Case) -> dict[str, Any]:
    return {each.rule.key: each for each in journey.standing(case).clocks}


def test_a_refusal_of_a_known_day_starts_the_clocks_that_help_the_child(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case)
    found = clocks(journey, case)
    assert journey.standing(case).state is CaseState.REFUSED_OUTSIDE
    assert found["ask-again"].due == date(2016, 12, 6)
    assert found["review"].due == date(2017, 2, 15)
    assert found["reply"].done is not None


def test_from_an_answer_without_a_day_nothing_is_counted_and_no_silence_is_taken_for_a_yes(
    journey: Journey, case: Case, settings: Any
) -> None:
    outside(journey.dunes, case, answered_on=None)
    settings.HAVRE_TODAY = date(2017, 3, 1)
    standing = journey.standing(case)
    assert (standing.state, standing.by_silence) == (CaseState.REFUSED_OUTSIDE, False)
    assert not {"ask-again", "review", "reply", "transfer"} & {each.rule.key for each in standing.due}


def test_after_a_new_request_silence_counts_again(journey: Journey, case: Case, settings: Any) -> None:
    outside(journey.dunes, case, answered_on=None)
    journey.happens(case, "sent", TODAY, route="dublin-8-2")
    journey.happens(case, "received", TODAY, by=journey.harbour)
    settings.HAVRE_TODAY = date(2017, 2, 1)
    assert journey.standing(case).by_silence


def test_an_acceptance_of_a_known_day_starts_the_transfer(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case, Answer.ACCEPT)
    assert journey.standing(case).state is CaseState.ACCEPTED_OUTSIDE
    assert clocks(journey, case)["transfer"].due == date(2017, 5, 15)
    journey.happens(case, "transferred", TODAY)


def test_every_element_that_it_lacks_is_named_and_it_counts_neither_as_a_decision_nor_as_told(
    journey: Journey, case: Case
) -> None:
    outside(journey.dunes, case)
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
        assert view is not None
        (said,) = life_of(view, EN).outside
        assert not decisions().exists()
    lacking = {place for place, _ in said.lacks}
    assert {f"criteria.{each.key}" for each in criteria(routes()["dublin-8-2"])} <= lacking
    assert {
        "in_short",
        "evidence_seen",
        "evidence_missing",
        "reunification",
        "well_being",
        "safety",
    } <= lacking
    assert {
        "views",
        "telling_language",
        "again_how",
        "again_until",
        "helper",
        "agreed_by",
        "telling",
    } <= lacking
    assert dict(said.lacks)["in_short"] == "stock"
    assert "decided_on" not in lacking


def test_a_day_that_nobody_knows_is_lacking_too(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case, answered_on=None)
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
        assert view is not None
        (said,) = life_of(view, EN).outside
    assert ("decided_on", "needed") in said.lacks


def test_its_words_are_kept_letter_by_letter(journey: Journey, case: Case) -> None:
    made = outside(journey.dunes, case, words="  Family link NOT accepted \n")
    with acts(journey.harbour):
        assert OutsideAnswer.objects.get(pk=made.pk).words == "  Family link NOT accepted \n"


def test_the_organisation_that_is_asked_may_still_give_a_whole_decision(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case)
    journey.decided(case)
    assert journey.standing(case).state is CaseState.REFUSED


def test_a_second_refusal_follows_a_second_question(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case)
    journey.happens(case, "reexamination_asked", date(2016, 11, 16))
    outside(journey.dunes, case, answered_on=date(2016, 11, 18))
    assert clocks(journey, case)["reexamine"].done is not None
    with acts(journey.dunes):
        assert Event.objects.filter(case=case).last().kind == "refused_again_outside"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("more", "problem"), [({"words": " "}, "words_needed"), ({"source_said": ""}, "words_needed")]
)
def test_words_and_source_are_needed(
    journey: Journey, case: Case, more: dict[str, str], problem: str
) -> None:
    with pytest.raises(CaseRefused, match=problem):
        outside(journey.dunes, case, **more)


def test_it_is_recorded_by_whoever_asks_and_never_by_whoever_has_to_answer(
    journey: Journey, case: Case
) -> None:
    with pytest.raises(NoSuchCase):
        outside(journey.stranger, case)
    with pytest.raises(NotAllowed):
        outside(journey.cast.member(journey.cast.dunes, Role.REGISTRAR), case)
    with pytest.raises(CaseRefused, match="who_asks_answers"):
        outside(journey.harbour, case)
    key = uuid4()
    first = outside(journey.dunes, case, idempotency_key=key)
    assert outside(journey.dunes, case, idempotency_key=key) == first
    journey.decided(case)
    with pytest.raises(CaseRefused, match="no_answer_now"):
        outside(journey.dunes, case)


def test_it_is_no_event_by_hand_and_no_event_stands_without_it(journey: Journey, case: Case) -> None:
    with pytest.raises(CaseRefused, match="not_by_hand"):
        journey.happens(case, "refused_outside", ANSWERED)
    forged = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
      happened_on, route, position) VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', %s, %s, '', 9)"""
    with acts(journey.dunes), transaction.atomic():
        raw(forged, [case.pk, journey.dunes.pk, journey.cast.dunes.pk, "refused_outside", ANSWERED])
        with pytest.raises(Error) as refused, transaction.atomic():
            held_at_the_end()
        transaction.set_rollback(True)
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def test_when_the_child_is_erased_its_words_go(journey: Journey, case: Case) -> None:
    outside(journey.dunes, case)
    with acts(journey.cast.member(journey.cast.dunes, Role.SUPERVISOR), Purpose.CARE):
        registry.erase(journey.shores.child.pk)
    with acts(journey.dunes):
        kept = OutsideAnswer.objects.get()
    assert (kept.words, kept.source_said, kept.answer) == ("", "", "refuse")

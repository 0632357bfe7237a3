# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the letters of a decision say, and in which language each part of them stands."""

from typing import Any

import pytest
from apps.cases.journey import REASONS, WHY, Journey, whole
from apps.tracing.shores import acts, does

from havre.apps.cases.actions import NoSuchCase
from havre.apps.cases.actions.writing import letter_to_child, reasoned_decision, reasons_told, told_to_child
from havre.apps.cases.enums import Answer, Factor
from havre.apps.cases.models import Case
from havre.apps.cases.queries import DecisionView, decision_view
from havre.apps.tracing.enums import Act
from havre.core.accounts.models import Member
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def seen(journey: Journey, case: Case, language: Language, answer: Answer = Answer.REFUSE) -> DecisionView:
    decision = journey.decided(case, whole(answer))
    with acts(journey.dunes):
        view = decision_view(decision.pk, language)
    assert view is not None
    return view


def own(sections: Any) -> list[str]:
    return [text for section in sections for text in section["own"]]


@pytest.mark.parametrize("language", list(Language))
def test_a_child_reads_why_what_helps_until_when_and_who_helps(
    journey: Journey, case: Case, language: Language
) -> None:
    view = seen(journey, case, language)
    told = told_to_child(view, language)
    said = own(told["sections"])
    decision = view.decision
    assert {WHY, *REASONS.values(), decision.views, decision.again_how, decision.helper} <= set(said)
    assert any("a family document" in text for text in said)
    until = {EN: "12 December 2016", FR: "12 décembre 2016"}[language]
    assert any(until in text for section in told["sections"] for text in section["said"])
    assert decision.safety not in said  # which somebody else may read over the child's shoulder


def test_words_of_another_language_are_announced_as_such(journey: Journey, case: Case) -> None:
    view = seen(journey, case, FR)
    assert told_to_child(view, EN)["own"] == ""
    assert "anglais" in told_to_child(view, FR)["own"]
    assert {told_to_child(view, language)["written_in"] for language in Language} == {"en"}


def test_a_yes_speaks_of_nothing_that_failed(journey: Journey, case: Case) -> None:
    told = told_to_child(seen(journey, case, EN, Answer.ACCEPT), EN)
    assert "You may go to Gul Agha Khan" in told["paragraphs"][0]
    headings = [section["heading"] for section in told["sections"]]
    assert not any("missing" in heading for heading in headings)


def test_a_lawyer_reads_all_that_the_decision_says(journey: Journey, case: Case) -> None:
    view = seen(journey, case, EN)
    sections = list(reasons_told(view, EN))
    said = own(sections)
    assert {view.decision.weighs(factor) for factor in Factor} <= set(said)
    assert {"the child's account of 3 November", "the uncle's residence permit"} <= set(said)
    assert "Nobody has recorded yet" in sections[-1]["said"][0]
    journey.told(view.decision)
    with acts(journey.dunes):
        view = decision_view(view.decision.pk, EN) or view
    assert "Told on 21 November 2016 by Amina" in list(reasons_told(view, EN))[-1]["said"][0]


@pytest.mark.parametrize("make", [letter_to_child, reasoned_decision])
def test_whoever_no_longer_reads_the_case_takes_out_no_letter(
    journey: Journey, case: Case, make: Any
) -> None:
    def taken(member: Member) -> bool:
        with acts(member):
            try:
                return bool(make(decision.pk, EN))
            except NoSuchCase:
                return False

    decision = journey.decided(case)
    assert (taken(journey.dunes), taken(journey.harbour), taken(journey.stranger)) == (True, True, False)
    does(journey.dunes, Act.REVOKE, journey.shores.pair())
    assert (taken(journey.dunes), taken(journey.harbour)) == (True, False)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The story of the children whose family was found: the same each time, and of things that may happen in that order."""

from collections import Counter
from datetime import date

import pytest

from havre.apps.cases.enums import Answer, CaseState
from havre.apps.cases.queries import answering, criteria, event_rules, routes
from havre.scenario import Thread, make_scenario, refusals, tell_story


@pytest.fixture(scope="module")
def story():
    return tell_story(300)


def test_of_three_hundred_children_seventy_three_are_accommodated(story):
    assert sum(thread.taken_in is not None for thread in story.threads) == 73
    assert len(story.threads) < 300


def test_a_smaller_camp_has_fewer_cases_in_proportion(story):
    assert tell_story(0).threads == ()
    assert len(tell_story(30).threads) == pytest.approx(len(story.threads) / 10, abs=len(story.threads) / 20)


def test_the_same_camp_has_the_same_story(story):
    assert tell_story(300) == story
    assert tell_story(300, seed=1).threads != story.threads


def test_some_are_accepted_some_refused_and_some_wait(story):
    kinds = Counter(step.kind for thread in story.threads for step in thread.steps)
    assert min(kinds["accept"], kinds["refuse"], kinds["transferred"], kinds["reexamination_asked"]) > 0
    assert kinds["told"] < kinds["accept"] + kinds["refuse"]


def kind_of(said: str, state: CaseState) -> str | None:
    answer = {"accept": Answer.ACCEPT, "refuse": Answer.REFUSE}.get(said)
    return answering(answer, state) if answer else said


def ends_in(thread: Thread) -> CaseState:
    """Where the steps of a thread lead, by the table of the cases; fails where one cannot follow."""
    state = CaseState.OPENED
    for step in thread.steps:
        if step.kind in ("told", "visited"):
            continue
        kind = kind_of(step.kind, state)
        assert kind, (thread.key, step)
        rule = event_rules()[kind]
        assert state in rule.within, (thread.key, step)
        state = rule.becomes or state
    return state


def test_what_happens_can_happen_in_that_order(story):
    assert {ends_in(thread) for thread in story.threads} > {
        CaseState.REFUSED,
        CaseState.ACCEPTED,
        CaseState.TRANSFERRED,
    }
    for thread in story.threads:
        days = [step.days_ago for step in thread.steps]
        assert days == sorted(days, reverse=True), thread.key
        assert all(day > 0 for day in days), thread.key


def test_each_route_of_the_story_has_a_criterion_that_it_can_fail(story):
    for key in story.routes:
        assert {each.key for each in criteria(routes()[key])} & set(story.reasons), key


def test_a_sheet_of_refusals_names_children_of_one_organisation_with_a_word_each():
    france = make_scenario(650).france
    titles, rows = refusals(france, date(2016, 10, 24))
    of = {
        person.organisation for person in france.people if person.described.names in {row[0] for row in rows}
    }
    assert len(of) == 1
    assert all(len(row) == len(titles) for row in rows)
    assert all(row[3] and len(row[3].split()) < 5 for row in rows)

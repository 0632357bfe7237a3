# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases at once: at which stage they stand and for how long; and their days in a calendar."""

from datetime import timedelta
from typing import Any

import pytest
from apps.cases.journey import ROUTE, TODAY, Journey
from apps.cases.many import ASKED, EARLIER, LODGED, TAKEN_IN, page
from apps.tracing.shores import acts
from apps.tracing.web.conftest import site_of
from django.test import Client

from havre.apps.cases import actions
from havre.apps.cases.enums import CaseState, ClosingReason
from havre.apps.cases.queries import (
    cases,
    cohort_on,
)
from havre.core.accounts.models import Member
from havre.core.charts.hiding import LEAST
from havre.words import Language


def test_the_cohort_says_how_many_are_at_each_stage_for_how_long_and_who_is_waited_for(
    board: Journey,
) -> None:
    found = cohort_on(TODAY)
    stages = {each.state: each for each in found.stages}
    accepted, waiting = stages[CaseState.ACCEPTED], stages[CaseState.OPENED]
    assert accepted.cases == ASKED  # by silence
    assert (
        accepted.days_so_far == (TODAY - EARLIER).days - 63  # two months and a day
    )  # two months and a day after the request was received
    assert waiting.cases == LODGED + TAKEN_IN
    assert waiting.days_so_far == 0  # opened today
    assert found.all == ASKED + LODGED + TAKEN_IN
    assert accepted.waits["britain"] == ASKED
    assert waiting.waits["department"] is None
    assert waiting.waits["france"] is None  # else the rest of the stage would be the department's


def test_days_until_a_case_went_on_are_those_of_whoever_went_on(board: Journey) -> None:
    stages = {each.state: each for each in cohort_on(EARLIER).stages}
    assert stages[CaseState.RECEIVED].cases == ASKED
    assert stages[CaseState.OPENED].days_taken == 0
    assert stages[CaseState.RECEIVED].days_taken is None


def test_a_stage_that_silence_has_ended_was_left_on_that_day(board: Journey) -> None:
    waiting = next(case for case in cases().whole() if not case.events.filter(kind="sent").exists())
    board.happens(waiting, "sent", TODAY, route=ROUTE)
    board.happens(waiting, "received", TODAY, by=board.harbour)
    with acts(board.dunes):
        received = next(each for each in cohort_on(TODAY).stages if each.state is CaseState.RECEIVED)
    assert received.days_taken == 63  # two months and a day


def test_nobody_is_shown_in_a_cohort_of_few(many: Journey, journey: Journey) -> None:
    with acts(journey.stranger):
        assert cohort_on(TODAY).stages == ()
        assert cohort_on(TODAY).all == 0


def test_a_case_that_is_opened_again_is_where_it_was_and_its_closing_is_over(
    board: Journey, settings: Any
) -> None:
    waiting = [case for case in cases().whole() if not case.events.filter(kind="sent").exists()]
    shut = [
        actions.close_case(case.pk, ClosingReason.CHILDS_WISH, words="He stays in Lille.").case_id
        for case in waiting
    ]
    settings.HAVRE_TODAY = TODAY + timedelta(days=10)
    with acts(board.dunes):
        for pk in shut[:LEAST]:
            actions.reopen_case(pk, words="He has changed his mind.")
    stages = {each.state: each for each in cohort_on(TODAY + timedelta(days=13)).stages}
    closed, opened_again = stages[CaseState.CLOSED], stages[CaseState.OPENED]
    assert closed.days_taken == 10
    assert opened_again.days_so_far == 3
    assert closed.cases is None  # of three
    assert opened_again.days_taken == 0  # opened and closed on one day, each of them


@pytest.mark.parametrize("language", list(Language))
def test_the_page_of_the_cohort_hides_small_cells_in_picture_and_tables(
    many: Journey, journey: Journey, language: Language
) -> None:
    shown = page(journey.dunes, "/cases/cohort", language)
    assert "<svg" in shown
    assert {"en": "hidden", "fr": "masqué"}[language] in shown
    assert CaseState.ACCEPTED.label(language) in shown
    assert page(journey.stranger, "/cases/cohort", language)


# --- the calendar ------------------------------------------------------------------------------------------------


def calendar_of(member: Member, language: Language) -> str:
    """As a calendar program reads it, unfolded."""
    made: Any = site_of(member, language).post("/notices/told/link")
    link = made.content.decode().partition("<code>http://testserver")[2].partition("</code>")[0]
    return str(Client().get(link).content.decode().replace("\r\n ", ""))


@pytest.mark.parametrize("language", list(Language))
def test_the_calendar_says_who_must_act_in_which_case_and_nothing_of_the_child(
    many: Journey, journey: Journey, language: Language
) -> None:
    shown = calendar_of(journey.dunes, language)
    with acts(journey.dunes):
        keys = [str(each) for each in cases().values_list("pk", flat=True)]
    # What has been overdue for months (whose age nobody evaluated) is left to the boards.
    assert shown.count("BEGIN:VEVENT") == ASKED * 2 + LODGED
    assert sum(f"URL:http://testserver/cases/{key}" in shown for key in keys) == ASKED + LODGED
    assert "Dublin III\\, art. 22(1)" in shown
    for name in ("Walid", "Gul", "Afghan", "AFG", "Nangarhar", "2001"):
        assert name not in shown
    assert "BEGIN:VEVENT" not in calendar_of(journey.stranger, language)

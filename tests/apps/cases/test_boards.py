# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases at once: what is due and what is late, by whom, what may be published; in few queries."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from apps.cases.journey import TODAY, Journey
from apps.cases.many import ASKED, EARLIER, LODGED, TAKEN_IN, asked, page
from apps.tracing.shores import acts, raw
from apps.tracing.web.conftest import site_of
from django.db import connection
from python_calamine import CalamineWorkbook

from havre.apps.cases.models import Clock
from havre.apps.cases.queries import (
    RULES,
    When,
    briefs_of,
    cases,
    children_late,
    counts_on,
    how_many,
    overdue_on,
    published,
    standing_of,
    stock,
    who_is_waited_for,
)
from havre.apps.cases.queries.overdue import Late
from havre.apps.cases.queries.reckoning import BOTH
from havre.apps.cases.web.boards import _overdue_figure
from havre.core.access import Purpose
from havre.core.accounts.models import Member
from havre.words import Language

MOST_QUERIES = 11
"""Of the first page, and of the list: fewer than twelve, however many cases there are."""


# --- what is due -------------------------------------------------------------------------------------------------


def test_each_authority_is_named_with_what_it_owes(board: Journey) -> None:
    found = {each.who: each for each in who_is_waited_for(TODAY)}
    assert (found["britain"].overdue, found["britain"].later) == (ASKED, 0)
    # Silence was acceptance: the transfer of those who were asked for is due too.
    assert (found["france"].overdue, found["france"].later) == (LODGED, ASKED)
    assert found["department"].overdue == TAKEN_IN


def test_the_counts_are_those_of_the_cases_one_by_one(board: Journey) -> None:
    for day in (EARLIER, EARLIER + timedelta(days=58), TODAY, TODAY + timedelta(days=200)):
        counts, shown = counts_on(day), {}
        for case in cases().whole():
            shown[case.pk] = standing_of(case, case.events.all(), case.decisions.all(), day)
        briefs = {each.case_id: each for each in briefs_of(day)}
        assert briefs.keys() == shown.keys()
        assert counts.overdue == sum(each.overdue for each in shown.values())
        for key, standing in shown.items():
            binding = [each.due for each in standing.binding]
            assert briefs[key].first == min(binding, default=None)
            assert briefs[key].overdue is standing.overdue


def test_each_count_leads_to_as_many_cases_on_any_day(board: Journey) -> None:
    board.decided(board.asked())
    assert stock().cases == ASKED + LODGED + TAKEN_IN + 1
    dues = set(Clock.objects.values_list("due", flat=True))
    days = {
        due + timedelta(days=n) for due in dues for n in (-RULES.soon_days - 1, -RULES.soon_days, -1, 0, 1)
    }
    both = False
    for day in sorted(days):
        found = counts_on(day)
        overdue, soon = (
            {each.case_id for each in briefs_of(day, when=when)} for when in (When.OVERDUE, When.SOON)
        )
        assert (found.overdue, found.soon) == (len(overdue), len(soon))
        assert (
            found.not_told == how_many(day, BOTH, None) == sum(bool(each.not_told) for each in briefs_of(day))
        )
        for whose in who_is_waited_for(day):
            for when in When:
                assert getattr(whose, when) == how_many(day, whose.who, when)
        both = both or bool(overdue & soon)
    assert both  # else nothing is shown of cases that are counted twice


def test_the_list_goes_on_from_page_to_page_and_repeats_nobody(board: Journey) -> None:
    whole = [each.case_id for each in briefs_of(EARLIER)]
    parts = [each.case_id for first in range(0, 20, 4) for each in briefs_of(EARLIER, first, 4)]
    assert len(whole) == stock().cases
    assert parts == whole
    assert [each.case_id for each in briefs_of(EARLIER, 0, 50, of=len(whole))] == whole


@pytest.mark.parametrize(
    ("who", "when", "n"),
    [
        ("britain", None, ASKED),
        ("france", When.OVERDUE, LODGED),
        ("france", When.LATER, ASKED),
        ("", When.OVERDUE, ASKED + LODGED + TAKEN_IN),
        ("", When.SOON, 0),
        ("child", None, 0),
    ],
)
def test_the_list_is_narrowed_to_whom_one_waits_for(
    board: Journey, who: str, when: When | None, n: int
) -> None:
    assert len(briefs_of(TODAY, who=who, when=when)) == how_many(TODAY, who, when) == n


def statements(member: Member, place: str) -> list[str]:
    """What a page asks of the database, once whatever it has to compute is there."""
    client, found = site_of(member), list[str]()
    client.get(place)

    def note(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        # Not of a request, but of a test around it: savepoints, and that nobody acts any more behind it.
        if "SAVEPOINT" not in sql and not ("set_config" in sql and params[1] == ""):
            found.append(sql)
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        assert client.get(place).status_code == 200
    return found


@pytest.mark.parametrize("place", ["/", "/cases/", "/cases/?when=overdue", "/cases/overdue", "/cases/cohort"])
def test_the_boards_ask_few_queries_however_many_cases_there_are(
    many: Journey, journey: Journey, place: str
) -> None:
    some = statements(journey.dunes, place)
    for nth in range(4):
        asked(journey, 16 + nth)
    more = statements(journey.dunes, place)
    assert len(more) == len(some)
    assert len(more) <= MOST_QUERIES, more


@pytest.mark.parametrize("language", list(Language))
def test_the_list_shows_who_is_waited_for_and_leads_to_their_cases(
    many: Journey, journey: Journey, language: Language
) -> None:
    shown = page(journey.dunes, "/cases/", language)
    assert 'href="/cases/?who=britain&amp;when=overdue"' in shown
    narrowed = page(journey.dunes, "/cases/?who=britain&when=overdue", language)
    assert {"en": "Britain · overdue", "fr": "Grande-Bretagne · en retard"}[language] in narrowed
    assert page(journey.dunes, "/cases/?who=nobody&when=never&page=x", language)


def test_my_work_counts_what_is_overdue_and_leads_there(many: Journey, journey: Journey) -> None:
    shown = page(journey.dunes, "/")
    assert "cases with something overdue" in shown
    assert 'href="/cases/?when=overdue"' in shown
    assert "overdue" not in page(journey.stranger, "/")


# --- what is late ------------------------------------------------------------------------------------------------


def test_overdue_deadlines_are_counted_by_authority_and_article(board: Journey) -> None:
    found = {(each.who, each.rule): each.deadlines for each in overdue_on(TODAY)}
    assert found == {
        ("britain", "reply"): ASKED,
        ("france", "request"): LODGED,
        ("department", "evaluation"): 2,
    }
    assert overdue_on(EARLIER) == ()


def test_the_published_figure_hides_small_counts_and_what_would_give_them_away(board: Journey) -> None:
    figure = published(overdue_on(TODAY), children_late(TODAY))
    assert {(who, rule): n for who, rule, n in figure.lines} == {
        ("britain", "reply"): ASKED,
        ("france", "request"): None,  # else the total less the others would be the department's
        ("department", "evaluation"): None,
    }
    assert dict(figure.by_authority) == {"britain": ASKED, "france": None, "department": None}
    assert figure.all == ASKED + LODGED + TAKEN_IN


def test_a_figure_of_few_deadlines_says_nothing() -> None:
    figure = published(
        [Late("britain", "reply", 3, TODAY, 3), Late("france", "request", 1, TODAY, 1)],
        {"britain": 3, "france": 1, "": 4},
    )
    assert {n for _, _, n in figure.lines} == {None}
    assert figure.all is None
    assert published([], {"": 0}).lines == ()


def test_what_counts_five_deadlines_of_one_child_is_published_nowhere() -> None:
    lates = [Late("france", f"rule {n}", 1, TODAY, 1) for n in range(5)]
    figure = published(lates, {"france": 1, "": 1})
    assert figure.by_authority == (("france", None),)
    assert figure.all is None


@pytest.mark.parametrize("language", list(Language))
def test_the_page_of_what_is_overdue_has_a_picture_and_its_table(
    many: Journey, journey: Journey, language: Language
) -> None:
    shown = page(journey.dunes, "/cases/overdue", language)
    assert "<svg" in shown
    assert shown.count("Dublin III, art. 22(1)") >= 2
    assert str(ASKED) in shown
    nothing = {"en": "Nothing is overdue", "fr": "Rien n’est en retard"}[language]
    assert nothing in page(journey.stranger, "/cases/overdue", language)
    assert nothing not in shown


def test_the_figure_for_programs_carries_its_day_its_definition_and_its_sources(
    many: Journey, journey: Journey
) -> None:
    answer: Any = site_of(journey.dunes).get("/cases/overdue.json")
    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/json"
    assert (said["as_of"], said["said_by"], said["hidden"]["least_shown"]) == ("2016-11-21", "Dunes", 5)
    assert {(each["authority"], each["rule"], each["deadlines"]) for each in said["lines"]} == {
        ("britain", "reply", ASKED),
        ("france", "request", None),
        ("department", "evaluation", None),
    }
    assert set(said["definition"]) == {"en", "fr"}
    assert said["rules"]["reply"]["article"]["en"] == "Dublin III, art. 22(1)"
    assert said["rules"]["reply"]["sources"][0]["address"].startswith("https://")
    with acts(journey.cast.auditor, Purpose.OVERSIGHT):
        assert raw("SELECT note ->> 'format' FROM audit_entry WHERE kind = 'export'") == [("json",)]


@pytest.mark.parametrize("language", list(Language))
def test_the_figure_as_a_workbook_says_the_same(many: Journey, journey: Journey, language: Language) -> None:
    answer: Any = site_of(journey.dunes, language).get("/cases/overdue.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    counts, about = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    hidden = {"en": "hidden", "fr": "masqué"}[language]
    assert [row[3] for row in counts[1:]] == [ASKED, hidden, hidden, ASKED, hidden, hidden, 15]
    assert any("2016-11-21" in row for row in about)
    assert any("legislation.gov.uk" in str(cell) or "eur-lex" in str(cell) for row in about for cell in row)


def test_a_stranger_publishes_nothing_of_it(many: Journey, journey: Journey) -> None:
    answer: Any = site_of(journey.stranger).get("/cases/overdue.json")
    assert json.loads(answer.content)["lines"] == []


def test_two_rules_of_one_article_have_a_bar_each() -> None:
    lates = [Late("france", "ask-again", 31, TODAY, 31), Late("france", "reexamine", 47, TODAY, 47)]
    figure = _overdue_figure(lates, Language.ENGLISH)
    assert figure.rows[0][2] == figure.rows[1][2]
    texts = re.findall(r">([^<>]+)<", figure.svg)
    assert texts.count("France, Regulation") == 2
    assert {"31", "47"} <= set(texts)
    assert figure.svg.count("<path") == 2

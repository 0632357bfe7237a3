# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""All cases at once: what is late, by authority and article, and as a figure to publish; at which stage they stand."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.cases.actions import overdue_json, overdue_workbook
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.queries import Cohort, Late, cohort_on, overdue_on, what_said, who_said
from havre.apps.cases.queries.cohort import NOBODY
from havre.apps.cases.queries.overdue import cite_said, sureness_said
from havre.apps.cases.web.listing import tabs
from havre.apps.cases.web.pictures import bars, label
from havre.apps.cases.web.words import WORDS
from havre.core.access import needs
from havre.core.charts import Column, Figure
from havre.core.charts.hiding import LEAST
from havre.core.clock import today
from havre.core.ui import language_of, page
from havre.core.ui.saving import XLSX, saved
from havre.core.ui.telling import number
from havre.words import Language


@needs(READ_CASES)
@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """Deadlines that are over, by who should have acted and by which article."""
    language, lates = language_of(request), overdue_on(today())
    return page(
        request,
        "cases/overdue.html.jinja",
        WORDS,
        tabs=tabs(language, "overdue"),
        n=sum(each.deadlines for each in lates),
        figure=_overdue_figure(lates, language) if lates else None,
        rules=[
            (cite_said(rule, language), what_said(rule, language), sureness_said(rule, language))
            for rule in dict.fromkeys(each.rule for each in lates)
        ],
        least=LEAST,
    )


@needs(READ_CASES)
@require_GET
def overdue_for_programs(_request: HttpRequest) -> HttpResponse:
    """The same with small counts hidden, as JSON; that it left the house is on record."""
    return _file(overdue_json(), "application/json", "json", Language.ENGLISH)


@needs(READ_CASES)
@require_GET
def overdue_sheet(request: HttpRequest) -> HttpResponse:
    """The same as a workbook in the reader's language."""
    language = language_of(request)
    return _file(overdue_workbook(language), XLSX, "xlsx", language)


@needs(READ_CASES)
@require_GET
def cohort(request: HttpRequest) -> HttpResponse:
    """How many cases are at each stage, for how long, and on whom they wait; small counts are hidden."""
    language, found = language_of(request), cohort_on(today())
    return page(
        request,
        "cases/cohort.html.jinja",
        WORDS,
        tabs=tabs(language, "cohort"),
        cohort=found,
        figure=_stages_figure(found, language) if found.stages else None,
        authorities=[(who, _waited_for(who, language)) for who in found.waits],
        shown=lambda n: WORDS.say(language, "hidden_cell") if n is None else number(n, language),
        least=LEAST,
    )


def _file(content: bytes, kind: str, ending: str, language: Language) -> HttpResponse:
    name = f"{WORDS.say(language, 'file_overdue')}-{today().isoformat()}.{ending}"
    return saved(content, kind, name)


def _overdue_figure(lates: Sequence[Late], language: Language) -> Figure:
    rows = [
        {
            "key": f"{each.who} {each.rule}",
            "label": label(who_said(each.who, language), cite_said(each.rule, language)),
            "who": who_said(each.who, language),
            "what": what_said(each.rule, language),
            "article": cite_said(each.rule, language),
            "n": each.deadlines,
            "written": number(each.deadlines, language),
        }
        for each in lates
    ]
    columns = [
        Column("who", WORDS.say(language, "column_who")),
        Column("what", WORDS.say(language, "column_what")),
        Column("article", WORDS.say(language, "column_article")),
        Column("written", WORDS.say(language, "column_deadlines"), is_number=True),
    ]
    return bars(tuple(columns)).figure(
        rows,
        ident="overdue",
        title=WORDS.say(language, "overdue_chart"),
        description=WORDS.say(language, "overdue_described", n=sum(each.deadlines for each in lates)),
    )


def _stages_figure(found: Cohort, language: Language) -> Figure:
    hidden = WORDS.say(language, "hidden_cell")
    rows = [
        {
            "key": stage.state.value,
            "label": label(stage.state.label(language)),
            "stage": stage.state.label(language),
            "n": stage.cases or 0,
            "written": hidden if stage.cases is None else number(stage.cases, language),
            "so_far": _days(stage.days_so_far, language),
            "taken": _days(stage.days_taken, language),
        }
        for stage in found.stages
    ]
    columns = [
        Column("stage", WORDS.say(language, "column_stage")),
        Column("written", WORDS.say(language, "column_cases"), is_number=True),
        Column("so_far", WORDS.say(language, "column_so_far"), is_number=True),
        Column("taken", WORDS.say(language, "column_taken"), is_number=True),
    ]
    return bars(tuple(columns)).figure(
        rows,
        ident="stages",
        title=WORDS.say(language, "cohort_chart"),
        description=WORDS.say(language, "cohort_described"),
    )


def _days(n: int | None, language: Language) -> str:
    return "–" if n is None else number(n, language)


def _waited_for(who: str, language: Language) -> str:
    return WORDS.say(language, "waits_for_nobody") if who == NOBODY else who_said(who, language)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers that were given outside of Havre: handed in, looked at, accepted, and what they are worth."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from havre.apps.cases.actions import CaseRefused, NotWhole, accept_sheet, reading_of, start_sheet
from havre.apps.cases.actions.sheets import LEAVE, NEW
from havre.apps.cases.enums import Answer, SheetState
from havre.apps.cases.models import AnswerSheet
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.cases.queries import answer_of, sheets, worth_of
from havre.apps.cases.web.forms import SpokenForm
from havre.apps.cases.web.words import WORDS
from havre.apps.registry.queries import best_birth, registrations
from havre.core.access import needs
from havre.core.database.ids import uuid7
from havre.core.exchange import AnsweredRow, UnreadableList
from havre.core.jobs.watching import Running, just_over, running
from havre.core.ui import by_script, language_of, page
from havre.core.ui.spoken import Options
from havre.words import Language

TONES = {
    SheetState.WAITING: "info",
    SheetState.PREVIEWED: "attention",
    SheetState.ACCEPTED: "info",
    SheetState.DONE: "good",
    SheetState.FAILED: "bad",
}


class SheetForm(SpokenForm):
    """The file, and what a row means that names no answer."""

    file = forms.FileField(max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))
    unsaid = forms.CharField(required=False)

    def __init__(self, language: Language, data: object = None, **options: object) -> None:
        super().__init__(language, data, auto_id="sheet_%s", **options)
        self.offer("unsaid", [(each.value, each.label(language)) for each in Answer], "sheet_leave_out")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, and whose child it may be."""

    row: AnsweredRow
    answer: Answer | None
    options: Options
    chosen: str
    case: str


@needs(OPEN_CASE)
@require_http_methods(["GET", "POST"])
def sheets_page(request: HttpRequest) -> HttpResponse:
    """The sheets that were handed in, and the form that hands one in."""
    language = language_of(request)
    form = SheetForm(language)
    if request.method == "POST":
        form = SheetForm(language, request.POST, files=request.FILES)
        if form.is_right() and (sheet := _started(form)):
            return HttpResponseRedirect(reverse("cases:sheet", args=[sheet.pk]))
    rows = [
        {
            "pk": each.pk,
            "name": each.name,
            "by": each.member.account.full_name,
            "at": each.recorded_at,
            "state": SheetState(each.state).label(language),
            "tone": TONES[SheetState(each.state)],
        }
        for each in sheets().newest_first()[:50]
    ]
    return page(
        request,
        "cases/sheets.html.jinja",
        WORDS,
        form=form,
        rows=rows,
        sent=uuid7(),
        status=422 if form.is_bound else 200,
    )


def _started(form: SheetForm) -> AnswerSheet | None:
    said = form.cleaned_data
    try:
        return start_sheet(
            name=said["file"].name,
            content=said["file"].read(settings.HAVRE_FILE_LIMIT + 1),
            unsaid=Answer(said["unsaid"]) if said["unsaid"] else None,
            language=form.language,
            idempotency_key=said["key"],
        )
    except CaseRefused as refused:
        form.add_error(refused.field or None, refused.say(form.language))
        return None


@needs(OPEN_CASE)
@require_http_methods(["GET", "POST"])
def sheet_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet, wherever it stands; whose children its rows are is posted here."""
    language = language_of(request)
    sheet = sheets().newest_first().filter(pk=pk).first()
    if sheet is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            accept_sheet(pk, {int(line): request.POST.get(f"line_{line}", "") for line in sheet.found})
            return HttpResponseRedirect(reverse("cases:sheet", args=[pk]))
        except CaseRefused as error:
            refused = error.say(language)
    lines = _lines(sheet, language, request.POST)
    return page(
        request,
        "cases/sheet.html.jinja",
        WORDS,
        status=409 if refused else 200,
        sheet=sheet,
        state=SheetState(sheet.state),
        running=_running(sheet, language, asked=by_script(request)),
        refused=refused,
        remarks=[each[language.value] for each in sheet.remarks],
        lines=lines,
        lacking=_lacking(sheet, language) if sheet.state == SheetState.DONE else [],
    )


def _lines(sheet: AnswerSheet, language: Language, posted: Mapping[str, str]) -> list[Line]:
    if sheet.state not in (SheetState.PREVIEWED, SheetState.DONE):
        return []
    try:
        rows = reading_of(sheet, language).rows
    except (UnreadableList, CaseRefused):
        return []  # its file was given up; the cases stay, and the remarks say what was left out
    ids = {key for found in sheet.found.values() for key in found["of"]}
    known = registrations().with_names().prefetch_related("ages").in_bulk([UUID(key) for key in ids])
    return [_line(sheet, row, known, language, posted) for row in rows]


def _line(
    sheet: AnswerSheet,
    row: AnsweredRow,
    known: Mapping[UUID, Any],
    language: Language,
    posted: Mapping[str, str],
) -> Line:
    found = sheet.found.get(str(row.line), {"of": [], "sure": False, "named": False})
    there = [(key, known[UUID(key)]) for key in found["of"] if UUID(key) in known]
    said = [(key, _who(registration)) for key, registration in there]
    new = [(NEW, WORDS.say(language, "sheet_new"))] if found["named"] else []
    options = [*said, *new, (LEAVE, WORDS.say(language, "sheet_leave"))]
    answer = answer_of(row, sheet)
    usual = LEAVE if answer is None else found["of"][0] if found["sure"] and there else ""
    return Line(
        row,
        answer,
        options,
        posted.get(f"line_{row.line}", sheet.chosen.get(str(row.line), usual)),
        sheet.written.get(str(row.line), ""),
    )


def _who(registration: Any) -> str:
    """A registration in a choice: its names as written, year of birth, reference."""
    names = " / ".join(dict.fromkeys(name.written for name in registration.names.all())) or "–"
    birth = best_birth(registration.ages.all())
    born = f", {birth.latest.year}" if birth else ""
    return f"{names}{born} ({registration.source_id or registration.person.reference})"


def _lacking(sheet: AnswerSheet, language: Language) -> list[tuple[str, int]]:
    """What the answers of a sheet lack, in words, with how many of them lack it."""
    counts: Counter[str] = Counter()
    for place, _, n in worth_of(sheet):
        counts[place] += n
    return [(NotWhole("", ()).say_place(place, language), n) for place, n in counts.most_common()]


def _running(sheet: AnswerSheet, language: Language, *, asked: bool) -> Running | None:
    title = WORDS.say(language, "sheet_writing" if sheet.state == SheetState.ACCEPTED else "sheet_reading")
    if sheet.state in (SheetState.WAITING, SheetState.ACCEPTED):
        return running(sheet.job, title)
    return just_over(title) if asked else None

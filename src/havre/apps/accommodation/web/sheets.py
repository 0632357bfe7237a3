# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of centres and of parties: handed in, looked at, accepted."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.accommodation.actions import Refused
from havre.apps.accommodation.actions.sheets import (
    Outcome,
    accept_sheet,
    empty_sheet,
    refused_lines,
    said_remarks,
    start_sheet,
)
from havre.apps.accommodation.enums import SheetKind, SheetState
from havre.apps.accommodation.policies import REGISTER_PARTY, RUN_CENTRES
from havre.apps.accommodation.queries.sheets import sheets
from havre.apps.accommodation.web.centres import refused_in
from havre.apps.accommodation.web.forms import SpokenForm
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import needs
from havre.core.database.ids import uuid7
from havre.core.jobs.watching import Running, just_over, running
from havre.core.ui import by_script, language_of, page
from havre.core.ui.saving import XLSX, saved
from havre.words import Language

REMARKS = 40
"""That the page shows; all of them stand in the file of lines left out."""
LATEST = 50
TONES = {
    SheetState.WAITING: "info",
    SheetState.PREVIEWED: "attention",
    SheetState.ACCEPTED: "info",
    SheetState.DONE: "good",
    SheetState.FAILED: "bad",
}
PAGES = {SheetKind.CENTRES: "centre_list", SheetKind.PARTIES: "party_list"}
"""Where a sheet of a kind is shown; with an s, all of them."""


class SheetForm(SpokenForm):
    """The file."""

    sheet_file = forms.FileField(max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def centre_lists(request: HttpRequest) -> HttpResponse:
    """The sheets of centres that were handed in, and the form that hands one in."""
    return _all(request, SheetKind.CENTRES)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def centre_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet of centres, wherever it stands. Accepting is posted here."""
    return _one(request, SheetKind.CENTRES, pk)


@needs(REGISTER_PARTY)
@require_http_methods(["GET", "POST"])
def party_lists(request: HttpRequest) -> HttpResponse:
    """The sheets of parties that were handed in, and the form that hands one in."""
    return _all(request, SheetKind.PARTIES)


@needs(REGISTER_PARTY)
@require_http_methods(["GET", "POST"])
def party_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet of parties, wherever it stands. Accepting is posted here."""
    return _one(request, SheetKind.PARTIES, pk)


@needs(RUN_CENTRES)
@require_GET
def centres_refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines of a sheet of centres that were left out, to correct and hand in again."""
    return _refused(request, SheetKind.CENTRES, pk)


@needs(REGISTER_PARTY)
@require_GET
def parties_refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines of a sheet of parties that were left out, to correct and hand in again."""
    return _refused(request, SheetKind.PARTIES, pk)


@needs(RUN_CENTRES)
@require_GET
def centres_template(request: HttpRequest) -> HttpResponse:
    """An empty sheet of centres to fill in."""
    return _empty(request, SheetKind.CENTRES)


@needs(REGISTER_PARTY)
@require_GET
def parties_template(request: HttpRequest) -> HttpResponse:
    """An empty sheet of parties to fill in."""
    return _empty(request, SheetKind.PARTIES)


def _refused(request: HttpRequest, kind: SheetKind, pk: UUID) -> HttpResponse:
    language = language_of(request)
    if not sheets(kind).filter(pk=pk).exists():
        raise Http404
    try:
        content = refused_lines(pk, language)
    except Refused as refused:
        messages.error(request, refused.say(language))
        return HttpResponseRedirect(reverse(f"accommodation:{PAGES[kind]}", args=[pk]))
    return saved(content, XLSX, WORDS.say(language, f"file_refused_{kind}"))


def _empty(request: HttpRequest, kind: SheetKind) -> HttpResponse:
    language = language_of(request)
    return saved(empty_sheet(kind, language), XLSX, WORDS.say(language, f"file_template_{kind}"))


def _all(request: HttpRequest, kind: SheetKind) -> HttpResponse:
    language = language_of(request)
    form = SheetForm(language)
    if request.method == "POST":
        form = SheetForm(language, request.POST, files=request.FILES)
        if form.is_right() and (there := _started(form, kind)):
            return HttpResponseRedirect(there)
    return page(
        request,
        "accommodation/sheets.html.jinja",
        WORDS,
        status=422 if form.is_bound else 200,
        form=form,
        kind=kind.value,
        page_of=f"accommodation:{PAGES[kind]}",
        rows=list(sheets(kind)[:LATEST]),
        tones=TONES,
        sent=uuid7(),
    )


def _started(form: SheetForm, kind: SheetKind) -> str:
    said = form.cleaned_data
    try:
        sheet = start_sheet(
            kind,
            name=said["sheet_file"].name,
            content=said["sheet_file"].read(settings.HAVRE_FILE_LIMIT + 1),
            language=form.language,
            idempotency_key=said["key"],
        )
    except Refused as refused:
        refused_in(form, refused)
        return ""
    return reverse(f"accommodation:{PAGES[kind]}", args=[sheet.pk])


def _one(request: HttpRequest, kind: SheetKind, pk: UUID) -> HttpResponse:
    language, here = language_of(request), f"accommodation:{PAGES[kind]}"
    sheet = sheets(kind).filter(pk=pk).first()
    if sheet is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            accept_sheet(pk)
            return HttpResponseRedirect(reverse(here, args=[pk]))
        except Refused as error:
            refused = error.say(language)
    remarks = said_remarks(sheet, language)
    return page(
        request,
        "accommodation/sheet.html.jinja",
        WORDS,
        status=409 if refused else 200,
        sheet=sheet,
        state=sheet.state,
        kind=kind.value,
        page_of=here,
        refused=refused,
        running=_running(sheet, language, asked=by_script(request)),
        counts=[(each.value, sheet.counts.get(each.value, 0)) for each in Outcome],
        remarks=remarks[:REMARKS],
        refused_at=f"accommodation:{kind}_refused" if _some_refused(sheet) else "",
        more=max(0, len(remarks) - REMARKS),
    )


def _some_refused(sheet: Any) -> bool:
    return bool(sheet.counts.get(Outcome.REFUSED.value)) and sheet.file_id is not None


def _running(sheet: Any, language: Language, *, asked: bool) -> Running | None:
    title = WORDS.say(language, "sheet_writing" if sheet.state == SheetState.ACCEPTED else "sheet_reading")
    if sheet.state in (SheetState.WAITING, SheetState.ACCEPTED):
        return running(sheet.job, title)
    return just_over(title) if asked else None

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing a list: handed in, looked at, accepted; nothing of it is in the registry before."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.registry.actions import (
    RegistryError,
    accept_import,
    refused_lines,
    said_remarks,
    start_import,
)
from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport
from havre.apps.registry.policies import IMPORT
from havre.apps.registry.queries import imports, page_after
from havre.apps.registry.web.forms.consenting import ListConsentForm
from havre.apps.registry.web.forms.importing import UploadForm
from havre.apps.registry.web.own import refused
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.audit import record
from havre.core.exchange import write_template
from havre.core.jobs.watching import Running, just_over, running
from havre.core.ui import by_script, language_of, page
from havre.core.ui.saving import XLSX, saved
from havre.words import Language

REMARKS = 20
"""Remarks that the page shows; all of them stand in the file of refused lines."""
TONES = {
    ImportState.WAITING: "info",
    ImportState.PREVIEWED: "attention",
    ImportState.ACCEPTED: "info",
    ImportState.DONE: "good",
    ImportState.FAILED: "bad",
}
OUTCOMES = ("new", "changed", "unchanged", "erased")


@needs(IMPORT)
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """The lists that were handed in, the newest first."""
    language = language_of(request)
    found = page_after(imports().with_files(), request.GET.get("at", ""))
    rows = [
        {
            "pk": each.pk,
            "source": each.source,
            "file": each.file.name if each.file else "",
            "by": each.member.account.full_name,
            "at": each.recorded_at,
            "state": ImportState(each.state).label(language),
            "tone": TONES[ImportState(each.state)],
            "new": each.counts.get("people_new"),
            "refused": each.counts.get("lines_refused"),
        }
        for each in found.rows
    ]
    return page(
        request, "registry/imports.html.jinja", WORDS, rows=rows, before=found.previous, after=found.next
    )


@needs(IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Hands in a list; a worker reads it for the preview."""
    language = language_of(request)
    sources = imports().order_by("source").values_list("source", flat=True).distinct()[:50]
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, language=language, sources=sources)
    else:
        form = UploadForm(language=language, sources=sources)
    if form.is_bound and form.is_valid():
        try:
            return redirect("registry:import", _started(form).pk)
        except RegistryError as error:
            refused(form, error)
    return page(request, "registry/upload.html.jinja", WORDS, form=form, status=422 if form.errors else 200)


def _started(form: UploadForm) -> ListImport:
    said, limit = form.cleaned_data, settings.HAVRE_FILE_LIMIT + 1
    links = said["links_file"]
    return start_import(
        name=said["file"].name,
        content=said["file"].read(limit),
        links_name=links.name if links else "",
        links_content=links.read(limit) if links else None,
        source=said["source"],
        language=form.language,
        idempotency_key=said["key"],
    )


@needs(IMPORT)
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import, wherever it stands: being read, to be accepted, being written, done. Accepting is posted here."""
    language = language_of(request)
    found = get_object_or_404(imports().with_files(), pk=pk)
    form = ListConsentForm(request.POST or None, language=language)
    if request.method == "POST" and _accepted(form, found):
        return redirect("registry:import", pk)
    remarks = said_remarks(found, language)
    return page(
        request,
        "registry/import.html.jinja",
        WORDS,
        listed=found,
        state=ImportState(found.state),
        running=_running(found, language) or _just_over(request, language),
        form=form,
        rows=_outcomes(found.counts),
        counts=found.counts,
        remarks=remarks[:REMARKS],
        more=max(0, len(remarks) - REMARKS),
        status=422 if form.errors else 200,
    )


def _accepted(form: ListConsentForm, found: ListImport) -> bool:
    # With nothing ticked the form is empty, and still it was sent.
    if not form.is_bound:
        form.is_bound, form.data = True, {}
    if not form.is_valid():
        return False
    try:
        accept_import(found.pk, consents=form.said())
    except RegistryError as error:
        refused(form, error)
    return not form.errors


def _outcomes(counts: Mapping[str, int]) -> list[dict[str, object]]:
    """People and family links by what becomes of them."""
    return [
        {"what": what, **{outcome: counts.get(f"{what}_{outcome}", 0) for outcome in OUTCOMES}}
        for what in ("people", "links")
    ]


def _running(found: ListImport, language: Language) -> Running | None:
    if found.state not in (ImportState.WAITING, ImportState.ACCEPTED):
        return None
    title = "import_reading" if found.state == ImportState.WAITING else "import_writing"
    return running(found.job, WORDS.say(language, title))


def _just_over(request: HttpRequest, language: Language) -> Running | None:
    return just_over(WORDS.say(language, "import_reading")) if by_script(request) else None


@needs(IMPORT)
@require_GET
def refused_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines of which something was left out, with the reasons, to correct and import again."""
    found = get_object_or_404(imports(), pk=pk)
    try:
        content = refused_lines(pk)
    except RegistryError as error:
        raise Http404 from error
    record("export", table="registry_listimport", row=found.pk, rows=found.counts.get("lines_refused", 0))
    return saved(content, XLSX, WORDS.say(language_of(request), "refused_file"))


@needs(IMPORT)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty list to fill in."""
    language = language_of(request)
    with TemporaryDirectory(prefix="havre-list-") as folder:
        path = Path(folder) / "list.xlsx"
        write_template(path, language)
        return saved(path.read_bytes(), XLSX, WORDS.say(language, "template_file"))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reunification list: pairs that two members hold for true, and the children who have reached their family."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.tracing.actions import reunification_pdf, reunification_workbook
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.policies import EXPORT, READ_PAIRS
from havre.apps.tracing.queries import PairQuerySet, line_of, page_after, pairs
from havre.apps.tracing.web.forms import FoundFilter
from havre.apps.tracing.web.lists import count_of, filtered
from havre.apps.tracing.web.pages import page
from havre.apps.tracing.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.clock import today
from havre.core.ui import language_of
from havre.core.ui.context import url
from havre.core.ui.saving import PDF, XLSX, saved
from havre.words import Language


@needs(READ_PAIRS)
@require_GET
def found_list(request: HttpRequest) -> HttpResponse:
    """Verified and reunited pairs that the reader may see."""
    language = language_of(request)
    form, found = asked_for(request)
    shown = page_after(found, request.GET.get("at", ""))
    return page(
        request,
        "found",
        filter=form,
        tabs=tabs(form, language, "found"),
        count=WORDS.say(language, "found_shown", n=count_of(found).n),
        lines=[line_of(pair, language) for pair in shown.rows],
        previous=url("tracing:found", query={**form.asked, "at": shown.previous}) if shown.previous else None,
        following=url("tracing:found", query={**form.asked, "at": shown.next}) if shown.next else None,
        may_export=may(current_actor(), EXPORT),
        languages=list(Language),
    )


def asked_for(request: HttpRequest) -> tuple[FoundFilter, PairQuerySet]:
    """The filters, and the verified and reunited pairs that they let through."""
    form = FoundFilter(request.GET, language=language_of(request))
    return form, filtered(pairs().in_state(PairState.VERIFIED, PairState.REUNITED), form.chosen)


def tabs(form: FoundFilter, language: Language, current: str) -> list[tuple[str, str, bool]]:
    """Two ways to look at the same pairs: one by one, and by where they are. Filters stay."""
    return [
        (WORDS.say(language, f"tab_of_{each}"), url(f"tracing:{each}", query=form.asked), each == current)
        for each in ("found", "from_to")
    ]


@needs(EXPORT)
@require_GET
def workbook(_request: HttpRequest, tag: Language) -> HttpResponse:
    """The list as a workbook in a language, whatever the reader's; that it left the house is on record."""
    return saved(reunification_workbook(tag), XLSX, f"{_name(tag)}.xlsx")


@needs(EXPORT)
@require_GET
def document(_request: HttpRequest, tag: Language) -> HttpResponse:
    """The same as a document to print."""
    return saved(reunification_pdf(tag), PDF, f"{_name(tag)}.pdf")


def _name(language: Language) -> str:
    return f"{WORDS.say(language, 'file_name')}-{today().isoformat()}"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What shows that something was sent to the other shore, or that it arrived there: shown, and added."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.actions.proving import Paper, prove_exchange
from havre.apps.cases.enums import Channel
from havre.apps.cases.policies import READ_CASES, RECORD
from havre.apps.cases.queries import case_view, event_said
from havre.apps.cases.queries.exchanges import Shown, shown_of
from havre.apps.cases.web.forms import SpokenForm
from havre.apps.cases.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page
from havre.core.ui.spoken import Options
from havre.core.ui.telling import day
from havre.words import Language

FIELDS = {"reference": "proof", "file": "paper"}
"""Where the form says what the action refuses."""


class ProofForm(SpokenForm):
    """Of which event, how it was sent, and what shows it."""

    proven = forms.CharField()
    channel = forms.CharField()
    proof = forms.CharField(max_length=400, required=False)
    paper = forms.FileField(max_length=200, required=False)

    def __init__(self, language: Language, events: Options, data: object = None, **options: object) -> None:
        super().__init__(language, data, auto_id="proof_%s", **options)
        self.offer("proven", events, "choose")
        self.offer("channel", [(each.value, each.label(language)) for each in Channel], "choose")

    @property
    def handed_in(self) -> Paper | None:
        """The document that was handed in, as far as anybody would keep it."""
        file = self.cleaned_data["paper"]
        return Paper(file.name, file.read(settings.HAVRE_FILE_LIMIT + 1)) if file else None


@needs(READ_CASES)
@require_GET
def exchanges(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every event of a case with what shows it. The read is on record."""
    return _shown(request, pk)


@needs(RECORD)
@require_http_methods(["GET", "POST"])
def proved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds what shows one event; whoever comes back to the address finds the page."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("cases:exchanges", args=[pk]))
    return _shown(request, pk, sent=True)


def _shown(request: HttpRequest, pk: UUID, *, sent: bool = False) -> HttpResponse:
    language, actor = language_of(request), current_actor()
    view = case_view(pk, language)
    if view is None:
        raise Http404
    shown = shown_of(view.case)
    form = ProofForm(language, _offered(shown, language))
    if sent:
        form = ProofForm(language, _offered(shown, language), request.POST, files=request.FILES)
        if form.is_right() and _added(form):
            messages.success(request, WORDS.say(language, "said_proof"))
            return HttpResponseRedirect(reverse("cases:exchanges", args=[pk]))
    return page(
        request,
        "cases/exchanges.html.jinja",
        WORDS,
        status=422 if sent else 200,
        view=view,
        shown=shown,
        event_name=lambda kind: event_said(kind, language),
        channel=lambda how: Channel(how).label(language),
        form=form if may(actor, RECORD) and shown else None,
        sent=uuid7(),
    )


def _offered(shown: list[Shown], language: Language) -> Options:
    return [
        (
            str(each.event.pk),
            f"{event_said(each.event.kind, language)}, {day(each.event.happened_on, language)}",
        )
        for each in shown
    ]


def _added(form: ProofForm) -> bool:
    said = form.cleaned_data
    try:
        prove_exchange(
            UUID(said["proven"]),
            Channel(said["channel"]),
            reference=said["proof"],
            paper=form.handed_in,
            idempotency_key=said["key"],
        )
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        form.add_error(FIELDS.get(refused.field), refused.say(form.language))
        return False
    return True

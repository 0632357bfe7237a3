# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one act on a case: its form, and back to the case."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import CaseView, case_view
from havre.apps.cases.web.living.acts import act_of
from havre.apps.cases.web.living.forms import ActForm
from havre.apps.cases.web.words import WORDS
from havre.core.access import needs
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page


@needs(RECORD)
@require_http_methods(["GET", "POST"])
def act_page(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """The form of an act, and the act. That the case was read is on record."""
    language = language_of(request)
    doing, view = act_of(act), case_view(pk, language)
    if doing is None or view is None:
        raise Http404
    if request.method == "GET":
        return _form(request, act, view, doing.form(language, view))
    form = doing.form(language, view, request.POST)
    if not form.is_right():
        return _form(request, act, view, form, status=422)
    try:
        form.act(pk)
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        form.take(refused)
        return _form(request, act, view, form, status=refused.status)
    messages.success(request, WORDS.say(language, f"did_{act}"))
    return HttpResponseRedirect(reverse("cases:case", args=[pk]))


def _form(
    request: HttpRequest, act: str, view: CaseView, form: ActForm, *, status: int = 200
) -> HttpResponse:
    return page(
        request, "cases/act.html.jinja", WORDS, status=status, view=view, act=act, form=form, sent=uuid7()
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an auditor sees: who read and changed what, alarms, and whether the chain is whole."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from havre.core.access import needs
from havre.core.audit.actions import faults
from havre.core.audit.policies import OVERSEE
from havre.core.audit.queries import PAGE, chain, lines
from havre.core.audit.words import KINDS, WORDS
from havre.core.ui import language_of, page
from havre.words import Language


class FilterForm(forms.Form):
    """Which entries to show."""

    kind = forms.ChoiceField(required=False)
    member = forms.CharField(required=False, max_length=100)
    about = forms.UUIDField(required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, language: Language) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kinds = [(kind, WORDS.say(language, f"kind_{kind}")) for kind in KINDS]
        self.fields["kind"].choices = [("", WORDS.say(language, "all")), *kinds]  # type: ignore[attr-defined]


@needs(OVERSEE)
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The entries, newest first."""
    form = FilterForm(request.GET, language_of(request))
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = {"kind": asked.get("kind") or "", "member": asked.get("member") or ""}
    about = asked.get("about")
    found = lines(**wanted, about=about, before=asked.get("before"), most=PAGE + 1)
    wanted |= {"about": str(about)} if about else {}
    more = found[PAGE - 1].id if len(found) > PAGE else None
    older = f"{reverse('audit:record')}?{urlencode({**wanted, 'before': more})}" if more else None
    newest = reverse("audit:record") if asked.get("before") else None
    return page(
        request,
        "audit/record.html.jinja",
        WORDS,
        form=form,
        lines=found[:PAGE],
        older=older,
        newest=newest,
        applied=sum(map(bool, wanted.values())),
        chain=chain(),
        alarms=lines(kind="alarm", most=5),
    )


@needs(OVERSEE)
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the record is as it was written."""
    return page(request, "audit/verify.html.jinja", WORDS, faults=list(faults()), chain=chain())

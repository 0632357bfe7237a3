# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties: those of the desk, one on its page, and made anew."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions import PartySaid, Refused, change_party, end_party, register_party
from havre.apps.accommodation.actions.desk import end_promise
from havre.apps.accommodation.enums import EndWhy, PromiseEnd
from havre.apps.accommodation.policies import EXPORT, OFFER, READ_CENTRES, REGISTER_PARTY
from havre.apps.accommodation.queries import Parties, parties
from havre.apps.accommodation.queries.pages import party_view, references_of
from havre.apps.accommodation.queries.plans import newest_plan_with
from havre.apps.accommodation.web.centres import form_page, refused_in
from havre.apps.accommodation.web.forms import LeavingForm
from havre.apps.accommodation.web.party_forms import PartyForm, PromiseForm
from havre.apps.accommodation.web.spoken import spoken_in
from havre.apps.accommodation.web.warned import warned
from havre.apps.accommodation.web.words import WORDS
from havre.apps.registry.queries import page_after
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_listed
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page
from havre.core.ui.context import url
from havre.core.ui.gazetteer import town_of
from havre.words import Language

A_PAGE = 50


def _of(tab: str) -> Parties:
    """The parties of a tab of the list."""
    found = parties()
    of_tab = {
        "waiting": found.waiting,
        "promised": found.promised,
        "staying": found.staying,
        "wrong_age": found.of_wrong_age,
    }
    return of_tab.get(tab, found.present)()


@needs(READ_CENTRES)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Parties that wait, were promised a place, stay somewhere; the newest first, found by the wristband.

    Whose needs are shown is on record.
    """
    language, tab = language_of(request), request.GET.get("tab", "waiting")
    sought = request.GET.get("wristband", "").strip()
    rows = parties().filter(wristband=sought) if sought else _of(tab)
    shown = page_after(rows, request.GET.get("at", ""), A_PAGE)
    record_listed("accommodation_party", (each.pk for each in shown.rows))
    return page(
        request,
        "accommodation/parties.html.jinja",
        WORDS,
        rows=shown.rows,
        count=WORDS.say(language, "parties_shown", n=rows.count()),
        sought=sought,
        tabs=[
            (
                WORDS.say(language, f"tab_{each}"),
                url("accommodation:parties", query={"tab": each}),
                each == tab and not sought,
            )
            for each in ("waiting", "promised", "staying", "all", "wrong_age")
        ],
        may_register=may(current_actor(), REGISTER_PARTY),
        may_export=may(current_actor(), EXPORT),
        previous=url("accommodation:parties", query={"tab": tab, "at": shown.previous})
        if shown.previous
        else None,
        following=url("accommodation:parties", query={"tab": tab, "at": shown.next}) if shown.next else None,
    )


@needs(REGISTER_PARTY)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Makes a party from people of the registry, or from a wristband."""
    form = PartyForm(language_of(request), request.POST or None, initial={"key": uuid7()})

    def does() -> str:
        made = register_party(_said(form), idempotency_key=form.cleaned_data["key"])
        return reverse("accommodation:party", args=[made.pk])

    return form_page(
        request, form, does, title="new_party", said="said_party_made", back=reverse("accommodation:parties")
    )


@needs(REGISTER_PARTY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says anew who a party is, what it needs and what it wishes. That it was read is on record."""
    view = party_view(pk)
    if view is None or view.party.organisation_id != current_actor().organisation_id:
        raise Http404
    found = view.party
    wish = getattr(found, "wish", None)
    known: dict[str, object] = {name: getattr(found, name, None) for name in PartyForm.base_fields}
    known |= {name: getattr(wish, name, "") for name in ("region_1", "region_2", "relative_town", "note")}
    known |= {
        "party_kind": found.kind,
        "spoken": spoken_in(language_of(request))(found.language),
        "key": uuid7(),
    }
    known["references"] = ", ".join(references_of(pk))
    form = PartyForm(language_of(request), request.POST or None, known=True, initial=known)
    back = reverse("accommodation:party", args=[pk])

    def does() -> str:
        change_party(pk, _said(form))
        return back

    return form_page(request, form, does, title="change_party", said="said_changed", back=back)


def _said(form: PartyForm) -> PartySaid:
    """What was typed, with where the town of the relative is."""
    town = town_of(form.cleaned_data["relative_town"])
    return form.said((town.latitude, town.longitude) if town else None)


@needs(READ_CENTRES)
@require_GET
def party(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One party on its page. That it was read is on record."""
    return _shown(request, pk, LeavingForm(language_of(request)))


@needs(REGISTER_PARTY)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They have left for good."""
    form = LeavingForm(language_of(request), request.POST)
    if not form.is_right():
        return _shown(request, pk, form, status=422)
    try:
        end_party(pk, EndWhy(form.cleaned_data["why"]))
    except Refused as refused:
        if refused.status == 404:
            raise Http404 from refused
        refused_in(form, refused)
        return _shown(request, pk, form, status=refused.status)
    messages.success(request, WORDS.say(form.language, "said_party_ended"))
    return HttpResponseRedirect(reverse("accommodation:party", args=[pk]))


@needs(OFFER)
@require_POST
def unpromise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They say no to what was promised, or it is taken back."""
    form = PromiseForm(language_of(request), request.POST)
    if form.is_right():
        try:
            end_promise(pk, PromiseEnd(form.cleaned_data["why"]))
        except Refused as refused:
            if refused.status == 404:
                raise Http404 from refused
            messages.error(request, refused.say(form.language))
        else:
            messages.success(request, WORDS.say(form.language, "said_promise_ended"))
    return HttpResponseRedirect(reverse("accommodation:party", args=[pk]))


def _shown(request: HttpRequest, pk: UUID, form: LeavingForm, *, status: int = 200) -> HttpResponse:
    language: Language = language_of(request)
    view = party_view(pk)
    if view is None:
        raise Http404
    own = view.party.organisation_id == current_actor().organisation_id
    return page(
        request,
        "accommodation/party.html.jinja",
        WORDS,
        status=status,
        view=view,
        party=view.party,
        wish=getattr(view.party, "wish", None) if own else None,
        members=len(view.party.members.all()),
        needs=[
            WORDS.say(language, f"need_{each}")
            for each in ("medical", "step_free", "school")
            if getattr(view.party, each)
        ],
        own=own,
        warned=warned(view.kin, view.wrong_age, language) if own else [],
        promise_form=PromiseForm(language),
        may_offer=own and may(current_actor(), OFFER),
        spoken=spoken_in(language),
        plan=newest_plan_with(pk) if own else None,
        form=form,
        sent=uuid7(),
        may_end=own and may(current_actor(), REGISTER_PARTY) and view.party.ended_on is None,
    )

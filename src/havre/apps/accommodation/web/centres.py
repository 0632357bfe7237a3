# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres: one on its page, opened and changed, and what becomes of its units."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions import (
    InspectionSaid,
    Refused,
    add_place,
    block_units,
    change_centre,
    change_place,
    close_centre,
    inspect,
    lift_block,
    open_centre,
)
from havre.apps.accommodation.enums import BlockReason
from havre.apps.accommodation.policies import CHECK_IN, READ_CENTRES, RUN_CENTRES
from havre.apps.accommodation.queries import centres, places
from havre.apps.accommodation.queries.pages import centre_view
from havre.apps.accommodation.web.forms import (
    BlockForm,
    CentreForm,
    CloseForm,
    InspectionForm,
    PlaceForm,
    SpokenForm,
)
from havre.apps.accommodation.web.spoken import spoken_in
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.clock import PARIS, today
from havre.core.database.ids import key_of, uuid7
from havre.core.ui import language_of, page


def refused_in(form: SpokenForm, refused: Refused) -> None:
    """Says a refusal at the field it belongs to, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.say(form.language))


def at_centre(pk: UUID) -> str:
    """Where the page of a centre is."""
    return reverse("accommodation:centre", args=[pk])


def form_page(
    request: HttpRequest, form: SpokenForm, does: Callable[[], str], *, title: str, said: str, back: str
) -> HttpResponse:
    """A form on a page of its own: does what it asks and goes where ``does`` says, or shows what is wrong."""
    if form.is_bound and form.is_right():
        try:
            there = does()
        except Refused as refused:
            refused_in(form, refused)
        else:
            messages.success(request, WORDS.say(form.language, said))
            return HttpResponseRedirect(there)
    return page(
        request,
        "accommodation/form.html.jinja",
        WORDS,
        status=422 if form.errors else 200,
        form=form,
        title=WORDS.say(form.language, title),
        lead=WORDS.say(form.language, f"{title}_lead"),
        back=back,
    )


@needs(READ_CENTRES)
@require_GET
def centre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One centre on its page. That it was read is on record."""
    return _shown(request, pk)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Opens a centre."""
    form = CentreForm(language_of(request), request.POST or None, initial={"key": uuid7()})

    def does() -> str:
        run_by = form.cleaned_data["run_by"]
        return at_centre(open_centre(form.said(), run_by=UUID(run_by) if run_by else None).pk)

    return form_page(
        request, form, does, title="new_centre", said="said_opened", back=reverse("accommodation:centres")
    )


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says anew what a centre is."""
    found = centres().filter(pk=pk).first()
    if found is None:
        raise Http404
    known = {name: getattr(found, name) for name in CentreForm.base_fields if hasattr(found, name)}
    known |= {name: {True: "true", False: "false"}.get(known[name], "") for name in ("school", "step_free")}
    known |= {"key": uuid7(), "languages": " ".join(found.languages)}
    form = CentreForm(language_of(request), request.POST or None, centre=found, initial=known)
    back = at_centre(pk)

    def does() -> str:
        change_centre(pk, form.said())
        return back

    return form_page(request, form, does, title="change_centre", said="said_changed", back=back)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def new_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds a place to a centre."""
    if not centres().filter(pk=pk).exists():
        raise Http404
    form = PlaceForm(language_of(request), request.POST or None, initial={"key": uuid7()})
    back = at_centre(pk)

    def does() -> str:
        add_place(pk, form.said())
        return back

    return form_page(request, form, does, title="new_place", said="said_place_added", back=back)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says anew what a place is."""
    found = places().filter(pk=pk).first()
    if found is None:
        raise Http404
    known = {name: getattr(found, name) for name in PlaceForm.base_fields if hasattr(found, name)}
    form = PlaceForm(language_of(request), request.POST or None, initial={**known, "key": uuid7()})
    back = at_centre(found.centre_id)

    def does() -> str:
        change_place(pk, form.said())
        return back

    return form_page(request, form, does, title="change_place", said="said_changed", back=back)


@needs(RUN_CENTRES)
@require_POST
def block(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Blocks units of a centre."""
    form = BlockForm(language_of(request), request.POST, places=list(places().filter(centre=pk)))

    def does(said: dict[str, Any]) -> None:
        block_units(
            UUID(said["place"]),
            said["units"],
            reason=BlockReason(said["reason"]),
            words=said["words_said"],
            ends=said["ends"],
            idempotency_key=said["key"],
        )

    return _done(request, pk, form, does, "said_blocked")


@needs(RUN_CENTRES)
@require_POST
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a block of a centre, whose id is posted."""
    form = SpokenForm(language_of(request), request.POST)

    def does(_said: dict[str, Any]) -> None:
        named = key_of(request.POST.get("block", ""))
        if named is None:
            raise Refused("no_such_block", status=404)
        lift_block(named)

    return _done(request, pk, form, does, "said_lifted")


@needs(RUN_CENTRES)
@require_POST
def inspection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Writes down what somebody found in a centre."""
    form = InspectionForm(language_of(request), request.POST, places=list(places().filter(centre=pk)))

    def does(said: dict[str, Any]) -> None:
        of = UUID(said["place"]) if said["place"] else None
        found = InspectionSaid(said["on_day"], said["seen_by"], said["found"], of, said["units_usable"])
        inspect(pk, found, idempotency_key=said["key"])

    return _done(request, pk, form, does, "said_inspected")


@needs(RUN_CENTRES)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From when on a centre takes nobody in, on the clock of Paris; nothing typed opens it again."""
    form = CloseForm(language_of(request), request.POST)

    def does(said: dict[str, Any]) -> None:
        at = said["closes_at"]
        # The form reads what was typed as UTC, and means the clock on the wall.
        close_centre(pk, at.replace(tzinfo=PARIS) if at is not None else None, why=said["why"])

    return _done(request, pk, form, does, "said_closed")


def _done(request: HttpRequest, pk: UUID, form: SpokenForm, does: Any, said: str) -> HttpResponse:
    """Does what a form of the centre's page asks, or shows the page with what is wrong."""
    if not form.is_right():
        return _shown(request, pk, form, status=422)
    try:
        does(form.cleaned_data)
    except Refused as refused:
        refused_in(form, refused)
        return _shown(request, pk, form, status=refused.status)
    messages.success(request, WORDS.say(form.language, said))
    return HttpResponseRedirect(at_centre(pk))


def _shown(
    request: HttpRequest, pk: UUID, wrong: SpokenForm | None = None, *, status: int = 200
) -> HttpResponse:
    language, actor = language_of(request), current_actor()
    view = centre_view(pk, today())
    if view is None:
        raise Http404
    known = [each for each, _ in view.places]
    forms = {
        "block": BlockForm(language, places=known),
        "seen": InspectionForm(language, places=known),
        "close": CloseForm(language, auto_id="close_%s"),
    }
    if wrong is not None:
        name = next((name for name, form in forms.items() if type(form) is type(wrong)), "other")
        forms[name] = wrong
    return page(
        request,
        "accommodation/centre.html.jinja",
        WORDS,
        status=status,
        view=view,
        centre=view.centre,
        languages=[*map(spoken_in(language), view.centre.languages)],
        forms=forms,
        wrong=wrong,
        sent=uuid7(),
        may_run=may(actor, RUN_CENTRES),
        may_check=may(actor, CHECK_IN),
    )

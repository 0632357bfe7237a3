# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quick registration: one form, and nobody is registered before it has been looked whether they are known."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.registry.actions import Found, RegistryError, register
from havre.apps.registry.models import Registration
from havre.apps.registry.policies import REGISTER
from havre.apps.registry.queries import made_before, registrations
from havre.apps.registry.web.candidates import candidates
from havre.apps.registry.web.forms.registering import RegisterForm, WhoForm, mark_of
from havre.apps.registry.web.people import candidates_of
from havre.apps.registry.web.showing import called
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.database.ids import key_of
from havre.core.ui import language_of, page
from havre.engines.linkage import Band

PLACE = "registry_place"
"""Key of the session: where the member registered last; the next one most likely stands there too."""
FIELD_OF = {"birthplace": "", "language": "tracing_language", "relation": "relation", "town": "link_town"}
"""Where the form shows what an action says of a field that has another name here."""


@needs(REGISTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; what is posted is looked for first, and registered once the candidates have been seen."""
    language = language_of(request)
    if request.method == "GET":
        return _form(request, RegisterForm(language=language, initial=_beginning(request)))
    if "begin" in request.POST or "look" in request.POST:
        return _looked(request)
    form = RegisterForm(request.POST, language=language)
    if not form.is_valid():
        return _form(request, form, candidates_of(form), status=422)
    again = made_before("register", form.cleaned_data["key"])
    if again is not None:
        return redirect("registry:registered", again)
    if form.cleaned_data["seen"] != form.mark():
        found = candidates_of(form, whole=True)
        if is_worth_a_look(found):
            return _form(request, form, found, stopped=True, status=422)
    return _register(request, form)


STOPS = frozenset({Band.STRONG, Band.LIKELY})


def is_worth_a_look(found: Found) -> bool:
    """Whether it is likely enough that somebody is known already, here or elsewhere, for a second look."""
    bands = [*(each.band for each in found.candidates), *(each.band for each in found.elsewhere)]
    return any(band in STOPS for band in bands)


def _looked(request: HttpRequest) -> HttpResponse:
    """The form as it was typed so far, without a word on what is missing, and who may be meant."""
    language = language_of(request)
    who = WhoForm(request.POST, language=language)
    who.is_valid()
    typed = {
        **_beginning(request),
        **{name: request.POST[name] for name in request.POST if request.POST[name]},
    }
    form = RegisterForm(language=language, initial=typed)
    return _form(request, form, candidates_of(who), mark=mark_of(who.cleaned_data.get("names")))


def _form(
    request: HttpRequest,
    form: RegisterForm,
    found: Found | None = None,
    *,
    mark: str = "",
    stopped: bool = False,
    status: int = 200,
) -> HttpResponse:
    if form.is_bound and found is not None:
        mark = form.mark()
    return page(
        request,
        "registry/new.html.jinja",
        WORDS,
        form=form,
        found=candidates(found, form.language),
        mark=mark,
        stopped=stopped,
        asked_family=bool(
            form["link_names"].value() or form["relation"].value() or form["link_town"].value()
        ),
        status=status,
    )


def _beginning(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: the last place, and for a sibling what both have in common."""
    begun: dict[str, Any] = {"place": request.session.get(PLACE, "")}
    sibling = _sibling(request.GET.get("sibling", ""))
    if sibling is not None:
        name, _ = called(list(sibling.names.all()))
        begun |= {"nationality": sibling.nationality, "relation": "sibling", "link_names": name}
    return begun


def _sibling(said: str) -> Registration | None:
    key = key_of(said)
    return registrations().standing().with_names().filter(pk=key).first() if key else None


def _register(request: HttpRequest, form: RegisterForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        made = register(
            form.described(),
            place=said["place"],
            language=said["tracing_language"],
            interpreter=form.interpreter(),
            links=form.links(),
            consents=form.consents(),
            person_id=said["person"],
            idempotency_key=said["key"],
        )
    except RegistryError as error:
        field = FIELD_OF.get(error.field, error.field)
        form.add_error(field if field in form.fields else None, error.say(form.language))
        return _form(request, form, Found(), status=422)
    request.session[PLACE] = said["place"]
    return redirect("registry:registered", made.pk)


@needs(REGISTER)
@require_GET
def registered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """That it is done, with the reference to write on paper, and what may come next."""
    made = registrations().own().standing().with_names().filter(pk=pk).first()
    if made is None:
        raise Http404
    name, other = called(list(made.names.all()))
    return page(request, "registry/registered.html.jinja", WORDS, made=made, name=name, other=other)

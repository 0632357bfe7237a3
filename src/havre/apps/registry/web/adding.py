# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding to a registration, and putting right what is said once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from havre.apps.registry.actions import (
    RegistryError,
    add_family_link,
    amend,
    dispute_age,
    withdraw_link,
)
from havre.apps.registry.models import AgeEvidence, FamilyLink, Registration
from havre.apps.registry.policies import AMEND
from havre.apps.registry.web.forms.adding import (
    AgeForm,
    ContactForm,
    DisputeForm,
    DocumentForm,
    LinkForm,
    NameForm,
    OnceForm,
)
from havre.apps.registry.web.forms.details import DetailsForm
from havre.apps.registry.web.own import name_of, own_registration, page_of, refused
from havre.apps.registry.web.saying import birth_said, interval
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.files import FileRefused, store
from havre.core.ui import language_of, page


def _add_name(registration: Registration, form: NameForm) -> None:
    amend(registration.pk, names=[form.said()], idempotency_key=form.cleaned_data["key"])


def _add_age(registration: Registration, form: AgeForm) -> None:
    amend(registration.pk, ages=[form.said()], idempotency_key=form.cleaned_data["key"])


def _add_contact(registration: Registration, form: ContactForm) -> None:
    amend(registration.pk, contacts=[form.said()], idempotency_key=form.cleaned_data["key"])


def _add_document(registration: Registration, form: DocumentForm) -> None:
    key, uploaded = form.cleaned_data["key"], form.cleaned_data["file"]
    file = None
    if uploaded:
        content = uploaded.read(settings.HAVRE_FILE_LIMIT + 1)
        file = store(uploaded.name, content, registration.organisation, registration.pk, idempotency_key=key)
    amend(registration.pk, documents=[form.said(file.pk if file else None)], idempotency_key=key)


def _add_link(registration: Registration, form: LinkForm) -> None:
    add_family_link(registration.pk, form.said(), idempotency_key=form.cleaned_data["key"])


def _put_right(registration: Registration, form: DetailsForm) -> None:
    amend(
        registration.pk, values=form.values(), unsaid=form.reasons(), idempotency_key=form.cleaned_data["key"]
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is added: its form, and the action that adds it."""

    form: type[OnceForm]
    act: Callable[[Registration, Any], None]


KINDS = {
    "name": Kind(NameForm, _add_name),
    "age": Kind(AgeForm, _add_age),
    "contact": Kind(ContactForm, _add_contact),
    "document": Kind(DocumentForm, _add_document),
    "link": Kind(LinkForm, _add_link),
    "details": Kind(DetailsForm, _put_right),
}


@needs(AMEND)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """A form for one kind of thing; what stands there already stays."""
    registration = own_registration(pk)
    form = _form(request, registration, KINDS[kind].form)
    if form.is_bound and form.is_valid() and _acted(form, KINDS[kind], registration):
        messages.success(request, WORDS.say(form.language, f"added_{kind}"))
        return redirect(page_of(registration))
    return page(
        request,
        f"registry/add/{kind}.html.jinja",
        WORDS,
        form=form,
        kind=kind,
        registration=registration,
        name=name_of(registration),
        back=page_of(registration),
        status=422 if form.errors else 200,
    )


def _form(request: HttpRequest, registration: Registration, kind: type[OnceForm]) -> OnceForm:
    language = language_of(request)
    initial = DetailsForm.of(registration) if kind is DetailsForm else {}
    if request.method == "POST":
        return kind(request.POST, request.FILES, language=language, initial=initial)
    return kind(language=language, initial=initial)


def _acted(form: OnceForm, kind: Kind, registration: Registration) -> bool:
    try:
        kind.act(registration, form)
    except RegistryError as error:
        refused(form, error)
    except FileRefused as error:
        form.add_error("file", error.said(form.language))
    return not form.errors


@needs(AMEND)
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why age evidence is not held for true; it stays among the others."""
    age = get_object_or_404(AgeEvidence, pk=pk)
    registration = own_registration(age.registration_id)
    form = DisputeForm(request.POST or None, language=language_of(request))
    if form.is_bound and form.is_valid():
        try:
            dispute_age(pk, note=form.cleaned_data["note"])
        except RegistryError as error:
            refused(form, error)
        else:
            messages.success(request, WORDS.say(form.language, "disputed_now"))
            return redirect(page_of(registration))
    return page(
        request,
        "registry/dispute.html.jinja",
        WORDS,
        form=form,
        born=birth_said(interval(age), form.language),
        name=name_of(registration),
        back=page_of(registration),
        status=422 if form.errors else 200,
    )


@needs(AMEND)
@require_POST
def end_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a family link back."""
    link = get_object_or_404(FamilyLink, pk=pk)
    try:
        withdraw_link(pk)
    except RegistryError as error:
        raise Http404 from error
    messages.success(request, WORDS.say(language_of(request), "link_withdrawn"))
    return redirect("registry:registration", link.registration_id)

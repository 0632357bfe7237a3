# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a registration: withdrawn because the person said so, or erased for good."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from havre.apps.registry.actions import RegistryError, lift_tombstone
from havre.apps.registry.actions import erase as erase_registration
from havre.apps.registry.actions import withdraw as withdraw_registration
from havre.apps.registry.policies import ERASE, LIFT, WITHDRAW
from havre.apps.registry.queries import has_tombstone, registrations
from havre.apps.registry.web.forms.leaving import ReasonForm, ReferenceForm
from havre.apps.registry.web.own import name_of, own_registration, page_of, refused
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.ui import language_of, page


@needs(WITHDRAW)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends comparing and sharing; the organisation keeps what was said."""
    registration = own_registration(pk)
    if request.method == "POST":
        withdraw_registration(pk)
        messages.success(request, WORDS.say(language_of(request), "withdrawn_now"))
        return redirect(page_of(registration))
    return page(
        request,
        "registry/withdraw.html.jinja",
        WORDS,
        registration=registration,
        name=name_of(registration),
        back=page_of(registration),
    )


@needs(ERASE)
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erases what the registration holds, once the reference has been typed."""
    registration = own_registration(pk)
    reference = registration.person.reference
    form = ReferenceForm(request.POST or None, language=language_of(request), reference=reference)
    if form.is_bound and form.is_valid():
        erase_registration(pk)
        messages.success(request, WORDS.say(form.language, "erased_now", reference=reference))
        return redirect("registry:people")
    return page(
        request,
        "registry/erase.html.jinja",
        WORDS,
        form=form,
        registration=registration,
        reference=reference,
        name=name_of(registration),
        back=page_of(registration),
        status=422 if form.errors else 200,
    )


@needs(LIFT)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets lists bring back somebody who was erased and asks for it; the reason is kept."""
    registration = get_object_or_404(registrations().own().select_related("person"), pk=pk)
    if not has_tombstone(pk):
        return redirect(page_of(registration))
    form = ReasonForm(request.POST or None, language=language_of(request))
    if form.is_bound and form.is_valid():
        try:
            lift_tombstone(pk, reason=form.cleaned_data["reason"])
        except RegistryError as error:
            refused(form, error)
        else:
            messages.success(request, WORDS.say(form.language, "lifted_now"))
            return redirect(page_of(registration))
    return page(
        request,
        "registry/lift.html.jinja",
        WORDS,
        form=form,
        reference=registration.person.reference,
        back=page_of(registration),
        status=422 if form.errors else 200,
    )

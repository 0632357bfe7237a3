# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody answered when asked, and what it opened to whom."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from havre.apps.registry.actions import RegistryError, end_share, give_consent, withdraw_consent
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Consent, Share
from havre.apps.registry.policies import CONSENT, SHARE
from havre.apps.registry.web.forms.consenting import ConsentForm
from havre.apps.registry.web.own import name_of, own_registration, page_of, refused
from havre.apps.registry.web.words import WORDS
from havre.core.access import current_actor, needs
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.ui import language_of, page


@needs(CONSENT)
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question and its answer; a yes to sharing opens the registration to the organisation that it names."""
    registration = own_registration(pk)
    initial = {name: request.GET[name] for name in ("for_what", "recipient") if name in request.GET}
    form = ConsentForm(
        request.POST or None, language=language_of(request), recipients=_others(), initial=initial
    )
    if form.is_bound and form.is_valid():
        try:
            give_consent(pk, form.said(), idempotency_key=form.cleaned_data["key"])
        except RegistryError as error:
            refused(form, error)
        else:
            messages.success(request, WORDS.say(form.language, "consent_recorded"))
            return redirect(page_of(registration))
    return page(
        request,
        "registry/consent.html.jinja",
        WORDS,
        form=form,
        name=name_of(registration),
        back=page_of(registration),
        shares=form["for_what"].value() == ConsentFor.SHARING,
        status=422 if form.errors else 200,
    )


def _others() -> QuerySet[Organisation]:
    """With whom something may be shared: bodies of protection, on either shore."""
    others = Organisation.objects.filter(kind=OrganisationKind.PROTECTION).order_by("shore", "name")
    return others.exclude(pk=current_actor().organisation_id)


@needs(CONSENT)
@require_POST
def end_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes an answer back: what it opened is closed at once, and the ledger says what cannot be recalled."""
    given = get_object_or_404(Consent, pk=pk)
    ledger = f"{reverse('registry:ledger', args=[given.registration_id])}?{urlencode({'withdrawn': str(pk)})}"
    return _ended(request, lambda: withdraw_consent(pk), "consent_withdrawn", ledger)


@needs(SHARE)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Closes what the own organisation shares."""
    shared = get_object_or_404(Share, pk=pk)
    back = reverse("registry:registration", args=[shared.registration_id])
    return _ended(request, lambda: end_share(pk), "share_ended", back)


def _ended(request: HttpRequest, act: Callable[[], object], said: str, onwards: str) -> HttpResponse:
    try:
        act()
    except RegistryError as error:
        raise Http404 from error
    messages.success(request, WORDS.say(language_of(request), said))
    return redirect(onwards)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was pledged and what there is: a figure that somebody said, confirmed place by place; what a day takes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from havre.apps.accommodation.actions import confirm_pledge, record_pledge, take_in
from havre.apps.accommodation.policies import RUN_CENTRES
from havre.apps.accommodation.queries import centres, places, pledges
from havre.apps.accommodation.web.centres import at_centre, form_page
from havre.apps.accommodation.web.pledge_forms import ConfirmForm, IntakeForm, PledgeForm
from havre.core.access import needs
from havre.core.database.ids import uuid7
from havre.core.ui import language_of


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keeps a figure that somebody said, with its source."""
    form = PledgeForm(language_of(request), request.POST or None, initial={"key": uuid7()})
    back = reverse("accommodation:centres")

    def does() -> str:
        record_pledge(form.said(), idempotency_key=form.cleaned_data["key"])
        return back

    return form_page(request, form, does, title="new_pledge", said="said_pledged", back=back)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says that units of one place exist, of those pledged."""
    pledge = pledges().filter(pk=pk).first()
    if pledge is None:
        raise Http404
    own = places().of_our_desk().in_region(pledge.region)
    form = ConfirmForm(language_of(request), request.POST or None, places=list(own), initial={"key": uuid7()})
    back = reverse("accommodation:centres")

    def does() -> str:
        typed = form.cleaned_data
        confirm_pledge(pk, UUID(typed["place"]), typed["units"], source=typed["source"])
        return back

    return form_page(request, form, does, title="confirm_pledge", said="said_confirmed", back=back)


@needs(RUN_CENTRES)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says how many people a centre takes in on a day, or that there is no limit any more."""
    if not centres().filter(pk=pk).exists():
        raise Http404
    form = IntakeForm(language_of(request), request.POST or None, initial={"key": uuid7()})
    back = at_centre(pk)

    def does() -> str:
        take_in(pk, form.cleaned_data["on_day"], form.cleaned_data["most"])
        return back

    return form_page(request, form, does, title="say_intake", said="said_intake", back=back)

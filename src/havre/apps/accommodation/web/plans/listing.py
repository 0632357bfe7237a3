# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plans that were made, and the form that asks for another."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.accommodation.actions.plans import BadInput, PlanRefused, ask_plan
from havre.apps.accommodation.models import Centre
from havre.apps.accommodation.policies import PLAN, READ_PLANS
from havre.apps.accommodation.queries.plans import plans
from havre.apps.accommodation.web.plans.forms import AskForm
from havre.apps.accommodation.web.plans.telling import gap_said, points_said
from havre.apps.accommodation.web.plans.words import WORDS
from havre.apps.accommodation.web.warned import held_back
from havre.core.access import current_actor, may, needs
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page, page_number
from havre.core.ui.context import url

SHOWN = 50


@needs(READ_PLANS)
@require_GET
def plans_list(request: HttpRequest) -> HttpResponse:
    """Plans of the own organisation, newest first."""
    language = language_of(request)
    here = page_number(request)
    first = (here - 1) * SHOWN
    shown = list(plans()[first : first + SHOWN + 1])
    return page(
        request,
        "accommodation/plans.html.jinja",
        WORDS,
        plans=shown[:SHOWN],
        gap=lambda plan: gap_said(plan.points, plan.bound, language),
        points=lambda points: points_said(points, language),
        may_plan=may(current_actor(), PLAN),
        previous=url("accommodation:plans", query={"page": here - 1}) if here > 1 else None,
        following=url("accommodation:plans", query={"page": here + 1}) if shown[SHOWN:] else None,
    )


@needs(PLAN)
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Asks for a plan and shows how far it is; or what is wrong, line by line."""
    language = language_of(request)
    regions = Centre.objects.filter(desk=current_actor().organisation_id).order_by("region")
    known = list(regions.values_list("region", flat=True).distinct())
    lines: list[str] = []
    if request.method == "GET":
        form = AskForm(language, known)
        form.initial.update(key=uuid7(), again="again" in request.GET)
        return _asked(request, form, lines)
    form = AskForm(language, known, request.POST)
    if form.is_right():
        try:
            plan = ask_plan(form.said, idempotency_key=form.cleaned_data["key"])
        except PlanRefused as refused:
            form.add_error(refused.field or None, refused.say(language))
            lines = refused.said(language) if isinstance(refused, BadInput) else []
        else:
            return HttpResponseRedirect(reverse("accommodation:plan", args=[plan.pk]))
    return _asked(request, form, lines, status=422)


def _asked(request: HttpRequest, form: AskForm, lines: list[str], status: int = 200) -> HttpResponse:
    return page(
        request,
        "accommodation/new_plan.html.jinja",
        WORDS,
        status=status,
        form=form,
        lines=lines,
        held=held_back(form.language),
    )

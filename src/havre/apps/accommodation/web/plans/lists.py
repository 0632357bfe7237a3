# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parties of a plan: all, those of a centre, those who wait, those whose promise changes."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.accommodation.enums import PlanState
from havre.apps.accommodation.models import Assignment, Centre, Plan
from havre.apps.accommodation.policies import ACCEPT_PLAN, READ_PLANS
from havre.apps.accommodation.queries.plans import assignments, changed_promises
from havre.apps.accommodation.queries.plans import plan as one_plan
from havre.apps.accommodation.web.plans.telling import place_said, why_said
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_listed
from havre.core.database.ids import key_of
from havre.core.ui import language_of, page, page_number
from havre.core.ui.context import url

A_PAGE = 100
VIEWS = ("all", "waiting", "changed")


@needs(READ_PLANS)
@require_GET
def plan_parties(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who goes where, in the order of the plan; of one centre where the address names it.

    Who is shown is on record.
    """
    language, plan = language_of(request), one_plan(pk)
    if plan is None or plan.state != PlanState.DONE:
        raise Http404
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    centre = _centre(request.GET.get("centre", ""))
    found = _found(plan, view, centre)
    here = page_number(request)
    rows = list(found[(here - 1) * A_PAGE : here * A_PAGE + 1])
    record_listed("accommodation_party", (each.party_id for each in rows[:A_PAGE]))
    asked = {"view": view, "centre": centre.pk if centre else None}
    at = "accommodation:plan_parties"
    return page(
        request,
        "accommodation/plan_parties.html.jinja",
        WORDS,
        plan=plan,
        centre=centre,
        view=view,
        rows=rows[:A_PAGE],
        count=WORDS.say(language, "parties_shown", n=found.count()),
        place=lambda place: place_said(place, language),
        why=lambda assignment: why_said(assignment, language),
        tabs=[
            (
                WORDS.say(language, f"tab_{each}"),
                url(at, pk, query={"view": each}),
                each == view and not centre,
            )
            for each in VIEWS
            if each != "changed" or plan.again
        ],
        may_accept=may(current_actor(), ACCEPT_PLAN),
        previous=url(at, pk, query={**asked, "page": here - 1}) if here > 1 else None,
        following=url(at, pk, query={**asked, "page": here + 1}) if rows[A_PAGE:] else None,
    )


def _centre(said: str) -> Centre | None:
    key = key_of(said)
    return Centre.objects.filter(pk=key, desk=current_actor().organisation_id).first() if key else None


def _found(plan: Plan, view: str, centre: Centre | None) -> QuerySet[Assignment]:
    if centre:
        return assignments(plan).filter(place__centre=centre)
    if view == "waiting":
        return assignments(plan).filter(place=None)
    return changed_promises(plan) if view == "changed" else assignments(plan)

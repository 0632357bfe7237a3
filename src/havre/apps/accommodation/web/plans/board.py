# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The board of a plan: how far it is, what it is worth, centre by centre on a map, who waits, what was made of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.accommodation.actions.plans import PlanRefused, accept_plan, accept_soon, note, stop_plan
from havre.apps.accommodation.actions.plans.accepting import AcceptedNow
from havre.apps.accommodation.actions.refusing import NoRoom, Refused
from havre.apps.accommodation.enums import PlanState
from havre.apps.accommodation.models import Plan, PlanNote
from havre.apps.accommodation.policies import ACCEPT_PLAN, PLAN, READ_PLANS
from havre.apps.accommodation.queries import centres
from havre.apps.accommodation.queries.plans import (
    accepted_of,
    best_of,
    centre_lines,
    changed_promises,
    figures_now,
    made_plans,
    overrides_of,
    waiting_of,
    was_emptied,
)
from havre.apps.accommodation.queries.plans import plan as one_plan
from havre.apps.accommodation.web.plans.forms import NoteForm
from havre.apps.accommodation.web.plans.telling import (
    Spot,
    costs_said,
    gap_said,
    place_said,
    points_said,
    wins_said,
)
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_listed
from havre.core.database.ids import key_of
from havre.core.jobs.enums import State
from havre.core.jobs.watching import Running, just_over, left_behind, running
from havre.core.ui import by_script, language_of, page
from havre.words import Language

COMPARED = 10
"""Other plans with which one may be compared."""


@needs(READ_PLANS)
@require_GET
def plan_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan; while it is being made, its best so far."""
    return shown(request, pk)


@needs(PLAN)
@require_POST
def stopped(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends the search: the best so far is the plan."""
    try:
        stop_plan(pk)
    except PlanRefused as refused:
        raise Http404 from refused
    messages.success(request, WORDS.say(language_of(request), "said_stopped"))
    return HttpResponseRedirect(reverse("accommodation:plan", args=[pk]))


@needs(ACCEPT_PLAN)
@require_POST
def accepted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accepts the plan: one centre or one party at once, the whole of it by a job."""
    language = language_of(request)
    centre, party = key_of(request.POST.get("centre", "")), key_of(request.POST.get("party", ""))
    try:
        if not (centre or party):
            accept_soon(pk)
            return HttpResponseRedirect(reverse("accommodation:plan", args=[pk]))
        done = accept_plan(pk, centre=centre, party=party)
    except Refused as refused:
        if refused.status == 404:
            raise Http404 from refused
        return shown(request, pk, refused=refused.say(language), status=refused.status)
    for line in accepted_said(done, language):
        messages.success(request, line)
    if party:
        return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))
    return HttpResponseRedirect(reverse("accommodation:plan", args=[pk]))


@needs(PLAN)
@require_POST
def noted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Writes a note beside the plan, or beside a party in it."""
    language, party = language_of(request), key_of(request.POST.get("party", ""))
    form = NoteForm(language, request.POST)
    if not form.is_right():
        return shown(request, pk, note_form=form, status=422)
    try:
        note(pk, form.cleaned_data["words"], party=party)
    except PlanRefused as refused:
        raise Http404 from refused
    messages.success(request, WORDS.say(language, "said_note"))
    if party:
        return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))
    return HttpResponseRedirect(reverse("accommodation:plan", args=[pk]))


def shown(request: HttpRequest, pk: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The board as it is now. The parties that are named are on record."""
    language, actor = language_of(request), current_actor()
    plan = one_plan(pk)
    if plan is None:
        raise Http404
    context: dict[str, Any] = {
        "plan": plan,
        "is_done": plan.state == PlanState.DONE,
        "running": _running(plan, language, asked=by_script(request)),
        "gap": gap_said(plan.points, plan.bound, language),
        "points": lambda points: points_said(points, language),
        "may_plan": may(actor, PLAN),
        "may_accept": may(actor, ACCEPT_PLAN),
        "notes": list(PlanNote.objects.filter(plan=plan, party=None).select_related("member__account")),
        "note_form": NoteForm(language),
        "refused": "",
        "came_of_it": _came_of_it(plan, language),
        "emptied": was_emptied(plan),
        **(_made(plan, language) if plan.state == PlanState.DONE else {}),
        **more,
    }
    if not by_script(request):  # which renews how far it is
        record_listed("accommodation_party", (each.party_id for each in context.get("overrides", ())))
    return page(request, "accommodation/plan.html.jinja", WORDS, status=status, **context)


def _made(plan: Plan, language: Language) -> dict[str, Any]:
    """What a plan that is done shows."""
    return {
        "centres": centre_lines(plan.day, plan),
        "spot": Spot.of,
        "now": figures_now(plan),
        "waiting": waiting_of(plan),
        "changed": changed_promises(plan).count() if plan.again else 0,
        "accepted": accepted_of(plan),
        "overrides": overrides_of(plan),
        "fairness": plan.fairness.get("said", {}).get(language.value, []),
        "others": made_plans().exclude(pk=plan.pk)[:COMPARED],
        "wins": lambda points: wins_said(points, language),
        "costs": lambda costs, whom: costs_said(costs, whom, language),
        "place": lambda place: place_said(place, language),
    }


def _running(plan: Plan, language: Language, *, asked: bool) -> Running | None:
    """How far it is, with the best so far in its title, which a script renews."""
    if plan.state == PlanState.DONE:
        return _accepting(plan, language, asked=asked)
    best = best_of(plan)
    title = WORDS.say(language, "plan_under_way")
    if best.points is not None:
        points = points_said(best.points, language)
        title = WORDS.say(
            language,
            "best_so_far",
            points=points,
            n=best.waiting,
            gap=gap_said(best.points, best.bound, language),
        )
    found = running(plan.job, title)
    # A job that failed and left a plan so far: the next worker keeps it.
    return found or Running(title, 0, State.WAITING)


def _accepting(plan: Plan, language: Language, *, asked: bool) -> Running | None:
    """How far the acceptance of the whole plan is."""
    if left_behind(plan.acceptance_job) is None and plan.acceptance_job:
        return running(plan.acceptance_job, WORDS.say(language, "accept_under_way"))
    return just_over(WORDS.say(language, "plan_under_way")) if asked else None


def _came_of_it(plan: Plan, language: Language) -> list[str]:
    """What came of accepting the whole plan, the last time."""
    left = left_behind(plan.acceptance_job)
    if left is None:
        return []
    full = centres().filter(pk=left["no_room"]).first() if "no_room" in left else None
    return [NoRoom(full).say(language)] if full else accepted_said(AcceptedNow(**left), language)


def accepted_said(done: AcceptedNow, language: Language) -> list[str]:
    """What came of an acceptance, line by line."""
    told = {
        "said_promised": done.promised,
        "said_second": done.second,
        "said_changed": done.changed,
        "said_wrong_age": done.wrong_age,
        "said_taken_back": done.taken_back,
    }
    lines = [WORDS.say(language, key, n=n) for key, n in told.items() if n]
    return lines or [WORDS.say(language, "said_nothing_left")]

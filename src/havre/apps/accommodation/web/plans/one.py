# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A party in a plan: why here, every other place open to it, why not the others; and what is laid down by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions.plans import PlanRefused, lift_lock, never_there, override
from havre.apps.accommodation.enums import PlanState
from havre.apps.accommodation.models import Lock, PlanNote
from havre.apps.accommodation.policies import ACCEPT_PLAN, PLAN, READ_PLANS
from havre.apps.accommodation.queries.ages import wrong_age
from havre.apps.accommodation.queries.kin import kin_shown
from havre.apps.accommodation.queries.plans import Explained, OpenPlace, explained, standing_of
from havre.apps.accommodation.queries.plans import plan as one_plan
from havre.apps.accommodation.web.plans.forms import LayDownForm, NeverForm, NoteForm
from havre.apps.accommodation.web.plans.telling import (
    Spot,
    costs_said,
    goals_said,
    place_said,
    points_said,
    wins_said,
)
from havre.apps.accommodation.web.plans.words import WORDS
from havre.apps.accommodation.web.warned import warned
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_read
from havre.core.database.ids import key_of
from havre.core.ui import language_of, page
from havre.words import Language


@needs(READ_PLANS)
@require_GET
def plan_party(request: HttpRequest, pk: UUID, party: UUID) -> HttpResponse:
    """What the plan says of the party; with ``place``, what it costs to lay that place down. The read is on record."""
    return shown(request, pk, party, asked=request.GET.get("place", ""))


@needs(PLAN)
@require_http_methods(["GET", "POST"])
def laid_down(request: HttpRequest, pk: UUID, party: UUID) -> HttpResponse:
    """Lays down another place, with its reason; whoever comes back to the address finds the page."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))
    language = language_of(request)
    form = LayDownForm(language, request.POST, auto_id="down_%s")
    if not form.is_right():
        place = str(form.cleaned_data.get("place", ""))
        return shown(request, pk, party, asked=place, down_form=form, status=422)
    said = form.cleaned_data
    try:
        done = override(pk, party, said["place"], reason=said["reason"], shown=(said["wins"], said["costs"]))
    except PlanRefused as refused:
        if refused.status == 404:
            raise Http404 from refused
        return shown(
            request, pk, party, asked=str(said["place"]), refused=refused.say(language), status=refused.status
        )
    messages.success(request, WORDS.say(language, "said_kept" if done.kept else "said_for_later"))
    return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))


@needs(PLAN)
@require_http_methods(["GET", "POST"])
def never(request: HttpRequest, pk: UUID, party: UUID) -> HttpResponse:
    """Lays down a place where the party never goes; whoever comes back to the address finds the page."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))
    language, plan = language_of(request), one_plan(pk)
    found = explained(plan, party) if plan and plan.state == PlanState.DONE else None
    if found is None:
        raise Http404
    form = NeverForm(language, _choices(found, language), request.POST)
    if not form.is_right():
        return shown(request, pk, party, never_form=form, status=422)
    said = form.cleaned_data
    try:
        never_there(pk, party, UUID(said["never"]), reason=said["never_reason"])
    except PlanRefused as refused:
        if refused.status == 404:
            raise Http404 from refused
        return shown(request, pk, party, refused=refused.say(language), status=refused.status)
    messages.success(request, WORDS.say(language, "said_never"))
    return HttpResponseRedirect(reverse("accommodation:plan_party", args=[pk, party]))


@needs(PLAN)
@require_POST
def lifted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lifts what was laid down for a party."""
    try:
        lock = lift_lock(pk)
    except PlanRefused as refused:
        raise Http404 from refused
    messages.success(request, WORDS.say(language_of(request), "said_lifted"))
    plan = request.POST.get("plan", "")
    if one_plan_id := key_of(plan):
        return HttpResponseRedirect(reverse("accommodation:plan_party", args=[one_plan_id, lock.party_id]))
    return HttpResponseRedirect(reverse("accommodation:plans"))


def shown(
    request: HttpRequest, pk: UUID, party: UUID, *, asked: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """The page as it is now."""
    language, actor, plan = language_of(request), current_actor(), one_plan(pk)
    found = explained(plan, party) if plan and plan.state == PlanState.DONE else None
    if plan is None or found is None:
        raise Http404
    record_read("accommodation_party", party)
    who = found.assignment.party
    wanted = next((each for each in found.open if str(each.place.pk) == asked and not each.here), None)
    standing = standing_of(plan, found.assignment)
    context: dict[str, Any] = {
        "plan": plan,
        "found": found,
        "wanted": wanted,
        "standing": standing,
        "warned": warned(kin_shown(who), wrong_age(who), language),
        "goals": lambda by_goal: goals_said(by_goal, language),
        "points": lambda points: points_said(points, language),
        "wins": lambda points: wins_said(points, language),
        "costs": lambda costs, whom: costs_said(costs, whom, language),
        "place": lambda place: place_said(place, language),
        "spot": Spot.of,
        "locks": list(
            Lock.objects.filter(party=party, ended_at=None).select_related(
                "place__centre", "centre", "member__account"
            )
        ),
        "notes": list(PlanNote.objects.filter(plan=plan, party=party).select_related("member__account")),
        "down_form": _down(wanted, language) if wanted else None,
        "never_form": NeverForm(language, _choices(found, language)),
        "note_form": NoteForm(language),
        "may_plan": may(actor, PLAN),
        "may_accept": may(actor, ACCEPT_PLAN)
        and found.assignment.place is not None
        and standing in ("", "second"),
        "refused": "",
        **more,
    }
    return page(request, "accommodation/plan_party.html.jinja", WORDS, status=status, **context)


def _down(wanted: OpenPlace, language: Language) -> LayDownForm:
    first = {"place": wanted.place.pk, "wins": wanted.wins, "costs": wanted.costs}
    return LayDownForm(language, initial=first, auto_id="down_%s")


def _choices(found: Explained, language: Language) -> list[tuple[str, str]]:
    return [
        (str(each.place.pk), f"{place_said(each.place, language)} ({each.place.code})") for each in found.open
    ]

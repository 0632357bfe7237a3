# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two registrations are of one person: proposed with reasons, decided by a member, taken back at any time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.registry.actions import (
    MAY_BECOME,
    RegistryError,
    group,
    keep_apart,
    propose_grouping,
    undo_grouping,
)
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping
from havre.apps.registry.policies import GROUP
from havre.apps.registry.queries import groupings, page_after, registrations
from havre.apps.registry.web.candidates import band_said
from havre.apps.registry.web.comparing import blocks_of
from havre.apps.registry.web.forms.adding import ReasonsForm
from havre.apps.registry.web.forms.leaving import SameForm
from havre.apps.registry.web.own import name_of, own_registration, page_of, refused
from havre.apps.registry.web.showing import person_line
from havre.apps.registry.web.words import WORDS
from havre.core.access import needs
from havre.core.audit import record_read
from havre.core.jobs import defer
from havre.core.ui import language_of, page
from havre.core.ui.telling import decimal, percent
from havre.engines.linkage import Band
from havre.words import Language

ACTS = {"group": group, "apart": keep_apart, "undo": undo_grouping}
BECOMES = {
    "group": GroupingState.GROUPED,
    "apart": GroupingState.KEPT_APART,
    "undo": GroupingState.UNDONE,
}
SHOWN = 50


@needs(GROUP)
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """What is to be decided, the surest first; or what was decided, the last first."""
    language = language_of(request)
    decided = request.GET.get("state") == "decided"
    rows = groupings().with_names()
    waiting = groupings().open().count()
    if decided:
        found = page_after(rows.decided(), request.GET.get("at", ""), SHOWN)
        shown, before, after = found.rows, found.previous, found.next
    else:
        shown, before, after = list(rows.open().surest_first()[:SHOWN]), "", ""
    return page(
        request,
        "registry/groupings.html.jinja",
        WORDS,
        lines=[_line(each, language) for each in shown],
        decided=decided,
        waiting=waiting,
        before=before,
        after=after,
    )


def _line(grouping: Grouping, language: Language) -> dict[str, object]:
    return {
        "pk": grouping.pk,
        "left": person_line(grouping.registration_a, language),
        "right": person_line(grouping.registration_b, language),
        "band_said": sure_said(grouping, language),
        "state": GroupingState(grouping.state).label(language),
        "decided_at": grouping.decided_at,
    }


def sure_said(grouping: Grouping, language: Language) -> str:
    """How sure the program is; that a member saw it, where it was not the program."""
    if grouping.probability is None:
        return WORDS.say(language, "seen_by_member")
    band = band_said(Band.of(grouping.probability), language)
    return WORDS.say(
        language, "sure", band=band, probability=percent(str(round(grouping.probability * 100)), language)
    )


@needs(GROUP)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both registrations side by side, and the decision."""
    language = language_of(request)
    found = get_object_or_404(groupings().with_both(), pk=pk)
    form = ReasonsForm(request.POST or None, language=language)
    if form.is_bound and form.is_valid() and _decided(request, found, form):
        return _next()
    both = (found.registration_a, found.registration_b)
    for side in both:
        record_read("registry_registration", side.pk, side.pk)
    may_become = MAY_BECOME[GroupingState(found.state)]
    return page(
        request,
        "registry/grouping.html.jinja",
        WORDS,
        grouping=found,
        form=form,
        band_said=sure_said(found, language),
        sides=[each.own_person.reference for each in both],
        blocks=blocks_of(both[0], language, both[1]),
        parts_said=_bits(found, language),
        state=GroupingState(found.state),
        acts=[act for act, state in BECOMES.items() if state in may_become],
        status=422 if form.errors else 200,
    )


def _bits(grouping: Grouping, language: Language) -> list[tuple[str, str]]:
    """What each part adds, in bits; parts that add nothing to speak of are left out."""
    told = ((part, bits) for part, bits in grouping.bits.items() if abs(bits) >= LEAST)
    return [(WORDS.say(language, f"part_of_{part}"), signed(bits, language)) for part, bits in told]


def signed(bits: float, language: Language) -> str:
    """Bits with their sign."""
    return ("+" if bits > 0 else "−") + decimal(abs(bits), language, places=1)


LEAST = 0.05
"""Bits from which a part of the evidence is worth a line."""


def _decided(request: HttpRequest, found: Grouping, form: ReasonsForm) -> bool:
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](found.pk, reasons=form.cleaned_data["reasons"])
    except RegistryError as error:
        refused(form, error)
        return False
    messages.success(request, WORDS.say(form.language, f"grouping_done_{act}"))
    return True


def _next() -> HttpResponse:
    """The next proposal comes by itself; the list, where none is left."""
    following = groupings().open().surest_first().values_list("pk", flat=True).first()
    return redirect("registry:grouping", following) if following else redirect("registry:groupings")


@needs(GROUP)
@require_POST
def look(_request: HttpRequest) -> HttpResponse:
    """Lets a worker look for people who are registered twice."""
    return redirect("jobs:progress", defer("registry.propose_groupings"))


@needs(GROUP)
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Puts up for decision that an own registration is of somebody whose reference a member has."""
    registration = own_registration(pk)
    form = SameForm(request.POST or None, language=language_of(request))
    if form.is_bound and form.is_valid():
        other = registrations().of_person(form.cleaned_data["reference"].pk).standing().exclude(pk=pk).first()
        try:
            made = propose_grouping(pk, other.pk if other else pk, idempotency_key=form.cleaned_data["key"])
        except RegistryError as error:
            refused(form, error)
        else:
            return redirect("registry:grouping", made.pk)
    return page(
        request,
        "registry/same.html.jinja",
        WORDS,
        form=form,
        name=name_of(registration),
        back=page_of(registration),
        status=422 if form.errors else 200,
    )

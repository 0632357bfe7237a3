# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case on one page: who, what is due, which routes, what happened; and what is added to it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.cases.actions import CaseRefused, NoSuchCase, record_event, say_fact
from havre.apps.cases.enums import Answer, CaseState, ClosingReason, Factor, RepresentativeKind
from havre.apps.cases.policies import DECIDE, READ_CASES, RECORD, REFER
from havre.apps.cases.queries import CaseView, answering, case_view, event_said, life_of
from havre.apps.cases.queries.referrals import referrals
from havre.apps.cases.queries.told.law import value_said
from havre.apps.cases.web.forms import EventForm, FactForm, SpokenForm
from havre.apps.cases.web.living import first_of, offered
from havre.apps.cases.web.telling import lacks_said
from havre.apps.cases.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page
from havre.core.ui.sides import Event as Step
from havre.core.ui.telling import day
from havre.engines.pathways import rulebook
from havre.words import Language


@needs(READ_CASES)
@require_GET
def case_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case as the reader may see it. The read is on record."""
    return shown(request, pk)


@needs(RECORD)
@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Records what happened; whoever comes back to the address finds the case."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("cases:case", args=[pk]))
    form = EventForm(language_of(request), request.POST)
    if not form.is_right():
        return shown(request, pk, status=422, event_form=form)
    said = form.cleaned_data
    try:
        record_event(pk, said["kind"], said["happened_on"], route=said["route"], idempotency_key=said["key"])
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        return shown(request, pk, status=refused.status, event_form=_refused(form, refused))
    return _back(request, pk, "said_event")


@needs(RECORD)
@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says what is known of one fact."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("cases:case", args=[pk]))
    form = FactForm(language_of(request), request.POST)
    if not form.is_right():
        return shown(request, pk, status=422, fact_form=form)
    said = form.cleaned_data
    try:
        say_fact(pk, said["fact"], form.answer, how=said["how"], idempotency_key=said["key"])
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        return shown(request, pk, status=refused.status, fact_form=_refused(form, refused))
    return _back(request, pk, "said_fact")


def shown(request: HttpRequest, pk: UUID, *, status: int = 200, **forms: SpokenForm) -> HttpResponse:
    """The case as it is now, with a form that has to be put right, if there is one."""
    language, actor = language_of(request), current_actor()
    view, said_day = case_view(pk, language), partial(day, language=language)
    if view is None:
        raise Http404
    life = life_of(view, language)
    acts = offered(view, life) if may(actor, RECORD) else []
    forms_shown: dict[str, Any] = {
        "event_form": EventForm(language),
        "fact_form": FactForm(language),
        **forms,
    }
    return page(
        request,
        "cases/case.html.jinja",
        WORDS,
        status=status,
        view=view,
        life=life,
        acts=acts,
        first_act=first_of(acts),
        lacks=lacks_said(life, view.standing.route, language),
        closed=view.standing.state is CaseState.CLOSED,
        closing_reason=ClosingReason(life.closing.reason).label(language) if life.closing else "",
        factors={each.value: each.label(language) for each in Factor},
        representatives={each.value: each.label(language) for each in RepresentativeKind},
        known=known_of(view, language),
        notices=[notice for each in view.standing.clocks if (notice := each.notice(language, said_day))],
        steps=steps_of(view, language),
        may_record=may(actor, RECORD),
        may_refer=view.asks and may(actor, REFER) and view.standing.state is not CaseState.CLOSED,
        opens_referrals=may(actor, REFER),
        handed=list(referrals().that_handed_over([pk]).select_related("organisation", "recipient")),
        may_decide=may(actor, DECIDE) and _waits_for_us(view),
        sent=uuid7(),
        form=next(iter(forms.values()), None),
        **forms_shown,
    )


def _waits_for_us(view: CaseView) -> bool:
    ours = view.case.other_organisation_id == current_actor().organisation_id
    asked = bool(view.standing.route)
    return ours and asked and any(answering(answer, view.standing.state) for answer in Answer)


def steps_of(view: CaseView, language: Language) -> list[Step]:
    """What happened, on the timeline of both shores; of the other one its organisation, never the member."""
    both = filter(None, (view.case.organisation, view.case.other_organisation))
    names = {each.pk: each.name for each in both}
    # A case may have been handed over: whoever acted before is none of its two any more.
    if before := {each.organisation_id for each in view.events} - names.keys():
        names |= Organisation.objects.filter(pk__in=before).values_list("pk", "name")
    return [
        Step(
            when=each.happened_on,
            title=event_said(each.kind, language),
            by=f"{names[each.organisation_id]}, {Shore(each.shore).label(language)}",
        )
        for each in reversed(view.events)
    ]


def known_of(view: CaseView, language: Language) -> list[tuple[str, str]]:
    """Each fact that is known, with what is known of it and from where."""
    vocabulary = rulebook().vocabulary.facts
    return [
        (
            vocabulary[key].text.say(language),
            f"{value_said(vocabulary[key], value, language)} ({WORDS.say(language, f'whence_{whence}')})",
        )
        for key, value in view.gathered.facts.items()
        for whence in [view.gathered.whence[key]]
    ]


def _refused(form: Any, refused: CaseRefused) -> Any:
    """The form with what was refused, at its field."""
    field = {"key": "fact"}.get(refused.field, refused.field)
    form.add_error(field if field in form.fields else None, refused.say(form.language))
    return form


def _back(request: HttpRequest, pk: UUID, said: str) -> HttpResponse:
    messages.success(request, WORDS.say(language_of(request), said))
    return HttpResponseRedirect(reverse("cases:case", args=[pk]))

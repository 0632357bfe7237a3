# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Referrals: the list of both directions, one referral with its life, and making one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.actions.referring import act_on_referral, refer
from havre.apps.cases.enums import ExtractField, ReferralAct, ReferralKind
from havre.apps.cases.models import Referral, ReferralStep
from havre.apps.cases.policies import REFER
from havre.apps.cases.queries import group_of
from havre.apps.cases.queries.referrals import (
    RULES_OF_REFERRALS,
    is_late,
    referable,
    referable_of,
    referral_view,
    referrals,
    state_of_referral,
    waiting_referrals,
)
from havre.apps.cases.web.calendar import short
from havre.apps.cases.web.referral_forms import ReferralForm, StepForm, WhomForm
from havre.apps.cases.web.words import WORDS
from havre.apps.registry.queries import page_after, person_of_reference, registrations
from havre.core.access import current_actor, may, needs
from havre.core.accounts.enums import Shore
from havre.core.clock import today
from havre.core.database.ids import uuid7
from havre.core.exchange.vocabulary import find_country, sexes
from havre.core.ui import language_of, page
from havre.core.ui.context import url
from havre.core.ui.sides import Event as Step
from havre.core.ui.telling import day
from havre.core.ui.work import Tile
from havre.words import Language

A_PAGE = 50
TONES = {"sent": "attention", "received": "info", "accepted": "good", "refused": "bad"}


@needs(REFER)
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Referrals to us and by us, the newest first; who is to be referred is named by the reference."""
    language, own = language_of(request), current_actor().organisation_id
    whom = WhomForm(request.POST or None)
    if whom.is_bound and whom.is_valid():
        person = person_of_reference(whom.cleaned_data["reference"])
        found = referable_of(person.pk) if person else None
        if found is not None:
            return HttpResponseRedirect(reverse("cases:refer", args=[found]))
        whom.add_error("reference", WORDS.say(language, "nobody_of_ours"))
    shown = page_after(referrals().of_ours().whole(), request.GET.get("at", ""), A_PAGE)
    keys = [each.registration_id for each in shown.rows]
    references = dict(registrations().filter(pk__in=keys).values_list("pk", "person__reference"))
    return page(
        request,
        "cases/referrals.html.jinja",
        WORDS,
        status=422 if whom.errors else 200,
        whom=whom,
        rows=[_row(each, language, references.get(each.registration_id, ""), own=own) for each in shown.rows],
        count=WORDS.say(language, "referrals_shown", n=referrals().of_ours().count()),
        previous=url("cases:referrals", query={"at": shown.previous}) if shown.previous else None,
        following=url("cases:referrals", query={"at": shown.next}) if shown.next else None,
    )


def _row(referral: Referral, language: Language, reference: str, *, own: UUID) -> dict[str, object]:
    state, ours = state_of_referral(referral.steps.all()), referral.organisation_id == own
    return {
        "pk": referral.pk,
        "kind": ReferralKind(referral.kind).label(language),
        "reference": reference,
        "ours": ours,
        "other": (referral.recipient if ours else referral.organisation).name,
        "state": state.label(language),
        "tone": TONES.get(state.value, "quiet"),
        "answer_by": referral.answer_by,
        "late": is_late(referral, today()),
    }


@needs(REFER)
@require_GET
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One referral: what went along, its life on both sides, and what may be done now. The read is on record."""
    return _shown(request, pk)


@needs(REFER)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refers the child of an own registration, or of a case that the own organisation leads."""
    language = language_of(request)
    child = referable(pk)
    if child is None:
        raise Http404
    known = child.registration
    form = ReferralForm(language, request.POST or None, initial={"key": uuid7()})
    if form.is_bound and form.is_right():
        try:
            made = refer(pk, form.said(), idempotency_key=form.cleaned_data["key"])
        except CaseRefused as refused:
            field = {"fields": "fields_named", "siblings": "siblings_named"}.get(refused.field, refused.field)
            form.add_error(field if field in form.fields else None, refused.say(language))
        else:
            messages.success(request, WORDS.say(language, "said_referred"))
            return HttpResponseRedirect(reverse("cases:referral", args=[made.pk]))
    return page(
        request,
        "cases/refer.html.jinja",
        WORDS,
        status=422 if form.errors else 200,
        form=form,
        name=next((name.written for name in known.names.all()), "") if known else "",
        reference=known.person.reference if known else "",
        record=reverse("registry:registration", args=[pk]) if known else "",
        case=child.case,
        siblings=group_of(child.case, language) if child.case else (),
    )


@needs(REFER)
@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Receives, accepts, refuses, takes back or ends it."""
    language, form = language_of(request), StepForm(language_of(request), request.POST)
    asked = request.POST.get("act", "")
    if asked not in list(ReferralAct) or not form.is_right():
        return _shown(request, pk, form, status=422)
    try:
        act_on_referral(
            pk,
            ReferralAct(asked),
            words=form.cleaned_data["referral_words"],
            idempotency_key=form.cleaned_data["key"],
        )
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        form.add_error("referral_words" if refused.field else None, refused.say(language))
        return _shown(request, pk, form, status=refused.status)
    messages.success(request, ReferralAct(asked).done(language))
    return HttpResponseRedirect(reverse("cases:referral", args=[pk]))


def _shown(
    request: HttpRequest, pk: UUID, form: StepForm | None = None, *, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    view = referral_view(pk)
    if view is None:
        raise Http404
    made = view.referral
    return page(
        request,
        "cases/referral.html.jinja",
        WORDS,
        status=status,
        view=view,
        referral=made,
        kind=ReferralKind(made.kind).label(language),
        state=view.state.label(language),
        tone=TONES.get(view.state.value, "quiet"),
        late=is_late(made, today()),
        fields=[(name.label(language), _value(name, value, language)) for name, value in view.fields],
        steps=_steps(made, language),
        cases=[(key, short(key), readable) for key, readable in view.cases],
        chain=[(each, each.pk == made.pk) for each in view.chain],
        acts=[(each.value, each.label(language), RULES_OF_REFERRALS[each].reason) for each in view.acts],
        form=form or StepForm(language),
        sent=uuid7(),
    )


def _steps(referral: Referral, language: Language) -> list[Step]:
    """What was done, the last first; of the other organisation its name, never the member."""
    made = Step(
        when=referral.recorded_at,
        title=WORDS.say(language, "referral_made"),
        by=referral.organisation.name,
    )
    return [*(_step(each, language) for each in reversed(referral.steps.all())), made]


def _step(step: ReferralStep, language: Language) -> Step:
    return Step(
        when=step.recorded_at,
        title=ReferralAct(step.act).done(language),
        by=f"{step.organisation.name}, {Shore(step.shore).label(language)}",
        text=step.words,
    )


def _value(field: ExtractField, value: str, language: Language) -> str:
    """A value as it was handed over, in the reader's words."""
    if not value:
        return WORDS.say(language, "extract_empty")
    if field is ExtractField.BIRTH:
        return "–".join(dict.fromkeys(day(date.fromisoformat(each), language) for each in value.split("/")))
    if field is ExtractField.SEX:
        return next((term.label(language) for term in sexes() if term.key == value), value)
    country = find_country(value) if field is ExtractField.NATIONALITY else None
    return country.label(language) if country else value


def waiting(language: Language) -> Iterable[Tile]:
    """What waits to be answered, and what is late on either side."""
    if not may(current_actor(), REFER):
        return
    found = waiting_referrals(today())
    for key, n, tone in (("late", found.late, "bad"), ("to_answer", found.to_answer, "attention")):
        if n:
            yield Tile(
                n, WORDS.say(language, f"waits_referrals_{key}", n=n), reverse("cases:referrals"), tone, 12
            )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child is referred to another organisation, or the case transferred; the other one answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from havre.apps.cases.actions.errors import CaseRefused, NoSuchCase
from havre.apps.cases.actions.finding import made_before
from havre.apps.cases.actions.notifying import tell_of_referral
from havre.apps.cases.enums import ExtractField, ReferralAct, ReferralKind, ReferralState
from havre.apps.cases.models import Case, Extract, Referral, ReferralStep
from havre.apps.cases.policies import REFER
from havre.apps.cases.queries.referrals import RULES_OF_REFERRALS, Side, state_of_referral
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.queries import described, registrations
from havre.apps.tracing.queries import glimpse
from havre.core.access import Actor, check
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.engines.linkage.records import FamilyLink

LEAST_WORDS, MOST_SIGNS = 3, 4000
CONSENTS = {
    ReferralKind.REFERRAL: (ConsentFor.REFERRAL, ConsentFor.SHARING),
    ReferralKind.TRANSFER: (ConsentFor.SHARING,),
}
"""Of which the child must have agreed to one, for this recipient: who takes over reads the registration whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSaid:
    """What somebody refers a child for. ``siblings_said`` is asked for by a transfer."""

    kind: ReferralKind
    recipient_id: UUID
    asked: str
    answer_by: date
    fields: tuple[ExtractField, ...]
    siblings: tuple[UUID, ...] = ()
    siblings_said: str = ""


@transaction.atomic
def refer(registration_id: UUID, said: ReferralSaid, *, idempotency_key: UUID | None = None) -> Referral:
    """Refers the child of an own registration with the fields that are named, and nothing else; CaseRefused.

    Its case, if the own organisation leads one, goes with it: a transfer that is accepted hands it over.
    """
    actor = check(REFER)
    registration = registrations().own().standing().with_details().filter(pk=registration_id).first()
    if registration is None:
        raise NoSuchCase
    first = made_before(
        Referral.objects, idempotency_key, actor, registration_id=registration_id, kind=said.kind
    )
    if first:
        return first
    asked, siblings_said = _words(said.asked, "asked"), said.siblings_said.strip()
    _look_at(said, actor, siblings_said)
    _look_at_consent(registration.pk, said)
    siblings = _siblings(registration.pk, said.siblings)
    case = Case.objects.filter(registration=registration.pk, organisation=actor.organisation_id).first()
    referral = Referral.objects.create(
        kind=said.kind,
        registration_id=registration.pk,
        case=case,
        organisation_id=actor.organisation_id,
        member_id=actor.member_id,
        recipient_id=said.recipient_id,
        answer_by=said.answer_by,
        idempotency_key=idempotency_key,
    )
    known = _values(registration)
    Extract.objects.create(
        referral=referral,
        asked=asked,
        fields=[[each.value, known[each]()] for each in ExtractField if each in said.fields],
        siblings=siblings,
        siblings_said=siblings_said,
    )
    tell_of_referral(referral.recipient_id, "notice_referred", referral)
    return referral


@transaction.atomic
def act_on_referral(
    referral_id: UUID, act: ReferralAct, *, words: str = "", idempotency_key: UUID | None = None
) -> ReferralStep:
    """Receives, accepts, refuses, takes back or ends a referral; ``words`` are the reason where one is asked for.

    A transfer that is accepted makes the recipient the organisation that asks. CaseRefused where it is not the own
    organisation's to do, or not now, or where the child agrees no longer.
    """
    actor = check(REFER)
    referral = Referral.objects.select_for_update().filter(pk=referral_id).first()
    if referral is None:
        raise NoSuchCase
    if first := made_before(ReferralStep.objects, idempotency_key, actor, referral_id=referral_id, act=act):
        return first
    rule = RULES_OF_REFERRALS[act]
    own = Side.SENDER if referral.organisation_id == actor.organisation_id else Side.RECIPIENT
    if rule.by not in (own, Side.EITHER):
        raise CaseRefused("referral_not_yours", status=409)
    state = state_of_referral(referral.steps.all())
    if state not in rule.within:
        raise CaseRefused("referral_not_now", status=409)
    if act is ReferralAct.ACCEPT and not _stands(referral.pk):
        raise CaseRefused("referral_consent_ended", status=409)
    if act is ReferralAct.END and referral.kind == ReferralKind.TRANSFER:
        raise CaseRefused("referral_transferred", status=409)
    step = ReferralStep.objects.create(
        referral=referral,
        act=act,
        words=_words(words, "words") if rule.reason else "",
        member_id=actor.member_id,
        organisation_id=actor.organisation_id,
        shore=actor.shore,
        idempotency_key=idempotency_key,
    )
    if rule.becomes is ReferralState.ACCEPTED and referral.kind == ReferralKind.TRANSFER and referral.case_id:
        _hand_over(referral)
    other = referral.recipient_id if own is Side.SENDER else referral.organisation_id
    tell_of_referral(other, f"notice_referral_{act.value}", referral)
    return step


def _words(text: str, field: str) -> str:
    text = text.strip()
    if len(text.split()) < LEAST_WORDS or len(text) > MOST_SIGNS:
        raise CaseRefused("referral_words", field=field, least=LEAST_WORDS, most=MOST_SIGNS)
    return text


def _look_at(said: ReferralSaid, actor: Actor, siblings_said: str) -> None:
    if said.answer_by <= today():
        raise CaseRefused("referral_day", field="answer_by")
    if not said.fields:
        raise CaseRefused("referral_fields", field="fields")
    if said.recipient_id == actor.organisation_id:
        raise CaseRefused("referral_to_oneself", field="recipient")
    found = Organisation.objects.filter(pk=said.recipient_id, kind=OrganisationKind.PROTECTION)
    if not found.exists():
        raise CaseRefused("referral_to_nobody", field="recipient")
    if said.kind is ReferralKind.TRANSFER and not said.siblings and len(siblings_said.split()) < LEAST_WORDS:
        raise CaseRefused("referral_siblings", field="siblings_said", least=LEAST_WORDS)


def _look_at_consent(registration_id: UUID, said: ReferralSaid) -> None:
    with connection.cursor() as cursor:
        for what in CONSENTS[said.kind]:
            cursor.execute(
                "SELECT registry_agreed(%s, %s, %s)", [registration_id, what.value, said.recipient_id]
            )
            if (cursor.fetchone() or (False,))[0]:
                return
    raise CaseRefused(f"referral_no_consent_{said.kind.value}", field="recipient")


def _siblings(registration_id: UUID, asked: tuple[UUID, ...]) -> list[str]:
    found = set(registrations().own().standing().filter(pk__in=asked).values_list("pk", flat=True))
    if found != set(asked) or registration_id in found:
        raise CaseRefused("referral_no_sibling", field="siblings")
    return [str(key) for key in dict.fromkeys(asked)]


def _values(registration: Any) -> dict[ExtractField, Callable[[], str]]:
    """How each field is read; of a birth the interval, of a country its code, as the registration has them."""
    said = described(registration)
    born = said.birth
    return {
        ExtractField.REFERENCE: lambda: registration.person.reference,
        ExtractField.NAMES: lambda: " / ".join(name.written for name in registration.names.all()),
        ExtractField.BIRTH: lambda: f"{born.earliest.isoformat()}/{born.latest.isoformat()}" if born else "",
        ExtractField.SEX: lambda: registration.sex,
        ExtractField.NATIONALITY: lambda: registration.nationality,
        ExtractField.BIRTHPLACE: lambda: registration.birthplace,
        ExtractField.LANGUAGE: lambda: registration.language,
        ExtractField.TOWN: lambda: registration.town,
        ExtractField.PHONE: lambda: said.phone,
    }


def _stands(referral_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_referral_stands(%s)", [referral_id])
        return bool((cursor.fetchone() or (False,))[0])


def _hand_over(referral: Referral) -> None:
    """Makes the recipient the organisation that asks; CaseRefused where it cannot be.

    The pair stays with the organisations whom it is of: the case shows the child as the registration has them.
    """
    child = registrations().with_details().get(pk=referral.registration_id)
    said = {
        str(link.pk): FamilyLink(link_id="", person_id="", relation=link.relation, described=link.described)
        for link in child.links.all()
    }
    glimpses = {key: glimpse(described(child), link).kept() for key, link in {**said, "": None}.items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_hand_over(%s, %s)", [referral.pk, json.dumps(glimpses)])
        if not (cursor.fetchone() or (False,))[0]:
            raise CaseRefused("referral_case_there", status=409)

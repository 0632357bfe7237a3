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
from havre.apps.cases.actions.finding import made_before, standing_now
from havre.apps.cases.actions.notifying import tell_of_referral, tell_the_other
from havre.apps.cases.actions.travelling import STILL_TO_TRAVEL
from havre.apps.cases.enums import ExtractField, ReferralAct, ReferralKind, ReferralState
from havre.apps.cases.models import Case, Extract, Referral, ReferralStep
from havre.apps.cases.policies import REFER
from havre.apps.cases.queries import handed_over, names_of_leaders, siblings, siblings_elsewhere
from havre.apps.cases.queries.referrals import (
    RULES_OF_REFERRALS,
    Side,
    referable,
    referrals,
    state_of_referral,
)
from havre.apps.registry.queries import described, registrations
from havre.apps.tracing.queries import glimpse
from havre.core.access import Actor, check
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.engines.linkage.records import FamilyLink

LEAST_WORDS, MOST_SIGNS = 3, 4000


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
    """Refers a child with the fields that are named, and nothing else; CaseRefused.

    It is a child of an own registration, or one whose case the own organisation leads. That case goes with it: a
    transfer that is accepted hands it over, with those of the brothers and sisters of its group who have still to
    travel.
    """
    actor = check(REFER)
    child = referable(registration_id)
    if child is None:
        raise NoSuchCase
    first = made_before(
        Referral.objects, idempotency_key, actor, registration_id=registration_id, kind=said.kind
    )
    if first:
        return first
    asked, siblings_said = _words(said.asked, "asked"), said.siblings_said.strip()
    _look_at(said, actor)
    if (
        said.kind is ReferralKind.TRANSFER
        and child.case
        and _shore_of(said.recipient_id) != child.case.child_shore
    ):
        raise CaseRefused("referral_other_shore", field="recipient")
    if not _agreed(registration_id, said):
        raise CaseRefused(f"referral_no_consent_{said.kind.value}", field="recipient")
    along: list[Case] = []
    if said.kind is ReferralKind.TRANSFER:
        along = _group_of(registration_id, child.case, said, actor)
        if not (along or said.siblings or len(siblings_said.split()) >= LEAST_WORDS):
            raise CaseRefused("referral_siblings", field="siblings_said", least=LEAST_WORDS)
    named = _siblings(registration_id, said.siblings)
    referral = Referral.objects.create(
        kind=said.kind,
        registration_id=registration_id,
        case=child.case,
        along=[each.pk for each in along],
        organisation_id=actor.organisation_id,
        member_id=actor.member_id,
        recipient_id=said.recipient_id,
        answer_by=said.answer_by,
        idempotency_key=idempotency_key,
    )
    known = _values(child.registration) if child.registration else {}
    Extract.objects.create(
        referral=referral,
        asked=asked,
        fields=[[each.value, read()] for each, read in known.items() if each in said.fields],
        siblings=[str(key) for key in dict.fromkeys([*(each.registration_id for each in along), *named])],
        siblings_said=siblings_said,
    )
    tell_of_referral(referral.recipient_id, "notice_referred", referral)
    return referral


@transaction.atomic
def act_on_referral(
    referral_id: UUID, act: ReferralAct, *, words: str = "", idempotency_key: UUID | None = None
) -> ReferralStep:
    """Receives, accepts, refuses, takes back or ends a referral; ``words`` are the reason where one is asked for.

    A transfer that is accepted makes the recipient the organisation that asks, in all the cases that go along, or in
    none. CaseRefused where it is not the own organisation's to do, or not now, or where one of the children agrees no
    longer.
    """
    actor = check(REFER)
    referral = referrals().of_ours().select_for_update().filter(pk=referral_id).first()
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
    if act is ReferralAct.ACCEPT:
        if not _answered("cases_referral_stands(%s)", referral.pk):
            raise CaseRefused("referral_consent_ended", status=409)
        if not _answered("cases_group_agreed(%s)", referral.pk):
            raise CaseRefused("referral_group_consent_ended", status=409)
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


def _look_at(said: ReferralSaid, actor: Actor) -> None:
    if said.answer_by <= today():
        raise CaseRefused("referral_day", field="answer_by")
    if not said.fields:
        raise CaseRefused("referral_fields", field="fields")
    if said.recipient_id == actor.organisation_id:
        raise CaseRefused("referral_to_oneself", field="recipient")
    found = Organisation.objects.filter(pk=said.recipient_id, kind=OrganisationKind.PROTECTION)
    if not found.exists():
        raise CaseRefused("referral_to_nobody", field="recipient")


def _shore_of(organisation: UUID) -> str:
    return Organisation.objects.values_list("shore", flat=True).get(pk=organisation)


def _agreed(registration_id: UUID, said: ReferralSaid) -> bool:
    return bool(_answered("cases_agreed(%s, %s, %s)", registration_id, said.kind.value, said.recipient_id))


def _group_of(registration_id: UUID, case: Case | None, said: ReferralSaid, actor: Actor) -> list[Case]:
    """The cases of brothers and sisters that a transfer takes along; CaseRefused where it cannot take them all."""
    if case is None:
        if registration_id in handed_over():
            raise CaseRefused("handed_over", field="kind", status=409)
        return []
    others = [
        each
        for each in siblings_elsewhere(case.pk)
        if each.waits and each.organisation_id != said.recipient_id
    ]
    if others:
        leaders = names_of_leaders(others)
        raise CaseRefused("referral_siblings_elsewhere", field="recipient", status=409, organisations=leaders)
    led = Case.objects.filter(pk__in=siblings(case.pk), organisation=actor.organisation_id).order_by("pk")
    along = [each for each in led if standing_now(each).state in STILL_TO_TRAVEL]
    if silent := [each.registration_id for each in along if not _agreed(each.registration_id, said)]:
        known = registrations().filter(pk__in=silent).values_list("person__reference", flat=True)
        references = ", ".join(sorted(known)) or str(len(silent))
        raise CaseRefused("referral_group_no_consent", field="recipient", references=references)
    return along


def _siblings(registration_id: UUID, asked: tuple[UUID, ...]) -> list[UUID]:
    found = set(registrations().own().standing().filter(pk__in=asked).values_list("pk", flat=True))
    if found != set(asked) or registration_id in found:
        raise CaseRefused("referral_no_sibling", field="siblings")
    return list(dict.fromkeys(asked))


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


def _answered(function: str, *asked: UUID | str | list[UUID]) -> Any:
    """What a function of the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", [*asked])
        ((answer,),) = cursor.fetchall()
    return answer


def _hand_over(referral: Referral) -> None:
    """Makes the recipient the organisation that asks, in all cases of the transfer; CaseRefused where it cannot be.

    The pair stays with the organisations whom it is of: the case shows the child as the registration has them.
    """
    children = [referral.registration_id, *map(UUID, Extract.objects.get(referral=referral).siblings)]
    shown: dict[str, Any] = {}
    for child in registrations().with_details().filter(pk__in=children):
        said = described(child)
        shown[str(child.pk)] = glimpse(said, None).kept()
        for link in child.links.all():
            named = FamilyLink(link_id="", person_id="", relation=link.relation, described=link.described)
            shown[str(link.pk)] = glimpse(said, named).kept()
    if problem := _answered("cases_hand_over(%s, %s)", referral.pk, json.dumps(shown)):
        raise CaseRefused(f"referral_case_{problem}", status=409)
    for case in Case.objects.filter(pk__in=[referral.case_id, *referral.along]):
        tell_the_other(case, "notice_handed_over")

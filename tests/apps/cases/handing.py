# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases that go from one organisation to the next, as tests hand them over."""

from typing import Any

from apps.cases.journey import Journey
from apps.cases.test_referrals import said
from apps.registry.people import sharing_with
from apps.tracing.shores import acts

from havre.apps.cases.actions.referring import act_on_referral, refer
from havre.apps.cases.enums import ReferralAct, ReferralKind
from havre.apps.cases.models import Case, Referral
from havre.apps.registry import actions as registry
from havre.core.access import Purpose
from havre.core.accounts.models import Member, Organisation


def agrees(journey: Journey, case: Case, to: Organisation) -> Any:
    """The child of a case says yes to sharing with an organisation; Dunes, which registered them, records it."""
    with acts(journey.dunes, Purpose.CARE):
        return registry.give_consent(case.registration_id, sharing_with(to.pk))


def transferred(by: Member, case: Case, to: Organisation, **more: Any) -> Referral:
    """A transfer that waits for an answer."""
    with acts(by):
        asked = said(to, kind=ReferralKind.TRANSFER, **{"siblings_said": "He has none at all", **more})
        return refer(case.registration_id, asked)


def accepted(by: Member, referral: Referral) -> None:
    with acts(by):
        act_on_referral(referral.pk, ReferralAct.ACCEPT)


def handed(journey: Journey, case: Case, by: Member, to: Member) -> Referral:
    """A transfer that the child agreed to and that was accepted."""
    if to.organisation_id != journey.dunes.organisation_id:
        agrees(journey, case, to.organisation)
    referral = transferred(by, case, to.organisation)
    accepted(to, referral)
    return referral


def leads(member: Member, case: Case) -> bool:
    """Whether the organisation of a member leads the case, as it reads it."""
    with acts(member):
        return Case.objects.filter(pk=case.pk, organisation=member.organisation_id).exists()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who hears of what happens in a case: the caseworkers of the other organisation, and colleagues for a draft."""

from uuid import UUID

from django.urls import reverse

from havre.apps.cases.models import Case, Decision, Referral
from havre.core.access import current_actor
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices import tell


def tell_the_other(case: Case, sentence: str) -> None:
    """Leaves a notice with the organisation on the other side, if there is one. It names a case and nobody."""
    mine = current_actor().organisation_id
    other = case.other_organisation_id if mine == case.organisation_id else case.organisation_id
    if other is not None:
        _tell(_caseworkers(other), sentence, reverse("cases:case", args=[case.pk]))


def tell_colleagues(decision: Decision) -> None:
    """That a draft waits for a second person."""
    actor = current_actor()
    colleagues = [each for each in _caseworkers(actor.organisation_id) if each != actor.member_id]
    _tell(colleagues, "notice_draft", reverse("cases:decision", args=[decision.pk]))


def tell_of_referral(organisation: UUID, sentence: str, referral: Referral) -> None:
    """Leaves a notice with one side of a referral. It names the referral and nobody."""
    _tell(_caseworkers(organisation), sentence, reverse("cases:referral", args=[referral.pk]))


def tell_of_parting(organisation: UUID, case_id: UUID) -> None:
    """Leaves a notice with whoever leads the case of a brother or sister of a child who was parted. It names nobody."""
    _tell(_caseworkers(organisation), "notice_parted", reverse("cases:case", args=[case_id]))


def _tell(members: list[UUID], sentence: str, link: str) -> None:
    tell(members, f"cases.{sentence}", link)


def _caseworkers(organisation: UUID) -> list[UUID]:
    found = Member.objects.filter(
        organisation_id=organisation, role__in=[Role.CASEWORKER, Role.SUPERVISOR], active=True
    )
    return list(found.order_by("id").values_list("id", flat=True))

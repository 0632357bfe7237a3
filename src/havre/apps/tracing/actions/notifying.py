# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who hears of a verdict: those on the other shore for whom something waits now, and who confirmed."""

from uuid import UUID

from django.urls import reverse

from havre.apps.tracing.enums import Act
from havre.apps.tracing.models import Verdict
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices import tell


def tell_of(verdict: Verdict, *, confirmed_by: UUID | None) -> None:
    """Leaves the notices of a verdict; they come with the change, or not at all. They name a pair and nobody."""
    match Act(verdict.kind):
        case Act.CONFIRM:
            _tell(_other_side(verdict), "notice_verify", verdict)
        case Act.ASK:
            _tell(_other_side(verdict), "notice_asked", verdict)
        case Act.VERIFY if confirmed_by:
            _tell([confirmed_by], "notice_verified", verdict)
        case Act.REFUSE_VERIFICATION if confirmed_by:
            _tell([confirmed_by], "notice_refused", verdict)


def _tell(members: list[UUID], sentence: str, verdict: Verdict) -> None:
    tell(members, f"tracing.{sentence}", reverse("tracing:pair", args=[verdict.pair_id]))


def _other_side(verdict: Verdict) -> list[UUID]:
    """The caseworkers of the organisation on the other side; its supervisors where it has none."""
    pair = verdict.pair
    mine = verdict.organisation_id == pair.organisation_a_id
    other = pair.organisation_b_id if mine else pair.organisation_a_id
    for role in (Role.CASEWORKER, Role.SUPERVISOR):
        found = Member.objects.filter(organisation_id=other, role=role, active=True).order_by("id")
        if members := list(found.values_list("id", flat=True)):
            return members
    return []

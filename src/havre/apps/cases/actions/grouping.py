# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters: joined into one group, and parted from it, by a member, with reasons."""

from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.finding import held_case, made_before, needed, said_by, well_worded
from havre.apps.cases.actions.notifying import tell_of_parting
from havre.apps.cases.enums import PartedWhy
from havre.apps.cases.models import Case, GroupStep
from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import siblings, siblings_elsewhere
from havre.core.access import Actor, check
from havre.core.database.ids import uuid7


@transaction.atomic
def join_siblings(
    case_id: UUID, other_id: UUID, *, reasons: str, idempotency_key: UUID | None = None
) -> GroupStep:
    """Says that the children of two cases of the own organisation are brothers or sisters: they stay together.

    Where each has a group, one becomes part of the other: that whose cases are all of the own organisation. CaseRefused
    for a case of another organisation, for one and the same case, where they are together already, and where other
    organisations lead cases of both groups.
    """
    actor = check(RECORD)
    case, other = (_own(each, actor) for each in (case_id, other_id))
    if first := made_before(GroupStep.objects, idempotency_key, actor, joined=True):
        return first
    if other.pk == case.pk:
        raise CaseRefused("same_case", field="other", status=409)
    if other.pk in siblings(case.pk):
        raise CaseRefused("together_already", field="other", status=409)
    needed(reasons=reasons)
    if siblings_elsewhere(other.pk):
        # Whom another organisation leads cannot be taken along into a group: the others come to them.
        if siblings_elsewhere(case.pk):
            raise CaseRefused("groups_elsewhere", field="other", status=409)
        case, other = other, case
    together = bool(siblings(case.pk) or siblings_elsewhere(case.pk))
    group = _group(case) if together else uuid7()
    joining = [other, *Case.objects.filter(pk__in=siblings(other.pk)).order_by("pk")]
    steps = [
        GroupStep(case=each, group=group, joined=True, reasons=reasons.strip(), **said_by(actor))
        for each in ([] if together else [case]) + joining
    ]
    steps[0].idempotency_key = idempotency_key
    for step in steps:
        step.save(force_insert=True)
    return steps[0]


@transaction.atomic
def part_sibling(
    case_id: UUID, *, why: PartedWhy, reasons: str, idempotency_key: UUID | None = None
) -> GroupStep:
    """Parts a child from the group: they are no siblings, or a panel found that they may be apart.

    Where other organisations lead cases of the group, only a panel's finding parts them: each of these reads the
    reasons, and nothing else of this case. CaseRefused where the case is in no group, without reasons, and where no
    panel has found so.
    """
    actor = check(RECORD)
    case = _own(case_id, actor)
    if first := made_before(GroupStep.objects, idempotency_key, actor, case_id=case.pk, joined=False):
        return first
    elsewhere = siblings_elsewhere(case.pk)
    if not (elsewhere or siblings(case.pk)):
        raise CaseRefused("in_no_group", status=409)
    if elsewhere and why is not PartedWhy.DETERMINATION:
        raise CaseRefused("panel_parts", field="why", status=409)
    if why is PartedWhy.DETERMINATION and not case.determinations.filter(apart=True).exists():
        raise CaseRefused("no_determination", field="why", status=409)
    well_worded(reasons=reasons)
    step = GroupStep.objects.create(
        case=case,
        group=_group(case),
        joined=False,
        why=why,
        reasons=reasons.strip(),
        idempotency_key=idempotency_key,
        **said_by(actor),
    )
    for each in elsewhere:
        tell_of_parting(each.organisation_id, each.case_id)
    return step


def _own(case_id: UUID, actor: Actor) -> Case:
    case = held_case(case_id)
    if case.organisation_id != actor.organisation_id:
        raise CaseRefused("not_your_child", status=403)
    return case


def _group(case: Case) -> UUID:
    """Of the last step of a case that is in one."""
    return GroupStep.objects.filter(case=case).order_by("-position").values_list("group", flat=True)[0]

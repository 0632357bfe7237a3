# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case begins: from a verified pair, by the organisation that registered the child."""

from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import AlreadyOpen, CaseRefused, NoSuchCase
from havre.apps.cases.actions.notifying import tell_the_other
from havre.apps.cases.models import Case
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.registry.queries import registrations
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries import pairs
from havre.apps.tracing.queries.lines import halves
from havre.core.access import check

STANDING = (PairState.VERIFIED, PairState.REUNITED)


@transaction.atomic
def open_case(pair_id: UUID) -> Case:
    """Opens the case of the child of a verified pair; the organisation of the other side takes part from then on.

    CaseRefused where the pair is not verified, where the child is another organisation's, or has a case.
    """
    actor = check(OPEN_CASE)
    pair = pairs().select_for_update(of=("self",)).filter(pk=pair_id).first()
    if pair is None:
        raise NoSuchCase
    child, relative = halves(pair)
    if pair.state not in STANDING:
        raise CaseRefused("pair_not_verified", status=409)
    if child.organisation.pk != actor.organisation_id:
        raise CaseRefused("not_your_child", status=403)
    person = registrations().values_list("person_id", flat=True).get(pk=child.registration_id)
    if first := Case.objects.filter(organisation=actor.organisation_id, person=person).first():
        raise AlreadyOpen(first.pk)
    case = Case.objects.create(
        pair_id=pair.pk,
        registration_id=child.registration_id,
        family_id=relative.registration_id,
        person=person,
        organisation_id=child.organisation.pk,
        other_organisation_id=relative.organisation.pk,
        child_shore=child.shore,
        opened_by_id=actor.member_id,
    )
    tell_the_other(case, "notice_opened")
    return case

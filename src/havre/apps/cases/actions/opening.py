# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case begins: from a verified pair, or from what a child said of a relative whom nobody has matched yet."""

from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import AlreadyOpen, CaseRefused, NoSuchCase
from havre.apps.cases.actions.finding import held_case
from havre.apps.cases.actions.notifying import tell_the_other
from havre.apps.cases.actions.recording import add_own_event
from havre.apps.cases.models import Case
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.cases.queries import handed_over
from havre.apps.registry.queries import described, family_links, registrations
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries import Glimpse, glimpse, pairs
from havre.apps.tracing.queries.lines import Half, halves
from havre.core.access import Actor, check
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.engines.linkage.records import FamilyLink

STANDING = (PairState.VERIFIED, PairState.REUNITED)


@transaction.atomic
def open_case(pair_id: UUID) -> Case:
    """Opens the case of the child of a verified pair; the organisation of the other side takes part from then on.

    CaseRefused where the pair is not verified, where the child is another organisation's, or has a case.
    """
    actor = check(OPEN_CASE)
    child, relative = _verified(pair_id, actor)
    person = registrations().values_list("person_id", flat=True).get(pk=child.registration_id)
    _look_for_another(person, actor)
    case = Case.objects.create(
        pair_id=pair_id,
        link_id=child.link_id,
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


@transaction.atomic
def open_case_of_link(link_id: UUID) -> Case:
    """Opens the case of a child who has named a relative (a family link of the registry). Nobody else takes part yet.

    NoSuchCase where the own organisation has no such link in force; AlreadyOpen where the child has a case.
    """
    actor = check(OPEN_CASE)
    own = family_links().standing().filter(registration__organisation=actor.organisation_id)
    link = own.with_declarant().filter(pk=link_id).first()
    if link is None:
        raise NoSuchCase
    child = link.registration
    _look_for_another(child.person_id, actor)
    return Case.objects.create(
        link_id=link.pk,
        registration_id=child.pk,
        person=child.person_id,
        organisation_id=child.organisation_id,
        child_shore=actor.shore,
        glimpse=_shown_of(child.pk, link_id).kept(),
        opened_by_id=actor.member_id,
    )


@transaction.atomic
def address_case(case_id: UUID, organisation_id: UUID) -> Case:
    """Names the organisation of the other shore that is asked, where no pair says it: it reads the case from then on.

    It sees of the child what the other shore sees of a pair that nobody has verified, as long as looking for family is
    agreed to. CaseRefused without that, for a case of a pair, for an organisation that is none of protection of the
    other shore, and once a request was sent.
    """
    actor = check(OPEN_CASE)
    case = _own(held_case(case_id), actor)
    if case.pair_id is not None:
        raise CaseRefused("pair_says_whom", field="organisation", status=409)
    if case.events.exclude(route="").exists():
        raise CaseRefused("asked_already", field="organisation", status=409)
    asked = Organisation.objects.filter(pk=organisation_id, kind=OrganisationKind.PROTECTION).first()
    if asked is None or asked.shore == case.child_shore:
        raise CaseRefused("not_of_the_other_shore", field="organisation")
    if not registrations().with_consent_to_tracing().filter(pk=case.registration_id).exists():
        raise CaseRefused("no_consent", field="organisation", status=409)
    if case.other_organisation_id == asked.pk:
        return case
    case.other_organisation = asked
    case.glimpse = (_shown_of(case.registration_id, case.link_id) if case.link_id else Glimpse()).kept()
    case.save(update_fields=["other_organisation", "glimpse"])
    add_own_event(case, "addressed", actor, notice="notice_addressed")
    return case


@transaction.atomic
def join_pair(case_id: UUID, pair_id: UUID) -> Case:
    """Joins a verified pair of the child to a case that was opened without one.

    CaseRefused where the case has a pair, where the pair is another child's, or another organisation was asked.
    """
    actor = check(OPEN_CASE)
    case = _own(held_case(case_id), actor)
    if case.pair_id is not None:
        raise CaseRefused("has_a_pair", field="pair", status=409)
    child, relative = _verified(pair_id, actor)
    same = registrations().filter(pk=child.registration_id, person=_person_of(case)).exists()
    if not same:
        raise CaseRefused("another_child", field="pair", status=409)
    if case.other_organisation_id not in (None, relative.organisation.pk):
        raise CaseRefused("another_was_asked", field="pair", status=409)
    case.pair_id, case.family_id = pair_id, relative.registration_id
    case.other_organisation_id, case.glimpse = relative.organisation.pk, {}
    case.save(update_fields=["pair", "family", "other_organisation", "glimpse"])
    add_own_event(case, "pair_joined", actor, notice="notice_opened")
    return case


def _verified(pair_id: UUID, actor: Actor) -> tuple[Half, Half]:
    """The sides of a verified pair whose child is the own organisation's: the child's and the relative's."""
    pair = pairs().select_for_update(of=("self",)).filter(pk=pair_id).first()
    if pair is None:
        raise NoSuchCase
    child, relative = halves(pair)
    if pair.state not in STANDING:
        raise CaseRefused("pair_not_verified", status=409)
    if child.organisation.pk != actor.organisation_id:
        raise CaseRefused("not_your_child", status=403)
    return child, relative


def _look_for_another(person: UUID, actor: Actor) -> None:
    if first := Case.objects.filter(organisation=actor.organisation_id, person=person).first():
        raise AlreadyOpen(first.pk)
    if registrations().filter(pk__in=handed_over(), person=person).exists():
        raise CaseRefused("handed_over", status=409)


def _own(case: Case, actor: Actor) -> Case:
    if case.organisation_id != actor.organisation_id:
        raise CaseRefused("not_your_child", status=403)
    return case


def _person_of(case: Case) -> UUID:
    """The child's person as the registry groups it now."""
    person: UUID = registrations().values_list("person_id", flat=True).get(pk=case.registration_id)
    return person


def _shown_of(registration_id: UUID, link_id: UUID) -> Glimpse:
    """What the other shore may see of a child whom nobody has matched, and of whom the child speaks."""
    child = registrations().with_details().get(pk=registration_id)
    link = family_links().filter(pk=link_id).first()
    said = (
        FamilyLink(link_id="", person_id="", relation=link.relation, described=link.described)
        if link
        else None
    )
    return glimpse(described(child), said)

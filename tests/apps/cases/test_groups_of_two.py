# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters whom two organisations lead: handed over together, led on, or parted as a panel found."""

from datetime import timedelta
from uuid import uuid4

import pytest
from apps.cases.handing import accepted, agrees, handed, leads, transferred
from apps.cases.journey import TODAY, Journey, determined, held_at_the_end, whole
from apps.cases.test_groups import REASONS
from apps.cases.test_referrals import refused
from apps.tracing.shores import CHILD, SISTER, UNCLE_SAID, acts, raw, registered
from apps.tracing.web.conftest import site_of
from django.db import DatabaseError, transaction

from havre.apps.cases import actions
from havre.apps.cases.enums import Answer, CaseState, ClosingReason, PartedWhy, ReferralAct
from havre.apps.cases.models import Case, Determination, GroupStep, Referral
from havre.apps.cases.queries import siblings, siblings_elsewhere
from havre.apps.cases.queries.referrals import referral_view
from havre.apps.registry import actions as registry
from havre.core.access import Purpose
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice

SOON = TODAY + timedelta(days=4)
WHY = "Both say so, and their accounts agree."


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """The boy's, accepted by Harbour."""
    case = verified.asked()
    verified.told(verified.decided(case, whole(Answer.ACCEPT, evidence_missing=())))
    return case


@pytest.fixture(scope="module")
def other(verified: Journey, case: Case) -> Case:
    """His sister's, whom nobody has matched, in one group with him."""
    sister = registered(verified.dunes, SISTER, ("uncle", UNCLE_SAID), ("brother", CHILD))
    with acts(verified.dunes):
        other = actions.open_case_of_link(sister.links.get(relation="uncle").pk)
        actions.join_siblings(case.pk, other.pk, reasons=WHY)
    return other


@pytest.fixture(scope="module")
def maraude(verified: Journey, case: Case) -> Member:
    return verified.cast.member(verified.cast.maraude)


@pytest.fixture
def apart(journey: Journey, case: Case, other: Case, maraude: Member) -> None:
    """Maraude leads the boy's case and Dunes his sister's: hers was closed when his was handed over."""
    with acts(journey.dunes):
        actions.close_case(other.pk, ClosingReason.OUT_OF_CONTACT, words="Nobody has seen her for a month.")
    handed(journey, case, journey.dunes, maraude)
    with acts(journey.dunes):
        actions.reopen_case(other.pk, words="She came back on Monday.")


# --- handed over together ----------------------------------------------------------------------------------------


def test_one_act_hands_over_all_of_them_on_one_receipt(
    journey: Journey, case: Case, other: Case, maraude: Member
) -> None:
    agrees(journey, other, maraude.organisation)
    agrees(journey, case, maraude.organisation)
    referral = transferred(journey.dunes, case, maraude.organisation, siblings_said="")
    with acts(maraude):
        assert not Case.objects.exists()
        view = referral_view(referral.pk)
    assert view is not None
    assert view.cases == [(case.pk, False), (other.pk, False)]
    accepted(maraude, referral)
    assert all(leads(maraude, each) for each in (case, other))
    with acts(maraude):
        assert siblings(case.pk) == [other.pk]
        assert Referral.objects.count() == 1
        view = referral_view(referral.pk)
        assert view is not None
        assert view.cases == [(case.pk, True), (other.pk, True)]
    with acts(journey.dunes):
        assert not Case.objects.exists()
    for member in (maraude, journey.dunes):
        for language, title in (("en", "all of them or none"), ("fr", "tous ou aucun")):
            page = site_of(member, language).get(f"/cases/referrals/{referral.pk}").content.decode()
            assert title in page
    page = site_of(maraude).get(f"/cases/{other.pk}").content.decode()
    assert SISTER.names in page


@pytest.mark.parametrize(
    ("language", "go_along", "not_agreed"),
    [
        ("en", "Brothers and sisters stay together", "not all have agreed to it yet"),
        ("fr", "Les frères et sœurs restent ensemble", "tous n’y ont pas encore consenti"),
    ],
)
def test_the_form_shows_who_goes_along_and_says_whose_yes_is_missing(
    journey: Journey, case: Case, other: Case, maraude: Member, language: str, go_along: str, not_agreed: str
) -> None:
    agrees(journey, case, maraude.organisation)
    site, place = site_of(journey.dunes, language), f"/cases/registrations/{case.registration_id}/refer"
    page = site.get(place).content.decode()
    assert go_along in page
    assert SISTER.names in page
    typed = {
        "key": str(uuid4()),
        "kind": "transfer",
        "recipient": str(maraude.organisation_id),
        "asked": "Please take both of them over",
        "answer_by": SOON.isoformat(),
        "fields_named": ["reference"],
    }
    refusal = site.post(place, typed)
    assert refusal.status_code == 422
    assert not_agreed in refusal.content.decode()
    agrees(journey, other, maraude.organisation)
    assert site.post(place, typed).status_code == 302


def test_without_the_sisters_yes_nobody_is_handed_over(
    journey: Journey, case: Case, other: Case, maraude: Member
) -> None:
    agrees(journey, case, maraude.organisation)
    with refused("referral_group_no_consent"):
        transferred(journey.dunes, case, maraude.organisation)
    with acts(journey.dunes), pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.create(
            kind="transfer",
            registration_id=case.registration_id,
            case_id=case.pk,
            along=[other.pk],
            organisation=journey.dunes.organisation,
            member=journey.dunes,
            recipient=maraude.organisation,
            answer_by=SOON,
        )


def test_who_takes_consent_back_before_the_answer_keeps_all_where_they_are(
    journey: Journey, case: Case, other: Case, maraude: Member
) -> None:
    given = agrees(journey, other, maraude.organisation)
    agrees(journey, case, maraude.organisation)
    referral = transferred(journey.dunes, case, maraude.organisation)
    with acts(journey.dunes, Purpose.CARE):
        registry.withdraw_consent(given.pk)
    with refused("referral_group_consent_ended"):
        accepted(maraude, referral)
    assert all(leads(journey.dunes, each) for each in (case, other))


def test_a_group_that_has_grown_since_is_not_split_by_an_old_transfer(
    journey: Journey, case: Case, other: Case, maraude: Member
) -> None:
    for each in (case, other):
        agrees(journey, each, maraude.organisation)
    referral = transferred(journey.dunes, case, maraude.organisation)
    third = registered(journey.dunes, SISTER.__class__(names="Parwana Wali Khan"), ("uncle", UNCLE_SAID))
    with acts(journey.dunes):
        new = actions.open_case_of_link(third.links.get().pk)
        actions.join_siblings(case.pk, new.pk, reasons=WHY)
    with refused("referral_case_group"):
        accepted(maraude, referral)
    assert leads(journey.dunes, case)


def test_whose_case_is_closed_stays_where_it_is(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    assert leads(maraude, case)
    assert leads(journey.dunes, other)


# --- led by two --------------------------------------------------------------------------------------------------


def test_each_knows_that_there_is_one_and_reads_nothing_of_them(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    for member, own, theirs, leader in (
        (maraude, case, other, journey.cast.dunes),
        (journey.dunes, other, case, journey.cast.maraude),
    ):
        with acts(member):
            (found,) = siblings_elsewhere(own.pk)
            assert (found.case_id, found.organisation_id, found.waits) == (theirs.pk, leader.pk, True)
            assert siblings(own.pk) == []
            assert siblings_elsewhere(theirs.pk) == []
            assert not Case.objects.filter(pk=theirs.pk).exists()
        for language, text in (("en", "One more, whose case"), ("fr", "Un autre, dont le dossier")):
            page = site_of(member, language).get(f"/cases/{own.pk}").content.decode()
            assert text in page
            assert leader.name in page
    for member in (journey.harbour, journey.stranger):
        with acts(member):
            assert siblings_elsewhere(case.pk) == []


def test_a_journey_without_her_is_refused_and_says_what_to_do(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    with refused("sibling_elsewhere"), acts(maraude):
        actions.plan_transfer(case.pk, SOON)
    with acts(maraude):
        actions.determine_interests(case.pk, determined())
        actions.plan_transfer(case.pk, SOON)
        held_at_the_end()
    assert journey.standing(case, maraude).state is CaseState.PLANNED


@pytest.mark.parametrize("to_maraude", [True, False])
def test_the_group_is_led_on_by_one_once_the_other_hands_over(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None, to_maraude: bool
) -> None:
    if to_maraude:
        handed(journey, other, journey.dunes, maraude)
    else:
        handed(journey, case, maraude, journey.dunes)
    leader = maraude if to_maraude else journey.dunes
    with acts(leader):
        assert siblings(case.pk) == [other.pk]
        assert siblings_elsewhere(case.pk) == []


def test_a_third_takes_over_none_of_them_while_two_lead_them(
    journey: Journey, case: Case, maraude: Member, apart: None
) -> None:
    relay = journey.cast.organisation("Relay")
    agrees(journey, case, relay)
    with refused("referral_siblings_elsewhere"):
        transferred(maraude, case, relay)


PARTED = """INSERT INTO cases_groupstep (id, origin, recorded_at, case_id, member_id, organisation_id, shore, "group",
  joined, why, reasons, position, told) VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', %s, false,
  'not_siblings', %s, 9, '{}')"""


@pytest.mark.parametrize("by_maraude", [True, False])
def test_either_parts_them_as_a_panel_found_and_both_read_the_reasons(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None, by_maraude: bool
) -> None:
    parts, reads = (maraude, journey.dunes) if by_maraude else (journey.dunes, maraude)
    own, theirs = (case, other) if by_maraude else (other, case)
    with acts(parts):
        with refused("panel_parts"):
            actions.part_sibling(own.pk, why=PartedWhy.NOT_SIBLINGS, reasons=REASONS)
        group = GroupStep.objects.get(case=own).group
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(PARTED, [own.pk, parts.pk, parts.organisation_id, group, REASONS])
        with refused("no_determination"):
            actions.part_sibling(own.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
        actions.determine_interests(own.pk, determined())
        step = actions.part_sibling(own.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
        assert siblings_elsewhere(own.pk) == []
    with acts(reads):
        assert GroupStep.objects.get(pk=step.pk).reasons == REASONS
        assert not Case.objects.filter(pk=own.pk).exists()
        assert not Determination.objects.filter(case=own.pk).exists()
        assert siblings_elsewhere(theirs.pk) == []
        assert Notice.objects.filter(key="cases.notice_parted", link=f"/cases/{theirs.pk}").exists()
    for language, text in (("en", "Parted by"), ("fr", "Séparation par")):
        page = site_of(reads, language).get(f"/cases/{theirs.pk}").content.decode()
        assert text in page
        assert REASONS in page
    with acts(journey.stranger):
        assert not GroupStep.objects.exists()
    with acts(journey.cast.member(journey.cast.organisation("Relay"))):
        assert not GroupStep.objects.exists()


def test_who_comes_later_reads_no_reasons_of_before(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    with acts(maraude):
        actions.determine_interests(case.pk, determined())
        step = actions.part_sibling(case.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
    relay = journey.cast.member(journey.cast.organisation("Relay"))
    handed(journey, other, journey.dunes, relay)
    with acts(relay):
        assert Case.objects.filter(pk=other.pk).exists()
        assert not GroupStep.objects.filter(pk=step.pk).exists()


def test_the_other_leader_parts_nobody_but_its_own_child(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    with acts(maraude), pytest.raises(actions.NoSuchCase):
        actions.part_sibling(other.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
    with acts(journey.harbour), refused("not_your_child"):
        actions.part_sibling(case.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)


def test_whoever_joins_the_group_later_is_with_all_of_them_and_nobody_is_left_behind(
    journey: Journey, case: Case, other: Case, maraude: Member, apart: None
) -> None:
    brother = registered(journey.dunes, SISTER.__class__(names="Nazanin Wali Khan"), ("uncle", UNCLE_SAID))
    with acts(journey.dunes):
        new = actions.open_case_of_link(brother.links.get().pk)
        actions.join_siblings(new.pk, other.pk, reasons=WHY)
        assert siblings(new.pk) == [other.pk]
        assert [each.case_id for each in siblings_elsewhere(new.pk)] == [case.pk]
    with acts(maraude):
        assert {each.case_id for each in siblings_elsewhere(case.pk)} == {other.pk, new.pk}


def test_an_accepted_transfer_is_the_only_way_into_another_hand(
    journey: Journey, case: Case, other: Case, maraude: Member
) -> None:
    for each in (case, other):
        agrees(journey, each, maraude.organisation)
    referral = transferred(journey.dunes, case, maraude.organisation)
    for member in (maraude, journey.dunes, journey.stranger):
        with acts(member), pytest.raises(DatabaseError), transaction.atomic():
            raw("SELECT cases_hand_over(%s, '{}')", [referral.pk])
    with acts(maraude):
        actions_of = referral_view(referral.pk)
    assert actions_of is not None
    assert ReferralAct.ACCEPT in actions_of.acts

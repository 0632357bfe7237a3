# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case goes from hand to hand: who may pass it on, who sees the receipts, and what remains without consent."""

import pytest
from apps.cases.handing import accepted, agrees, handed, leads, transferred
from apps.cases.journey import Journey
from apps.cases.test_referrals import by_sql, refused, said
from apps.tracing.shores import acts
from apps.tracing.web.conftest import site_of
from django.db import DatabaseError, transaction

from havre.apps.cases.actions import NoSuchCase
from havre.apps.cases.actions.referring import act_on_referral, refer
from havre.apps.cases.enums import ReferralAct, ReferralKind
from havre.apps.cases.models import Case, Extract, Referral
from havre.apps.cases.queries import case_view, lines_of_cases
from havre.apps.cases.queries.referrals import referral_view, referrals
from havre.apps.registry import actions as registry
from havre.apps.registry.models import Registration
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.words import Language

EN = Language.ENGLISH


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """The boy's, led by Dunes."""
    return verified.asked()


@pytest.fixture(scope="module")
def maraude(verified: Journey, case: Case) -> Member:
    return verified.cast.member(verified.cast.maraude)


@pytest.fixture(scope="module")
def relay(verified: Journey, case: Case) -> Member:
    """A third organisation of the same shore."""
    return verified.cast.member(verified.cast.organisation("Relay"))


@pytest.fixture
def first(journey: Journey, case: Case, maraude: Member) -> Referral:
    """From Dunes to Maraude, accepted."""
    return handed(journey, case, journey.dunes, maraude)


@pytest.fixture
def second(journey: Journey, case: Case, first: Referral, maraude: Member, relay: Member) -> Referral:
    """From Maraude to Relay, accepted."""
    return handed(journey, case, maraude, relay)


def seen_by(member: Member) -> set[object]:
    with acts(member):
        return set(Referral.objects.values_list("pk", flat=True))


# --- who may pass it on ------------------------------------------------------------------------------------------


def test_who_took_a_case_over_hands_it_on_and_leads_it_no_more(
    journey: Journey, case: Case, second: Referral, maraude: Member, relay: Member
) -> None:
    assert [leads(each, case) for each in (journey.dunes, maraude, relay)] == [False, False, True]
    with acts(relay):
        (line,) = lines_of_cases([case.pk], EN)
        assert "Wali" in line.pair.child or "ولي" in line.pair.child
    with acts(journey.harbour):
        told = Notice.objects.filter(key="cases.notice_handed_over", link=f"/cases/{case.pk}").count()
    assert told == 2, "who is asked hears each time who asks now"


def test_before_it_accepts_it_neither_reads_the_case_nor_passes_it_on(
    journey: Journey, case: Case, maraude: Member, relay: Member
) -> None:
    agrees(journey, case, maraude.organisation)
    agrees(journey, case, relay.organisation)
    transferred(journey.dunes, case, maraude.organisation)
    assert not leads(maraude, case)
    with pytest.raises(NoSuchCase):
        transferred(maraude, case, relay.organisation)
    with acts(maraude), pytest.raises(DatabaseError), transaction.atomic():
        _by_hand(case, maraude, relay)


def test_without_the_childs_yes_to_the_next_one_it_is_refused(
    journey: Journey, case: Case, first: Referral, maraude: Member, relay: Member
) -> None:
    with refused("referral_no_consent_transfer"):
        transferred(maraude, case, relay.organisation)
    with acts(maraude), pytest.raises(DatabaseError), transaction.atomic():
        _by_hand(case, maraude, relay)
    agrees(journey, case, relay.organisation)
    with acts(maraude):
        assert _by_hand(case, maraude, relay).pk


def test_it_refers_the_child_too_with_what_it_names(
    journey: Journey, case: Case, first: Referral, maraude: Member, relay: Member
) -> None:
    agrees(journey, case, relay.organisation)
    with acts(maraude):
        made = refer(case.registration_id, said(relay.organisation))
    assert made.case_id == case.pk
    with acts(relay):
        assert dict(Extract.objects.get(referral=made).fields)["names"]
        assert not Case.objects.exists()


def test_who_handed_it_over_transfers_it_to_nobody_else(
    journey: Journey, case: Case, first: Referral, relay: Member
) -> None:
    agrees(journey, case, relay.organisation)
    with refused("handed_over"):
        transferred(journey.dunes, case, relay.organisation)


@pytest.mark.parametrize("who", ["harbour", "stranger", "auditor", "registrar"])
def test_nobody_else_passes_it_on(
    journey: Journey, case: Case, first: Referral, relay: Member, who: str
) -> None:
    agrees(journey, case, relay.organisation)
    others = {
        "harbour": journey.harbour,
        "stranger": journey.stranger,
        "auditor": journey.cast.auditor,
        "registrar": journey.cast.member(journey.cast.maraude, Role.REGISTRAR),
    }
    with pytest.raises((NoSuchCase, NotAllowed)):
        transferred(others[who], case, relay.organisation)


def _by_hand(case: Case, member: Member, to: Member) -> Referral:
    asked = said(to.organisation)
    return Referral.objects.create(
        kind=ReferralKind.TRANSFER,
        registration_id=case.registration_id,
        case_id=case.pk,
        organisation=member.organisation,
        member=member,
        recipient=to.organisation,
        answer_by=asked.answer_by,
    )


# --- the chain of receipts ---------------------------------------------------------------------------------------


def test_each_who_took_part_sees_every_receipt_and_its_own_extract_alone(
    journey: Journey, first: Referral, second: Referral, maraude: Member, relay: Member
) -> None:
    own = {journey.dunes: {first.pk}, maraude: {first.pk, second.pk}, relay: {second.pk}}
    for member, extracts in own.items():
        assert seen_by(member) == {first.pk, second.pk}
        with acts(member):
            assert set(Extract.objects.values_list("referral", flat=True)) == extracts
            for each in (first, second):
                view = referral_view(each.pk)
                assert view is not None
                assert [step.pk for step in view.chain] == [first.pk, second.pk]
                assert view.acts == []
            assert set(referrals().of_ours().values_list("pk", flat=True)) == extracts
    for stranger in (journey.harbour, journey.stranger, journey.cast.auditor):
        assert seen_by(stranger) == set()


def test_what_was_offered_and_refused_is_seen_by_those_two_alone(
    journey: Journey, case: Case, first: Referral, maraude: Member, relay: Member
) -> None:
    agrees(journey, case, relay.organisation)
    offered = transferred(maraude, case, relay.organisation)
    assert seen_by(journey.dunes) == {first.pk}
    with acts(relay):
        act_on_referral(offered.pk, ReferralAct.REFUSE, words="We have no bed for him")
    assert seen_by(journey.dunes) == {first.pk}
    assert seen_by(relay) == {offered.pk}


def test_who_sees_a_receipt_of_others_does_nothing_to_it(
    journey: Journey, first: Referral, second: Referral, relay: Member
) -> None:
    for member, theirs in ((journey.dunes, second), (relay, first)):
        for act in ReferralAct:
            with acts(member):
                with pytest.raises(NoSuchCase):
                    act_on_referral(theirs.pk, act, words="We have no bed for him")
                with pytest.raises(DatabaseError), transaction.atomic():
                    by_sql(theirs, act, member)


def test_the_pages_show_it_in_both_languages(
    journey: Journey, case: Case, first: Referral, second: Referral, maraude: Member, relay: Member
) -> None:
    for language, title in (("en", "From hand to hand"), ("fr", "De main en main")):
        for member in (journey.dunes, maraude, relay):
            for each in (first, second):
                shown = site_of(member, language).get(f"/cases/referrals/{each.pk}")
                assert shown.status_code == 200
                assert title in shown.content.decode()
        page = site_of(relay, language).get(f"/cases/{case.pk}").content.decode()
        assert "Dunes → Maraude" in page
        assert f"/cases/registrations/{case.registration_id}/refer" in page
    listed = site_of(journey.dunes).get("/cases/referrals").content.decode()
    assert str(second.pk) not in listed


def test_the_page_of_a_case_leads_whoever_leads_it_to_the_form(
    journey: Journey, case: Case, first: Referral, maraude: Member
) -> None:
    place = f"/cases/registrations/{case.registration_id}/refer"
    assert f'href="{place}"' in site_of(maraude).get(f"/cases/{case.pk}").content.decode()
    with acts(maraude):
        person = Registration.objects.select_related("person").get(pk=case.registration_id).person
    assert f'href="{place}"' in site_of(maraude).get(f"/people/{person.pk}").content.decode()
    found = site_of(maraude).post("/cases/referrals", {"reference": person.reference})
    assert found.headers["Location"] == place
    assert person.reference in site_of(maraude).get(place).content.decode()
    for other in (journey.harbour, journey.cast.member(journey.cast.maraude, Role.REGISTRAR)):
        assert place not in site_of(other).get(f"/cases/{case.pk}").content.decode()


# --- the child takes consent back --------------------------------------------------------------------------------


def test_without_consent_the_case_goes_back_to_who_registered_the_child(
    journey: Journey, case: Case, maraude: Member
) -> None:
    given = agrees(journey, case, maraude.organisation)
    accepted(maraude, transferred(journey.dunes, case, maraude.organisation))
    with acts(journey.dunes, Purpose.CARE):
        registry.withdraw_consent(given.pk)
    with acts(maraude):
        assert not Registration.objects.exists()
    page = site_of(maraude).get(f"/cases/registrations/{case.registration_id}/refer")
    assert page.status_code == 200
    assert "take the case back" in page.content.decode()
    back = transferred(maraude, case, journey.dunes.organisation)
    with acts(journey.dunes):
        assert Extract.objects.get(referral=back).fields == []
    accepted(journey.dunes, back)
    assert (leads(journey.dunes, case), leads(maraude, case)) == (True, False)
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
        assert view is not None
        assert view.pair.child


def test_without_consent_it_goes_to_nobody_else(
    journey: Journey, case: Case, maraude: Member, relay: Member
) -> None:
    given = agrees(journey, case, maraude.organisation)
    accepted(maraude, transferred(journey.dunes, case, maraude.organisation))
    agrees(journey, case, relay.organisation)
    with acts(journey.dunes, Purpose.CARE):
        registry.withdraw_consent(given.pk)
    with refused("referral_no_consent_transfer"):
        transferred(maraude, case, relay.organisation)


def test_consent_that_was_taken_back_before_the_answer_hands_nothing_over(
    journey: Journey, case: Case, first: Referral, maraude: Member, relay: Member
) -> None:
    given = agrees(journey, case, relay.organisation)
    offered = transferred(maraude, case, relay.organisation)
    with acts(journey.dunes, Purpose.CARE):
        registry.withdraw_consent(given.pk)
    with refused("referral_consent_ended"):
        accepted(relay, offered)
    with acts(relay), pytest.raises(DatabaseError), transaction.atomic():
        by_sql(offered, ReferralAct.ACCEPT, relay)
    assert leads(maraude, case)
    with acts(relay):
        assert not Extract.objects.exists()

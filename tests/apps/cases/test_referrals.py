# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child is referred, or the case transferred: with consent, with what was named, answered in time or late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import Journey
from apps.registry.people import acts, answered, registered, sharing_with
from apps.tracing.web.conftest import site_of
from cast import Cast
from django.db import DatabaseError, connection, transaction

from havre.apps.cases.actions import CaseRefused, NoSuchCase, referring
from havre.apps.cases.actions.referring import ReferralSaid, act_on_referral, refer
from havre.apps.cases.enums import ExtractField, ReferralAct, ReferralKind, ReferralState
from havre.apps.cases.models import Case, Extract, Referral, ReferralStep
from havre.apps.cases.queries import lines_of_cases
from havre.apps.cases.queries.referrals import (
    RULES_OF_REFERRALS,
    Side,
    referral_view,
    referrals,
    state_of_referral,
    waiting_referrals,
)
from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Consent, FamilyLink, Registration
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member, Organisation
from havre.core.clock import today
from havre.core.notices.models import Notice
from havre.words import Language

DAY = timedelta(days=1)
WHY = "We have no bed for him"


def said(recipient: Organisation, **more: Any) -> ReferralSaid:
    """A referral in which nothing is missing."""
    asked: dict[str, Any] = {
        "kind": ReferralKind.REFERRAL,
        "recipient_id": recipient.pk,
        "asked": "Please find him a bed for the winter",
        "answer_by": today() + 7 * DAY,
        "fields": (ExtractField.NAMES, ExtractField.BIRTH),
    }
    return ReferralSaid(**{**asked, **more})


def refused(key: str) -> Any:
    """CaseRefused for this, said in both languages."""
    return pytest.RaisesExc(
        CaseRefused, check=lambda error: error.key == key and all(error.say(each) for each in Language)
    )


def to_be_referred(recipient: Organisation) -> Registration:
    consent = answered(ConsentFor.REFERRAL, recipient_id=recipient.pk)
    return registered(consents=[consent])


@pytest.fixture
def dunes(cast: Cast) -> Member:
    return cast.member(cast.dunes)


@pytest.fixture
def maraude(cast: Cast) -> Member:
    return cast.member(cast.maraude)


@pytest.fixture
def referral(cast: Cast, dunes: Member) -> Referral:
    """From Dunes to Maraude."""
    with acts(dunes):
        return refer(to_be_referred(cast.maraude).pk, said(cast.maraude))


def does(member: Member, referral: Referral, act: ReferralAct, words: str = "") -> ReferralStep:
    with acts(member):
        return act_on_referral(referral.pk, act, words=words)


def state(member: Member, referral: Referral) -> ReferralState:
    with acts(member):
        return state_of_referral(referrals().get(pk=referral.pk).steps.all())


def extract_of(member: Member, referral: Referral) -> Extract | None:
    with acts(member):
        return Extract.objects.filter(referral=referral.pk).first()


# --- what goes along ---------------------------------------------------------------------------------------------


def test_what_was_named_goes_along_and_nothing_else(
    maraude: Member, dunes: Member, referral: Referral
) -> None:
    extract = extract_of(maraude, referral)
    assert extract is not None
    assert extract.fields == [["names", "احمد خان / Ahmad Khan"], ["birth", "2001-01-01/2001-12-31"]]
    with acts(maraude):
        assert not Registration.objects.exists()
        [notice] = Notice.objects.all()
        assert (notice.key, notice.link) == ("cases.notice_referred", f"/cases/referrals/{referral.pk}")


@pytest.mark.parametrize("stranger", ["kin", "harbour"])
def test_a_stranger_reads_nothing_of_it(cast: Cast, referral: Referral, stranger: str) -> None:
    with acts(cast.member(getattr(cast, stranger), Role.SUPERVISOR)):
        assert not Referral.objects.exists()
        assert not Extract.objects.exists()
        assert referral_view(referral.pk) is None
        with pytest.raises(NoSuchCase):
            act_on_referral(referral.pk, ReferralAct.ACCEPT)


def test_without_consent_nobody_is_referred_and_for_one_organisation_means_that_one(
    cast: Cast, dunes: Member
) -> None:
    with acts(dunes):
        with refused("referral_no_consent_referral"):
            refer(registered().pk, said(cast.maraude))
        child = to_be_referred(cast.maraude)
        with refused("referral_no_consent_referral"):
            refer(child.pk, said(cast.kin))
        Consent.objects.update(until=today() - DAY)
        with refused("referral_no_consent_referral"):
            refer(child.pk, said(cast.maraude))
        assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"asked": "a bed"}, "referral_words"),
        ({"answer_by": today}, "referral_day"),
        ({"fields": ()}, "referral_fields"),
        ({"siblings": (uuid4(),)}, "referral_no_sibling"),
    ],
)
def test_a_referral_in_which_something_is_missing_is_none(
    cast: Cast, dunes: Member, more: dict[str, Any], key: str
) -> None:
    more = {name: value() if callable(value) else value for name, value in more.items()}
    with acts(dunes):
        child = to_be_referred(cast.maraude)
        with refused(key):
            refer(child.pk, said(cast.maraude, **more))
        assert not Referral.objects.exists()


def test_nobody_is_referred_to_enforcement_or_to_oneself(cast: Cast, dunes: Member) -> None:
    with acts(dunes):
        child = to_be_referred(cast.maraude)
        for organisation, key in ((cast.police, "referral_to_nobody"), (cast.dunes, "referral_to_oneself")):
            with refused(key):
                refer(child.pk, said(organisation))


def test_only_caseworkers_of_the_own_organisation_refer(cast: Cast, maraude: Member) -> None:
    with acts(cast.member(cast.dunes, Role.REGISTRAR)):
        child = to_be_referred(cast.maraude)
        with pytest.raises(NotAllowed):
            refer(child.pk, said(cast.maraude))
    for elsewhere in (maraude, cast.member(cast.harbour)):
        with acts(elsewhere), pytest.raises(NoSuchCase):
            refer(child.pk, said(cast.kin))


def test_a_referral_is_made_once_a_key(cast: Cast, dunes: Member) -> None:
    key = uuid4()
    with acts(dunes):
        child = to_be_referred(cast.maraude)
        first = refer(child.pk, said(cast.maraude), idempotency_key=key)
        assert refer(child.pk, said(cast.maraude), idempotency_key=key) == first
        with pytest.raises(CaseRefused):
            refer(to_be_referred(cast.maraude).pk, said(cast.maraude), idempotency_key=key)
        assert Referral.objects.count() == 1


# --- its life ----------------------------------------------------------------------------------------------------


def test_both_sides_see_the_life_of_it(dunes: Member, maraude: Member, referral: Referral) -> None:
    assert state(maraude, referral) is ReferralState.SENT
    does(maraude, referral, ReferralAct.RECEIVE)
    assert state(dunes, referral) is ReferralState.RECEIVED
    does(maraude, referral, ReferralAct.ACCEPT)
    for member in (dunes, maraude):
        assert state(member, referral) is ReferralState.ACCEPTED
        assert extract_of(member, referral) is not None
    does(dunes, referral, ReferralAct.END, "He has moved on to Paris")
    assert state(maraude, referral) is ReferralState.ENDED
    assert extract_of(maraude, referral) is None
    assert extract_of(dunes, referral) is not None
    with acts(dunes):
        told = set(Notice.objects.values_list("key", flat=True))
    assert told == {"cases.notice_referral_receive", "cases.notice_referral_accept"}


def test_who_refuses_says_why_and_reads_no_more(dunes: Member, maraude: Member, referral: Referral) -> None:
    with refused("referral_words"):
        does(maraude, referral, ReferralAct.REFUSE, "no")
    does(maraude, referral, ReferralAct.REFUSE, WHY)
    assert extract_of(maraude, referral) is None
    with acts(dunes):
        assert ReferralStep.objects.get().words == WHY


RIGHT = {
    ReferralState.SENT: [],
    ReferralState.RECEIVED: [ReferralAct.RECEIVE],
    ReferralState.ACCEPTED: [ReferralAct.ACCEPT],
    ReferralState.REFUSED: [ReferralAct.REFUSE],
    ReferralState.TAKEN_BACK: [ReferralAct.TAKE_BACK],
    ReferralState.ENDED: [ReferralAct.ACCEPT, ReferralAct.END],
}
RAW = (
    "INSERT INTO cases_referralstep (id, origin, recorded_at, referral_id, act, words, member_id, organisation_id,"
    " shore) VALUES (gen_random_uuid(), '', now() + interval '1 day', %s, %s, %s, %s, %s, 'france')"
)


def goes(does_it: Callable[[], object]) -> bool:
    """Whether it is done; undone either way."""
    try:
        with transaction.atomic():
            does_it()
            transaction.set_rollback(True)
    except (CaseRefused, DatabaseError):
        return False
    return True


def by_sql(referral: Referral, act: ReferralAct, member: Member) -> None:
    reason = WHY if RULES_OF_REFERRALS[act].reason else ""
    with connection.cursor() as cursor:
        cursor.execute(RAW, [referral.pk, act.value, reason, member.pk, member.organisation_id])


@pytest.mark.parametrize("was", list(ReferralState))
def test_page_and_database_hold_the_same_rules(
    dunes: Member, maraude: Member, referral: Referral, was: ReferralState
) -> None:
    for act in RIGHT[was]:
        by = dunes if RULES_OF_REFERRALS[act].by is Side.SENDER else maraude
        does(by, referral, act, WHY if RULES_OF_REFERRALS[act].reason else "")
    for act, rule in RULES_OF_REFERRALS.items():
        for member, side in ((dunes, Side.SENDER), (maraude, Side.RECIPIENT)):
            may = was in rule.within and rule.by in (side, Side.EITHER)
            with acts(member):
                reason = WHY if rule.reason else ""
                assert goes(lambda act=act, why=reason: act_on_referral(referral.pk, act, words=why)) is may
                assert goes(lambda act=act, by=member: by_sql(referral, act, by)) is may, (act, side)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_referral SET answer_by = answer_by + 1",
        "UPDATE cases_referral SET recipient_id = organisation_id",
        "DELETE FROM cases_referral",
        "DELETE FROM cases_extract",
        "DELETE FROM cases_referralstep",
    ],
)
def test_what_was_referred_never_changes(dunes: Member, referral: Referral, statement: str) -> None:
    with acts(dunes), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_extract_is_not_rewritten_by_whoever_made_it(dunes: Member, referral: Referral) -> None:
    with acts(dunes):
        assert Extract.objects.update(asked="something else") == 0


def test_a_referral_without_an_answer_in_time_is_late_on_both_sides(
    cast: Cast, dunes: Member, maraude: Member, referral: Referral, settings: Any
) -> None:
    counts = {}
    for day in (referral.answer_by, referral.answer_by + DAY):
        settings.HAVRE_TODAY = day
        for member in (dunes, maraude, cast.member(cast.kin)):
            with acts(member):
                found = waiting_referrals(today())
                counts[member.organisation.name, (day - referral.answer_by).days] = (
                    found.to_answer,
                    found.late,
                )
    assert counts == {
        ("Dunes", 0): (0, 0),
        ("Maraude", 0): (1, 0),
        ("Kin", 0): (0, 0),
        ("Dunes", 1): (0, 1),
        ("Maraude", 1): (1, 1),
        ("Kin", 1): (0, 0),
    }
    does(maraude, referral, ReferralAct.REFUSE, WHY)
    with acts(dunes):
        assert (waiting_referrals(today()).to_answer, waiting_referrals(today()).late) == (0, 0)


# --- consent and erasure -----------------------------------------------------------------------------------------


def test_a_withdrawal_closes_the_extract_at_once_and_nothing_is_accepted_any_more(
    dunes: Member, maraude: Member, referral: Referral
) -> None:
    assert extract_of(maraude, referral) is not None
    with acts(dunes):
        registry.withdraw_consent(Consent.objects.get().pk)
    assert extract_of(maraude, referral) is None
    with refused("referral_consent_ended"):
        does(maraude, referral, ReferralAct.ACCEPT)
    does(maraude, referral, ReferralAct.REFUSE, WHY)


def test_consent_that_ends_closes_the_extract_on_its_day(
    cast: Cast, dunes: Member, maraude: Member, settings: Any
) -> None:
    with acts(dunes):
        until = answered(ConsentFor.REFERRAL, recipient_id=cast.maraude.pk, until=today())
        referral = refer(registered(consents=[until]).pk, said(cast.maraude))
    assert extract_of(maraude, referral) is not None
    settings.HAVRE_TODAY = today() + DAY
    assert extract_of(maraude, referral) is None
    assert extract_of(dunes, referral) is not None


def test_that_the_extract_was_read_is_what_a_withdrawal_cannot_call_back(
    dunes: Member, maraude: Member, referral: Referral
) -> None:
    from havre.apps.registry.queries import given_to_others

    with acts(maraude):
        assert referral_view(referral.pk) is not None
    with acts(dunes):
        [found] = given_to_others(referral.registration_id)
    assert (found.organisation, found.kind, found.table) == ("Maraude", "read", "cases_referral")


def test_an_erasure_takes_every_word_and_leaves_that_it_was_referred(
    cast: Cast, dunes: Member, maraude: Member, referral: Referral
) -> None:
    does(maraude, referral, ReferralAct.REFUSE, WHY)
    with acts(cast.member(cast.dunes, Role.SUPERVISOR)):
        registry.erase(referral.registration_id)
        extract, step = Extract.objects.get(), ReferralStep.objects.get()
        assert (extract.asked, extract.fields, extract.siblings, extract.siblings_said) == ("", [], [], "")
        assert (step.act, step.words) == (ReferralAct.REFUSE, "")
        assert Referral.objects.get() == referral


# --- siblings, and the transfer of a case ------------------------------------------------------------------------


def test_a_transfer_names_brothers_and_sisters_or_says_that_none_is_known(cast: Cast, dunes: Member) -> None:
    with acts(dunes):
        child = registered(consents=[sharing_with(cast.maraude.pk)])
        sister = registered()
        transfer = {"kind": ReferralKind.TRANSFER}
        with refused("referral_siblings"):
            refer(child.pk, said(cast.maraude, **transfer))
        with refused("referral_no_sibling"):
            refer(child.pk, said(cast.maraude, siblings=(child.pk,), **transfer))
        made = refer(child.pk, said(cast.maraude, siblings=(sister.pk,), **transfer))
        view = referral_view(made.pk)
        assert view is not None
        assert list(view.siblings) == [(sister.pk, sister.person.reference)]
    with acts(cast.member(cast.maraude)):
        view = referral_view(made.pk)
        assert view is not None
        assert (list(view.siblings), view.unseen_siblings) == ([], 1)


def test_who_takes_over_reads_the_registration_so_a_transfer_asks_for_that_consent(
    cast: Cast, dunes: Member
) -> None:
    with acts(dunes):
        child = to_be_referred(cast.maraude)
        with refused("referral_no_consent_transfer"):
            refer(
                child.pk,
                said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="He has none at all"),
            )


def test_a_transfer_that_is_accepted_makes_the_recipient_the_one_that_asks(journey: Journey) -> None:
    case, cast = journey.asked(), journey.cast
    maraude = cast.member(cast.maraude)
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.maraude.pk))
        transfer = said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
        assert referral.case_id == case.pk
    with acts(maraude):
        assert not Case.objects.exists()
    does(maraude, referral, ReferralAct.ACCEPT)
    with acts(maraude):
        assert Case.objects.get().organisation_id == cast.maraude.pk
    with acts(journey.dunes):
        assert not Case.objects.exists()
        assert state_of_referral(referrals().get().steps.all()) is ReferralState.ACCEPTED
    with acts(journey.harbour):
        assert Case.objects.get().organisation_id == cast.maraude.pk
    with refused("referral_not_now"):
        does(journey.dunes, referral, ReferralAct.TAKE_BACK, WHY)
    with refused("referral_transferred"):
        does(maraude, referral, ReferralAct.END, WHY)


def test_when_the_child_takes_consent_back_the_new_organisation_sees_no_name_any_more(
    journey: Journey,
) -> None:
    case, cast = journey.asked(), journey.cast
    maraude = cast.member(cast.maraude)
    with acts(journey.dunes):
        given = registry.give_consent(case.registration_id, sharing_with(cast.maraude.pk))
        transfer = said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
    does(maraude, referral, ReferralAct.ACCEPT)
    with acts(maraude):
        assert lines_of_cases([case.pk], Language.ENGLISH)[0].pair.child
    with acts(journey.dunes):
        registry.withdraw_consent(given.pk)
    with acts(maraude):
        assert not lines_of_cases([case.pk], Language.ENGLISH)[0].pair.child
    with acts(journey.harbour):
        assert lines_of_cases([case.pk], Language.ENGLISH)[0].pair.child


def test_whoever_handed_a_case_over_opens_no_second_one_and_is_told_why(journey: Journey) -> None:
    case, cast = journey.asked(), journey.cast
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.maraude.pk))
        transfer = said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
    does(cast.member(cast.maraude), referral, ReferralAct.ACCEPT)
    with acts(journey.dunes):
        link = FamilyLink.objects.get(registration=journey.shores.child)
    client = site_of(journey.dunes, "en")
    for place in (f"/cases/links/{link.pk}/open", f"/cases/pairs/{case.pair_id}/open"):
        answer = client.post(place)
        assert answer.status_code == 409, place
        assert "another organisation, which leads it now" in answer.content.decode()


def test_the_new_organisation_leads_the_case_and_all_its_pages_open(journey: Journey) -> None:
    case, cast = journey.asked(), journey.cast
    maraude = cast.member(cast.maraude)
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.maraude.pk))
        transfer = said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
    does(maraude, referral, ReferralAct.ACCEPT)
    for language in ("en", "fr"):
        for member in (maraude, journey.harbour):
            for place in (f"/cases/{case.pk}", "/cases/", "/"):
                answer: Any = site_of(member, language).get(place)
                assert answer.status_code == 200, (member.organisation.name, place)
    journey.happens(case, "urgent", today(), by=maraude)
    with acts(maraude):
        assert Case.objects.get().events.filter(organisation=cast.maraude).count() == 1


def test_a_case_is_not_handed_to_the_organisation_that_is_asked(journey: Journey) -> None:
    case, cast = journey.opened(), journey.cast
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.harbour.pk))
        transfer = said(cast.harbour, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        with refused("referral_other_shore"):
            refer(case.registration_id, transfer)


def test_even_if_it_were_proposed_the_database_hands_no_case_to_who_is_asked(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, cast = journey.opened(), journey.cast
    monkeypatch.setattr(referring, "_shore_of", lambda _: case.child_shore)
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.harbour.pk))
        transfer = said(cast.harbour, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
    with refused("referral_case_there"), transaction.atomic():
        does(journey.harbour, referral, ReferralAct.ACCEPT)
    assert state(journey.harbour, referral) is ReferralState.SENT


def test_nobody_hands_a_case_over_by_hand(journey: Journey) -> None:
    case, cast = journey.opened(), journey.cast
    with acts(journey.dunes):
        registry.give_consent(case.registration_id, sharing_with(cast.maraude.pk))
        transfer = said(cast.maraude, kind=ReferralKind.TRANSFER, siblings_said="His sister stays with us")
        referral = refer(case.registration_id, transfer)
    for member in (cast.member(cast.maraude), journey.dunes, cast.member(cast.kin)):
        with (
            acts(member),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT cases_hand_over(%s, '{}')", [referral.pk])

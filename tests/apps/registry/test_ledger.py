# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consent ledger: an answer with all that belongs to it, and what a withdrawal cannot call back."""

from datetime import date, timedelta

import pytest
from apps.registry.people import acts, answered, refused, registered, sharing_with
from cast import Cast
from django.db import connection
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor, ConsentGiver, LegalBasis
from havre.apps.registry.models import Consent, Registration
from havre.apps.registry.queries import given_to_others, in_force, registrations
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member, Organisation
from havre.core.audit import record_handed, record_read
from havre.core.clock import today

DAY = timedelta(days=1)


def agreed(registration: Registration, what: ConsentFor, recipient: Organisation) -> bool:
    """What PostgreSQL says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_agreed(%s, %s, %s)", [registration.id, what.value, recipient.id])
        return bool(cursor.fetchone()[0])


def referral_to(organisation: Organisation, **more: object) -> actions.ConsentSaid:
    return answered(ConsentFor.REFERRAL, recipient_id=organisation.id, **more)


def test_an_answer_keeps_all_that_belongs_to_it(caseworker: Member, cast: Cast) -> None:
    said = sharing_with(
        cast.harbour.id,
        purpose="to look for the uncle",
        interpreter="Amina, by phone",
        legal_basis=LegalBasis.VITAL_INTEREST,
        given_by=ConsentGiver.GUARDIAN,
        until=today() + DAY,
    )
    consent = actions.give_consent(registered().id, said)
    kept = Consent.objects.get(pk=consent.pk)
    assert (kept.purpose, kept.interpreter) == ("to look for the uncle", "Amina, by phone")
    assert (kept.legal_basis, kept.given_by) == (LegalBasis.VITAL_INTEREST, ConsentGiver.GUARDIAN)
    assert (kept.recorded_by_id, kept.withdrawn_by_id) == (caseworker.pk, None)
    actions.withdraw_consent(consent.pk)
    assert Consent.objects.get(pk=consent.pk).withdrawn_by_id == caseworker.pk


def test_a_referral_is_agreed_to_for_one_organisation_and_opens_nothing(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered()
        with refused("recipient"):
            actions.give_consent(child.id, answered(ConsentFor.REFERRAL))
        actions.give_consent(child.id, referral_to(cast.harbour))
        assert agreed(child, ConsentFor.REFERRAL, cast.harbour)
        assert not agreed(child, ConsentFor.REFERRAL, cast.kin)
        assert not agreed(child, ConsentFor.SHARING, cast.harbour)
        assert not child.shares.exists()
    with acts(cast.member(cast.harbour)):
        assert not Registration.objects.exists()


def test_who_agreed_is_told_to_both_sides_and_to_nobody_else(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[referral_to(cast.harbour)])
    for organisation, told in ((cast.harbour, True), (cast.kin, False), (cast.maraude, False)):
        with acts(cast.member(organisation)):
            assert agreed(child, ConsentFor.REFERRAL, cast.harbour) is told
    guardian = cast.member(cast.dunes, Role.GUARDIAN, ward=child.person_id)
    with acts(guardian):
        assert not agreed(child, ConsentFor.REFERRAL, cast.harbour)


def test_agreement_ends_with_its_day_with_a_no_and_with_the_registration(cast: Cast, settings) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[referral_to(cast.harbour, until=today())])
        assert agreed(child, ConsentFor.REFERRAL, cast.harbour)
    settings.HAVRE_TODAY = today() + DAY
    with acts(cast.member(cast.dunes)):
        assert not agreed(child, ConsentFor.REFERRAL, cast.harbour)
        actions.give_consent(child.id, referral_to(cast.harbour))
        no = actions.give_consent(
            child.id, referral_to(cast.harbour, given_by=ConsentGiver.GUARDIAN, refused=True)
        )
        assert not agreed(child, ConsentFor.REFERRAL, cast.harbour)
        actions.withdraw_consent(no.id)
        assert agreed(child, ConsentFor.REFERRAL, cast.harbour)
        actions.withdraw(child.id)
        assert not agreed(child, ConsentFor.REFERRAL, cast.harbour)


A_DAY = date(2016, 11, 21)
ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "given_by": st.sampled_from(list(ConsentGiver)),
            "given_on": st.dates(A_DAY - 4 * DAY, A_DAY),
            "lasts": st.none() | st.integers(0, 6),
            "refused": st.booleans(),
            "withdrawn": st.booleans(),
        }
    ),
    max_size=5,
)


@pytest.fixture
def on_a_day(settings) -> None:
    settings.HAVRE_TODAY = A_DAY


@tries(max_examples=40)
@given(said=ANSWERS)
def _same_rule(cast: Cast, said: list[dict]) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered()
        for answer in said:
            until = answer["given_on"] + answer["lasts"] * DAY if answer["lasts"] is not None else None
            more = {name: answer[name] for name in ("given_by", "given_on", "refused")}
            consent = actions.give_consent(child.id, referral_to(cast.harbour, until=until, **more))
            if answer["withdrawn"]:
                actions.withdraw_consent(consent.id)
        expected = in_force(Consent.objects.filter(registration=child), today()) is not None
        assert agreed(child, ConsentFor.REFERRAL, cast.harbour) is expected


def test_postgresql_counts_answers_as_we_do(cast: Cast, on_a_day: None) -> None:
    _same_rule(cast)


# --- what was given ----------------------------------------------------------------------------------------------


def test_what_others_read_or_took_out_is_named_and_what_oneself_did_is_not(cast: Cast) -> None:
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    with acts(dunes):
        child = registered(consents=[sharing_with(cast.harbour.id)])
        record_read("registry_registration", child.id, child.id)
    with acts(harbour):
        for _ in range(2):
            record_read("registry_registration", child.id, child.id)
        record_handed("tracing_pair", [(child.id, child.id), (child.id, child.id)], format="pdf")
    with acts(dunes):
        found = {(each.organisation, each.kind, each.form, each.times) for each in given_to_others(child.id)}
    assert found == {("Harbour", "read", "", 2), ("Harbour", "handed", "pdf", 1)}


def test_only_the_own_organisation_asks_what_others_were_given(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[sharing_with(cast.harbour.id)])
    with acts(cast.member(cast.harbour)):
        record_read("registry_registration", child.id, child.id)
        assert given_to_others(child.id) == []
    with acts(cast.member(cast.kin)):
        assert given_to_others(child.id) == []
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT):
        assert given_to_others(child.id) == []
    with acts(cast.member(cast.dunes)):
        assert len(given_to_others(child.id)) == 1


def test_a_list_that_a_program_fetched_says_whom_it_spoke_of(cast: Cast) -> None:
    from apps.registry.web.conftest import site_of

    with acts(cast.member(cast.dunes)):
        child = registered(consents=[sharing_with(cast.harbour.id)])
        own = registered()
    assert site_of(cast.member(cast.harbour)).get("/api/people").status_code == 200
    assert site_of(cast.member(cast.dunes)).get("/api/people").status_code == 200
    with acts(cast.member(cast.dunes)):
        assert [(each.kind, each.table, each.times) for each in given_to_others(child.id)] == [
            ("handed", "registry_registration", 1)
        ]
        assert given_to_others(own.id) == []
        assert registrations().count() == 2

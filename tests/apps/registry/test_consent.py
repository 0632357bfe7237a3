# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consent opens what it was asked for, to whom it was asked for, as long as it was asked for, and nothing else does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from apps.registry.people import acts, answered, refused, registered, sharing_with
from cast import Cast

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ShareBasis
from havre.apps.registry.models import Consent, Registration, Share
from havre.apps.registry.queries import effective_consents, registrations
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.core.notices.models import Notice

DAY = timedelta(days=1)


def readable_by(member: Member) -> bool:
    """Whether the member reads anybody."""
    with acts(member):
        return Registration.objects.exists()


def traced() -> bool:
    return registrations().with_consent_to_tracing().exists()


def test_without_a_word_nothing_is_open(caseworker: Member) -> None:
    registration = registered()
    assert not traced()
    assert not registrations().findable().exists()
    assert effective_consents(registration) == {}


@pytest.mark.parametrize("what", [ConsentFor.TRACING, ConsentFor.FINDABLE])
def test_a_consent_opens_what_it_was_asked_for(caseworker: Member, what: ConsentFor) -> None:
    consent = actions.give_consent(registered().id, answered(what))
    assert traced() == (what is ConsentFor.TRACING)
    assert registrations().findable().exists() == (what is ConsentFor.FINDABLE)
    actions.withdraw_consent(consent.id)
    assert not traced()
    assert not registrations().findable().exists()


def test_a_consent_ends_with_its_last_day(caseworker: Member, settings) -> None:
    actions.give_consent(registered().id, answered(ConsentFor.TRACING, until=today() + DAY))
    assert traced()
    settings.HAVRE_TODAY = today() + DAY
    assert traced()
    settings.HAVRE_TODAY = today() + DAY
    assert not traced()


def test_nobodys_last_word_may_be_a_no(caseworker: Member) -> None:
    registration = registered()
    actions.give_consent(registration.id, answered(ConsentFor.TRACING))
    no = actions.give_consent(
        registration.id, answered(ConsentFor.TRACING, given_by=ConsentGiver.GUARDIAN, refused=True)
    )
    assert not traced()
    actions.give_consent(registration.id, answered(ConsentFor.TRACING))
    assert not traced(), "the child's yes does not undo the guardian's no"
    actions.withdraw_consent(no.id)
    assert traced()


def test_the_last_word_of_one_giver_counts(caseworker: Member) -> None:
    registration = registered()
    actions.give_consent(registration.id, answered(ConsentFor.TRACING, refused=True, given_on=today() - DAY))
    actions.give_consent(registration.id, answered(ConsentFor.TRACING))
    assert traced()
    actions.give_consent(registration.id, answered(ConsentFor.TRACING, given_on=today() - DAY, refused=True))
    assert traced(), "an older no, written down later, is no later word"


def test_a_consent_to_share_opens_to_one_organisation_until_it_is_withdrawn(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        consent = actions.give_consent(registered().id, sharing_with(cast.harbour.id))
    assert readable_by(cast.member(cast.harbour))
    assert not readable_by(cast.member(cast.kin))
    assert not readable_by(cast.member(cast.maraude))
    with acts(cast.member(cast.dunes)):
        actions.withdraw_consent(consent.id)
        assert Share.objects.get().ended_at is not None
    assert not readable_by(cast.member(cast.harbour))


def test_with_whom_it_is_shared_hears_of_it_once(cast: Cast) -> None:
    recipient = cast.member(cast.harbour)
    with acts(cast.member(cast.dunes)):
        registration = registered(consents=[sharing_with(cast.harbour.id)])
        actions.give_consent(registration.id, answered(ConsentFor.TRACING))
    with acts(recipient):
        [notice] = Notice.objects.all()
        assert (notice.key, notice.link) == ("registry.notice_shared", f"/registrations/{registration.id}")


def test_a_share_ends_with_the_last_day_of_its_consent(cast: Cast, settings) -> None:
    with acts(cast.member(cast.dunes)):
        actions.give_consent(registered().id, sharing_with(cast.harbour.id, until=today()))
    assert readable_by(cast.member(cast.harbour))
    settings.HAVRE_TODAY = today() + DAY
    assert not readable_by(cast.member(cast.harbour))


def test_a_longer_consent_replaces_the_share_of_a_shorter_one(cast: Cast, settings) -> None:
    with acts(cast.member(cast.dunes)):
        registration = registered(consents=[sharing_with(cast.harbour.id, until=today())])
        actions.give_consent(registration.id, sharing_with(cast.harbour.id))
        assert Share.objects.filter(ended_at=None).count() == 1
    settings.HAVRE_TODAY = today() + DAY
    assert readable_by(cast.member(cast.harbour))


def test_a_consent_is_given_once_a_key(caseworker: Member) -> None:
    registration, key = registered(), uuid4()
    first = actions.give_consent(registration.id, answered(ConsentFor.TRACING), idempotency_key=key)
    assert actions.give_consent(registration.id, answered(ConsentFor.TRACING), idempotency_key=key) == first
    assert Consent.objects.count() == 1


def test_a_consent_that_cannot_be_is_refused(caseworker: Member, cast: Cast) -> None:
    registration = registered()
    wrong = {
        "given_on": answered(ConsentFor.TRACING, given_on=today() + DAY),
        "until": answered(ConsentFor.TRACING, until=today() - DAY),
        "recipient": answered(ConsentFor.SHARING),
    }
    for field, said in wrong.items():
        with refused(field):
            actions.give_consent(registration.id, said)
    for said in (answered(ConsentFor.TRACING, recipient_id=cast.kin.id), sharing_with(cast.dunes.id)):
        with refused("recipient"):
            actions.give_consent(registration.id, said)
    assert not Consent.objects.exists()


def test_who_only_reads_gives_no_consent(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        registration = registered(consents=[sharing_with(cast.harbour.id)])
    with acts(cast.member(cast.harbour)):
        with refused():
            actions.give_consent(registration.id, sharing_with(cast.kin.id))
        with refused():
            actions.withdraw_consent(Consent.objects.get().id)


# --- what a pair opens -------------------------------------------------------------------------------------------


def test_each_side_of_a_pair_is_opened_by_its_own_organisation(cast: Cast) -> None:
    pair = uuid4()
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[answered(ConsentFor.TRACING)])
        offer = actions.share(
            child.id, recipient_id=cast.harbour.id, basis=ShareBasis.PAIR, basis_id=pair, offered=True
        )
    assert not readable_by(cast.member(cast.harbour)), "an offer opens nothing"
    with acts(cast.member(cast.harbour)):
        uncle = registered(consents=[answered(ConsentFor.TRACING)])
        actions.accept_share(offer.id)
        actions.share(uncle.id, recipient_id=cast.dunes.id, basis=ShareBasis.PAIR, basis_id=pair)
        assert set(Registration.objects.all()) == {child, uncle}
    with acts(cast.member(cast.dunes)):
        assert set(Registration.objects.all()) == {child, uncle}
        assert actions.end_shares(basis=ShareBasis.PAIR, basis_id=pair) == 2
        assert set(Registration.objects.all()) == {child}
    with acts(cast.member(cast.harbour)):
        assert set(Registration.objects.all()) == {uncle}


def test_nobody_takes_what_was_offered_to_others(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        offer = actions.share(
            registered().id,
            recipient_id=cast.harbour.id,
            basis=ShareBasis.PAIR,
            basis_id=uuid4(),
            offered=True,
        )
        with refused():
            actions.accept_share(offer.id)
    with acts(cast.member(cast.kin)):
        for act in (actions.accept_share, actions.end_share):
            with refused():
                act(offer.id)
        assert not Share.objects.exists()


def test_a_share_on_the_same_basis_is_one(cast: Cast) -> None:
    pair = uuid4()
    with acts(cast.member(cast.dunes)):
        child = registered()
        offer = actions.share(
            child.id, recipient_id=cast.harbour.id, basis=ShareBasis.PAIR, basis_id=pair, offered=True
        )
        assert (
            actions.share(child.id, recipient_id=cast.harbour.id, basis=ShareBasis.PAIR, basis_id=pair)
            == offer
        )
    assert readable_by(cast.member(cast.harbour))


def test_either_side_ends_a_share_and_nobody_else(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[sharing_with(cast.harbour.id)])
        given = Share.objects.get()
    with acts(cast.member(cast.harbour)):
        actions.end_share(given.id)
        assert not Registration.objects.exists()
        with refused():
            actions.end_share(given.id)
    with acts(cast.member(cast.dunes)):
        again = actions.share(child.id, recipient_id=cast.kin.id, basis=ShareBasis.PAIR, basis_id=uuid4())
        actions.end_share(again.id)
    assert not readable_by(cast.member(cast.kin))


def test_withdrawing_consent_to_tracing_closes_what_pairs_opened(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        child = registered(consents=[answered(ConsentFor.TRACING), sharing_with(cast.kin.id)])
        actions.share(child.id, recipient_id=cast.harbour.id, basis=ShareBasis.PAIR, basis_id=uuid4())
        tracing = Consent.objects.get(for_what=ConsentFor.TRACING)
    assert readable_by(cast.member(cast.harbour))
    with acts(cast.member(cast.dunes)):
        actions.withdraw_consent(tracing.id)
    assert not readable_by(cast.member(cast.harbour))
    assert readable_by(cast.member(cast.kin)), "what was agreed to apart stays"


def test_a_registration_that_is_withdrawn_is_neither_compared_nor_found_nor_shared(cast: Cast) -> None:
    everything = [answered(ConsentFor.TRACING), answered(ConsentFor.FINDABLE), sharing_with(cast.harbour.id)]
    with acts(cast.member(cast.dunes)):
        child = registered(consents=everything)
        actions.withdraw(child.id)
        assert not traced()
        assert not registrations().findable().exists()
        actions.give_consent(child.id, answered(ConsentFor.TRACING))
        assert not traced()
        with refused():
            actions.share(child.id, recipient_id=cast.kin.id, basis=ShareBasis.PAIR, basis_id=uuid4())
        assert registrations().get() == child
    assert not readable_by(cast.member(cast.harbour))


def test_a_registrar_records_consent_and_shares_on_no_other_basis(cast: Cast) -> None:
    with acts(cast.member(cast.dunes, Role.REGISTRAR)):
        child = registered()
        actions.give_consent(child.id, sharing_with(cast.harbour.id))
        with pytest.raises(NotAllowed):
            actions.share(child.id, recipient_id=cast.kin.id, basis=ShareBasis.PAIR, basis_id=uuid4())

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case opens from what a child said of a relative; whom it asks is named, or a verified pair joins it later."""

from datetime import date
from uuid import UUID

import pytest
from apps.cases.journey import ROUTE, SENT, STATED, TODAY, Journey
from apps.registry.people import answered
from apps.tracing.shores import SISTER, UNCLE_SAID, acts, does, matched, raw, registered
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import AlreadyOpen, CaseRefused, NoSuchCase
from havre.apps.cases.enums import CaseState, RepresentativeKind
from havre.apps.cases.models import Case
from havre.apps.cases.queries import Whence, case_view, cases
from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Registration
from havre.apps.tracing.enums import Act
from havre.apps.tracing.models import Pair
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.words import Language

EN = Language.ENGLISH


@pytest.fixture
def sister(journey: Journey) -> Registration:
    """A girl of Dunes whose uncle nobody has matched."""
    return registered(journey.dunes, SISTER, ("uncle", UNCLE_SAID))


@pytest.fixture
def claimed(journey: Journey, sister: Registration) -> Case:
    """Her case."""
    with acts(journey.dunes):
        return actions.open_case_of_link(sister.links.get().pk)


def seen(member: Member, case: Case) -> bool:
    with acts(member):
        return cases().filter(pk=case.pk).exists()


def asks_harbour(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        actions.address_case(case.pk, journey.cast.harbour.pk)


# --- it opens ----------------------------------------------------------------------------------------------------


def test_a_case_opens_from_a_family_link_and_nobody_else_takes_part(journey: Journey, claimed: Case) -> None:
    assert (claimed.pair_id, claimed.family_id, claimed.other_organisation_id) == (None, None, None)
    assert journey.standing(claimed).state is CaseState.OPENED
    assert seen(journey.dunes, claimed)
    assert not seen(journey.harbour, claimed)
    assert not seen(journey.stranger, claimed)


def test_whoever_is_merely_named_reads_nothing_of_who_stands_by_the_child(
    journey: Journey, claimed: Case
) -> None:
    asks_harbour(journey, claimed)
    with acts(journey.dunes):
        actions.name_representative(
            claimed.pk, RepresentativeKind.GUARDIAN, name="Amina", reach="at the centre, after six"
        )
        assert claimed.representatives.count() == 1
    with acts(journey.harbour):
        assert claimed.representatives.count() == 0


def test_it_shows_the_child_and_whom_she_named(journey: Journey, claimed: Case) -> None:
    with acts(journey.dunes):
        view = case_view(claimed.pk, EN)
    assert view is not None
    assert (view.pair.child, view.pair.relative) == (SISTER.names, UNCLE_SAID.names)
    assert view.pair.pair_id is None
    assert view.gathered.whence["relation"] is Whence.REGISTRY
    assert view.gathered.facts["relation"] == "aunt_or_uncle"


def test_a_child_has_one_case_however_it_opened(
    journey: Journey, sister: Registration, claimed: Case
) -> None:
    with acts(journey.dunes), pytest.raises(AlreadyOpen) as refused:
        actions.open_case_of_link(sister.links.get().pk)
    assert refused.value.case_id == claimed.pk


def test_only_the_organisation_of_the_child_opens_it(journey: Journey, sister: Registration) -> None:
    with acts(journey.dunes):
        link = sister.links.get().pk
    for member in (journey.harbour, journey.stranger):
        with acts(member), pytest.raises(NoSuchCase):
            actions.open_case_of_link(link)
    with acts(journey.cast.member(journey.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.open_case_of_link(link)


def test_a_link_that_was_withdrawn_opens_none(journey: Journey, sister: Registration) -> None:
    with acts(journey.dunes, Purpose.CARE):
        raw("UPDATE registry_familylink SET withdrawn_at = now() WHERE registration_id = %s", [sister.pk])
        link = sister.links.get().pk
    with acts(journey.dunes), pytest.raises(NoSuchCase):
        actions.open_case_of_link(link)


# --- somebody is asked -------------------------------------------------------------------------------------------


def test_whoever_is_named_reads_the_case_and_no_more_of_the_child_than_before_a_pair_is_verified(
    journey: Journey, claimed: Case
) -> None:
    asks_harbour(journey, claimed)
    with acts(journey.harbour):
        view = case_view(claimed.pk, EN)
        assert Notice.objects.filter(key="cases.notice_addressed", link=f"/cases/{claimed.pk}").exists()
    assert view is not None
    assert view.open_registrations == ()
    assert view.pair.child == SISTER.names
    birth = view.gathered.facts["birth"]
    assert (str(birth.first), str(birth.last)) == ("2004-01-01", "2004-12-31")  # type: ignore[union-attr]
    assert not {"phone", "town", "sex"} & set(claimed.glimpse)
    assert "+44" not in str(claimed.glimpse)
    assert not seen(journey.stranger, claimed)


def test_without_a_yes_to_looking_for_family_nobody_is_asked(journey: Journey) -> None:
    child = registered(journey.dunes, SISTER, ("uncle", UNCLE_SAID), tracing=False)
    with acts(journey.dunes):
        case = actions.open_case_of_link(child.links.get().pk)
        with pytest.raises(CaseRefused, match="no_consent"):
            actions.address_case(case.pk, journey.cast.harbour.pk)
        with pytest.raises(Error), transaction.atomic():
            raw(
                "UPDATE cases_case SET other_organisation_id = %s WHERE id = %s",
                [journey.cast.harbour.pk, case.pk],
            )


def test_when_the_yes_is_taken_back_the_other_shore_sees_the_case_no_more(
    journey: Journey, sister: Registration, claimed: Case
) -> None:
    asks_harbour(journey, claimed)
    assert seen(journey.harbour, claimed)
    with acts(journey.dunes, Purpose.CARE):
        registry.give_consent(sister.pk, answered(ConsentFor.TRACING, refused=True))
    assert not seen(journey.harbour, claimed)
    assert seen(journey.dunes, claimed)


def test_an_organisation_of_protection_of_the_other_shore_is_asked(journey: Journey, claimed: Case) -> None:
    cast = journey.cast
    for wrong in (cast.maraude, cast.dunes, cast.watch):
        with acts(journey.dunes), pytest.raises(CaseRefused, match="not_of_the_other_shore"):
            actions.address_case(claimed.pk, wrong.pk)
        with acts(journey.dunes), pytest.raises(Error), transaction.atomic():
            raw("UPDATE cases_case SET other_organisation_id = %s WHERE id = %s", [wrong.pk, claimed.pk])


def test_who_is_asked_may_change_until_a_request_was_sent(journey: Journey, claimed: Case) -> None:
    asks_harbour(journey, claimed)
    with acts(journey.dunes):
        actions.address_case(claimed.pk, journey.cast.kin.pk)
    assert (seen(journey.harbour, claimed), seen(journey.stranger, claimed)) == (False, True)
    journey.happens(claimed, "sent", SENT, route=ROUTE)
    with acts(journey.dunes), pytest.raises(CaseRefused, match="asked_already"):
        actions.address_case(claimed.pk, journey.cast.harbour.pk)
    with acts(journey.dunes), pytest.raises(Error), transaction.atomic():
        raw(
            "UPDATE cases_case SET other_organisation_id = %s WHERE id = %s",
            [journey.cast.harbour.pk, claimed.pk],
        )


def test_whoever_is_asked_names_nobody_else_and_no_request_goes_to_nobody(
    journey: Journey, claimed: Case
) -> None:
    with pytest.raises(CaseRefused, match="nobody_is_asked"):
        journey.happens(claimed, "sent", SENT, route=ROUTE)
    asks_harbour(journey, claimed)
    with acts(journey.harbour), pytest.raises(CaseRefused, match="not_your_child"):
        actions.address_case(claimed.pk, journey.cast.kin.pk)
    with acts(journey.harbour), pytest.raises(Error), transaction.atomic():
        raw(
            "UPDATE cases_case SET other_organisation_id = %s WHERE id = %s",
            [journey.cast.kin.pk, claimed.pk],
        )
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.address_case(claimed.pk, journey.cast.kin.pk)


def test_a_case_without_a_pair_goes_the_whole_way(journey: Journey, claimed: Case) -> None:
    asks_harbour(journey, claimed)
    journey.happens(claimed, "sent", SENT, route=ROUTE)
    journey.happens(claimed, "received", date(2016, 11, 7), by=journey.harbour)
    decision = journey.decided(claimed)
    journey.told(decision)
    assert journey.standing(claimed).state is CaseState.REFUSED


# --- a pair joins ------------------------------------------------------------------------------------------------


def test_a_verified_pair_joins_the_case_and_says_who_is_asked(
    journey: Journey, sister: Registration, claimed: Case
) -> None:
    pair = _verified_pair_of(journey, sister)
    with acts(journey.dunes):
        joined = actions.join_pair(claimed.pk, pair)
    assert (joined.pair_id, joined.other_organisation_id) == (pair, journey.cast.harbour.pk)
    assert joined.glimpse == {}
    assert seen(journey.harbour, claimed)
    does(journey.dunes, Act.REVOKE, pair)
    assert not seen(journey.harbour, claimed)
    with acts(journey.dunes), pytest.raises(CaseRefused, match="has_a_pair"):
        actions.join_pair(claimed.pk, pair)


def test_another_childs_pair_joins_no_case(journey: Journey, claimed: Case) -> None:
    pair = journey.shores.pair()
    with acts(journey.dunes), pytest.raises(CaseRefused, match="another_child"):
        actions.join_pair(claimed.pk, pair.pk)
    forged = """UPDATE cases_case SET pair_id = p.id, family_id = p.registration_b_id,
        other_organisation_id = p.organisation_b_id FROM tracing_pair p WHERE p.id = %s AND cases_case.id = %s"""
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(forged, [pair.pk, claimed.pk])
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def test_a_pair_of_an_organisation_that_was_not_asked_does_not_join(
    journey: Journey, sister: Registration, claimed: Case
) -> None:
    with acts(journey.dunes):
        actions.address_case(claimed.pk, journey.cast.kin.pk)
    pair = _verified_pair_of(journey, sister)
    with acts(journey.dunes), pytest.raises(CaseRefused, match="another_was_asked"):
        actions.join_pair(claimed.pk, pair)


def test_that_somebody_was_asked_or_a_pair_joined_is_stated_by_nobody_of_whose_case_it_is_not_so(
    journey: Journey, sister: Registration, claimed: Case
) -> None:
    def refused(kind: str, by: Member) -> bool:
        try:
            with acts(by), transaction.atomic():
                raw(STATED, [claimed.pk, by.pk, by.organisation_id, by.organisation.shore, kind, TODAY, ""])
                transaction.set_rollback(True)
        except Error as error:
            return error.__cause__.sqlstate == "23514"  # type: ignore[union-attr]
        return False

    kinds = ("addressed", "pair_joined")
    assert all(refused(kind, journey.dunes) for kind in kinds)
    asks_harbour(journey, claimed)
    assert refused("pair_joined", journey.dunes)
    assert all(refused(kind, journey.harbour) for kind in kinds)
    with acts(journey.dunes):
        actions.join_pair(claimed.pk, _verified_pair_of(journey, sister))
    assert all(refused(kind, by) for kind in kinds for by in (journey.dunes, journey.harbour))


def _verified_pair_of(journey: Journey, child: Registration) -> UUID:
    """A pair of this child with the uncle on the other shore, whatever its probability."""
    matched(journey.dunes)
    with acts(journey.dunes):
        pair = Pair.objects.filter(registration_a=child, registration_b=journey.shores.uncle).order_by(
            "-probability"
        )[0]
    does(journey.dunes, Act.CONFIRM, pair)
    does(journey.harbour, Act.VERIFY, pair)
    return pair.id

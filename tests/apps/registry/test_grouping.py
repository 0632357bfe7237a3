# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two registrations are of one person: a program proposes, a person decides, and all can be taken back."""

from dataclasses import replace

import pytest
from apps.registry.people import AHMAD, acts, refused, registered, sharing_with
from cast import Cast

from havre.apps.registry import actions
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping, Person, Registration
from havre.apps.registry.queries import groupings, person_of_reference
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.engines.linkage.records import Description

SPELT_OTHERWISE = replace(AHMAD, names="Ahmad Khan", other_names="", phone="0639980011")
SELAM = Description(names="ሰላም ተስፋይ", nationality="ERI")


def silent(share: float) -> None:
    """Shows no progress."""


def grouped(a: Registration, b: Registration) -> Grouping:
    """Two registrations, found to be of one person."""
    return actions.group(actions.propose_grouping(a.id, b.id).id, reasons="the same taskera")


def persons(*registrations: Registration) -> list[Person]:
    """The persons that they have now."""
    return [Registration.objects.get(id=each.id).person for each in registrations]


def test_a_child_registered_twice_is_proposed_and_not_grouped(caseworker: Member) -> None:
    first, _, again = registered(), registered(SELAM), registered(SPELT_OTHERWISE)
    assert actions.propose_groupings(silent) == 1
    [proposal] = groupings()
    assert {proposal.registration_a_id, proposal.registration_b_id} == {first.id, again.id}
    assert proposal.state == GroupingState.PROPOSED
    assert proposal.probability > 0.5
    assert proposal.bits["phone"] > 0
    assert persons(first, again) == [first.own_person, again.own_person]


def test_a_second_run_proposes_nothing_twice_and_sees_what_changed(caseworker: Member) -> None:
    registered()
    again = registered(replace(SPELT_OTHERWISE, phone=""))
    actions.propose_groupings(silent)
    before = groupings().get().probability
    actions.amend(again.id, contacts=[actions.ContactSaid(kind="phone", value=AHMAD.phone)])
    assert actions.propose_groupings(silent) == 0
    assert groupings().get().probability > before


@pytest.mark.parametrize("decide", [actions.group, actions.keep_apart])
def test_what_was_decided_is_proposed_no_more(caseworker: Member, decide) -> None:
    registered(), registered(SPELT_OTHERWISE)
    actions.propose_groupings(silent)
    decision = decide(groupings().get().id, reasons="asked both")
    assert actions.propose_groupings(silent) == 0
    assert groupings().get().state == decision.state
    actions.undo_grouping(decision.id, reasons="was wrong")
    assert actions.propose_groupings(silent) == 0
    assert groupings().get().state == GroupingState.UNDONE


def test_grouping_gives_both_the_older_reference_and_undoing_gives_back_each_its_own(
    caseworker: Member,
) -> None:
    first, second = registered(), registered(SPELT_OTHERWISE)
    decision = grouped(second, first)
    assert persons(first, second) == [first.own_person] * 2
    assert person_of_reference(second.own_person.reference) == first.own_person
    actions.undo_grouping(decision.id, reasons="two brothers")
    assert persons(first, second) == [first.own_person, second.own_person]
    assert person_of_reference(second.own_person.reference) == second.own_person


def test_who_is_grouped_with_one_is_grouped_with_all(caseworker: Member) -> None:
    first, second, third = (registered() for _ in range(3))
    one = grouped(second, third)
    other = grouped(first, third)
    assert persons(first, second, third) == [first.own_person] * 3
    actions.undo_grouping(other.id, reasons="not the first")
    assert persons(first, second, third) == [first.own_person, second.own_person, second.own_person]
    actions.undo_grouping(one.id, reasons="nor the second")
    assert persons(first, second, third) == [first.own_person, second.own_person, third.own_person]


def test_two_who_are_kept_apart_are_never_made_one_through_a_third(caseworker: Member) -> None:
    first, second, third = (registered() for _ in range(3))
    apart = actions.keep_apart(
        actions.propose_grouping(first.id, second.id).id, reasons="both were here at once"
    )
    grouped(first, third)
    proposal = actions.propose_grouping(second.id, third.id)
    with refused():
        actions.group(proposal.id, reasons="same name")
    assert groupings().get(id=proposal.id).state == GroupingState.PROPOSED
    assert persons(first, second, third) == [first.own_person, second.own_person, first.own_person]
    actions.undo_grouping(apart.id, reasons="it was one of them twice")
    actions.group(proposal.id, reasons="same name")
    assert persons(first, second, third) == [first.own_person] * 3


def test_who_is_one_already_is_not_proposed(caseworker: Member) -> None:
    first, second, third = registered(), registered(SPELT_OTHERWISE), registered()
    grouped(first, third)
    grouped(third, second)
    actions.propose_groupings(silent)
    assert not groupings().open().exists()


def test_who_is_one_already_cannot_be_kept_apart(caseworker: Member) -> None:
    first, second, third = (registered() for _ in range(3))
    grouped(first, third)
    grouped(second, third)
    with refused():
        actions.keep_apart(actions.propose_grouping(first.id, second.id).id, reasons="two people")


def test_a_decision_needs_reasons_and_is_made_once(caseworker: Member) -> None:
    proposal = actions.propose_grouping(registered().id, registered().id)
    with refused("reasons"):
        actions.group(proposal.id, reasons="  ")
    with refused():
        actions.undo_grouping(proposal.id, reasons="nothing was decided")
    actions.group(proposal.id, reasons="same taskera")
    for again in (actions.group, actions.keep_apart):
        with refused():
            again(proposal.id, reasons="once more")


def test_two_proposals_of_two_registrations_are_one(caseworker: Member) -> None:
    first, second = registered(), registered()
    assert actions.propose_grouping(first.id, second.id) == actions.propose_grouping(second.id, first.id)
    with refused():
        actions.propose_grouping(first.id, first.id)


def test_what_was_shared_is_compared_and_grouped_and_what_was_not_is_not(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        shared = registered(consents=[sharing_with(cast.harbour.id)])
    with acts(cast.member(cast.maraude)):
        hidden = registered()
    with acts(cast.member(cast.harbour)):
        own = registered(SPELT_OTHERWISE)
        assert actions.propose_groupings(silent) == 1
        decision = grouped(own, shared)
        assert persons(own, shared) == [shared.own_person] * 2
        with refused():
            actions.propose_grouping(own.id, hidden.id)
    with acts(cast.member(cast.dunes)):
        assert Notice.objects.get().key == "registry.notice_grouping"
        assert groupings().get() == decision
        actions.end_share(shared.shares.get().id)
        actions.undo_grouping(decision.id, reasons="we know both")
        assert persons(shared) == [shared.own_person]
    with acts(cast.member(cast.harbour)):
        assert persons(own) == [own.own_person]


def test_a_stranger_decides_nothing(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        proposal = actions.propose_grouping(registered().id, registered().id)
    with acts(cast.member(cast.kin)), refused():
        actions.group(proposal.id, reasons="I think so")
    with acts(cast.member(cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.group(proposal.id, reasons="I think so")

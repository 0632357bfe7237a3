# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program decides nothing: what a plan proposes becomes a promise when members accept it."""

from datetime import UTC, datetime

import pytest
from apps.accommodation.plans.camp import DAY, SOUTH, Camp
from apps.tracing.shores import CHILD, registered
from cast import Cast
from django.db import Error, transaction

from havre.apps.accommodation.actions import check_in, end_party
from havre.apps.accommodation.actions.desk import offer_regions
from havre.apps.accommodation.actions.plans import AcceptedNow, PlanRefused, accept_plan
from havre.apps.accommodation.actions.promising import Given, end_promises, give_places
from havre.apps.accommodation.actions.refusing import NoRoom
from havre.apps.accommodation.enums import EndWhy, PromiseEnd
from havre.apps.accommodation.models import Acceptance, Block, PartyMember, Promise, UnitUse
from havre.apps.accommodation.queries.plans import Accepted, accepted_of, centre_lines, standing_of
from havre.apps.registry.models import AgeEvidence
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role


def test_nothing_is_promised_before_somebody_accepts(camp: Camp) -> None:
    plan = camp.planned()
    assert camp.promised() == {}
    with camp.acts():
        assert accept_plan(plan.pk) == AcceptedNow(promised=4, second=0, changed=0, taken_back=0)
    assert camp.promised() == camp.at(plan)
    with camp.acts():
        assert {each.plan_id for each in Promise.objects.all()} == {plan.pk}
        assert UnitUse.objects.count() == 7
        assert accepted_of(plan).promised == 4


def test_accepted_twice_it_promises_nothing_more(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
        assert accept_plan(plan.pk) == AcceptedNow(0, 0, 0, 0)
        assert Promise.objects.count() == 4


def test_whoever_said_no_is_promised_nothing_by_the_same_plan(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
        end_promises([Promise.objects.get(party=camp.key("A1")).pk], PromiseEnd.REFUSED)
        assert accept_plan(plan.pk) == AcceptedNow(promised=0, second=0, changed=1, taken_back=0)
    assert "A1" not in camp.promised()


def test_what_the_desk_offered_lapses_when_a_plan_promises_a_place(camp: Camp) -> None:
    with camp.acts():
        offer = offer_regions(camp.key("A1"))
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
        offer.refresh_from_db()
        assert offer.state == "lapsed"


def test_one_centre_or_one_party_may_be_accepted_alone(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk, centre=camp.places["Familles"].centre_id)
    assert camp.promised() == {"F1": "Familles"}
    with camp.acts():
        accept_plan(plan.pk, party=camp.key("A1"))
    assert set(camp.promised()) == {"F1", "A1"}


def test_who_has_left_or_was_promised_something_else_is_left_out(camp: Camp) -> None:
    plan = camp.planned()
    elsewhere = camp.place("Elsewhere", 1)
    with camp.acts():
        camp.parties["A1"].ended_on, camp.parties["A1"].ended_why = DAY, "left"
        camp.parties["A1"].save()
        give_places([Given(camp.parties["A2"], elsewhere.pk)], DAY)
        done = accept_plan(plan.pk)
    assert (done.promised, done.changed) == (2, 2)
    assert camp.promised()["A2"] == "Elsewhere"


def test_units_that_were_blocked_meanwhile_are_given_to_nobody(camp: Camp) -> None:
    plan = camp.planned()
    place = camp.places["Familles"]
    with camp.acts():
        block = Block.objects.create(place=place, units=1, starts=DAY, reason="works", member=camp.member)
        UnitUse.objects.create(place=place, number=1, starts=DAY, block=block)
        with pytest.raises(NoRoom):
            accept_plan(plan.pk)
        assert not Promise.objects.exists()
        assert not Acceptance.objects.exists()
        accept_plan(plan.pk, centre=camp.places["Nord"].centre_id)
    assert set(camp.promised().values()) == {"Nord"}


# --- children ----------------------------------------------------------------------------------------------------


@pytest.fixture
def children(cast: Cast) -> Camp:
    """Two brothers."""
    camp = Camp.of(cast)
    camp.place("Minors", 2, region=SOUTH, takes=("minor",))
    camp.party("M1", 2, kind="minor")
    return camp


def test_of_minors_two_members_accept(children: Camp) -> None:
    plan = children.planned()
    with children.acts():
        assert accept_plan(plan.pk) == AcceptedNow(promised=0, second=1, changed=0, taken_back=0)
        assert accept_plan(plan.pk).second == 1
    assert children.promised() == {}
    with children.acts(children.second()):
        assert accepted_of(plan).second == 1
        assert accept_plan(plan.pk).promised == 1
        promise = Promise.objects.get()
        assert {promise.member_id, promise.second_id} == {children.member.pk, children.second().pk}
        (assignment,) = plan.assignments.all()
        assert standing_of(plan, assignment) == "promised"


def test_nor_does_postgresql_take_a_promise_of_minors_from_one_alone(children: Camp) -> None:
    with children.acts(), pytest.raises(Error, match="two people place a minor"), transaction.atomic():
        Promise.objects.create(
            organisation=children.cast.dunes,
            party=children.parties["M1"],
            place=children.places["Minors"],
            member=children.member,
        )


# --- who may -----------------------------------------------------------------------------------------------------


def test_a_plan_that_is_still_being_made_is_not_accepted(camp: Camp) -> None:
    asked = camp.asked()
    with camp.acts(), pytest.raises(PlanRefused, match="plan_not_done"):
        accept_plan(asked.pk)


def test_a_registrar_accepts_nothing(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        accept_plan(plan.pk)


def test_who_runs_a_centre_reads_the_promise_there_and_no_plan(cast: Cast) -> None:
    camp = Camp.of(cast)
    runner = cast.member(cast.maraude)
    camp.place("Theirs", 1, runner=runner)
    camp.party("A1")
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
    with camp.acts(runner):
        assert Promise.objects.count() == 1
        assert not plan.assignments.exists()
        assert not Acceptance.objects.exists()
        with pytest.raises(PlanRefused, match="no_such_plan"):
            accept_plan(plan.pk)


def test_what_was_said_of_a_plan_is_never_changed_or_taken_away(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
        said = Acceptance.objects.filter(plan=plan)
        assert said.update(party=camp.parties["A1"]) == 0
        said.delete()
        assert said.count() == 4
        with pytest.raises(Error), transaction.atomic():
            Acceptance.objects.create(
                plan=plan, party=camp.parties["A1"], place=camp.places["Sud"], member=camp.second()
            )


def test_a_place_that_closed_before_the_plan_was_made_again_is_taken_back(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Only", 1)
    camp.place("Full", 0)
    camp.party("A1")
    first = camp.planned()
    with camp.acts():
        accept_plan(first.pk)
        centre = camp.places["Only"].centre
        centre.closes_at = datetime(2016, 10, 24, 10, 0, tzinfo=UTC)
        centre.save()
    again = camp.planned(again=True)
    assert camp.at(again) == {"A1": ""}
    with camp.acts():
        assert accept_plan(again.pk).taken_back == 1
    assert camp.promised() == {}


# --- what the board says of a plan once people have come --------------------------------------------------------------


def test_who_has_come_is_told_as_arrived_and_not_asked_about_again(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        before = {line.centre.code: (line.free, line.left) for line in centre_lines(plan.day, plan)}
        accept_plan(plan.pk)
        end_promises([Promise.objects.get(party=camp.key("A1")).pk], PromiseEnd.REFUSED)
        check_in(camp.key("A2"))
        end_promises([Promise.objects.get(party=camp.key("A3")).pk], PromiseEnd.NO_SHOW)
        end_party(camp.key("A3"), EndWhy.LEFT)
        assert accepted_of(plan) == Accepted(promised=1, arrived=1, second=0, gone=2, left=0)
        told = {each.party.wristband: standing_of(plan, each) for each in plan.assignments.all()}
        assert told == {"A1": "gone", "A2": "arrived", "A3": "gone", "F1": "promised"}
        after = {line.centre.code: (line.free, line.left) for line in centre_lines(plan.day, plan)}
    assert after == before


def test_only_of_minors_a_second_member_is_waited_for(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        accept_plan(plan.pk)
        assert Acceptance.objects.count() == 4
        end_promises(Promise.objects.values_list("pk", flat=True), PromiseEnd.WITHDRAWN)
        assert accepted_of(plan) == Accepted(promised=0, arrived=0, second=0, gone=4, left=0)


def test_who_is_not_what_they_were_taken_for_is_left_out_and_everybody_else_accepted(camp: Camp) -> None:
    child = registered(camp.member, CHILD)
    with camp.acts():
        AgeEvidence.objects.filter(registration=child).update(disputed=True)
        party = camp.parties["A1"]
        PartyMember.objects.create(party=party, organisation=camp.cast.dunes, registration=child)
    plan = camp.planned()
    with camp.acts():
        AgeEvidence.objects.filter(registration=child).update(disputed=False)
        assert accept_plan(plan.pk) == AcceptedNow(promised=3, second=0, changed=0, taken_back=0, wrong_age=1)
    assert "A1" not in camp.promised()
    assert "A1" not in camp.at(camp.planned(again=True))

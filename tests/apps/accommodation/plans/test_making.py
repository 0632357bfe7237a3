# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan is asked for, made of what there is, judged, and kept; what it may not do it never proposes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from apps.accommodation.plans.camp import DAY, NORTH, SOUTH, Camp
from cast import Cast
from django.db.models import Q

from havre.apps.accommodation.actions.plans import (
    BadInput,
    PlanBroken,
    PlanRefused,
    PlanSaid,
    accept_plan,
    ask_plan,
    computing,
    do_plan,
    stop_plan,
)
from havre.apps.accommodation.actions.promising import end_promises
from havre.apps.accommodation.enums import PlanEnd, PlanState, PromiseEnd
from havre.apps.accommodation.models import (
    Assignment,
    Lock,
    Offer,
    Plan,
    PlanBest,
    Promise,
    Separation,
    UnitUse,
)
from havre.apps.accommodation.queries.plans import changed_promises, free_again, texts_of
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.jobs import run_jobs
from havre.engines.placement import default_policy_text
from havre.engines.placement.plan_file import digest
from havre.words import Language


def test_a_plan_places_everybody_it_can_and_says_how_good_it_is(camp: Camp) -> None:
    plan = camp.planned()
    at = camp.at(plan)
    assert at["F1"] == "Familles"
    assert sorted(at.values()) == ["Familles", "Nord", "Nord", "Sud"]
    assert (plan.state, plan.waiting, plan.parties, plan.people) == (PlanState.DONE, 0, 4, 7)
    assert plan.points == plan.bound == 3 * 100 + 2 * 300 + 4 * 100
    with camp.acts():
        assert sum(Assignment.objects.filter(plan=plan).values_list("points", flat=True)) == plan.points


def test_the_job_makes_it_as_whoever_asked(camp: Camp) -> None:
    asked = camp.asked()
    assert run_jobs() == 1
    with camp.acts():
        assert Plan.objects.get(pk=asked.pk).state == PlanState.DONE


def test_what_it_was_made_from_is_kept_with_its_hashes(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        texts = texts_of(plan)
    assert {name: digest(text) for name, text in texts.items()} == plan.hashes
    assert str(camp.key("A1")) in texts["parties"]
    assert "A1" not in texts["parties"]
    assert plan.engine_version
    assert plan.policy == default_policy_text()


def test_the_same_key_asks_for_one_plan(camp: Camp) -> None:
    key = uuid4()
    with camp.acts():
        said = PlanSaid(day=DAY, seconds=1)
        assert ask_plan(said, idempotency_key=key).pk == ask_plan(said, idempotency_key=key).pk
        assert Plan.objects.count() == 1


def test_done_twice_a_plan_is_the_same_plan(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        again = do_plan(plan.pk, lambda *_: None)
        assert again.ended_at == plan.ended_at
        assert Assignment.objects.filter(plan=plan).count() == 4


# --- what is laid down -------------------------------------------------------------------------------------------


def test_locks_separations_and_refusals_are_kept(camp: Camp) -> None:
    with camp.acts():
        laid = {"organisation": camp.cast.dunes, "member": camp.member, "reason": "a brother is there"}
        Lock.objects.create(party=camp.parties["A1"], rule="stays", place=camp.places["Sud"], **laid)
        Lock.objects.create(party=camp.parties["A2"], rule="never", region=NORTH, **laid)
        a, b = sorted((camp.parties["A2"], camp.parties["A3"]), key=lambda each: each.pk)
        Separation.objects.create(party_a=a, party_b=b, **laid)
    at = camp.at(camp.planned())
    assert (at["A1"], at["A2"], at["A3"]) == ("Sud", "Sud", "Nord")


def test_who_refused_a_place_is_not_sent_there_again(camp: Camp) -> None:
    with camp.acts():
        Offer.objects.create(
            organisation=camp.cast.dunes,
            party=camp.parties["A1"],
            region_1=NORTH,
            place_1=camp.places["Nord"],
            language="pus",
            state="refused",
            answered_at=datetime.now(UTC),
            member=camp.member,
        )
    assert camp.at(camp.planned())["A1"] == "Sud"


def test_a_closed_centre_gets_nobody_and_its_units_are_not_free(cast: Cast) -> None:
    camp = Camp.of(cast)
    evening = datetime(2016, 10, 24, 21, 59, tzinfo=UTC)
    camp.place("Closing", 5, closes_at=evening)
    camp.place("Open", 1)
    camp.party("A1")
    camp.party("A2")
    plan = camp.planned()
    assert sorted(camp.at(plan).values()) == ["", "Open"]
    with camp.acts():
        places = list(camp.places.values())
        assert free_again(places, DAY, Q(pk=None))[camp.places["Closing"].pk] == 0
        assert free_again(places, DAY - timedelta(days=1), Q(pk=None))[camp.places["Closing"].pk] == 5


def test_a_judge_who_finds_a_broken_rule_keeps_the_plan_from_everybody(
    camp: Camp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = camp.asked()
    whole = computing.placement.solve_fairly

    def broken(*args: object, **more: object) -> object:
        plan = whole(*args, **more)  # type: ignore[arg-type]
        return replace(plan, place_of=(0,) * len(plan.place_of))

    monkeypatch.setattr(computing.placement, "solve_fairly", broken)
    with camp.acts(), pytest.raises(PlanBroken):
        do_plan(asked.pk, lambda *_: None)


# --- children ----------------------------------------------------------------------------------------------------


def test_children_go_to_places_for_minors_alone_and_stay_together(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Nord", 9)
    camp.place("Minors", 2, region=SOUTH, takes=("minor",))
    camp.party("M1", 2, kind="minor")
    camp.party("M2", 1, kind="minor")
    at = camp.at(camp.planned())
    assert at == {"M1": "Minors", "M2": ""}


# --- refused -----------------------------------------------------------------------------------------------------


def test_without_anybody_or_any_place_there_is_nothing_to_plan(cast: Cast) -> None:
    camp = Camp.of(cast)
    with camp.acts(), pytest.raises(PlanRefused, match="nobody_to_place"):
        ask_plan(PlanSaid(day=DAY))
    camp.party("A1")
    with camp.acts(), pytest.raises(PlanRefused, match="no_place_to_give"):
        ask_plan(PlanSaid(day=DAY))


def test_bad_rows_are_told_one_line_each_before_anything_is_reckoned(camp: Camp) -> None:
    camp.party("A4", kind="woman")
    policy = (
        default_policy_text().replace(', "woman"]', "]").replace("woman = 800", "").replace("woman = 8", "")
    )
    with camp.acts(), pytest.raises(BadInput) as refused:
        ask_plan(PlanSaid(day=DAY, policy=policy, policy_why="no women are here"))
    (line,) = refused.value.said(Language.ENGLISH)
    assert line.startswith("A4")
    with camp.acts():
        assert not Plan.objects.exists()


def test_a_policy_of_ones_own_says_why_and_whose_it_is(camp: Camp) -> None:
    policy = default_policy_text().replace("region_1 = 300", "region_1 = 10")
    with camp.acts(), pytest.raises(PlanRefused, match="policy_needs_why"):
        ask_plan(PlanSaid(day=DAY, policy=policy))
    plan = camp.planned(policy=policy, policy_why="regions are all alike today")
    assert plan.policy_by_id == camp.member.pk
    assert plan.points == 7 * 100 + 2 * 10


def test_a_policy_that_is_no_toml_is_told_with_its_line(camp: Camp) -> None:
    with camp.acts(), pytest.raises(BadInput) as refused:
        ask_plan(PlanSaid(day=DAY, policy="kinds = [", policy_why="a trial"))
    assert "1" in refused.value.said(Language.FRENCH)[0]


# --- ended early -------------------------------------------------------------------------------------------------


def test_a_search_that_a_member_ends_keeps_its_best(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = camp.asked(seconds=600)
    with camp.acts():
        stop_plan(asked.pk)
    monkeypatch.setattr(computing.placement, "solve_fairly", _until_it_is_stopped)
    with camp.acts():
        plan = do_plan(asked.pk, lambda *_: None)
    assert (plan.state, plan.ended_by) == (PlanState.DONE, PlanEnd.HAND)


def _until_it_is_stopped(*args: object, **more: object) -> object:
    """A camp for which no search would ever end by itself."""
    from havre.engines.placement import solve

    while more["go_on"]():  # type: ignore[operator]
        pass
    return solve(*args, go_on=lambda: False)  # type: ignore[arg-type]


def test_what_a_dead_worker_left_is_the_plan_with_its_bound(camp: Camp) -> None:
    whole = camp.planned()
    asked = camp.asked()
    with camp.acts():
        best = PlanBest.objects.get(plan=whole)
        left = {name: getattr(best, name) for name in ("text", "points", "bound", "waiting")}
        PlanBest.objects.filter(plan=asked).update(**left)
        plan = do_plan(asked.pk, lambda *_: None)
    assert (plan.ended_by, plan.points, plan.bound) == (PlanEnd.WORKER, whole.points, whole.bound)
    assert camp.at(plan) == camp.at(whole)


# --- again -------------------------------------------------------------------------------------------------------


def test_made_again_after_a_centre_closed_it_keeps_the_other_promises(camp: Camp) -> None:
    first = camp.planned()
    with camp.acts():
        accept_plan(first.pk)
        centre = camp.places["Familles"].centre
        centre.closes_at, centre.closed_why = datetime(2016, 10, 24, 10, 0, tzinfo=UTC), "a leak"
        centre.save()
    camp.place("New", 4, takes=("family",))
    again = camp.planned(again=True)
    before, after = camp.at(first), camp.at(again)
    assert after["F1"] == "New"
    assert {name: at for name, at in after.items() if name != "F1"} == {
        name: at for name, at in before.items() if name != "F1"
    }
    with camp.acts():
        (changed,) = changed_promises(again)
        assert changed.was_id == camp.places["Familles"].pk
        accept_plan(again.pk)
    assert camp.promised()["F1"] == "New"


def test_who_was_promised_a_place_is_not_planned_a_second_time(camp: Camp) -> None:
    with camp.acts():
        accept_plan(camp.planned().pk)
        with pytest.raises(PlanRefused, match="nobody_to_place"):
            ask_plan(PlanSaid(day=DAY))


def test_after_a_refusal_the_units_are_free_and_the_party_goes_elsewhere(camp: Camp) -> None:
    with camp.acts():
        accept_plan(camp.planned().pk)
        refused = Promise.objects.filter(place=camp.places["Nord"]).first()
        assert refused
        end_promises([refused.pk], PromiseEnd.REFUSED)
        assert not UnitUse.objects.filter(promise=refused, ends=None).exists()
    plan = camp.planned()
    with camp.acts():
        (only,) = Assignment.objects.filter(plan=plan)
        assert (only.party_id, only.place_id) == (refused.party_id, camp.places["Sud"].pk)


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN, Role.ADMINISTRATOR])
def test_other_roles_ask_for_no_plan(camp: Camp, role: Role) -> None:
    ward = uuid4() if role is Role.GUARDIAN else None
    with camp.acts(camp.cast.member(camp.cast.dunes, role, ward=ward)), pytest.raises(NotAllowed):
        ask_plan(PlanSaid(day=DAY))


@pytest.mark.parametrize("name", ["maraude", "harbour"])
def test_a_stranger_and_the_other_shore_see_no_plan_and_end_none(camp: Camp, name: str) -> None:
    plan = camp.planned()
    with camp.acts(camp.cast.member(getattr(camp.cast, name))):
        assert not Plan.objects.exists()
        assert not Assignment.objects.exists()
        assert not PlanBest.objects.exists()
        with pytest.raises(PlanRefused, match="no_such_plan"):
            stop_plan(plan.pk)
        with pytest.raises(PlanRefused, match="no_such_plan"):
            accept_plan(plan.pk)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members lay down by hand: its cost is known before, kept with its reason, and held by every later plan."""

import pytest
from apps.accommodation.plans.camp import NORTH, SOUTH, Camp
from apps.tracing.shores import SISTER, UNCLE_SAID, registered
from cast import Cast

from havre.apps.accommodation.actions.desk import offer_regions
from havre.apps.accommodation.actions.plans import PlanRefused, lift_lock, never_there, note, override
from havre.apps.accommodation.enums import LockRule, WhyNot
from havre.apps.accommodation.models import Assignment, Lock, Offer, Override, PartyMember, PlanNote
from havre.apps.accommodation.queries.plans import Explained, explained, figures_now
from havre.apps.cases.actions import open_case_of_link
from havre.apps.cases.models import Case
from havre.core.access import NotAllowed, Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.engines.placement import Goal

WHY = "Her sister works there."


def told(camp: Camp, plan: object, wristband: str) -> Explained:
    with camp.acts():
        found = explained(plan, camp.key(wristband))  # type: ignore[arg-type]
    assert found
    return found


def at_south(camp: Camp, plan: object) -> str:
    """Who of the lone adults did not get the north."""
    return next(name for name, at in camp.at(plan).items() if at == "Sud")  # type: ignore[arg-type]


def test_a_party_sees_every_open_place_with_its_cost_and_the_rule_that_closes_the_others(camp: Camp) -> None:
    plan = camp.planned()
    south = at_south(camp, plan)
    found = told(camp, plan, south)
    north, here = found.open
    assert (here.here, here.points, here.by_goal[Goal.BASE]) == (True, 100, 100)
    assert (north.wins, north.costs) == (300, 300)
    assert north.whom == ((1, "adult", Goal.REGION_1),)
    (families,) = found.closed
    assert (families.place.pk, families.why) == (camp.places["Familles"].pk, (WhyNot.KIND,))


def test_where_there_is_room_the_plan_keeps_it_at_once(camp: Camp) -> None:
    plan = camp.planned()
    moved = next(name for name, at in camp.at(plan).items() if at == "Nord")
    with camp.acts():
        done = override(plan.pk, camp.key(moved), camp.places["Sud"].pk, reason=WHY, shown=(-300, 0))
    assert (done.kept, done.wins, done.costs, done.whom) == (True, -300, 0, [])
    assert camp.at(plan)[moved] == "Sud"
    with camp.acts():
        assert figures_now(plan).points == (plan.points or 0) - 300
        assert Lock.objects.get().reason == WHY
    assert camp.at(camp.planned())[moved] == "Sud"


def test_where_others_are_it_waits_for_the_next_plan_and_says_whom_it_costs(camp: Camp) -> None:
    plan = camp.planned()
    south = at_south(camp, plan)
    with camp.acts():
        done = override(plan.pk, camp.key(south), camp.places["Nord"].pk, reason=WHY)
    assert (done.kept, done.costs, done.whom) == (False, 300, [[1, "adult", "region_1"]])
    assert camp.at(plan)[south] == "Sud"
    assert camp.at(camp.planned())[south] == "Nord"


def test_a_cost_that_is_another_than_what_was_shown_is_not_saved(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts(), pytest.raises(PlanRefused, match="cost_has_changed"):
        override(plan.pk, camp.key(at_south(camp, plan)), camp.places["Nord"].pk, reason=WHY, shown=(300, 0))
    with camp.acts():
        assert not Override.objects.exists()
        assert not Lock.objects.exists()


@pytest.mark.parametrize(
    ("place", "reason", "key"),
    [("Familles", WHY, "place_closed_to_them"), ("Nord", "  ", "reason_missing")],
)
def test_a_hard_rule_holds_for_members_too_and_nothing_goes_without_a_reason(
    camp: Camp, place: str, reason: str, key: str
) -> None:
    plan = camp.planned()
    with camp.acts(), pytest.raises(PlanRefused, match=key):
        override(plan.pk, camp.key("A1"), camp.places[place].pk, reason=reason)


def test_never_there_holds_in_later_plans_until_it_is_lifted(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        lock = never_there(plan.pk, camp.key("F1"), camp.places["Familles"].pk, reason=WHY)
    later = camp.planned()
    assert camp.at(later)["F1"] == ""
    (families,) = (each for each in told(camp, later, "F1").closed if WhyNot.NEVER in each.why)
    assert families.place.pk == camp.places["Familles"].pk
    with camp.acts():
        lift_lock(lock.pk)
        assert lift_lock(lock.pk).ended_by_id == camp.member.pk
    assert camp.at(camp.planned())["F1"] == "Familles"


def test_a_new_place_goes_before_the_one_laid_down_earlier(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        first = override(plan.pk, camp.key("A1"), camp.places["Sud"].pk, reason=WHY)
        override(plan.pk, camp.key("A1"), camp.places["Nord"].pk, reason=WHY)
        standing = Lock.objects.get(rule=LockRule.STAYS, ended_at=None)
        assert standing.place_id == camp.places["Nord"].pk
        assert Lock.objects.get(pk=first.lock_id).ended_by_id == camp.member.pk
        with pytest.raises(PlanRefused, match="stays_and_never"):
            never_there(plan.pk, camp.key("A1"), camp.places["Nord"].pk, reason=WHY)


def test_notes_stand_beside_the_plan_or_a_party(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts():
        note(plan.pk, "The south takes nobody before noon.")
        note(plan.pk, "She asked twice.", party=camp.key("A1"))
        assert PlanNote.objects.filter(plan=plan, party=None).count() == 1
        with pytest.raises(PlanRefused, match="note_is_empty"):
            note(plan.pk, " ")


# --- a claim to family -------------------------------------------------------------------------------------------


def claimed(camp: Camp) -> Case:
    """The case of a child who asks for an uncle in Britain."""
    sister = registered(camp.member, SISTER, ("uncle", UNCLE_SAID))
    with acting_as(camp.member.pk, Purpose.TRACING):
        return open_case_of_link(sister.links.get().pk)


def test_a_child_whose_claim_is_pending_stays_in_the_region_of_departure(cast: Cast) -> None:
    camp = Camp.of(cast)
    case = claimed(camp)
    camp.place("Near", 1, takes=("minor",))
    camp.place("Far", 3, region=SOUTH, takes=("minor",))
    camp.party("M1", kind="minor", wish={"region_1": SOUTH})
    camp.party("M2", kind="minor", wish={"region_1": SOUTH})
    with camp.acts():
        PartyMember.objects.create(
            party=camp.parties["M1"],
            organisation=camp.cast.dunes,
            registration_id=case.registration_id,
        )
    plan = camp.planned(region=NORTH)
    assert camp.at(plan) == {"M1": "Near", "M2": "Far"}
    (far,) = told(camp, plan, "M1").closed
    assert far.why == (WhyNot.CLAIM,)
    with camp.acts():  # a soft lock: a member may have a reason
        assert override(plan.pk, camp.key("M1"), camp.places["Far"].pk, reason=WHY).kept
    assert camp.at(plan)["M1"] == "Far"
    assert camp.at(camp.planned(region=NORTH))["M1"] == "Far"


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CASEWORKER])
def test_at_the_desk_such_a_child_is_offered_the_region_of_departure_that_a_plan_names(
    cast: Cast, role: Role
) -> None:
    camp = Camp.of(cast)
    case = claimed(camp)
    camp.place("Near", 1, takes=("minor",))
    camp.place("Far", 3, region=SOUTH, takes=("minor",))
    camp.party("M1", kind="minor", wish={"region_1": SOUTH})
    with camp.acts():
        PartyMember.objects.create(
            party=camp.parties["M1"],
            organisation=camp.cast.dunes,
            registration_id=case.registration_id,
        )
    camp.asked(region=NORTH)
    with camp.acts(camp.cast.member(camp.cast.dunes, role)):
        offer = offer_regions(camp.key("M1"))
    assert isinstance(offer, Offer)
    assert (offer.region_1, offer.region_2) == (NORTH, "")


def test_without_a_place_for_minors_in_that_region_the_claim_closes_none(cast: Cast) -> None:
    camp = Camp.of(cast)
    case = claimed(camp)
    camp.place("Far", 3, region=SOUTH, takes=("minor",))
    camp.party("M1", kind="minor", case=case)
    assert camp.at(camp.planned(region=NORTH)) == {"M1": "Far"}


# --- who may -----------------------------------------------------------------------------------------------------


def test_a_registrar_lays_nothing_down(camp: Camp) -> None:
    plan = camp.planned()
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.REGISTRAR)):
        for act in (
            lambda: override(plan.pk, camp.key("A1"), camp.places["Sud"].pk, reason=WHY),
            lambda: never_there(plan.pk, camp.key("A1"), camp.places["Sud"].pk, reason=WHY),
            lambda: note(plan.pk, "words"),
        ):
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize("name", ["maraude", "harbour"])
def test_a_stranger_and_the_other_shore_find_neither_plan_nor_lock(camp: Camp, name: str) -> None:
    plan = camp.planned()
    with camp.acts():
        lock = never_there(plan.pk, camp.key("A1"), camp.places["Sud"].pk, reason=WHY)
    with camp.acts(camp.cast.member(getattr(camp.cast, name))):
        with pytest.raises(PlanRefused, match="no_such_lock"):
            lift_lock(lock.pk)
        with pytest.raises(PlanRefused, match="no_such_plan"):
            note(plan.pk, "words")
        assert not Assignment.objects.exists()


def test_a_party_that_the_plan_does_not_know_is_named_as_such(cast: Cast, camp: Camp) -> None:
    plan = camp.planned()
    camp.party("Late")
    with camp.acts(), pytest.raises(PlanRefused, match="party_not_in_plan"):
        override(plan.pk, camp.key("Late"), camp.places["Sud"].pk, reason=WHY)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""When nobody of a party is left in the registry, plans know no more of it than that somebody was placed."""

import pytest
from apps.accommodation.plans.camp import SOUTH, Camp
from apps.tracing.shores import CHILD, registered
from cast import Cast
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions.parties import end_party
from havre.apps.accommodation.enums import EndWhy
from havre.apps.accommodation.models import Assignment, KindChange, Party, PartyMember, Plan, PlanInput
from havre.apps.accommodation.queries.plans import explained
from havre.apps.accommodation.queries.plans import plan as one_plan
from havre.apps.registry import actions as registry
from havre.apps.registry.models import Registration
from havre.core.accounts.enums import Role

NEEDS = {"language": "pus", "medical": True, "step_free": True, "school": True}


@pytest.fixture
def camp(cast: Cast) -> Camp:
    camp = Camp.of(cast)
    camp.place("Minors", 4, takes=("minor",), step_free=True)
    camp.place("Other", 4, region=SOUTH, takes=("minor",), step_free=True)
    camp.party("M1", 1, kind="minor", wish={"region_1": SOUTH, "relative_town": "Nantes"}, **NEEDS)
    camp.party("M2", 2, kind="minor", wish={"region_1": SOUTH}, **NEEDS)
    return camp


def known(camp: Camp, wristband: str) -> Registration:
    """One of the party is known to the registry from now on."""
    child = registered(camp.member, CHILD)
    with camp.acts():
        PartyMember.objects.create(
            party=camp.parties[wristband], organisation=camp.cast.dunes, registration=child
        )
    return child


def erased(camp: Camp, child: Registration) -> None:
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.SUPERVISOR)):
        registry.erase(child.pk)


def line_of(camp: Camp, plan: Plan, wristband: str) -> str:
    """What the plan was made from says of the party."""
    with camp.acts():
        text = PlanInput.objects.get(plan=plan, kind="parties").text
    [line] = [each for each in text.splitlines() if each.startswith(str(camp.key(wristband)))]
    return line.partition(",")[2]


def party_of(camp: Camp, wristband: str) -> Party:
    with camp.acts():
        return Party.objects.get(pk=camp.key(wristband))


def test_needs_and_the_lines_of_plans_go_and_plans_can_still_be_read(camp: Camp) -> None:
    child = known(camp, "M1")
    plan = camp.planned()
    with camp.acts():
        about = {"party": camp.parties["M1"], "organisation": camp.cast.dunes, "member": camp.member}
        KindChange.objects.create(was="family", becomes="minor", why="He told us of his uncle.", **about)
    before, other = line_of(camp, plan, "M1"), line_of(camp, plan, "M2")
    assert before.startswith("1,minor,pus,")
    with camp.acts():
        explained(plan, camp.key("M1"))  # what a process remembers of a plan must go, too
    erased(camp, child)
    party = party_of(camp, "M1")
    with camp.acts():
        assert KindChange.objects.get().why == "-"
    assert (party.language, party.medical, party.step_free, party.school) == ("", False, False, False)
    assert party.wristband == "M1", "the door still finds who lives somewhere"
    assert line_of(camp, plan, "M1") == "1,minor,,,,,,0,0,0"
    assert line_of(camp, plan, "M1").count(",") == before.count(",")
    assert line_of(camp, plan, "M2") == other
    with camp.acts():
        assert Assignment.objects.get(plan=plan, party=party).by_goal == {}
        assert Assignment.objects.get(plan=plan, party=camp.key("M2")).by_goal
        said = explained(one_plan(plan.pk) or plan, party.pk)
        assert said
        assert {goal for each in said.open for goal, n in each.by_goal.items() if n} == {"base"}
    client = signed_in(camp.member)
    later = camp.planned()
    for one, is_other in ((plan, True), (later, False)):
        page = client.get(reverse("accommodation:plan", args=[one.pk])).content.decode()
        assert ("lines were emptied" in page) is is_other
    for address in (
        reverse("accommodation:plan", args=[plan.pk]),
        reverse("accommodation:plan_parties", args=[plan.pk]),
        reverse("accommodation:plan_party", args=[plan.pk, party.pk]),
        reverse("accommodation:plan_party", args=[plan.pk, camp.key("M2")]),
        reverse("accommodation:party", args=[party.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Nantes" not in answer.content.decode()


def test_of_a_party_with_others_the_needs_stay_since_they_may_be_theirs(camp: Camp) -> None:
    child = known(camp, "M2")
    plan = camp.planned()
    before = line_of(camp, plan, "M2")
    erased(camp, child)
    assert party_of(camp, "M2").medical
    assert line_of(camp, plan, "M2") == before


def test_the_number_goes_when_they_have_left_whichever_comes_first(camp: Camp) -> None:
    child = known(camp, "M1")
    erased(camp, child)
    with camp.acts():
        end_party(camp.key("M1"), EndWhy.LEFT)
    gone = party_of(camp, "M1").wristband
    assert gone == f"-{str(camp.key('M1'))[-12:]}"
    camp.party("M3", 1, kind="minor")
    child = known(camp, "M3")
    with camp.acts():
        end_party(camp.key("M3"), EndWhy.LEFT)
    assert party_of(camp, "M3").wristband == "M3"
    erased(camp, child)
    assert party_of(camp, "M3").wristband.startswith("-")


def left(camp: Camp, wristband: str, child: Registration, people: int) -> None:
    """The child is of that party no more, which counts so many people now."""
    with camp.acts():
        PartyMember.objects.filter(registration=child).update(left_on="2016-10-01")
        Party.objects.filter(pk=camp.key(wristband)).update(people=people)


def test_who_had_left_the_party_takes_nothing_of_those_who_stayed(camp: Camp) -> None:
    camp.party("M4", 3, kind="minor", **NEEDS)
    gone, stays = known(camp, "M4"), known(camp, "M4")
    left(camp, "M4", gone, 2)
    erased(camp, gone)
    erased(camp, stays)
    assert party_of(camp, "M4").medical, "somebody who was never registered has stayed"


def test_nobody_loses_the_number_by_the_erasure_of_who_had_left(camp: Camp) -> None:
    camp.party("M5", 2, kind="minor")
    gone = known(camp, "M5")
    known(camp, "M5")
    left(camp, "M5", gone, 1)
    erased(camp, gone)
    with camp.acts():
        end_party(camp.key("M5"), EndWhy.LEFT)
    assert party_of(camp, "M5").wristband == "M5"

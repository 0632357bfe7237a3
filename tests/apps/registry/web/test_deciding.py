# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registered twice? Proposed with reasons, decided by a member, taken back."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import AHMAD, UNCLE, registered
from apps.registry.web.conftest import House, queries_of, text_of

from havre.apps.registry import actions
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping
from havre.apps.registry.queries import groupings
from havre.core.jobs.models import Job


@pytest.fixture
def proposed(house: House) -> Grouping:
    """Two registrations that the program takes for one person."""
    for described in (AHMAD, replace(AHMAD, names="Ahmed Khan", other_names="")):
        house.does(lambda described=described: registered(described, links=(UNCLE,)))
    house.does(lambda: actions.propose_groupings(lambda _: None))
    return house.does(lambda: groupings().get())


def decided(house: House, grouping: Grouping, act: str, reasons: str = "The same scar") -> Any:
    return house.caseworker.post(f"/groupings/{grouping.pk}", {"act": act, "reasons": reasons})


def state(house: House, grouping: Grouping) -> str:
    return house.does(lambda: groupings().get(pk=grouping.pk)).state


def test_a_proposal_shows_both_sides_and_why(house: House, proposed: Grouping) -> None:
    assert "Ahmed Khan" in text_of(house.caseworker.get("/groupings"))
    said = text_of(house.caseworker.get(f"/groupings/{proposed.pk}"))
    for piece in (
        "احمد خان",
        "Ahmed Khan",
        "agrees",
        "Jalalabad",
        "Gul Khan",
        "names +",
        "Proposed by Havre: strong",
    ):
        assert piece in said


def test_a_decision_needs_reasons_and_is_taken_back(house: House, proposed: Grouping) -> None:
    assert decided(house, proposed, "group", "").status_code == 422
    assert state(house, proposed) == GroupingState.PROPOSED
    assert decided(house, proposed, "group").url == "/groupings"
    assert state(house, proposed) == GroupingState.GROUPED
    assert "The same scar" in text_of(house.caseworker.get(f"/groupings/{proposed.pk}"))
    assert "Found to be one person" in text_of(house.caseworker.get(f"/groupings/{proposed.pk}"))
    decided(house, proposed, "undo", "another birthmark")
    assert state(house, proposed) == GroupingState.UNDONE


def test_two_people_stay_apart(house: House, proposed: Grouping) -> None:
    decided(house, proposed, "apart", "They stood side by side")
    assert state(house, proposed) == GroupingState.KEPT_APART
    assert "two people" in text_of(house.caseworker.get("/groupings", {"state": "decided"}))
    assert "Nothing is waiting" in text_of(house.caseworker.get("/groupings"))


def test_who_comes_second_is_told(house: House, proposed: Grouping) -> None:
    decided(house, proposed, "group")
    answer = decided(house, proposed, "apart")
    assert answer.status_code == 422
    assert "decided already" in text_of(answer)
    assert state(house, proposed) == GroupingState.GROUPED


def test_an_act_that_there_is_none_of_finds_nothing(house: House, proposed: Grouping) -> None:
    assert decided(house, proposed, "merge").status_code == 404


def test_the_next_proposal_comes_by_itself(house: House, proposed: Grouping) -> None:
    third = house.does(lambda: registered(replace(AHMAD, names="Ahmad Khan", other_names="")))
    other = house.does(lambda: actions.propose_grouping(third.pk, proposed.registration_a_id))
    assert decided(house, proposed, "apart").url == f"/groupings/{other.pk}"


def test_a_member_puts_two_side_by_side_by_reference(house: House) -> None:
    one, two = (house.does(lambda: registered()) for _ in range(2))
    address = f"/registrations/{one.pk}/same"
    for typed, error in (
        ("H-2222-23", "This is no reference"),
        (one.person.reference, "Choose two different registrations"),
    ):
        answer = house.caseworker.post(address, {"key": str(uuid4()), "reference": typed})
        assert answer.status_code == 422
        assert error in text_of(answer)
    answer = house.caseworker.post(address, {"key": str(uuid4()), "reference": two.person.reference.lower()})
    assert answer.status_code == 302
    assert "Proposed by a member" in text_of(house.caseworker.get(answer.url))


def test_a_reference_of_a_stranger_is_nobodys(house: House) -> None:
    one = house.does(lambda: registered())
    other = house.does(lambda: registered(), of="harbour")
    form = {"key": str(uuid4()), "reference": other.person.reference}
    assert "Nobody whom you may read" in text_of(house.caseworker.post(f"/registrations/{one.pk}/same", form))


def test_looking_for_more_is_work_for_a_worker(house: House) -> None:
    assert house.caseworker.post("/groupings/look").status_code == 302
    assert house.does(lambda: Job.objects.get()).name == "registry.propose_groupings"


def test_strangers_and_registrars_decide_nothing(house: House, proposed: Grouping) -> None:
    assert house.registrar.get(f"/groupings/{proposed.pk}").status_code == 403
    assert house.stranger.get(f"/groupings/{proposed.pk}").status_code == 404
    assert (
        house.stranger.post(f"/groupings/{proposed.pk}", {"act": "group", "reasons": "x"}).status_code == 404
    )


def test_more_proposals_ask_no_more_queries(house: House, proposed: Grouping) -> None:
    few = queries_of(house.caseworker, "/groupings")
    for n in range(4):
        made = house.does(lambda n=n: registered(replace(AHMAD, names=f"Somebody {n}")))
        house.does(lambda made=made: actions.propose_grouping(made.pk, proposed.registration_a_id))
    assert queries_of(house.caseworker, "/groupings") == few == 14
    assert queries_of(house.caseworker, f"/groupings/{proposed.pk}") == 21

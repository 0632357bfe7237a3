# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who read about a party: whoever was shown it on a list of parties, in the queue of the desk or in a plan."""

from uuid import UUID

import pytest
from apps.accommodation.plans.camp import Camp
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions.desk import queue_party
from havre.apps.accommodation.actions.plans import override
from havre.apps.accommodation.enums import QueueReason
from havre.apps.accommodation.models import Assignment, Party
from havre.apps.accommodation.queries.plans import compared
from havre.apps.accommodation.web import parties as party_list
from havre.apps.accommodation.web.desk import pages
from havre.apps.accommodation.web.plans import lists
from havre.core.audit.queries import lines


def named(camp: Camp) -> set[UUID]:
    """The parties that somebody was shown, as the record says."""
    with camp.acts():
        return {each.row for each in lines(kind="listed", most=100)}


def looks(camp: Camp, name: str, *args: object) -> str:
    response = signed_in(camp.member).get(reverse(f"accommodation:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def linked(html: str, name: str, *args: UUID) -> bool:
    return reverse(f"accommodation:{name}", args=args) in html


def test_a_list_of_parties_names_those_of_its_page_alone(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(party_list, "A_PAGE", 2)
    html = looks(camp, "parties")
    with camp.acts():
        every = set(Party.objects.values_list("pk", flat=True))
    assert len(every) > 2
    assert named(camp) == {each for each in every if linked(html, "party", each)}
    assert len(named(camp)) == 2


def test_the_queue_of_the_desk_names_those_of_its_head_alone(
    camp: Camp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SHOWN", 1)
    waiting = [camp.key("A1"), camp.key("A2")]
    with camp.acts():
        for each in waiting:
            queue_party(each, next(iter(QueueReason)))
    html = looks(camp, "desk")
    assert len(waiting) == 2
    assert named(camp) == {each for each in waiting if linked(html, "at_desk", each)}
    assert len(named(camp)) == 1


def test_a_list_of_a_plan_names_those_of_its_page_alone(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "A_PAGE", 2)
    plan = camp.planned()
    html = looks(camp, "plan_parties", plan.pk)
    with camp.acts():
        every = set(Assignment.objects.filter(plan=plan).values_list("party", flat=True))
    assert len(every) > 2
    assert named(camp) == {each for each in every if linked(html, "plan_party", plan.pk, each)}
    assert len(named(camp)) == 2


def test_the_board_names_those_for_whom_something_was_laid_down_and_a_comparison_those_who_move(
    camp: Camp,
) -> None:
    plan = camp.planned()
    looks(camp, "plan", plan.pk)
    assert named(camp) == set()
    moved = next(each for each, centre in camp.at(plan).items() if each.startswith("A") and centre == "Nord")
    with camp.acts():
        override(plan.pk, camp.key(moved), camp.places["Sud"].pk, reason="His brother is there.")
    assert linked(looks(camp, "plan", plan.pk), "plan_party", plan.pk, camp.key(moved))
    assert named(camp) == {camp.key(moved)}
    other = camp.planned()
    with camp.acts():
        change = compared(plan, other)
        expected = {move.after.party_id for move in (*change.moved, *change.placed, *change.dropped)}
    assert expected
    looks(camp, "compare", other.pk, plan.pk)
    assert named(camp) == expected | {camp.key(moved)}

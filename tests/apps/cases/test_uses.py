# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What cases mean to registrations: who is on the way is not due for erasure, and what a case showed is told."""

from datetime import date
from typing import Any

from apps.cases.journey import Journey
from apps.registry.people import acts
from apps.tracing.web.conftest import site_of

from havre.apps.cases import actions
from havre.apps.cases.enums import ClosingReason
from havre.apps.registry.queries import Why, due_for_erasure, given_to_others
from havre.core.accounts.models import Member

LATE = date(2090, 1, 1)


def due(member: Member) -> list[Why]:
    with acts(member):
        return [each.why for each in due_for_erasure(LATE)]


def test_nobody_with_an_open_case_is_due_for_erasure(journey: Journey) -> None:
    assert due(journey.dunes).count(Why.CLOSED) == 0
    before = len(due(journey.dunes)), len(due(journey.harbour))
    case = journey.opened()
    assert (len(due(journey.dunes)), len(due(journey.harbour))) == (before[0] - 1, before[1] - 1)
    with acts(journey.dunes):
        actions.close_case(case.pk, ClosingReason.MISTAKE, words="Opened for another child by mistake")
    for member in (journey.dunes, journey.harbour):
        assert due(member).count(Why.CLOSED) == 1


def test_what_a_pair_and_a_case_showed_of_the_relative_is_told_to_who_registered_them(
    journey: Journey,
) -> None:
    case, uncle = journey.asked(), journey.shores.uncle
    for place in (f"/tracing/pairs/{case.pair_id}", f"/cases/{case.pk}"):
        answer: Any = site_of(journey.dunes).get(place)
        assert answer.status_code == 200, place
    with acts(journey.harbour):
        found = {(each.organisation, each.table) for each in given_to_others(uncle.pk)}
        assert found == {("Dunes", "tracing_pair"), ("Dunes", "cases_case")}
        assert given_to_others(journey.shores.child.pk) == []
    with acts(journey.dunes):
        assert given_to_others(uncle.pk) == []

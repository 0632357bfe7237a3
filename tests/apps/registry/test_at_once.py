# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two members, or one member over a bad line, do the same at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import acts, registered
from cast import Cast
from django.db import connections

from havre.apps.registry import actions
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping, Person, Registration
from havre.core.accounts.models import Member


@pytest.fixture
def members(committed_database: None, cast: Cast) -> tuple[Member, Member]:
    return cast.member(cast.dunes), cast.member(cast.dunes, nth=2)


def both(members: tuple[Member, Member], act: Callable[[], Any]) -> list[Any]:
    """What the two acts return, or the error they end with, done as near to each other as can be."""
    start = Barrier(2)

    def one(member: Member) -> Any:
        try:
            with acts(member):
                start.wait()
                return act()
        except actions.RegistryError as error:
            return error.key
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, members))


def test_a_form_that_is_sent_twice_at_once_registers_one(members: tuple[Member, Member]) -> None:
    key = uuid4()
    first, second = both(members, lambda: registered(idempotency_key=key))
    assert first == second
    with acts(members[0]):
        assert (Registration.objects.count(), Person.objects.count()) == (1, 1)


def test_of_two_members_who_decide_at_once_one_decides(members: tuple[Member, Member]) -> None:
    with acts(members[0]):
        proposal = actions.propose_grouping(registered().id, registered().id)
    decided = both(members, lambda: actions.group(proposal.id, reasons="same taskera").state)
    assert sorted(decided) == ["decided_already", GroupingState.GROUPED]
    with acts(members[0]):
        assert len(set(Registration.objects.values_list("person", flat=True))) == 1


def test_two_decisions_that_meet_in_one_child_end_in_one_person(members: tuple[Member, Member]) -> None:
    with acts(members[0]):
        first, second, third = (registered() for _ in range(3))
        proposals = [
            actions.propose_grouping(first.id, second.id),
            actions.propose_grouping(second.id, third.id),
        ]
    left = list(proposals)
    decided = both(members, lambda: actions.group(left.pop().id, reasons="same taskera").state)
    assert decided == [GroupingState.GROUPED] * 2
    with acts(members[0]):
        assert Grouping.objects.filter(state=GroupingState.GROUPED).count() == 2
        assert set(Registration.objects.values_list("person", flat=True)) == {first.own_person_id}

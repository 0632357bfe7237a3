# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Grouping, keeping apart and undoing, in any order: each person is what the decisions in force say, and no more."""

from itertools import combinations

import pytest
from apps.registry.people import acts, registered
from cast import Cast
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from havre.apps.registry import actions
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping, Registration
from havre.engines.linkage.records import Description

PEOPLE = 4
PAIRS = list(combinations(range(PEOPLE), 2))
pairs = st.sampled_from(PAIRS)


class EndOfRun(Exception):
    """Ends what a run has done."""


class Life(RuleBasedStateMachine):
    """Registrations of children who may be one, and a model of what was decided."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.acting = acts(cast.member(cast.dunes))
        self.acting.__enter__()
        self.people = [registered(Description(names="Nur Ahmadi")) for _ in range(PEOPLE)]
        self.state: dict[tuple[int, int], GroupingState] = {}

    def teardown(self) -> None:
        self.acting.__exit__(EndOfRun, EndOfRun(), None)  # an error ends the act: all of it is rolled back

    def tied(self, person: int) -> frozenset[int]:
        """Everybody whom groupings in force join with somebody."""
        found = {person}
        while True:
            joined = {pair for pair, state in self.state.items() if state is GroupingState.GROUPED}
            more = {each for pair in joined if found & set(pair) for each in pair} | found
            if more == found:
                return frozenset(found)
            found = more

    def decision(self, pair: tuple[int, int]) -> Grouping:
        first, second = (self.people[n].id for n in pair)
        return actions.propose_grouping(first, second)

    def decide(self, pair: tuple[int, int], state: GroupingState) -> None:
        """Makes a decision, or finds it refused where the model says that it must be."""
        act = {
            GroupingState.GROUPED: actions.group,
            GroupingState.KEPT_APART: actions.keep_apart,
            GroupingState.UNDONE: actions.undo_grouping,
        }[state]
        before = self.state.get(pair, GroupingState.PROPOSED)
        may = state in actions.MAY_BECOME[before]
        self.state[pair] = state
        apart = {pair for pair, each in self.state.items() if each is GroupingState.KEPT_APART}
        contradicted = any(second in self.tied(first) for first, second in apart)
        if not may or contradicted:
            self.state[pair] = before
        if may and not contradicted:
            act(self.decision(pair).id, reasons="said so")
            return
        with pytest.raises(actions.RegistryError) as refused, transaction.atomic():
            act(self.decision(pair).id, reasons="said so")
        assert refused.value.key == ("kept_apart" if may else "decided_already")

    @rule(pair=pairs)
    def group(self, pair: tuple[int, int]) -> None:
        self.decide(pair, GroupingState.GROUPED)

    @rule(pair=pairs)
    def keep_apart(self, pair: tuple[int, int]) -> None:
        self.decide(pair, GroupingState.KEPT_APART)

    @rule(pair=pairs)
    def undo(self, pair: tuple[int, int]) -> None:
        self.decide(pair, GroupingState.UNDONE)

    @precondition(lambda self: self.state)
    @rule()
    def undo_everything(self) -> None:
        for pair, state in list(self.state.items()):
            if state in (GroupingState.GROUPED, GroupingState.KEPT_APART):
                self.decide(pair, GroupingState.UNDONE)
        assert all(each.person_id == each.own_person_id for each in Registration.objects.all())

    @invariant()
    def everybody_has_the_oldest_reference_of_those_they_are_tied_to(self) -> None:
        own = [each.own_person_id for each in self.people]
        now = dict(Registration.objects.values_list("own_person", "person"))
        assert [now[each] for each in own] == [min(own[n] for n in self.tied(k)) for k in range(PEOPLE)]

    @invariant()
    def an_old_reference_leads_to_the_new_one(self) -> None:
        for registration in Registration.objects.select_related("own_person"):
            old = registration.own_person
            assert (old.grouped_into_id or old.id) == registration.person_id


def test_in_whatever_order_they_are_made_decisions_are_taken_back_without_a_trace(cast: Cast) -> None:
    cast.member(cast.dunes)
    run_state_machine_as_test(
        lambda: Life(cast), settings=settings(max_examples=10, stateful_step_count=10, deadline=None)
    )

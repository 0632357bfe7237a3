# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of one family decided by two shores in any order: rivals close and come back exactly as they were."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from apps.tracing.shores import (
    CHILD,
    CHILD_SAID,
    SISTER,
    SISTER_SAID,
    UNCLE,
    UNCLE_SAID,
    acts,
    does,
    matched,
    raw,
    registered,
)
from cast import Cast
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from havre.apps.tracing import actions
from havre.apps.tracing.actions.life import step_of
from havre.apps.tracing.enums import MEMBERS_ACTS, Act, PairState
from havre.apps.tracing.models import Pair
from havre.core.accounts.models import Member

S = PairState
OPEN = (S.VERIFIED, S.REUNITED)
CLOSABLE = (S.PROPOSED, S.CONFIRMED, S.VERIFIED)


@dataclass
class Known:
    """A pair as the model has it."""

    link_a: Any
    link_b: Any
    child: Any
    state: PairState = S.PROPOSED
    confirmed_by: Member | None = None
    before: PairState | None = None
    version: int = 1


class Lives(RuleBasedStateMachine):
    """The pairs of a match, and a model of what two members of each shore decided."""

    def __init__(self, members: list[Member], pairs: list[Pair]) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.members = members
        self.pairs = {
            pair.pk: Known(pair.link_a_id, pair.link_b_id, pair.registration_a_id) for pair in pairs
        }
        self.keys = sorted(self.pairs)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def rivals(self, key: Any) -> list[Any]:
        pair = self.pairs[key]

        def rival(other: Known) -> bool:
            links = {pair.link_a, pair.link_b} & {other.link_a, other.link_b} - {None}
            return bool(links) or other.child == pair.child

        return [each for each in self.keys if each != key and rival(self.pairs[each])]

    def closed(self, key: Any) -> bool:
        return any(self.pairs[each].state is S.REUNITED for each in self.rivals(key))

    @rule(pick=st.data(), act=st.sampled_from(MEMBERS_ACTS), n=st.integers(0, 3))
    def decide(self, pick: Any, act: Act, n: int) -> None:
        self.act(pick.draw(st.sampled_from(self.keys)), act, self.members[n])

    @rule(pick=st.data())
    def lead_one_to_the_end(self, pick: Any) -> None:
        key = pick.draw(st.sampled_from(self.keys))
        for act, n in ((Act.CONFIRM, 0), (Act.VERIFY, 2), (Act.REUNITE, 1)):
            self.act(key, act, self.members[n])

    @precondition(lambda self: any(pair.state is S.REUNITED for pair in self.pairs.values()))
    @rule()
    def undo_all_reunions(self) -> None:
        for key in self.keys:
            if self.pairs[key].state is S.REUNITED:
                self.act(key, Act.UNDO, self.members[3])
        assert not [pair for pair in self.pairs.values() if pair.state is S.ELSEWHERE]

    @rule(chance=st.integers(0, 7))
    def match_again(self, chance: int) -> None:
        if not chance:
            matched(self.members[0])

    def act(self, key: Any, act: Act, member: Member) -> None:
        """Does it, or finds it refused where the model says that it must be."""
        pair, step = self.pairs[key], step_of(self.pairs[key].state, act)
        if step is None or not self.may(pair, act, member):
            with pytest.raises(actions.TracingRefused), transaction.atomic():
                does(member, act, key)
            return
        does(member, act, key)
        if step.becomes is not step.was:
            pair.version += 1
        pair.state = step.becomes
        if act is Act.CONFIRM:
            pair.confirmed_by = member
        elif step.becomes in (S.PROPOSED, S.REJECTED):
            pair.confirmed_by = None
        self.follow(key, act)

    def may(self, pair: Known, act: Act, member: Member) -> bool:
        if act in (Act.VERIFY, Act.REFUSE_VERIFICATION):
            assert pair.confirmed_by is not None
            return member.organisation_id != pair.confirmed_by.organisation_id
        return act is not Act.WITHDRAW or member == pair.confirmed_by

    def follow(self, key: Any, act: Act) -> None:
        for each in self.rivals(key):
            rival = self.pairs[each]
            if act is Act.REUNITE and rival.state in CLOSABLE:
                rival.before, rival.state = rival.state, S.ELSEWHERE
                rival.version += 1
            elif act is Act.UNDO and rival.state is S.ELSEWHERE and not self.closed(each):
                assert rival.before is not None
                rival.state, rival.before = rival.before, None
                rival.version += 1

    @invariant()
    def every_pair_is_what_was_decided(self) -> None:
        with acts(self.members[0]):
            rows = Pair.objects.values_list("id", "state", "version", "state_before", "confirmed_by")
            found = {key: values for key, *values in rows}
        for key, pair in self.pairs.items():
            confirmed_by = pair.confirmed_by.pk if pair.confirmed_by else None
            assert found[key] == [pair.state, pair.version, pair.before or "", confirmed_by], pair

    @invariant()
    def both_sides_are_open_while_a_pair_is_verified_and_no_longer(self) -> None:
        with acts(self.members[0]):
            shared = raw(
                "SELECT basis_id, count(*) FROM registry_share WHERE ended_at IS NULL GROUP BY basis_id"
            )
        assert dict(shared) == {key: 2 for key, pair in self.pairs.items() if pair.state in OPEN}

    @invariant()
    def no_rival_of_a_reunited_pair_is_open(self) -> None:
        for key, pair in self.pairs.items():
            if pair.state is S.REUNITED:
                assert not [
                    each for each in self.rivals(key) if self.pairs[each].state in (*CLOSABLE, S.REUNITED)
                ]


def test_in_whatever_order_two_shores_decide_reunions_close_rivals_and_undoing_restores_them(
    cast: Cast,
) -> None:
    members = [cast.member(org, nth=n) for org in (cast.dunes, cast.harbour) for n in (1, 2)]
    dunes, harbour = members[0], members[2]
    registered(dunes, CHILD, ("uncle", UNCLE_SAID))
    registered(dunes, SISTER, ("uncle", UNCLE_SAID))
    for _ in range(4):
        registered(dunes, replace(CHILD, birth=None), ("uncle", UNCLE_SAID))
    registered(harbour, UNCLE, ("nephew", CHILD_SAID), ("niece", SISTER_SAID))
    matched(dunes)
    with acts(dunes):
        pairs = list(Pair.objects.all())
    assert len(pairs) >= 6
    assert connection.in_atomic_block
    run_state_machine_as_test(
        lambda: Lives(members, pairs),
        settings=settings(max_examples=10, stateful_step_count=12, deadline=None),
    )

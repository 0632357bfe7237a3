# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two who decide at once, each in a transaction of their own: one is quicker, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from apps.registry.people import answered
from apps.tracing.shores import Shores, acts, does, matched, state_of
from cast import Cast
from django.db import connection, connections

from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.tracing import actions
from havre.apps.tracing.actions import runs
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair, Verdict
from havre.core.access import Purpose
from havre.words import Language

S = PairState
LONG = 20
"""Seconds after which a test gives up waiting."""


@pytest.fixture
def shores(committed_database: None, cast: Cast) -> Shores:
    shores = Shores.of(cast)
    matched(shores.dunes)
    return shores


class Beside:
    """Something done in a thread, and so on a connection, of its own."""

    def __init__(self, do: Callable[[], Any]) -> None:
        self.outcome: Any = None
        self._do = do
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.outcome = self._do()
        except Exception as error:  # noqa: BLE001 - it is what the test asks for
            self.outcome = error
        finally:
            connections.close_all()

    def done(self) -> Any:
        """What came of it."""
        self._thread.join(LONG)
        assert not self._thread.is_alive(), "it waits for ever"
        return self.outcome

    @property
    def waits(self) -> bool:
        """Whether it is still at it after a while."""
        self._thread.join(0.7)
        return self._thread.is_alive()


def test_the_second_of_two_who_confirm_and_reject_at_once_is_told_who_was_quicker(shores: Shores) -> None:
    pair = shores.pair()
    with acts(shores.dunes):
        actions.decide(pair.pk, Act.CONFIRM, version=1)
        second = Beside(lambda: does(shores.harbour, Act.REJECT, pair, version=1))
        assert second.waits
    refused = second.done()
    assert isinstance(refused, actions.Outdated)
    assert "Dunes" in refused.say(Language.FRENCH)
    assert state_of(shores.dunes, pair) is S.CONFIRMED
    with acts(shores.dunes):
        assert Verdict.objects.count() == 1


def test_who_cannot_have_the_pair_in_time_is_told_to_try_again(shores: Shores) -> None:
    pair = shores.pair()

    def impatient() -> Any:
        with acts(shores.harbour), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            return actions.decide(pair.pk, Act.REJECT, version=1, reason="names_differ")

    with acts(shores.dunes):
        actions.decide(pair.pk, Act.CONFIRM, version=1)
        refused = Beside(impatient).done()
    assert isinstance(refused, actions.TracingRefused)
    assert refused.key == "busy"


class ChangedMind(Exception):
    """Rolls back what was decided."""


def test_the_second_may_decide_when_the_first_took_it_back(shores: Shores) -> None:
    pair = shores.pair()
    begun: list[Beside] = []

    def change_mind() -> None:
        with acts(shores.dunes):
            actions.decide(pair.pk, Act.CONFIRM, version=1)
            begun.append(Beside(lambda: does(shores.harbour, Act.REJECT, pair, version=1)))
            assert begun[0].waits
            raise ChangedMind

    with pytest.raises(ChangedMind):
        change_mind()
    assert isinstance(begun[0].done(), Verdict)
    assert state_of(shores.dunes, pair) is S.REJECTED


def while_writing(monkeypatch: pytest.MonkeyPatch, do: Callable[[], Beside]) -> list[Beside]:
    """Has ``do`` done in the moment in which a match has read what is known and not yet written."""
    begun: list[Beside] = []
    read = runs.known_pairs

    def slowly() -> Any:
        known = read()
        begun.append(do())
        return known

    monkeypatch.setattr(runs, "known_pairs", slowly)
    return begun


def test_a_member_who_decides_while_a_match_writes_is_not_overruled(
    shores: Shores, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = shores.pair()
    with acts(shores.harbour, Purpose.CARE):
        registry.amend(shores.uncle.pk, values={"town": "Leeds"})

    def decides() -> Beside:
        beside = Beside(lambda: does(shores.dunes, Act.REJECT, pair, version=1))
        assert isinstance(beside.done(), Verdict), "who decides one pair does not wait for the match"
        return beside

    begun = while_writing(monkeypatch, decides)
    matched(shores.dunes)
    assert begun
    assert state_of(shores.dunes, pair) is S.REJECTED


def test_consent_that_is_withdrawn_while_a_match_writes_wins(
    shores: Shores, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acts(shores.dunes, Purpose.CARE):
        consent = shores.child.consents.get()
        registry.withdraw_consent(consent.pk)
        again = registry.give_consent(shores.child.pk, answered(ConsentFor.TRACING))

    def withdraws() -> Beside:
        def withdraw() -> None:
            with acts(shores.dunes, Purpose.CARE):
                registry.withdraw_consent(again.pk)

        beside = Beside(withdraw)
        assert beside.waits, "until the match has written"
        return beside

    begun = while_writing(monkeypatch, withdraws)
    matched(shores.dunes)
    assert begun[0].done() is None
    with acts(shores.dunes):
        assert set(Pair.objects.values_list("state", "glimpse_a__names")) == {(S.WITHDRAWN, None)}


def test_a_second_match_waits_for_the_first_and_doubles_nothing(shores: Shores) -> None:
    with acts(shores.dunes):
        again = actions.ask_for_run()

    def run() -> Any:
        with acts(shores.harbour, Purpose.MATCHING):
            return actions.do_run(again.pk, lambda share, said: None).changes["unchanged"]

    with acts(shores.dunes):
        first = actions.ask_for_run()
    with acts(shores.dunes, Purpose.MATCHING):
        actions.do_run(first.pk, lambda share, said: None)
        second = Beside(run)
        assert second.waits
    assert second.done() == 3


def test_two_reunions_of_one_child_at_once_leave_one(shores: Shores) -> None:
    with acts(shores.dunes):
        pairs = list(Pair.objects.order_by("-probability")[:2])
    for pair in pairs:
        does(shores.dunes, Act.CONFIRM, pair)
        does(shores.harbour, Act.VERIFY, pair)
    with acts(shores.dunes):
        actions.decide(pairs[0].pk, Act.REUNITE, version=3, true_on=shores.child.said_on)
        second = Beside(lambda: does(shores.harbour, Act.REUNITE, pairs[1], version=3))
        assert second.waits
    assert isinstance(second.done(), actions.Outdated)
    assert state_of(shores.dunes, pairs[1]) is S.ELSEWHERE

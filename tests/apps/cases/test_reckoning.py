# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is kept of a case says on every day what its page says; and nothing is kept that holds no longer."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from apps.cases.journey import ROUTE, TODAY, Journey, whole
from apps.tracing.shores import acts, raw
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.apps.cases import actions
from havre.apps.cases.enums import Answer, CaseState
from havre.apps.cases.models import Case, Clock, Event, Reckoning
from havre.apps.cases.queries import RULES, due_on, event_rules, reckon, standing_of, state_after, stock
from havre.apps.cases.queries.reckoning import OwnRule, _plain, reckoned, stamp, unreckoned
from havre.apps.cases.queries.standing import OPEN
from havre.core.access import Purpose, acting_as
from havre.core.access.sealing import seal_of
from havre.core.accounts.enums import Role
from havre.engines.pathways import rulebook

BEGIN = date(2016, 6, 1)
Steps = tuple[tuple[str, date, str], ...]


@st.composite
def histories(draw: st.DrawFn) -> Steps:
    """Events that may follow each other, a few weeks apart."""
    steps: list[tuple[str, date, str]] = []
    day = BEGIN
    for _ in range(draw(st.integers(0, 9))):
        state = state_after([kind for kind, _, _ in steps])
        kinds = [kind for kind, rule in event_rules().items() if state in rule.within]
        kind = draw(st.sampled_from(kinds))
        day += timedelta(days=draw(st.integers(0, 70)))
        steps.append((kind, day, ROUTE if event_rules()[kind].route else ""))
    return tuple(steps)


@settings(max_examples=40)
@given(histories(), st.sampled_from(["france", "britain"]), st.lists(st.integers(-20, 900), max_size=6))
def test_on_every_day_what_is_kept_says_what_the_page_of_the_case_says(
    steps: Steps, shore: str, days: list[int]
) -> None:
    found = reckoned(shore, steps)
    case = Case(child_shore=shore)
    events = [
        Event(kind=kind, happened_on=day, route=route, position=place)
        for place, (kind, day, route) in enumerate(steps, 1)
    ]
    last = max((day for _, day, _ in steps), default=BEGIN)
    edges = [
        each + timedelta(days=n)
        for span in found.clocks
        for each in (span.due, span.since)
        for n in (-1, 0, 1)
    ]
    for day in {BEGIN + timedelta(days=n) for n in days} | set(edges) | {last}:
        standing = standing_of(case, events, [], day)
        told = {
            (each.rule.key, each.due, each.rule.binding) for each in standing.clocks if each.state in OPEN
        }
        visits = {(OwnRule.FOLLOW_UP, each.due) for each in standing.visits if not each.made}
        on_day = [
            each for each in found.clocks if each.since <= day and (not each.until or day <= each.until)
        ]
        assert told == {
            (each.rule, each.due, each.binding) for each in on_day if each.rule != OwnRule.FOLLOW_UP
        }
        if day >= last:
            assert {(each.rule, each.due) for each in on_day if each.rule == OwnRule.FOLLOW_UP} == visits
            late = any(each.binding and each.due < day for each in on_day)
            assert late is standing.overdue
        silent = found.silent_from is not None and found.silent_from <= day
        assert (CaseState.ACCEPTED if silent else found.state) is standing.state
        assert silent is standing.by_silence


def test_the_stamp_is_made_of_nothing_that_differs_from_process_to_process() -> None:
    """A set has an order of its own in each; so has whatever prints its address."""
    assert _plain(frozenset("abc")) == _plain(frozenset("cba")) == repr(["a", "b", "c"])
    assert " at 0x" not in _plain([rulebook().clocks, RULES, list(event_rules().values())])


# --- kept --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def kept(journey: Journey, case: Case, day: date = TODAY) -> set[tuple[str, str, date]]:
    """What is due by what is kept."""
    with acts(journey.dunes):
        reckon()
        return set(due_on(day).filter(case=case).values_list("rule", "who", "due"))


def missing(journey: Journey) -> int:
    with acts(journey.dunes):
        return unreckoned().count()


def test_what_is_due_is_computed_by_whoever_looks_first_and_read_by_the_others(
    journey: Journey, case: Case
) -> None:
    assert missing(journey) == 1
    assert ("reply", "britain", date(2017, 1, 7)) in kept(journey, case)
    assert missing(journey) == 0
    with acts(journey.harbour):
        assert stock().cases == 1
        assert due_on(TODAY).filter(case=case, rule="reply").exists()


def test_whatever_is_added_throws_away_what_was_kept(journey: Journey, case: Case) -> None:
    kept(journey, case)
    draft = journey.drafted(case)
    assert missing(journey) == 0  # a draft changes nothing
    with acts(journey.colleague):
        actions.agree(draft.pk)
    assert missing(journey) == 1
    assert (OwnRule.TOLD, "both", TODAY + timedelta(days=3)) in kept(journey, case)
    assert missing(journey) == 0
    journey.told(draft)
    assert missing(journey) == 1
    assert OwnRule.TOLD not in {rule for rule, _, _ in kept(journey, case)}


def test_an_event_that_comes_by_sql_is_seen_too(journey: Journey, case: Case) -> None:
    kept(journey, case)
    with acts(journey.dunes):
        raw(
            "INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,"
            " happened_on, route, position)"
            " VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', 'hit', %s, '', 0)",
            [case.pk, journey.dunes.pk, journey.cast.dunes.pk, TODAY],
        )
    assert missing(journey) == 1


def test_other_rules_make_everything_be_computed_anew(
    journey: Journey, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(journey, case)
    monkeypatch.setattr("havre.apps.cases.queries.reckoning.stamp", lambda: "0" * 16)
    assert missing(journey) == 1
    assert kept(journey, case)
    assert missing(journey) == 0


def says(case: Case, version: int, *, seal: bytes | None = None) -> int:
    """What is kept where Havre says, under its seal or another, that the case is closed."""
    row = {
        "case": str(case.pk),
        "version": version,
        "rules": stamp(),
        "state": "closed",
        "since": None,
        "silent_from": None,
        "clocks": [],
    }
    text = json.dumps([row])
    ((kept,),) = raw("SELECT cases_reckon(%s, %s)", [text, seal_of(text) if seal is None else seal])
    return int(kept)


def test_what_was_computed_before_an_event_is_not_kept_after_it(journey: Journey, case: Case) -> None:
    kept(journey, case)
    with acts(journey.dunes):
        version = Reckoning.objects.get(case=case).version
        journey.happens(case, "hit", TODAY)
        assert says(case, version) == 0
        assert says(case, version + 1) == 1


def test_a_stranger_keeps_and_reads_nothing(journey: Journey, case: Case) -> None:
    kept(journey, case)
    with acts(journey.stranger):
        assert says(case, version=3) == 0
        assert not Clock.objects.exists()
        assert not Reckoning.objects.exists()
    with acts(journey.dunes):
        assert Reckoning.objects.get(case=case).state == CaseState.RECEIVED


@pytest.mark.parametrize("seal", [b"", b"\0" * 32, seal_of("[]")], ids=["none", "zeros", "of_others"])
def test_what_anybody_but_havre_says_of_a_case_is_refused(journey: Journey, case: Case, seal: bytes) -> None:
    kept(journey, case)
    with acts(journey.dunes):
        version = Reckoning.objects.get(case=case).version
        with pytest.raises(DatabaseError, match="only Havre says"), transaction.atomic():
            says(case, version, seal=seal)
        assert says(case, version) == 1


def test_what_havre_says_is_refused_where_the_database_holds_another_key(
    journey: Journey, case: Case, settings: Any
) -> None:
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    with acts(journey.dunes), pytest.raises(DatabaseError, match="only Havre says"), transaction.atomic():
        says(case, version=3)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cases_clock (case_id, rule, who, due, binding, since) VALUES (%s, 'x', 'x', now(), true, now())",
        "UPDATE cases_clock SET due = due + 1 WHERE case_id = %s",
        "DELETE FROM cases_clock WHERE case_id = %s",
        "UPDATE cases_reckoning SET state = 'closed' WHERE case_id = %s",
    ],
)
def test_nobody_writes_a_deadline_by_hand(journey: Journey, case: Case, statement: str) -> None:
    kept(journey, case)
    with acts(journey.dunes), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        raw(statement, [case.pk])


def test_a_guardian_sees_what_is_due_for_the_ward(journey: Journey, case: Case) -> None:
    ward: UUID = journey.shores.child.person_id
    guardian = journey.cast.member(journey.cast.dunes, Role.GUARDIAN, ward=ward)
    with acting_as(guardian.pk, Purpose.TRACING):
        reckon()
        assert due_on(TODAY).filter(case=case).exists()


def test_a_refusal_that_was_told_leaves_the_question_of_asking_again(journey: Journey, case: Case) -> None:
    journey.told(journey.decided(case, whole(Answer.REFUSE)))
    assert ("ask-again", "france") in {(rule, who) for rule, who, _ in kept(journey, case)}

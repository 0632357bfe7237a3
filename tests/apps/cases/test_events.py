# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a case: the state and the clocks follow from it, and what cannot have happened is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from apps.cases.journey import RECEIVED, ROUTE, SENT, TODAY, Journey
from apps.tracing.shores import acts, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase, NotNow
from havre.apps.cases.enums import Answer, CaseState
from havre.apps.cases.models import Event, Fact
from havre.apps.cases.queries import RULES, case_view, criteria, event_rules, event_said, routes
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.engines.pathways import Due, Shore, rulebook
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH


# --- the files ---------------------------------------------------------------------------------------------------


def test_every_event_of_the_engine_may_happen_and_those_of_our_own_have_words() -> None:
    known = set(rulebook().vocabulary.events)
    assert known <= set(event_rules())
    for kind in set(event_rules()) - known:
        assert event_said(kind, EN) != event_said(kind, FR)
        assert event_rules()[kind].made_with
    for rule in event_rules().values():
        assert {rule.after, rule.undoes} <= {"", *event_rules()}
        assert {rule.counts_as, rule.ends} <= {"", *known}


def test_every_state_but_the_first_is_made_by_an_event_and_every_answer_has_one() -> None:
    made = {rule.becomes for rule in event_rules().values() if rule.becomes}
    assert made == set(CaseState) - {CaseState.OPENED}
    assert {rule.answers for rule in event_rules().values() if rule.answers} == set(Answer)


def test_the_database_holds_the_same_rules(journey: Journey) -> None:
    held = {
        row[0]: row[1:]
        for row in raw(
            "SELECT kind, becomes, after, once, route, answers, outside, undoes, made_with, undated"
            " FROM cases_steps()"
        )
    }
    assert held == {
        kind: (
            *(rule.becomes or "", rule.after, rule.once, rule.route, rule.answers or ""),
            *(rule.outside or "", rule.undoes, rule.made_with, bool(rule.ends)),
        )
        for kind, rule in event_rules().items()
    }
    for kind, within in raw("SELECT kind, within FROM cases_steps()"):
        # Silence may have been taken for acceptance, which the database does not know.
        silent = {"received", "reexamined"} if CaseState.ACCEPTED in event_rules()[kind].within else set()
        assert set(within) == set(event_rules()[kind].within) | silent
    tested = dict(raw("SELECT route, criteria FROM cases_criteria()"))
    assert tested == {key: [each.key for each in criteria(route)] for key, route in routes().items()}


# --- what follows what -------------------------------------------------------------------------------------------


def test_the_state_and_the_clocks_follow_from_the_events(journey: Journey) -> None:
    case = journey.opened()
    journey.happens(case, "lodged", date(2016, 11, 2))
    request = next(each for each in journey.standing(case).due if each.rule.key == "request")
    assert (request.due, request.state, request.actor) == (date(2017, 2, 2), Due.WAITING, Shore.FRANCE)
    journey.happens(case, "sent", SENT, route=ROUTE)
    journey.happens(case, "received", RECEIVED, by=journey.harbour)
    standing = journey.standing(case)
    assert (standing.state, standing.route) == (CaseState.RECEIVED, ROUTE)
    reply = next(each for each in standing.due if each.rule.key == "reply")
    assert (reply.due, reply.actor) == (date(2017, 1, 7), Shore.BRITAIN)
    assert "22" in reply.rule.origin.cite.en


def test_an_event_knows_who_says_it_on_which_shore_and_when_it_was_true(journey: Journey) -> None:
    case = journey.asked()
    with acts(journey.dunes):
        events = list(Event.objects.filter(case=case))
    assert [(each.kind, each.shore, each.happened_on) for each in events[1:]] == [
        ("sent", "france", SENT),
        ("received", "britain", RECEIVED),
    ]
    assert [each.position for each in events] == [1, 2, 3]
    assert events[2].organisation == journey.cast.harbour


def test_silence_is_taken_for_acceptance_and_the_transfer_may_follow(
    journey: Journey, settings: pytest.FixtureRequest
) -> None:
    case = journey.asked()
    settings.HAVRE_TODAY = date(2017, 1, 9)  # type: ignore[attr-defined]
    standing = journey.standing(case)
    assert (standing.state, standing.by_silence) == (CaseState.ACCEPTED, True)
    journey.happens(case, "transferred", date(2017, 1, 9))
    assert journey.standing(case).state is CaseState.TRANSFERRED


@pytest.mark.parametrize("kind", ["received", "urgent", "appeal", "transferred", "reexamination_asked"])
def test_what_nobody_has_asked_for_cannot_follow(journey: Journey, kind: str) -> None:
    case = journey.opened()
    with pytest.raises(NotNow) as refused:
        journey.happens(case, kind, TODAY)
    assert CaseState.OPENED.label(EN) in refused.value.say(EN)
    assert CaseState.OPENED.label(FR) in refused.value.say(FR)


@pytest.mark.parametrize("kind", ["accepted", "refused", "reexamination_refused"])
def test_an_answer_is_a_decision_and_nobody_records_it_by_hand(journey: Journey, kind: str) -> None:
    case = journey.asked()
    with pytest.raises(CaseRefused, match="answer_is_a_decision"):
        journey.happens(case, kind, TODAY)


def test_no_event_lies_in_the_days_to_come_or_before_the_one_that_it_follows(journey: Journey) -> None:
    case = journey.opened()
    with pytest.raises(CaseRefused, match="day_to_come"):
        journey.happens(case, "lodged", TODAY + timedelta(days=1))
    journey.happens(case, "sent", SENT, route=ROUTE)
    with pytest.raises(CaseRefused, match="day_before_the_last"):
        journey.happens(case, "received", SENT - timedelta(days=1))
    journey.happens(case, "hit", SENT - timedelta(days=1))  # which makes no state


def test_a_request_names_its_route_and_nothing_else_does(journey: Journey) -> None:
    case = journey.opened()
    for route in ("", "dublin-8-4", "by sea"):
        with pytest.raises(CaseRefused, match="route_needed"):
            journey.happens(case, "sent", SENT, route=route)
    with pytest.raises(CaseRefused, match="route_of_a_request"):
        journey.happens(case, "lodged", SENT, route=ROUTE)


def test_some_things_happen_once_and_some_after_another(journey: Journey) -> None:
    case = journey.opened()
    journey.happens(case, "lodged", SENT)
    with pytest.raises(CaseRefused, match="happens_once"):
        journey.happens(case, "lodged", SENT)
    with pytest.raises(NotNow):
        journey.happens(case, "information_given", SENT)
    journey.happens(case, "information_asked", SENT)
    journey.happens(case, "information_given", SENT)


FORGED = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
  happened_on, route, position) VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', %s, %s, %s, 9)"""


@pytest.mark.parametrize(
    ("kind", "day", "route"),
    [
        ("transferred", TODAY, ""),
        ("accepted", TODAY, ""),
        ("received", SENT - timedelta(days=1), ""),
        ("hit", TODAY + timedelta(days=1), ""),
        ("hit", TODAY, ROUTE),
        ("evaluated", TODAY, ""),
        ("lodged", TODAY, ""),
        ("walked", TODAY, ""),
    ],
)
def test_no_statement_makes_happen_what_cannot(journey: Journey, kind: str, day: date, route: str) -> None:
    case = journey.opened()
    journey.happens(case, "lodged", SENT)
    journey.happens(case, "sent", SENT, route=ROUTE)
    who = [journey.dunes.pk, journey.cast.dunes.pk]
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(FORGED, [case.pk, *who, kind, day, route])
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def test_nothing_that_was_said_is_changed_or_removed(journey: Journey) -> None:
    journey.asked()
    with acts(journey.dunes):
        assert raw("UPDATE cases_event SET happened_on = '2016-01-01'") == [(0,)]
        with pytest.raises(Error), transaction.atomic():
            raw("DELETE FROM cases_event")


# --- who may -----------------------------------------------------------------------------------------------------


def test_both_organisations_record_and_a_stranger_finds_no_case(journey: Journey) -> None:
    case = journey.opened()
    journey.happens(case, "hit", SENT)
    journey.happens(case, "hit", SENT, by=journey.harbour)
    with pytest.raises(NoSuchCase):
        journey.happens(case, "hit", SENT, by=journey.stranger)
    with pytest.raises(NotAllowed):
        journey.happens(case, "hit", SENT, by=journey.cast.member(journey.cast.dunes, Role.REGISTRAR))


def test_nobody_speaks_in_anothers_name(journey: Journey) -> None:
    case = journey.opened()
    forged = [case.pk, journey.dunes.pk, journey.cast.dunes.pk, "hit", TODAY, ""]
    for member in (journey.harbour, journey.stranger, journey.cast.member(journey.cast.dunes, nth=2)):
        with acts(member), pytest.raises(Error) as refused, transaction.atomic():
            raw(FORGED, forged)
        assert refused.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def test_the_same_key_records_once(journey: Journey) -> None:
    case, key = journey.opened(), uuid4()
    with acts(journey.dunes):
        first = actions.record_event(case.pk, "lodged", SENT, idempotency_key=key)
        assert actions.record_event(case.pk, "lodged", SENT, idempotency_key=key) == first
        with pytest.raises(CaseRefused, match="key_was_used"):
            actions.record_event(case.pk, "hit", SENT, idempotency_key=key)


# --- facts -------------------------------------------------------------------------------------------------------


def test_what_is_said_of_the_child_changes_what_the_routes_say(journey: Journey) -> None:
    case = journey.opened()
    for key in ("unaccompanied", "relative_adult", "legally_present", "link_shown", "can_take_care"):
        with acts(journey.dunes):
            actions.say_fact(case.pk, key, value=True, how="both accounts")
    with acts(journey.harbour):
        actions.say_fact(case.pk, "best_interests", value=True)
        view = case_view(case.pk, EN)
    assert view is not None
    answers = {result.route.key: result.answer.value for result in view.assessment.routes}
    assert answers[ROUTE] == "open"
    with acts(journey.harbour):
        actions.say_fact(case.pk, "can_take_care", value="unknown")
        view = case_view(case.pk, EN)
    assert view is not None
    assert "can_take_care" not in view.gathered.facts


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("birth", "2001-05-17", "no_such_fact"),
        ("lodged", "2016-11-02", "no_such_fact"),
        ("height", True, "no_such_fact"),
        ("married", "perhaps", "value_yes_or_no"),
        ("relation", "neighbour", "value_choice"),
        ("in_camp", "October", "value_day"),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_can(
    journey: Journey, key: str, value: str | bool, problem: str
) -> None:
    case = journey.opened()
    with acts(journey.dunes), pytest.raises(CaseRefused, match=problem) as refused:
        actions.say_fact(case.pk, key, value)
    assert refused.value.say(EN) != refused.value.say(FR)


def test_a_day_may_be_said(journey: Journey) -> None:
    case = journey.opened()
    with acts(journey.dunes):
        actions.say_fact(case.pk, "in_camp", "2016-09-30")
        view = case_view(case.pk, EN)
        assert Fact.objects.get(case=case).value == "2016-09-30"
    assert view is not None
    assert str(view.gathered.facts["in_camp"].first) == "2016-09-30"  # type: ignore[union-attr]


def test_the_rules_are_those_that_the_pages_tell() -> None:
    assert (RULES.told_within_days, RULES.least_words) == (3, 6)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events in, deadlines out: who must act, by when, from what it was counted, and what follows if nobody does."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from havre.engines.pathways import Deadline, Due, Event, Interval, Shore, clocks, facts_of_events, rulebook
from havre.engines.pathways.counting import end_of_day, period_end
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH


def event(what: str, day: str, hour: int = 12) -> Event:
    return Event(what, datetime.fromisoformat(f"{day}T{hour:02}:00+00:00"))


def due(events: list[Event], on: str, **more: Any) -> dict[str, Deadline]:
    return {each.rule.key: each for each in clocks(events, date.fromisoformat(on), **more)}


LODGED = event("lodged", "2016-11-30")
RECEIVED = event("received", "2016-12-31")
ACCEPTED = event("accepted", "2016-08-31")
BEFORE = [event("lodged", "2016-06-01"), event("sent", "2016-07-01"), event("received", "2016-07-01")]


# --- the three days that the law is known by ---------------------------------------------------------------------


def test_lodged_at_the_end_of_november_the_request_is_due_by_the_end_of_february():
    request = due([LODGED], "2016-12-01")["request"]
    assert (request.due, request.state) == (date(2017, 2, 28), Due.WAITING)
    assert (request.actor, request.who.say(EN), request.calendar) == (Shore.FRANCE, "France", Shore.FRANCE)
    assert request.ends_at == datetime(2017, 2, 28, 23, tzinfo=UTC), "midnight in Paris"
    assert request.counted.event == LODGED
    said = request.counted.label(EN)
    assert all(each in said for each in ("3 months", "2016-11-30", "21(1)"))


def test_received_on_the_last_day_of_the_year_the_reply_is_due_by_the_end_of_february():
    reply = due([LODGED, RECEIVED], "2017-01-02")["reply"]
    assert (reply.due, reply.state) == (date(2017, 2, 28), Due.WAITING)
    assert (reply.actor, reply.calendar) == (Shore.BRITAIN, Shore.BRITAIN)
    assert reply.ends_at == datetime(2017, 3, 1, tzinfo=UTC), "midnight in London"
    assert reply.notice(EN) is None


def test_accepted_at_the_end_of_august_the_transfer_is_due_by_the_end_of_february():
    transfer = due([*BEFORE, ACCEPTED], "2016-09-01")["transfer"]
    assert (transfer.due, transfer.actor) == (date(2017, 2, 28), Shore.FRANCE)
    assert "29(1)" in transfer.counted.label(FR)


# --- requests ----------------------------------------------------------------------------------------------------


def test_a_fingerprint_hit_shortens_the_time_for_the_request_and_never_lengthens_it():
    early = due([LODGED, event("hit", "2016-12-05")], "2016-12-06")["request"]
    assert (early.due, early.counted.event.what) == (date(2017, 2, 5), "hit")
    assert [each.event.what for each in early.also] == ["lodged"]
    late = due([LODGED, event("hit", "2017-02-20")], "2017-02-21")["request"]
    assert (late.due, late.counted.event.what) == (date(2017, 2, 28), "lodged")


@pytest.mark.parametrize(("day", "state"), [("2017-02-28", Due.MET), ("2017-03-01", Due.LATE)])
def test_the_last_day_is_in_time_and_the_next_one_late(day, state):
    assert due([LODGED, event("sent", day)], "2017-04-01")["request"].state is state


def test_the_last_minute_is_that_of_the_shore_where_the_child_is():
    in_time = Event("sent", datetime(2017, 2, 28, 22, 59, tzinfo=UTC))
    too_late = Event("sent", datetime(2017, 2, 28, 23, 0, tzinfo=UTC))
    assert due([LODGED, in_time], "2017-04-01")["request"].state is Due.MET
    assert due([LODGED, too_late], "2017-04-01")["request"].state is Due.LATE
    for_britain = due([LODGED, too_late], "2017-04-01", requesting=Shore.BRITAIN)["request"]
    assert (for_britain.state, for_britain.actor) == (Due.MET, Shore.BRITAIN)


def test_nobody_acting_is_overdue_from_the_day_after():
    assert due([LODGED], "2017-02-28")["request"].state is Due.WAITING
    overdue = due([LODGED], "2017-03-01")["request"]
    assert overdue.state is Due.OVERDUE
    assert "17(2)" in overdue.follows(FR)


# --- replies, and silence ----------------------------------------------------------------------------------------


def test_silence_is_acceptance_with_a_notice_to_print_and_a_transfer_that_runs_from_it():
    found = due([LODGED, RECEIVED], "2017-03-01")
    reply = found["reply"]
    assert (reply.state, reply.silent) == (Due.OVERDUE, True)
    for language in (EN, FR):
        notice = reply.notice(language)
        assert notice is not None
        assert "{" not in notice
        assert all(each in notice for each in ("2016-12-31", "2017-02-28", "22(7)"))
    transfer = found["transfer"]
    assert (transfer.due, transfer.counted.event.by_silence) == (date(2017, 8, 28), True)


def test_nothing_is_silent_while_the_time_runs_or_once_somebody_answered():
    assert not due([LODGED, RECEIVED], "2017-02-28")["reply"].silent
    for answer in ("accepted", "refused"):
        reply = due([LODGED, RECEIVED, event(answer, "2017-02-28")], "2017-06-01")["reply"]
        assert (reply.state, reply.silent, reply.notice(EN)) == (Due.MET, False, None)


def test_a_refusal_after_the_time_changes_nothing():
    found = due([LODGED, RECEIVED, event("refused", "2017-03-10")], "2017-03-20")
    assert (found["reply"].state, found["reply"].silent) == (Due.LATE, True)
    assert found["transfer"].due == date(2017, 8, 28)
    assert "ask-again" not in found, "there is nothing to ask again about: it is accepted"


def test_an_urgent_request_is_answered_within_a_month():
    found = due([LODGED, RECEIVED, event("urgent", "2016-12-31")], "2017-02-01")
    assert "reply" not in found
    assert (found["urgent-reply"].due, found["urgent-reply"].silent) == (date(2017, 1, 31), True)
    assert found["transfer"].due == date(2017, 7, 31)


def test_under_the_humanitarian_clause_silence_is_nothing_and_there_is_no_last_day_for_asking():
    found = due([LODGED, RECEIVED], "2017-03-01", route="dublin-17-2")
    assert not {"request", "reply", "transfer"} & found.keys()
    answer = found["humanitarian-reply"]
    assert (answer.due, answer.state, answer.silent) == (date(2017, 2, 28), Due.OVERDUE, False)
    assert answer.notice(FR) is None


def test_the_promise_of_ten_days_is_one_of_britain_and_no_duty():
    promise = due([LODGED, RECEIVED], "2017-01-20")["promised-reply"]
    assert (promise.due, promise.rule.binding) == (date(2017, 1, 10), False)
    # That silence is taken for an answer keeps no promise.
    assert due([LODGED, RECEIVED], "2017-03-01")["promised-reply"].state is Due.OVERDUE
    assert "promised-reply" not in due([LODGED, RECEIVED], "2017-01-20", requesting=Shore.BRITAIN)


# --- refusals ----------------------------------------------------------------------------------------------------


def test_a_refusal_can_be_asked_about_again_and_taken_to_court():
    refused = [*BEFORE, event("refused", "2016-07-31")]
    found = due(refused, "2016-08-01")
    assert (found["ask-again"].due, found["ask-again"].actor) == (date(2016, 8, 21), Shore.FRANCE)
    assert (found["review"].due, found["review"].actor) == (date(2016, 10, 31), None)
    assert found["review"].who.say(EN).startswith("the child")
    again = due([*refused, event("reexamination_asked", "2016-08-19")], "2016-09-10")
    assert again["ask-again"].state is Due.MET
    reexamine = again["reexamine"]
    assert (reexamine.due, reexamine.state) == (date(2016, 9, 2), Due.OVERDUE)
    assert not reexamine.silent
    assert "transfer" not in again, "here silence is no acceptance"


def test_an_acceptance_after_re_examination_starts_the_transfer():
    events = [
        *BEFORE,
        event("refused", "2016-07-31"),
        event("reexamination_asked", "2016-08-19"),
        event("accepted", "2016-08-31"),
    ]
    found = due(events, "2016-10-01")
    assert found["reexamine"].state is Due.MET
    assert found["transfer"].due == date(2017, 2, 28)


# --- transfers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "end"), [("imprisoned", date(2017, 8, 31)), ("absconded", date(2018, 2, 28))]
)
def test_more_time_has_to_be_told_before_the_time_is_over(why, end):
    accepted = [*BEFORE, ACCEPTED, event(why, "2016-10-01")]
    untold = due(accepted, "2016-11-01")
    assert untold["transfer"].due == date(2017, 2, 28)
    assert (untold["tell-of-extension"].due, untold["tell-of-extension"].state) == (
        date(2017, 2, 28),
        Due.WAITING,
    )
    told = due([*accepted, event("extension_told", "2017-02-28")], "2017-03-01")
    assert (told["transfer"].due, told["tell-of-extension"].state) == (end, Due.MET)
    too_late = due([*accepted, event("extension_told", "2017-03-01")], "2017-03-02")
    assert (too_late["transfer"].due, too_late["transfer"].state) == (date(2017, 2, 28), Due.OVERDUE)
    assert "tell-of-extension" not in due([*BEFORE, ACCEPTED], "2016-11-01")


def test_an_appeal_suspends_the_clock_and_its_decision_starts_it_anew():
    events = [*BEFORE, ACCEPTED, event("appeal", "2016-09-10")]
    suspended = due(events, "2017-06-01")["transfer"]
    assert (suspended.state, suspended.due, suspended.ends_at) == (Due.SUSPENDED, None, None)
    decided = due([*events, event("appeal_decided", "2017-01-15")], "2017-06-01")["transfer"]
    assert (decided.due, decided.state) == (date(2017, 7, 15), Due.WAITING)
    assert decided.counted.event.what == "appeal_decided"


def test_who_has_arrived_in_time_waits_for_nothing():
    arrived = due([*BEFORE, ACCEPTED, event("transferred", "2016-10-17")], "2018-01-01")
    assert {key: each.state for key, each in arrived.items()} == dict.fromkeys(
        ("request", "reply", "transfer"), Due.MET
    )


# --- the whole -----------------------------------------------------------------------------------------------------


def test_the_longest_way_of_the_law_is_eleven_months():
    lodged = event("lodged", "2016-01-15")
    sent = due([lodged], "2016-01-16")["request"].due
    assert sent == date(2016, 4, 15)
    received = event("received", sent.isoformat())
    found = due([lodged, received], "2016-12-31")
    assert found["reply"].due == date(2016, 6, 15)
    assert found["transfer"].due == date(2016, 12, 15)


def test_the_first_day_of_an_emergency_reception_counts_and_only_in_france():
    taken = [event("taken_in", "2016-11-07")]
    found = due(taken, "2016-11-08")["evaluation"]
    assert (found.due, found.who.say(FR)) == (date(2016, 11, 11), "le département")
    assert due(taken, "2016-11-08", requesting=Shore.BRITAIN) == {}


def test_events_of_a_later_day_have_not_happened():
    events = [LODGED, event("sent", "2017-01-10"), event("received", "2017-01-10")]
    assert due(events, "2016-11-29") == {}
    assert due(events, "2017-01-09")["request"].state is Due.WAITING
    assert due(events, "2017-01-10")["request"].state is Due.MET
    assert facts_of_events(events, date(2016, 11, 29)) == {}


def test_a_case_that_began_under_a_rule_goes_on_under_it():
    last = [event("lodged", "2020-12-31"), event("received", "2021-03-01")]
    assert due(last, "2021-03-02")["reply"].due == date(2021, 5, 1)
    assert due([event("lodged", "2021-01-01")], "2021-02-01") == {}
    assert due([event("lodged", "2013-12-31")], "2014-02-01") == {}


def test_the_order_of_events_in_a_list_does_not_matter_and_deadlines_come_by_day():
    events = [*BEFORE, event("refused", "2016-07-31"), event("information_asked", "2016-06-10")]
    found = clocks(events, date(2016, 8, 1))
    assert found == clocks(reversed(events), date(2016, 8, 1))
    days = [each.due for each in found if each.due]
    assert days == sorted(days)
    assert due(events, "2016-08-01")["family-information"].due == date(2016, 7, 8)


def test_the_day_of_lodging_is_a_fact():
    late = [event("lodged", "2016-11-30", hour=23), event("lodged", "2016-12-24")]
    assert facts_of_events(late, date(2017, 1, 1))["lodged"] == Interval(date(2016, 12, 1), date(2016, 12, 1))
    london = facts_of_events(late, date(2017, 1, 1), requesting=Shore.BRITAIN)
    assert london["lodged"] == Interval(date(2016, 11, 30), date(2016, 11, 30))


def test_what_is_no_event_is_refused():
    with pytest.raises(ValueError, match="ran away"):
        clocks([event("ran away", "2016-11-30")], date(2016, 12, 1))
    with pytest.raises(ValueError, match="time zone"):
        Event("lodged", datetime(2016, 11, 30))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("requesting", list(Shore))
def test_whatever_the_hour_of_the_event_the_deadline_is_that_of_its_day(requesting):
    """Every day on which the rule holds, at its first and at its last hour, on the clock of whoever must answer."""
    zone = rulebook().vocabulary.zone(requesting.other)
    rule = next(clock for clock in rulebook().clocks if clock.key == "reply")
    assert rule.valid.closes is not None
    for n in range((rule.valid.closes - rule.valid.opens).days + 1):
        day = rule.valid.opens + timedelta(n)
        for at in (time(0, 0), time(23, 59)):
            received = Event("received", datetime.combine(day, at, zone))
            found = due([received], (day + timedelta(2)).isoformat(), requesting=requesting)["reply"]
            assert found.due == period_end(day, rule.counts[0].period)
            assert found.ends_at == end_of_day(zone, found.due)

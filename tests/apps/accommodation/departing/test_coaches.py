# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches are filled, boarded, sent off and received; nobody sits twice, and who is missing is missing at once."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apps.accommodation.departing.coach import DAY, SOUTH, Coach
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from havre.apps.accommodation.actions import Refused, check_in, check_out, close_centre
from havre.apps.accommodation.actions.departing import (
    DepartureSaid,
    add_stop,
    ask_departures,
    board,
    cancel_departure,
    confirm_arrival,
    depart,
    do_departures,
    everybody_in,
    explain,
    filling,
    make_departure,
    no_show,
    put_on,
    stop_reached,
    tell_overdue,
)
from havre.apps.accommodation.actions.desk import end_promise, offer_regions
from havre.apps.accommodation.actions.plans import PlanBroken
from havre.apps.accommodation.actions.promising import Given, end_promises, give_places
from havre.apps.accommodation.enums import DepartureState, EndWhy, PromiseEnd, QueueReason
from havre.apps.accommodation.models import (
    ArrivalNotice,
    Departure,
    Dispatch,
    Passenger,
    QueueEntry,
    Stay,
    Stop,
    UnitUse,
)
from havre.apps.accommodation.queries.departing import missing, travelling
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed, Purpose, acting_as, system_member
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import now
from havre.core.jobs import run_jobs
from havre.core.notices.models import Notice
from havre.engines.placement.coaches import Coaches, Task, Wish, solve
from havre.words import Language

NEEDS = {"wristband", "people", "kind", "language", "medical", "step_free", "school"}


def refused(coach: Coach, member: Member, does: object, *args: object, **more: object) -> str:
    with coach.acts(member), pytest.raises(Refused) as told:
        does(*args, **more)  # type: ignore[operator]
    assert told.value.say(Language.ENGLISH)
    assert told.value.say(Language.FRENCH)
    return told.value.key


# --- filling -----------------------------------------------------------------------------------------------------


def test_everybody_who_was_promised_a_place_gets_one_seat(coach: Coach) -> None:
    made = coach.filled()
    assert (made.coaches, made.bound, made.people, made.without_seat) == (1, 1, 5, 0)
    with coach.acts(coach.desk):
        departure = Departure.objects.get()
        assert (departure.number, departure.state) == ("1", DepartureState.PLANNED)
        assert departure.leaves_at < min(departure.stops.values_list("expected_at", flat=True))
        assert Passenger.objects.count() == 3
        assert not travelling(DAY).promises
    assert coach.seat("F1").stop.centre.code == "C1"
    assert refused(coach, coach.desk, ask_departures, DAY) == "nobody_travels"


def test_the_job_fills_them_as_whoever_asked(coach: Coach) -> None:
    with coach.acts(coach.desk):
        ask_departures(DAY)
    assert run_jobs() == 1
    with coach.acts(coach.desk):
        assert Passenger.objects.count() == 3


def test_done_twice_nobody_sits_twice_and_numbers_go_on(coach: Coach) -> None:
    coach.filled()
    coach.party("A3", 1, "C2")
    coach.filled()
    assert coach.seat("A3").stop.departure.number == "2"
    with coach.acts(coach.desk):
        assert Passenger.objects.count() == 4


def test_who_declared_to_travel_together_sits_together(coach: Coach) -> None:
    for n in range(10, 13):
        coach.party(f"B{n}", 16, "C2")
    friend = coach.party("B20", 16, "C1")
    coach.party("B21", 16, "C1", travels_with=friend)
    coach.filled()
    assert coach.seat("B20").stop.departure_id == coach.seat("B21").stop.departure_id


def test_whose_centres_lie_too_far_apart_ride_apart_and_it_is_said(coach: Coach) -> None:
    coach.place("Far", (43.3, 5.4))
    coach.party("T1", 1, "Far", travels_with=coach.parties["F1"])
    coach.party("T2", 1, "C1", travels_with=coach.parties["A1"])
    made = coach.filled()
    assert (made.people, made.parted) == (7, 1)
    assert coach.seat("T2").stop.departure_id == coach.seat("A1").stop.departure_id


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_they_are_each_has_one_seat_and_nobody_stands(coach: Coach, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    coach.place("C3", (50.5, 3.2))
    for n in range(60):
        friend = coach.parties.get(f"R{n - 1}") if chance.random() < 0.3 else None
        code = chance.choice(["C1", "C2", "C3"])
        with suppress(Refused):  # a centre is full
            coach.party(f"R{n}", chance.randint(1, 6), code, travels_with=friend)
    coach.filled()
    with coach.acts(coach.desk):
        seats = list(Passenger.objects.select_related("party", "stop__departure", "promise__place", "stop"))
        assert sorted(each.party_id for each in seats) == sorted(each.pk for each in coach.parties.values())
        assert all(each.promise.place.centre_id == each.stop.centre_id for each in seats)
        where = {each.party_id: each.stop.departure_id for each in seats}
        for each in seats:
            friend_id = each.party.travels_with_id
            assert friend_id is None or where[friend_id] == each.stop.departure_id
        for departure in Departure.objects.all():
            here = [each.party.people for each in seats if each.stop.departure_id == departure.pk]
            assert sum(here) <= departure.seats - departure.escorts


def test_coaches_that_break_a_rule_are_shown_to_nobody(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(task: Task, wish: Wish, **how: Any) -> Coaches:
        made = solve(task, wish, **how)
        return replace(made, coaches=tuple(replace(each, leaves=3) for each in made.coaches))

    monkeypatch.setattr(filling, "solve", wrong)
    with pytest.raises(PlanBroken):
        coach.filled()
    with coach.acts(coach.desk):
        assert not Departure.objects.exists()


def test_a_half_empty_coach_keeps_why(coach: Coach) -> None:
    coach.place("Far", (43.3, 5.4))
    coach.party("A9", 1, "Far")
    coach.filled()
    with coach.acts(coach.desk):
        assert all(each.why for each in Departure.objects.all())


def test_no_more_coaches_go_than_there_are_and_far_ways_may_be_joined(coach: Coach) -> None:
    for code, where in (("Marseille", (43.3, 5.4)), ("Toulon", (43.1, 5.9))):
        coach.place(code, where)
        coach.party(f"A-{code}", 1, code)
    with coach.acts(coach.desk):
        asked = ask_departures(DAY, most=1, far_stops=2)
        made = do_departures(asked.pk, lambda _share, _said: None)
    assert (made.coaches, made.bound) == (1, 2)
    assert made.without_seat


def test_the_desk_alone_has_coaches_filled(coach: Coach) -> None:
    registrar = coach.cast.member(coach.cast.dunes, Role.REGISTRAR)
    with coach.acts(registrar), pytest.raises(NotAllowed):
        ask_departures(DAY)
    for other in (coach.runner, coach.camp.stranger, coach.camp.other_shore):
        assert refused(coach, other, ask_departures, DAY) == "nobody_travels"


def test_a_day_that_is_over_has_no_coach(coach: Coach) -> None:
    assert refused(coach, coach.desk, ask_departures, DAY - timedelta(days=2)) == "day_is_over"


def test_no_coach_leaves_in_the_past_and_who_lives_too_far_waits(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach.place("Far", (43.3, 5.4))
    coach.party("A9", 2, "Far")
    moment = datetime(2016, 10, 24, 16, 5, tzinfo=UTC)
    monkeypatch.setattr(filling, "now", lambda: moment)
    made = coach.filled(DAY)
    assert (made.people, made.without_seat) == (5, 2)
    assert coach.seat("F1").stop.departure.leaves_at >= moment
    coach.party("A10", 1, "C1")
    monkeypatch.setattr(filling, "now", lambda: moment + timedelta(hours=3))
    assert refused(coach, coach.desk, ask_departures, DAY) == "no_departure_left"


def test_pressed_twice_coaches_are_filled_once(coach: Coach) -> None:
    with coach.acts(coach.desk):
        one, two = ask_departures(DAY), ask_departures(DAY)
    assert run_jobs() == 2
    with coach.acts(coach.desk):
        assert [Dispatch.objects.get(pk=each.pk).coaches for each in (one, two)] == [1, 0]


# --- by hand -----------------------------------------------------------------------------------------------------


def by_hand(coach: Coach, seats: int, number: str = "9", code: str = "C1") -> Departure:
    with coach.acts(coach.desk):
        made = make_departure(DepartureSaid(number, now() + timedelta(hours=1), seats))
        add_stop(made.pk, coach.places[code].centre_id, now() + timedelta(hours=3))
    return made


def test_two_coaches_of_a_day_have_two_numbers(coach: Coach) -> None:
    made = by_hand(coach, 9)
    said = DepartureSaid(made.number, made.leaves_at, 9)
    assert refused(coach, coach.desk, make_departure, said) == "number_taken"
    assert refused(coach, coach.desk, make_departure, replace(said, seats=0)) == "seats_for_escorts"
    with coach.acts(coach.desk):
        cancel_departure(made.pk, "no driver")
        make_departure(said)


def test_a_party_is_put_on_another_coach_with_a_reason(coach: Coach) -> None:
    coach.filled()
    made = by_hand(coach, 4)
    key = coach.parties["F1"].pk
    assert refused(coach, coach.desk, put_on, key, made.pk, " ") == "words_needed"
    with coach.acts(coach.desk):
        put_on(key, made.pk, "the mother is ill")
        assert Passenger.objects.filter(party=key, ended_at=None).count() == 1
    assert (coach.seat("F1").stop.departure_id, coach.seat("F1").moved_why) == (made.pk, "the mother is ill")
    assert refused(coach, coach.desk, put_on, key, made.pk, "again") == "sits_there"
    assert refused(coach, coach.desk, put_on, coach.parties["A2"].pk, made.pk, "x") == "no_stop_there"


def test_nobody_stands_whoever_writes_it(coach: Coach) -> None:
    coach.filled()
    made = by_hand(coach, 3)
    with coach.acts(coach.desk):
        put_on(coach.parties["F1"].pk, made.pk, "why")
    assert (
        refused(coach, coach.desk, put_on, coach.parties["A1"].pk, made.pk, "x") == "broken_coach_has_seats"
    )
    with coach.acts(coach.desk), pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.filter(pk=made.pk).update(seats=2)


def test_nobody_has_two_seats_whoever_writes_it(coach: Coach) -> None:
    coach.filled()
    made, seat = by_hand(coach, 9), coach.seat("F1")
    with coach.acts(coach.desk), pytest.raises(IntegrityError), transaction.atomic():
        Passenger.objects.create(
            stop=made.stops.get(),
            organisation_id=seat.organisation_id,
            desk_id=seat.desk_id,
            party_id=seat.party_id,
            promise_id=seat.promise_id,
        )


def test_who_sat_on_a_coach_that_is_cancelled_keeps_the_place(coach: Coach) -> None:
    coach.filled()
    with coach.acts(coach.desk):
        cancel_departure(coach.coach(), "it broke down")
        assert not Passenger.objects.filter(ended_at=None).exists()
    assert coach.promise("F1").ended_at is None
    assert coach.filled().people == 5


# --- boarding ----------------------------------------------------------------------------------------------------


def test_boarding_counts_and_a_smaller_count_is_kept(coach: Coach) -> None:
    coach.filled()
    key = coach.coach()
    with coach.acts(coach.desk):
        assert board(key, " F1 ", 2).boarded_people == 2
        assert Departure.objects.get(pk=key).state == DepartureState.BOARDING
        assert board(key, "F1", 3).boarded_people == 3
    assert refused(coach, coach.desk, board, key, "F1") == "boarded_already"
    assert refused(coach, coach.desk, board, key, "F1", 4) == "people_of_party"
    assert refused(coach, coach.desk, board, key, "nobody") == "no_such_party"


def test_who_sits_elsewhere_is_sent_there(coach: Coach) -> None:
    coach.filled()
    other = by_hand(coach, 9)
    assert refused(coach, coach.desk, board, other.pk, "F1") == "on_another_coach"


def test_a_registrar_boards_and_nobody_of_another_organisation(coach: Coach) -> None:
    coach.filled()
    key = coach.coach()
    for other in (coach.runner, coach.camp.stranger, coach.camp.other_shore):
        assert refused(coach, other, board, key, "F1") == "no_such_coach"
    with coach.acts(coach.cast.member(coach.cast.dunes, Role.REGISTRAR)):
        board(key, "F1")


def test_who_does_not_come_gives_up_the_place_and_waits_at_the_desk(coach: Coach) -> None:
    coach.filled()
    with coach.acts(coach.desk):
        no_show(coach.seat("A1").pk)
        assert QueueEntry.objects.get(party=coach.parties["A1"]).reason == QueueReason.NO_SHOW
        assert not UnitUse.objects.filter(party=coach.parties["A1"], ends=None).exists()
    assert coach.promise("A1").ended_why == PromiseEnd.NO_SHOW


def test_nobody_on_board_nobody_leaves(coach: Coach) -> None:
    coach.filled()
    assert refused(coach, coach.desk, depart, coach.coach()) == "nobody_on_board"


def test_the_coach_leaves_and_the_centre_hears_what_they_need_and_nothing_more(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1")
    assert coach.seat("A1").no_show_at is not None
    with coach.acts(coach.runner):
        notice = ArrivalNotice.objects.get()
        assert [set(each) for each in notice.says] == [NEEDS]
        assert (notice.says[0]["wristband"], notice.says[0]["people"], notice.says[0]["medical"]) == (
            "F1",
            3,
            True,
        )
        assert Notice.objects.get().key == "accommodation.notice_coach"
    assert refused(coach, coach.desk, board, coach.coach(), "A1") == "coach_has_left"


# --- arriving ----------------------------------------------------------------------------------------------------


def test_who_is_confirmed_lives_there_and_the_coach_has_arrived(coach: Coach) -> None:
    coach.filled()
    key = coach.sent("F1")
    with coach.acts(coach.runner):
        assert [each.party.wristband for each in stop_reached(coach.stop("C1").pk)] == ["F1"]
        assert confirm_arrival(coach.seat("F1").pk).arrived_by_id == coach.runner.pk
        assert Stay.objects.get().party_id == coach.parties["F1"].pk
        assert not everybody_in(coach.stop("C1").pk)
    with coach.acts(coach.desk):
        assert Departure.objects.get(pk=key).state == DepartureState.ARRIVED
        assert not missing().exists()


def test_who_left_and_did_not_arrive_is_missing_at_once(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A1", "A2")
    with coach.acts(coach.runner):
        confirm_arrival(coach.seat("F1").pk)
        assert [each.party.wristband for each in everybody_in(coach.stop("C1").pk)] == ["A1"]
        assert [each.party.wristband for each in missing()] == ["A1"]
    with coach.acts(coach.desk):
        assert Notice.objects.filter(member=coach.desk, key="accommodation.notice_missing").count() == 1
        assert [each.party.wristband for each in missing()] == ["A1"]


def test_who_is_not_confirmed_for_hours_is_missing(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A2")
    with coach.acts(coach.desk):
        coach.late("C1", 1.9)
        assert not missing().exists()
        coach.late("C1", 2.1)
        assert [each.party.wristband for each in missing()] == ["F1"]


def test_a_coach_that_leaves_late_is_expected_late(coach: Coach) -> None:
    coach.filled()
    with coach.acts(coach.desk):
        Departure.objects.update(leaves_at=now() - timedelta(hours=8))
        Stop.objects.update(expected_at=now() - timedelta(hours=6))
    coach.sent("A1")
    with coach.acts(coach.desk):
        assert not missing().exists()
        due = Stop.objects.get(centre__code="C1").expected_at - now()
    assert timedelta(hours=1.9) < due < timedelta(hours=2.1)


def test_a_coach_that_leaves_early_is_waited_for_until_its_time(coach: Coach) -> None:
    coach.filled()
    before = coach.stop("C1").expected_at
    coach.sent("A1")
    assert coach.stop("C1").expected_at == before


def test_the_desk_is_told_once_that_too_much_time_has_passed(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A2")
    coach.late("C1", 2.1)
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        assert (tell_overdue(), tell_overdue()) == (1, 0)
    with coach.acts(coach.desk):
        told = Notice.objects.get(member=coach.desk, key="accommodation.notice_missing")
    assert told.values == {"n": 3}
    with coach.acts(coach.desk), pytest.raises(ProgrammingError, match="watches"), transaction.atomic():
        tell_overdue()


def test_the_alarm_ends_where_they_are_confirmed_anywhere(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    with coach.acts(coach.runner):
        everybody_in(coach.stop("C1").pk)
    with coach.acts(coach.desk):
        check_in(coach.parties["F1"].pk, coach.places["C2"].pk)
        assert [each.party.wristband for each in missing()] == ["A1"]
    assert coach.seat("F1").arrived_at is not None


def test_the_alarm_ends_with_words(coach: Coach) -> None:
    coach.filled()
    coach.sent("A1")
    key = coach.seat("A1").pk
    with coach.acts(coach.runner):
        everybody_in(coach.stop("C1").pk)
    assert refused(coach, coach.desk, explain, key, "") == "words_needed"
    with coach.acts(coach.desk):
        explain(key, "A cousin met them at the station.")
        assert not missing().exists()


def test_nobody_else_confirms_or_reads(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A2")
    seat, stop = coach.seat("F1").pk, coach.stop("C1").pk
    for other in (coach.camp.stranger, coach.camp.other_shore):
        assert refused(coach, other, confirm_arrival, seat) == "no_such_seat"
        assert refused(coach, other, everybody_in, stop) == "no_such_stop"
    assert refused(coach, coach.runner, everybody_in, coach.stop("C2").pk) == "no_such_stop"
    with coach.acts(coach.runner):
        assert {each.party_id for each in Passenger.objects.all()} == {
            coach.parties[n].pk for n in ("F1", "A1")
        }


def test_who_runs_the_centre_moves_no_stop(coach: Coach) -> None:
    coach.filled()
    key = coach.stop("C1").pk
    with coach.acts(coach.runner):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Stop.objects.filter(pk=key).update(expected_at=now())
        with pytest.raises(ProgrammingError), transaction.atomic():
            Stop.objects.filter(pk=key).update(position=9)
        assert Stop.objects.filter(pk=key)._raw_delete("default") == 0


def test_what_was_said_of_somebody_is_erased_with_them(coach: Coach) -> None:
    child = coach.child("K1", 2, "C1")
    coach.filled()
    made = by_hand(coach, 9)
    with coach.acts(coach.desk):
        put_on(coach.parties["K1"].pk, made.pk, "Her aunt asked.")
    with coach.acts(coach.cast.member(coach.cast.dunes, Role.SUPERVISOR)):
        registry.erase(child.pk)
    assert coach.seat("K1").moved_why == "-"


def test_before_it_leaves_no_coach_arrives(coach: Coach) -> None:
    coach.filled()
    assert refused(coach, coach.runner, everybody_in, coach.stop("C1").pk) == "coach_has_not_left"


# --- a centre that closes ----------------------------------------------------------------------------------------


def closed(coach: Coach, code: str) -> None:
    with coach.acts(coach.desk):
        close_centre(coach.places[code].centre_id, now(), why="the roof leaks")


def given_anew(coach: Coach, wristband: str, code: str) -> None:
    with coach.acts(coach.desk):
        end_promises([coach.promise(wristband).pk], PromiseEnd.CLOSED)
        give_places([Given(coach.parties[wristband], coach.places[code].pk)], DAY)


def test_nobody_boards_for_a_centre_that_has_closed(coach: Coach) -> None:
    coach.filled()
    closed(coach, "C1")
    assert refused(coach, coach.desk, board, coach.coach(), "F1") == "stop_is_closed"


def test_whose_centre_has_closed_is_left_behind_and_not_blamed(coach: Coach) -> None:
    coach.filled()
    closed(coach, "C1")
    given_anew(coach, "A1", "C2")
    coach.sent("A2")
    assert coach.seat("F1").no_show_at is None
    assert coach.promise("F1").ended_why == PromiseEnd.CLOSED
    with coach.acts(coach.desk):
        assert QueueEntry.objects.get().reason == QueueReason.CENTRE_CLOSED
    assert (coach.promise("A1").ended_at, coach.seat("A1").no_show_at) == (None, None)


def test_whose_centre_has_closed_gets_a_seat_to_another_place(coach: Coach) -> None:
    coach.filled()
    closed(coach, "C1")
    given_anew(coach, "F1", "C2")
    coach.filled()
    assert coach.seat("F1").stop.centre.code == "C2"
    with coach.acts(coach.desk):
        assert Passenger.objects.filter(party=coach.parties["F1"], ended_at=None).count() == 1


def test_who_is_under_way_gets_off_at_another_stop(coach: Coach) -> None:
    coach.filled()
    key = coach.sent("F1", "A2")
    closed(coach, "C1")
    coach.place("C3", SOUTH, runner=coach.runner)
    given_anew(coach, "F1", "C3")
    with coach.acts(coach.desk):
        add_stop(key, coach.places["C3"].centre_id, now() + timedelta(hours=60))
        seat = put_on(coach.parties["F1"].pk, key, "their centre has closed")
        assert (seat.boarded_people, seat.stop.centre.code) == (3, "C3")
    with coach.acts(coach.runner):
        assert ArrivalNotice.objects.filter(stop=Stop.objects.get(centre__code="C3")).exists()


# --- a promise ends ----------------------------------------------------------------------------------------------


def test_with_the_promise_the_unit_and_the_seat_are_free_and_who_says_no_waits(coach: Coach) -> None:
    coach.filled()
    party = coach.parties["A1"]
    with coach.acts(coach.desk):
        assert end_promise(party.pk, PromiseEnd.REFUSED).ended_why == PromiseEnd.REFUSED
        assert not Passenger.objects.filter(party=party, ended_at=None).exists()
        assert not UnitUse.objects.filter(party=party, ends=None).exists()
        assert QueueEntry.objects.get(party=party).reason == QueueReason.REFUSED
        end_promise(coach.parties["A2"].pk, PromiseEnd.WITHDRAWN)
        assert not QueueEntry.objects.filter(party=coach.parties["A2"]).exists()
    for why, ended in (("nothing_promised", PromiseEnd.REFUSED), ("nothing_promised", PromiseEnd.KEPT)):
        assert refused(coach, coach.desk, end_promise, party.pk, ended) == why
    assert refused(coach, coach.runner, end_promise, coach.parties["F1"].pk, PromiseEnd.REFUSED)


def test_who_sits_in_a_coach_keeps_the_promise_and_who_came_and_left_is_offered_again(coach: Coach) -> None:
    coach.filled()
    party = coach.parties["A1"]
    coach.sent("A1")
    assert refused(coach, coach.desk, end_promise, party.pk, PromiseEnd.WITHDRAWN) == "sits_in_a_coach"
    with coach.acts(coach.desk):
        confirm_arrival(coach.seat("A1").pk)
        check_out(Stay.objects.get(party=party).pk, EndWhy.LEFT)
        assert offer_regions(party.pk)


# --- the centre says who has come, and nothing else ----------------------------------------------------------------


def test_who_runs_the_centre_ends_no_seat_and_says_nothing_of_who_boarded(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    mine = Passenger.objects.filter(party=coach.parties["F1"])
    stop = Stop.objects.filter(pk=coach.stop("C1").pk)
    with coach.acts(coach.runner):
        for act in (
            lambda: mine.update(ended_at=now()),
            lambda: mine.update(boarded_people=1),
            lambda: mine.update(arrived_at=now(), arrived_by=coach.runner),
            lambda: stop.update(late_told_at=now()),
            lambda: stop.update(everybody_in_at=now(), everybody_in_by=coach.desk),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
        explain(coach.seat("F1").pk, "They got off at a motorway stop.")
    with coach.acts(coach.desk):  # what became of them is known: no coach waits for them
        assert coach.promise("F1").ended_at is None
        assert not travelling(DAY).promises


def test_who_was_promised_another_place_meanwhile_is_not_taken_in_by_mistake(coach: Coach) -> None:
    coach.filled()
    coach.sent("A1")
    with coach.acts(coach.desk):
        end_promises([coach.promise("A1").pk], PromiseEnd.MOVED)
        give_places([Given(coach.parties["A1"], coach.places["C2"].pk)], DAY)
    assert refused(coach, coach.desk, confirm_arrival, coach.seat("A1").pk) == "expected_elsewhere"

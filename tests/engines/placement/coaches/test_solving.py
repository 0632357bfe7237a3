# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What coaches promise, on random plans and on small ones whose best coaches are known."""

from dataclasses import replace
from itertools import combinations, count

import pytest
from engines.placement.coaches.journeys import journey, random_journey
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from havre.engines.placement.coaches import (
    Hindrance,
    Wish,
    get_ready,
    is_compiled,
    kernel_simplex,
    master,
    solve,
)
from havre.engines.placement.coaches import solving as solving_module
from havre.engines.placement.coaches.ways import ways_of

SEEDS = st.integers(0, 2**32)
journeys, few = settings(max_examples=15), settings(max_examples=6)


@pytest.fixture(autouse=True, scope="module")
def _short():
    """These plans are tiny: a few neighbourhoods are many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving_module, "STEPS", 12)
        yield


def made_of(parties, places, **policy):
    return solve(journey(parties, places).under(**policy).task)


def loads(made):
    """Coaches by centre."""
    return sorted([load.centre for load in coach.loads] for coach in made.coaches)


def known(seed, **policy):
    """A random journey that is sound; some ties are not."""
    at = random_journey(seed).under(**policy)
    assume(at.read()[0] is not None)
    return at


@journeys
@given(SEEDS, st.integers(1, 4))
def test_every_coach_obeys_every_rule_and_no_figure_passes_its_bound(seed, stops):
    at = known(seed, stops=stops, at_once=2, seats=30)
    made = solve(at.task, Wish("2016-10-24", seed % 1000))
    verdict = at.verdict(at.text(made))
    assert not verdict.broken
    assert (verdict.coaches, verdict.km, verdict.bound) == (len(made.coaches), made.km, made.bound)
    assert made.bound <= len(made.coaches)
    assert made.km_bound <= made.km


@few
@given(SEEDS)
def test_more_stops_never_take_more_coaches(seed):
    n = [len(solve(known(seed, stops=stops).task).coaches) for stops in (1, 2, 3, 4)]
    assert n == sorted(n, reverse=True)


@few
@given(SEEDS)
def test_the_same_plan_and_seed_give_the_same_coaches(seed):
    task = known(seed, stops=2).task
    assert solve(task, Wish(seed=3)) == solve(task, Wish(seed=3))


@pytest.mark.parametrize("seed", range(10))
def test_few_loads_get_the_fewest_coaches_there_are_and_the_bound_is_below_them(seed):
    at = next(at for n in count(seed, 10) if (at := random_journey(n).under(seats=30)).read()[0] is not None)
    task = replace(at.task, loads=tuple(load for load in at.task.loads if load.group < 0)[:7])
    made = solve(task)
    assert made.bound <= fewest(task) == len(made.coaches)


def fewest(task):
    """By trying all partitions."""
    ways = ways_of(task.loads, task.policy, task.policy.stops)
    return _fewest(ways, frozenset(range(len(task.loads))))


def _fewest(ways, left):
    if not left:
        return 0
    first, rest = min(left), sorted(left - {min(left)})
    return min(
        1 + _fewest(ways, left - {first, *others})
        for k in range(int(ways.limits[1]))
        for others in combinations(rest, k)
        if ways.together([first, *others]) is not None
    )


def test_centres_on_the_way_share_a_coach_as_long_as_there_are_seats():
    assert loads(
        made_of([{"at": 1, "people": 20}, {"at": 2, "people": 20}], [{"south": 100}, {"south": 200}])
    ) == [["C1", "C2"]]
    assert loads(
        made_of([{"at": 1, "people": 20}, {"at": 2, "people": 31}], [{"south": 100}, {"south": 200}])
    ) == [
        ["C1"],
        ["C2"],
    ]


def test_escorts_take_the_seats_that_the_policy_says():
    two = [{"at": 1, "people": 24}, {"at": 2, "people": 25}], [{"south": 100}, {"south": 200}]
    assert len(made_of(*two).coaches) == 1
    assert len(made_of(*two, escort_seats=1).coaches) == 2


def test_a_centre_with_more_people_than_seats_fills_whole_coaches_first():
    made = made_of([{"people": n} for n in (30, 25, 20, 15, 10)], [{"south": 100}])
    assert sorted(coach.people for coach in made.coaches) == [50, 50]
    assert made.bound == 2


def test_nobody_is_taken_on_a_longer_detour_than_is_allowed():
    # From Calais 80 km west of the straight way and back again.
    places = [{"south": 150, "lon": 0.7}, {"south": 200}]
    assert len(made_of([{"at": 1}, {"at": 2}], places).coaches) == 2
    assert len(made_of([{"at": 1}, {"at": 2}], places, detour_km=120).coaches) == 1


def test_a_long_way_takes_a_second_driver_and_a_shorter_one_a_break():
    [near], [far] = (made_of([{}], [{"south": south}]).coaches for south in (400, 700))
    assert (near.drivers, far.drivers) == (1, 2)
    assert near.km == 520
    assert near.arrives[0] - near.leaves == 390 + 45
    assert far.arrives[0] - far.leaves == far.km * 60 // 80 + (far.km * 60 % 80 > 0)


def test_who_travels_together_sits_together_and_brings_the_rest_of_both_centres():
    parties = [{"at": 1, "people": 20}, {"at": 2, "people": 5, "travels_with": "P1"}, {"at": 2, "people": 10}]
    places = [{"south": 200, "lon": 1.0}, {"south": 200, "lon": 2.7}]
    made = made_of(parties, places, detour_km=200)
    assert len(made.coaches) == 1


def test_two_full_centres_part_with_those_alone_who_travel_together():
    parties = [
        {"at": 1, "people": 30},
        {"at": 1, "people": 8, "travels_with": "P3"},
        {"at": 2, "people": 8},
        {"at": 2, "people": 30},
    ]
    made = made_of(parties, [{"south": 100}, {"south": 120}])
    coach_of = {
        party: n for n, coach in enumerate(made.coaches) for load in coach.loads for party in load.parties
    }
    assert coach_of["P2"] == coach_of["P3"]
    assert len(made.coaches) == 2


def test_days_of_the_plan_are_kept_and_departures_of_a_day_are_not_exceeded():
    parties = [{"at": n, "people": 40, "day": "2016-10-25" if n == 1 else ""} for n in (1, 2, 3, 4)]
    made = made_of(parties, [{"south": 100 + n} for n in range(4)], departures=2)
    days = {coach.loads[0].centre: coach.day for coach in made.coaches}
    assert days["C1"] == "2016-10-25"
    assert sorted(days.values()) == ["2016-10-25", "2016-10-25", "2016-10-26", "2016-10-26"]


def test_a_day_with_more_coaches_than_departures_leaves_some_without_one_and_says_so():
    parties = [{"at": n, "people": 40, "day": "2016-10-25"} for n in (1, 2, 3)]
    at = journey(parties, [{"south": 100 + n} for n in range(3)]).under(departures=2)
    made = solve(at.task)
    assert made.stranded == 1
    verdict = at.verdict(at.text(made))
    assert (verdict.stranded, verdict.broken) == (1, ())


def test_a_coach_arrives_while_the_centre_is_open():
    [coach] = made_of([{}], [{"south": 100, "arrive_from": "14:00", "arrive_until": "14:20"}]).coaches
    assert 14 * 60 <= coach.arrives[0] <= 14 * 60 + 20
    assert (coach.leaves - 8 * 60) % 15 == 0


def test_a_half_empty_coach_says_why():
    far = made_of(
        [{"at": 1}, {"at": 2, "people": 49}, {"at": 3}],
        [{"south": 90}, {"south": 95}, {"south": 90, "lon": 5.0}],
    )
    [why] = [coach.why for coach in far.coaches if coach.loads[0].centre == "C3"]
    assert why.counts == {Hindrance.FAR: 2}
    assert why.main is Hindrance.FAR
    assert "2 loads are too far" in why.say("en")
    large = made_of([{"at": 1, "people": 20}, {"at": 2, "people": 40}], [{"south": 90}, {"south": 95}])
    [why] = [coach.why for coach in large.coaches if coach.why]
    assert why.counts == {Hindrance.SEATS: 1}
    days = [{"at": 1, "day": "2016-10-24"}, {"at": 2, "day": "2016-10-25"}]
    assert {coach.why.main for coach in made_of(days, [{"south": 90}, {"south": 95}]).coaches} == {
        Hindrance.DAY
    }
    lone = made_of([{"at": 1}, {"at": 2}], [{"south": 90}, {"south": 95}], stops=1)
    assert {coach.why.main for coach in lone.coaches} == {Hindrance.STOPS}


def test_stopped_at_once_everybody_sits_in_a_coach_and_the_bound_holds():
    at = random_journey(4)
    told = []
    made = solve(at.task, go_on=lambda: False, tell=told.append)
    assert [coach.loads for coach in told[0].coaches] == [coach.loads for coach in made.coaches]
    assert not at.verdict(at.text(made)).broken
    assert 0 < made.bound <= len(made.coaches)


def test_a_search_that_is_stopped_in_its_first_bound_ends_at_once_and_what_it_has_holds(monkeypatch):
    at = random_journey(4).under(seats=30)
    pivots = []

    def improve(*given):
        pivots.append(kernel_simplex.improve(*given))
        return pivots[-1]

    monkeypatch.setattr(master, "improve", improve)
    monkeypatch.setattr(master, "_AT_ONCE", 1)
    made = solve(at.task, go_on=lambda: 1 not in pivots)
    assert pivots.index(1) == len(pivots) - 1  # and not one more
    assert 0 < made.bound <= len(made.coaches)
    assert not at.verdict(at.text(made)).broken


def test_what_makes_itself_ready_is_ready():
    get_ready()
    assert is_compiled()

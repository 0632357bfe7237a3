# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk: two regions to each party, room kept for who is expected, refusals without loss, a queue with reasons."""

import random
from dataclasses import replace

import pytest
from engines.placement.camps import camp_of, random_camp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.engines.placement import Desk, Forecast, NoRoom, Reason, check, expect
from havre.engines.placement import solving as solving_module

SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """These camps are tiny: a thousand steps are many."""
    monkeypatch.setattr(solving_module, "STEPS_OF_PARTY", 5_000)


def desk_of(made, at_desk, seed=1, came=()):
    """The first parties of a camp are at the desk, the others are expected."""
    task = made.task
    now = replace(task, parties=task.parties[:at_desk])
    forecast = Forecast(task.parties[at_desk:], tuple(came))
    return Desk(now, forecast.expected, expect(now, forecast, seed), seed)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEDS)
def test_whatever_people_choose_every_rule_is_kept(seed):
    made = random_camp(seed, locked=False)
    task, chance = made.task, random.Random(seed)  # noqa: S311 - choices, no secret
    left = {place.id: place.units for place in task.places}
    places = {place.id: place for place in task.places}
    at, people = {}, {party.id: party.people for party in task.parties}
    for first in range(0, len(task.parties), 4):
        now = replace(
            task,
            parties=task.parties[first : first + 4],
            places=tuple(replace(place, units=left[place.id]) for place in task.places),
        )
        forecast = Forecast(task.parties[first + 4 :], task.parties[: first + 4])
        desk = Desk(now, forecast.expected, expect(now, forecast, seed), seed)
        for party in now.parties:
            if (offers := desk.offers(party.id)) and chance.random() < 0.3:
                desk.refuse(party.id, offers[0].place.region)
            offers = desk.offers(party.id)
            assert len({offer.place.region for offer in offers}) == len(offers) <= 2
            assert all(offer.below_best >= 0 and offer.costs >= 0 for offer in offers)
            if offers:
                desk.take(party.id, chance.choice(offers).place.id)
        assert {queued.party for queued in desk.queue()} == {
            party.id for party in now.parties if not desk.place_of(party.id)
        }
        for party in now.parties:
            if place := desk.place_of(party.id):
                at[party.id] = place
                left[place] -= places[place].use(people[party.id])
    plan = "party_id,place_id\n" + "".join(f"{party.id},{at.get(party.id, '')}\n" for party in task.parties)
    assert not check(plan, made.parties, made.places, made.policy).broken


LARGE_AND_SMALL = [
    {"units": 3, "region": "R02"},
    {"units": 1, "region": "R01", "centre_id": "C2", "base_points": 1},
]


def test_who_comes_first_does_not_take_the_room_of_a_family_that_is_expected():
    made = camp_of([{"region_1": "R02"}, {"people": 3}], LARGE_AND_SMALL)
    desk = desk_of(made, 1)
    (offer,) = desk.offers("P1")
    assert (offer.place.id, offer.points, offer.below_best) == ("L2", 1, 399)
    with pytest.raises(NoRoom):
        desk.take("P1", "L1")
    desk.take("P1", "L2")
    assert desk.place_of("P1") == "L2"


def test_two_regions_are_offered_with_what_each_means():
    made = camp_of(
        [{"region_1": "R02", "relative_lat": 48.0, "relative_lon": 2.0}],
        [
            {"region": "R01", "lat": 48.0},
            {"region": "R02", "centre_id": "C2"},
            {"region": "R01", "centre_id": "C3", "base_points": 3},
        ],
    )
    one, other = desk_of(made, 1).offers("P1")
    assert (one.place.id, other.place.id) == ("L1", "L2")
    assert one.relative_km == pytest.approx(0)
    assert other.relative_km == pytest.approx(222, abs=1)
    assert one.points - other.points == other.below_best > 0
    assert sum(one.by_goal.values()) == one.points


def test_a_refusal_costs_nothing_but_the_region_and_the_next_best_is_offered():
    made = camp_of(
        [{"region_1": "R01", "region_2": "R02"}],
        [{"region": region, "centre_id": region} for region in ("R01", "R02", "R03")],
    )
    desk = desk_of(made, 1)
    shown = []
    while offers := desk.offers("P1"):
        shown.append([offer.place.region for offer in offers])
        desk.refuse("P1", offers[0].place.region)
    assert shown == [["R01", "R02"], ["R02", "R03"], ["R03"]]
    (queued,) = desk.queue()
    assert (queued.party, queued.position, queued.reason) == ("P1", 1, Reason.REFUSED)


def test_a_refusal_of_the_second_region_leaves_the_first():
    made = camp_of([{"region_1": "R01"}], [{}, {"region": "R02", "centre_id": "C2"}])
    desk = desk_of(made, 1)
    desk.refuse("P1", "R02")
    assert [offer.place.region for offer in desk.offers("P1")] == ["R01"]


def test_what_is_refused_goes_to_the_first_of_the_queue():
    made = camp_of([{"region_1": "R01"}, {}], [{"units": 1}])
    desk = desk_of(made, 2)
    assert [desk.place_of(party) for party in ("P1", "P2")] == ["L1", ""]
    desk.refuse("P1", "R01")
    assert [desk.place_of(party) for party in ("P1", "P2")] == ["", "L1"]
    assert [queued.reason for queued in desk.queue()] == [Reason.FULL]


def test_who_waits_has_a_place_in_the_queue_and_is_told_why():
    made = camp_of(
        [{}, {"kind": "woman"}, {"people": 2, "medical": 1}, {"people": 3}],
        [{"units": 2}, {"units": 3, "centre_id": "C2", "hospital_km": 40}],
    )
    queue = desk_of(made, 4).queue()
    assert [(each.party, each.position, each.reason) for each in queue] == [
        ("P2", 1, Reason.NO_SUCH_PLACE),
        ("P1", 2, Reason.FULL),
    ]
    made = camp_of([{}, {"people": 3, "medical": 1}], [{"units": 3}])
    (queued,) = desk_of(made, 1).queue()
    assert queued.reason is Reason.KEPT


def test_a_centre_that_counts_its_days_tells_the_day():
    made = camp_of([{}, {}], [{"units": 2}])
    made.locks = "rule,centre_id,day,people\nintake,C1,2016-10-24,1\nintake,C1,2016-10-25,1\n"
    desk = desk_of(made, 2)
    assert [desk.offers(party)[0].day for party in ("P1", "P2")] == ["2016-10-24", "2016-10-25"]


def test_the_same_desk_makes_the_same_offers():
    made = random_camp(11, locked=False)
    came = made.task.parties[:4]
    one, other = (desk_of(made, 4, came=came) for _ in range(2))
    assert [one.offers(party.id) for party in came] == [other.offers(party.id) for party in came]


def test_wishes_are_drawn_from_those_who_came_and_what_a_census_knows_is_kept():
    made = camp_of([{"people": 4, "kind": "family"}] + [{"region_1": "R07"}] * 1000, [{}])
    expected, *came = made.task.parties
    drawn = [
        Forecast((expected,), tuple(came)).drawn(made.task.places, random.Random(seed))[0]  # noqa: S311
        for seed in range(60)
    ]
    assert {(party.people, party.kind) for party in drawn} == {(4, "family")}
    assert sum(party.region_1 == "R07" for party in drawn) > 30

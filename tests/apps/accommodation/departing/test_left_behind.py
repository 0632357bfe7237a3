# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A coach leaves without some of a party: the desk hears it at once, and again, until what became of them is said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from apps.accommodation.departing.coach import DAY, Coach
from apps.accommodation.departing.test_coaches import by_hand, refused
from django.db import DatabaseError, transaction
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.apps.accommodation.actions import check_in
from havre.apps.accommodation.actions.departing import (
    add_stop,
    board,
    cancel_departure,
    confirm_arrival,
    depart,
    everybody_in,
    explain,
    explain_behind,
    no_show,
    put_on,
    ride_later,
    stay_behind,
)
from havre.apps.accommodation.actions.promising import Given, end_promises, give_places
from havre.apps.accommodation.enums import PartyKind, PromiseEnd
from havre.apps.accommodation.models import (
    ArrivalNotice,
    Departure,
    Party,
    PartyMember,
    Passenger,
    QueueEntry,
    Stay,
    UnitUse,
)
from havre.apps.accommodation.queries.departing import left_behind, missing, travelling
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.clock import now
from havre.core.notices.models import Notice


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def parted(coach: Coach) -> Coach:
    """The coach has left with one of the family of three, and with a lone man."""
    coach.filled()
    with coach.acts(coach.desk):
        board(coach.coach(), "F1", 1)
        board(coach.coach(), "A2")
        depart(coach.coach())
    return coach


def behind(coach: Coach) -> list[tuple[str, int]]:
    with coach.acts(coach.desk):
        return [(each.party.wristband, each.behind) for each in left_behind()]


def told(coach: Coach, key: str) -> list[dict[str, object]]:
    with coach.acts(coach.desk):
        found = Notice.objects.filter(member=coach.desk, key=f"accommodation.{key}")
        return list(found.values_list("values", flat=True))


def later(coach: Coach, seats: int = 9) -> Departure:
    """Another coach to C1, on which those who stayed behind have seats."""
    made = by_hand(coach, seats)
    with coach.acts(coach.desk):
        ride_later(first(coach).pk, made.pk)
    return made


def first(coach: Coach) -> Passenger:
    with coach.acts(coach.desk):
        return Passenger.objects.get(party=coach.parties["F1"], rest_of=None, ended_at=None)


def test_the_desk_hears_at_departure_and_at_arrival(parted: Coach) -> None:
    assert behind(parted) == [("F1", 2)]
    assert told(parted, "notice_behind_child") == [{"n": 2}]
    with parted.acts(parted.runner):
        confirm_arrival(first(parted).pk)
        assert not left_behind().exists()  # the desk's to settle
    assert told(parted, "notice_behind_child") == [{"n": 2}, {"n": 2}]
    assert behind(parted) == [("F1", 2)]


def test_a_party_that_is_whole_or_did_not_come_at_all_is_not_parted(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1")
    assert behind(coach) == []
    assert told(coach, "notice_behind_child") == told(coach, "notice_behind") == []


def test_of_adults_no_child_is_feared(coach: Coach) -> None:
    coach.party("A5", 4, "C1", PartyKind.ADULT)
    coach.filled()
    with coach.acts(coach.desk):
        board(coach.coach(), "A5", 3)
        depart(coach.coach())
    assert told(coach, "notice_behind") == [{"n": 1}]
    shown = signed_in(coach.desk).get(reverse("accommodation:departures")).content.decode()
    assert "stayed behind" in shown
    assert "A child may be alone" not in shown


@pytest.mark.parametrize("said_by", ["desk", "registry"])
def test_a_child_among_adults_is_feared_for(coach: Coach, said_by: str) -> None:
    if said_by == "registry":
        coach.child("A5", 4, "C1", PartyKind.ADULT)
    else:
        party = coach.party("A5", 4, "C1", PartyKind.ADULT)
        with coach.acts(coach.desk):
            PartyMember.objects.create(party=party, organisation=coach.cast.dunes, age="minor")
    coach.filled()
    with coach.acts(coach.desk):
        board(coach.coach(), "A5", 3)
        depart(coach.coach())
    assert told(coach, "notice_behind_child") == [{"n": 1}]


def test_they_ride_later_and_arrive_where_the_others_live(parted: Coach) -> None:
    with parted.acts(parted.runner):
        confirm_arrival(first(parted).pk)
    made = later(parted)
    assert behind(parted) == []
    with parted.acts(parted.desk):
        assert "F1" not in [each.party.wristband for each in travelling(DAY).promises]
        assert board(made.pk, "F1").boarded_people == 2
        depart(made.pk)
        assert ArrivalNotice.objects.get(stop__departure=made).says[0]["people"] == 2
    rest = parted.seat("F1")
    with parted.acts(parted.runner):
        assert [each.pk for each in everybody_in(rest.stop_id)] == [rest.pk]
        assert missing().filter(pk=rest.pk).exists()
        assert confirm_arrival(rest.pk).arrived_by_id == parted.runner.pk
        assert Stay.objects.filter(party=parted.parties["F1"]).count() == 1
    assert behind(parted) == []


def test_the_first_who_move_in_do_not_hide_those_under_way(parted: Coach) -> None:
    made = later(parted)
    with parted.acts(parted.desk):
        board(made.pk, "F1")
        depart(made.pk)
    # Which of them stand at the door their wristband does not say: those of the other coach may be missing.
    assert refused(parted, parted.runner, check_in, parted.parties["F1"].pk) == "comes_in_parts"
    with parted.acts(parted.runner):
        confirm_arrival(first(parted).pk)
    rest = parted.seat("F1")
    assert (rest.arrived_at, rest.ended_at) == (None, None)
    with parted.acts(parted.runner):
        everybody_in(rest.stop_id)
        assert [each.pk for each in missing()] == [rest.pk]


def test_those_who_arrive_first_move_in_and_do_not_hide_the_others(parted: Coach) -> None:
    made = later(parted)
    with parted.acts(parted.desk):
        board(made.pk, "F1")
        depart(made.pk)
    rest, before = parted.seat("F1"), first(parted)
    with parted.acts(parted.runner):
        confirm_arrival(rest.pk)
        assert Stay.objects.get().party_id == parted.parties["F1"].pk
        everybody_in(before.stop_id)
        assert [each.pk for each in missing()] == [before.pk]
        assert confirm_arrival(before.pk).arrived_by_id == parted.runner.pk
        assert not missing().exists()
    assert refused(parted, parted.runner, confirm_arrival, before.pk) == "arrived_already"


@pytest.mark.parametrize("how", ["absent", "left", "cancelled"])
def test_who_does_not_come_to_the_other_coach_is_behind_again(parted: Coach, how: str) -> None:
    made = later(parted)
    with parted.acts(parted.desk):
        if how == "absent":
            no_show(parted.seat("F1").pk)
        elif how == "cancelled":
            cancel_departure(made.pk, "no driver")
        else:
            parted.party("B1", 1, "C1")
            put_on(parted.parties["B1"].pk, made.pk, "why")
            board(made.pk, "B1")
            depart(made.pk)
    assert behind(parted) == [("F1", 2)]
    assert parted.promise("F1").ended_at is None
    with parted.acts(parted.desk):
        assert not QueueEntry.objects.filter(party=parted.parties["F1"]).exists()
    assert told(parted, "notice_behind_child") == [{"n": 2}, {"n": 2}]


def test_of_those_who_ride_later_some_may_stay_behind(parted: Coach) -> None:
    made = later(parted)
    with parted.acts(parted.desk):
        board(made.pk, "F1", 1)
        depart(made.pk)
    assert behind(parted) == [("F1", 1)]


def test_the_other_coach_has_seats_for_them_and_goes_their_way(parted: Coach) -> None:
    gone = parted.coach()
    small, elsewhere = by_hand(parted, 1, "8"), by_hand(parted, 9, "7", "C2")
    key = first(parted).pk
    assert refused(parted, parted.desk, ride_later, key, small.pk) == "broken_coach_has_seats"
    assert refused(parted, parted.desk, ride_later, key, elsewhere.pk) == "not_on_their_way"
    assert refused(parted, parted.desk, ride_later, key, gone) == "coach_has_left"
    assert refused(parted, parted.desk, board, small.pk, "F1") == "coach_left_without_them"
    exact = by_hand(parted, 2, "6")
    with parted.acts(parted.desk):
        ride_later(key, exact.pk)
    assert refused(parted, parted.desk, ride_later, key, exact.pk) == "nobody_behind"


def test_a_reason_settles_it_once(parted: Coach) -> None:
    key = first(parted).pk
    assert refused(parted, parted.desk, explain_behind, key, " ") == "words_needed"
    with parted.acts(parted.desk):
        explain_behind(key, "An aunt drove them.")
    assert behind(parted) == []
    assert refused(parted, parted.desk, explain_behind, key, "again") == "nobody_behind"


def test_they_stay_and_wait_while_fewer_units_are_promised(parted: Coach) -> None:
    key = first(parted).pk
    assert refused(parted, parted.desk, stay_behind, key, "", PartyKind.FAMILY, "why") == "words_needed"
    assert refused(parted, parted.desk, stay_behind, key, "A2", PartyKind.FAMILY, "why")
    with parted.acts(parted.desk):
        made = stay_behind(key, "F9", PartyKind.MINOR, "The grandmother is ill.")
        assert (made.people, made.kind, made.medical, made.language) == (2, PartyKind.MINOR, True, "pus")
        assert Party.objects.get(pk=made.pk).travels_with_id == parted.parties["F1"].pk
        assert QueueEntry.objects.filter(party=made, ended_at=None).exists()
        assert Party.objects.get(wristband="F1").people == 1
        assert UnitUse.objects.filter(party=parted.parties["F1"], ends=None).count() == 1
        confirm_arrival(key)
    assert behind(parted) == []


def test_where_more_are_named_than_are_left_it_is_said(parted: Coach) -> None:
    with parted.acts(parted.desk):
        for _ in range(2):
            PartyMember.objects.create(party=parted.parties["F1"], organisation=parted.cast.dunes)
    said = refused(parted, parted.desk, stay_behind, first(parted).pk, "F9", PartyKind.FAMILY, "why")
    assert said == "broken_party_counts_its_members"
    assert behind(parted) == [("F1", 2)]
    with parted.acts(parted.desk):
        assert not Party.objects.filter(wristband="F9").exists()


def test_who_is_moved_to_another_stop_does_not_hide_them(parted: Coach) -> None:
    parted.place("C3", runner=parted.runner)
    with parted.acts(parted.desk):
        end_promises([parted.promise("F1").pk], PromiseEnd.CLOSED)
        give_places([Given(parted.parties["F1"], parted.places["C3"].pk)], DAY)
        add_stop(parted.coach(), parted.places["C3"].centre_id, now() + timedelta(hours=60))
        put_on(parted.parties["F1"].pk, parted.coach(), "closed")
    assert behind(parted) == [("F1", 2)]
    with parted.acts(parted.desk):
        explain_behind(first(parted).pk, "They came by train.")
    assert behind(parted) == []


def test_what_became_of_the_first_says_nothing_of_the_others(parted: Coach) -> None:
    with parted.acts(parted.desk):
        explain(first(parted).pk, "Got off on the way.")
    assert behind(parted) == [("F1", 2)]


def test_nobody_else_settles_or_reads_it(parted: Coach) -> None:
    key, made = first(parted).pk, by_hand(parted, 9)
    for other in (parted.runner, parted.camp.stranger, parted.camp.other_shore):
        assert refused(parted, other, explain_behind, key, "why") == "no_such_seat"
        assert signed_in(other).get(reverse("accommodation:behind", args=[key])).status_code == 404
    with parted.acts(parted.cast.member(parted.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        ride_later(key, made.pk)
    with parted.acts(parted.runner):
        mine = Passenger.objects.filter(pk=key)
        for change in ({"behind": 0}, {"behind_why": "x", "behind_by": parted.runner}, {"people": 1}):
            with pytest.raises(DatabaseError), transaction.atomic():
                mine.update(**change)


def test_the_words_are_erased_with_them(coach: Coach) -> None:
    child = coach.child("K1", 2, "C1")
    coach.filled()
    with coach.acts(coach.desk):
        board(coach.coach(), "K1", 1)
        depart(coach.coach())
        explain_behind(coach.seat("K1").pk, "Her aunt came.")
    with coach.acts(coach.cast.member(coach.cast.dunes, Role.SUPERVISOR)):
        registry.erase(child.pk)
    assert coach.seat("K1").behind_why == "-"


@pytest.mark.parametrize(
    ("language", "loud", "tile", "on_phone"),
    [
        (
            "en",
            "A child may be alone",
            "2 of 3 people of this party",
            "F1: party of 3, only 1 boarded",
        ),
        (
            "fr",
            "Un enfant est peut-être seul",
            "2 des 3 personnes de ce groupe",
            "groupe de 3, seulement 1 à bord",
        ),
    ],
)
def test_the_pages_say_it_and_settle_it(
    coach: Coach, language: str, loud: str, tile: str, on_phone: str
) -> None:
    coach.filled()
    client = signed_in(coach.desk, language)
    here = reverse("accommodation:board", args=[coach.coach()])
    client.post(here, {"wristband": "F1", "people": "1"})
    assert on_phone in client.get(here).content.decode()
    client.post(reverse("accommodation:depart", args=[coach.coach()]))
    page = reverse("accommodation:behind", args=[coach.seat("F1").pk])
    for address in (
        "/",
        "/accommodation/departures",
        reverse("accommodation:departure", args=[coach.coach()]),
    ):
        assert loud in client.get(address).content.decode().replace("a child may", "A child may").replace(
            "un enfant est", "Un enfant est"
        )
    shown = client.get("/accommodation/departures").content.decode()
    assert tile in shown
    assert page in shown
    assert client.post(page, {"how": "stay", "wristband": ""}).status_code == 422
    assert client.post(page, {"how": "later"}).status_code == 422
    made = by_hand(coach, 9)
    assert client.post(page, {"how": "later", "departure": str(made.pk)}).status_code == 302
    assert loud not in client.get("/accommodation/departures").content.decode()
    with coach.acts(coach.desk):
        no_show(coach.seat("F1").pk)
    stays = {"how": "stay", "wristband": "F9", "party_kind": "family", "why": "ill"}
    assert client.post(page, stays).status_code == 302
    assert client.post(page, stays).status_code == 422
    assert "ill" in client.get(page).content.decode()

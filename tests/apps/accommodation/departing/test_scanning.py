# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One wristband is scanned and the whole party boards: it is said plainly, and one tap says how many really came."""

import re
from collections.abc import Iterator

import pytest
from apps.accommodation.departing.coach import Coach
from apps.accommodation.departing.test_coaches import by_hand, refused
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.apps.accommodation.actions.departing import board, get_off, put_on
from havre.apps.accommodation.models import PartyMember


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def banded(coach: Coach) -> Coach:
    """Each of the family wears a wristband of their own."""
    with coach.acts(coach.desk):
        for n in range(3):
            PartyMember.objects.create(
                party=coach.parties["F1"], organisation=coach.cast.dunes, wristband=f"F1-{n}"
            )
    coach.filled()
    return coach


@pytest.mark.parametrize(
    ("language", "whole", "few"),
    [
        ("en", "F1: party of 3, 3 boarded", "F1: party of 3, only 2 boarded"),
        ("fr", "F1 : groupe de 3, 3 à bord", "F1 : groupe de 3, seulement 2 à bord"),
    ],
)
def test_the_page_says_what_a_scan_did_and_a_tap_corrects_it(
    banded: Coach, language: str, whole: str, few: str
) -> None:
    client, here = signed_in(banded.desk, language), reverse("accommodation:board", args=[banded.coach()])
    shown = client.post(here, {"wristband": "F1-1"}, follow=True).content.decode()
    assert whole in shown
    assert re.findall(r'name="people" value="(\d+)"', shown) == ["1", "2", "3", "0"]
    shown = client.post(here, {"wristband": "F1", "people": "2"}, follow=True).content.decode()
    assert few in shown
    assert banded.seat("F1").boarded_people == 2
    shown = client.post(here, {"wristband": "F1", "people": "2"}, follow=True).content.decode()
    assert few in shown


def test_the_next_wristband_of_a_party_changes_no_count(banded: Coach) -> None:
    key = banded.coach()
    with banded.acts(banded.desk):
        board(key, "F1-0", 1)
    for worn in ("F1", "F1-1"):
        assert refused(banded, banded.desk, board, key, worn) == "boarded_already"
    client, here = signed_in(banded.desk), reverse("accommodation:board", args=[key])
    shown = client.post(here, {"wristband": "F1-2"}, follow=True).content.decode()
    assert "They are on board already." in shown
    assert "F1: party of 3, only 1 boarded" in shown
    with banded.acts(banded.desk):
        assert board(key, "F1", 3).boarded_people == 3


def test_who_is_alone_is_asked_nothing_and_of_many_the_number_is_typed(coach: Coach) -> None:
    coach.party("T1", 14, "C1")
    coach.filled()
    client, here = signed_in(coach.desk), reverse("accommodation:board", args=[coach.coach()])
    alone = client.post(here, {"wristband": "A1"}, follow=True).content.decode()
    many = client.post(here, {"wristband": "T1"}, follow=True).content.decode()
    assert "A1: party of 1, 1 boarded" in alone
    for shown in (alone, many):
        assert re.findall(r'name="people" value="(\d+)"', shown) == ["0"]
    assert "type how many" in many


def test_the_address_shows_nobody_who_is_not_on_board(coach: Coach) -> None:
    coach.filled()
    client, here = signed_in(coach.desk), reverse("accommodation:board", args=[coach.coach()])
    for said in ("F1", "nobody", "<b>"):
        shown = client.get(here, {"last": said}).content.decode()
        assert "party of" not in shown
        assert "<b>nobody" not in shown


@pytest.mark.parametrize(("language", "said"), [("en", "F1: not on board."), ("fr", "F1 : pas à bord.")])
def test_a_wrong_wristband_is_taken_back(banded: Coach, language: str, said: str) -> None:
    client, here = signed_in(banded.desk, language), reverse("accommodation:board", args=[banded.coach()])
    client.post(here, {"wristband": "F1-1"})
    shown = client.post(here, {"wristband": "F1", "people": "0"}, follow=True).content.decode()
    assert said in shown
    seat = banded.seat("F1")
    assert (seat.boarded_at, seat.boarded_by_id, seat.boarded_people) == (None, None, 0)
    assert client.post(here, {"wristband": "F1", "people": "0"}).status_code == 409
    assert client.post(here, {"wristband": "F1"}).status_code == 302


def test_who_gave_up_a_seat_to_others_is_told_that_the_coach_is_full(coach: Coach) -> None:
    made = by_hand(coach, 4)
    with coach.acts(coach.desk):
        put_on(coach.parties["F1"].pk, made.pk, "why")
        put_on(coach.parties["A1"].pk, made.pk, "why")
        board(made.pk, "F1", 2)
        put_on(coach.party("A9", 1, "C1").pk, made.pk, "a seat is free")
    assert refused(coach, coach.desk, get_off, made.pk, "F1") == "broken_coach_has_seats"
    for other in (coach.runner, coach.camp.stranger):
        assert refused(coach, other, get_off, made.pk, "F1") == "no_such_coach"

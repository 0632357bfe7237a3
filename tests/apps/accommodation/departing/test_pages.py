# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The screens and papers of coaches, in both languages, for the desk and for the centre; closed to others."""

from collections.abc import Iterator
from typing import Any

import pytest
from apps.accommodation.departing.coach import DAY, Coach
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.apps.accommodation.actions import close_centre
from havre.apps.accommodation.actions.departing import everybody_in
from havre.apps.accommodation.models import Departure, Passenger, Stay, Stop
from havre.core.clock import now
from havre.core.jobs import run_jobs

MOST_QUERIES = 34


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


def address(name: str, *args: Any) -> str:
    return reverse(f"accommodation:{name}", args=args)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    shown: str = response.content.decode()
    assert "&lt;" not in shown
    return shown


ASKED = {"day": DAY.isoformat(), "most": 60, "far_stops": 1}


def test_from_the_button_to_the_coach(coach: Coach) -> None:
    client = signed_in(coach.desk)
    assert "No coach on this day" in text(client, address("departures"))
    response = client.post(address("fill_departures"), ASKED)
    assert response.status_code == 302
    assert "Coaches are being filled" in text(client, response.headers["Location"])
    run_jobs()
    shown = text(client, response.headers["Location"])
    assert "1 coach filled, for 5 people" in shown
    assert "0 of 5" in shown
    one = text(client, address("departure", coach.coach()))
    assert "Why it is half empty" in one
    assert "Nobody else leaves" in one
    assert "hospital near by" in one
    assert client.post(address("fill_departures"), ASKED).status_code == 422


def test_boarding_on_a_phone(coach: Coach) -> None:
    coach.filled()
    client, key = signed_in(coach.desk, "fr"), coach.coach()
    here = address("board", key)
    assert "3 groupes manquent" in text(client, here)
    assert client.post(here, {"wristband": "F1", "people": "2"}).status_code == 302
    shown = text(client, here)
    assert "F1 : groupe de 3, seulement 2 à bord" in shown
    assert "2 sur 5" in shown
    wrong = client.post(here, {"wristband": "X"})
    assert (wrong.status_code, "Ce groupe n’existe pas" in wrong.content.decode()) == (404, True)
    client.post(address("absent", coach.seat("A1").pk))
    client.post(address("depart", key))
    with coach.acts(coach.desk):
        assert Departure.objects.get().state == "departed"
        assert Passenger.objects.filter(no_show_at__isnull=False).count() == 2


def test_the_centre_confirms_and_says_that_everybody_is_in(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    client, centre = signed_in(coach.runner), coach.places["C1"].centre_id
    here = address("arrivals", centre)
    shown = text(client, here)
    assert "<bdi>F1</bdi>" in shown
    assert "I have read this" in shown
    with coach.acts(coach.runner):
        stop = Stop.objects.get()
        notice = stop.notices.get()
    client.post(address("reached", stop.pk))
    client.post(address("arrived", coach.seat("F1").pk))
    client.post(address("see_notice", notice.pk))
    client.post(address("everybody_in", stop.pk))
    shown = text(client, here)
    assert "1 party is missing. The desk was told." in shown
    assert "I have read this" not in shown
    with coach.acts(coach.desk):
        assert Stay.objects.count() == 1
    desk = signed_in(coach.desk)
    assert "1 person left and did not arrive" in text(desk, address("departures"))
    assert "left and did not arrive" in text(desk, "/")
    desk.post(address("explain", coach.seat("A1").pk), {"why": "A cousin met them."})
    assert "left and did not arrive:" not in text(desk, address("departures"))


@pytest.mark.parametrize(
    ("language", "alarm", "who"),
    [
        ("en", "4 people left and did not arrive", "Which 2 parties they are"),
        ("fr", "4 personnes sont parties et ne sont pas arrivées", "De quels 2 groupes il s’agit"),
    ],
)
def test_those_who_are_missing_of_one_stop_are_one_alarm(
    coach: Coach, language: str, alarm: str, who: str
) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    with coach.acts(coach.runner):
        everybody_in(coach.stop("C1").pk)
    shown = text(signed_in(coach.desk, language), address("departures"))
    assert shown.count(alarm) == 1
    assert who in shown
    assert all(f"<bdi>{wristband}</bdi>" in shown for wristband in ("F1", "A1"))


def test_a_stop_whose_centre_has_closed_says_what_to_do(coach: Coach) -> None:
    coach.filled()
    with coach.acts(coach.desk):
        close_centre(coach.places["C1"].centre_id, now(), why="the roof leaks")
    for language, said in (("en", "Choose another place for them"), ("fr", "Choisissez une autre place")):
        client = signed_in(coach.desk, language)
        assert said in text(client, address("departure", coach.coach()))
        assert said in text(client, address("board", coach.coach()))


def test_coaches_are_made_changed_and_cancelled_by_hand(coach: Coach) -> None:
    client = signed_in(coach.desk)
    typed = {"number": "12", "leaves_at": "2016-10-24T23:00", "seats": "9", "escorts": "1"}
    there = client.post(address("new_departure"), typed).headers["Location"]
    key = there.rsplit("/", 1)[1]
    late = {"centre": str(coach.places["C1"].centre_id), "expected_at": "2016-10-24T22:00"}
    assert client.post(address("add_stop", key), late).status_code == 422
    assert (
        client.post(address("add_stop", key), {**late, "expected_at": "2016-10-25T05:00"}).status_code == 302
    )
    put = {"wristband": "F1", "why": "they asked"}
    assert client.post(address("put_on", key), put).status_code == 302
    assert "they asked" in text(client, there)
    assert client.post(address("put_on", key), put).status_code == 409
    assert client.post(address("cancel_departure", key), {"why": ""}).status_code == 422
    client.post(address("cancel_departure", key), {"why": "no driver"})
    assert "no driver" in text(client, there)


@pytest.mark.parametrize("paper", ["manifest", "labels"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_papers_are_made_for_screen_readers_and_name_nobody(coach: Coach, paper: str, language: str) -> None:
    coach.filled()
    client = signed_in(coach.desk)
    response = client.get(address(paper, coach.coach()), {"language": language})
    content = response.content
    assert content.startswith(b"%PDF")
    for said in (b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert said in content
    with coach.acts(coach.desk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE kind = 'handed'")
        assert cursor.fetchone() == (3,)


def test_others_see_nothing(coach: Coach) -> None:
    coach.filled()
    key, centre = coach.coach(), coach.places["C2"].centre_id
    for other in (coach.camp.stranger, coach.camp.other_shore):
        client = signed_in(other)
        for name in ("departure", "board", "manifest", "labels"):
            assert client.get(address(name, key)).status_code == 404
        assert client.get(address("arrivals", centre)).status_code == 404
        assert client.post(address("everybody_in", coach.stop("C2").pk)).status_code == 404
    runner = signed_in(coach.runner)
    assert runner.get(address("board", key)).status_code == 404
    shown = text(runner, address("departure", key))
    assert "<bdi>F1</bdi>" in shown
    assert "<bdi>A2</bdi>" not in shown


def test_no_page_asks_more_where_more_are(coach: Coach) -> None:
    for n in range(10):
        coach.party(f"Z{n}", 1, "C2")
    coach.filled()
    key = coach.sent("F1", "A2", "Z1")
    with coach.acts(coach.desk):
        everybody_in(coach.stop("C2").pk)
    client = signed_in(coach.desk)
    pages = [address("departures"), address("departure", key), address("board", key)]
    for path in [*pages, address("arrivals", coach.places["C2"].centre_id)]:
        with CaptureQueriesContext(connection) as told:
            text(client, path)
        assert len(told) <= MOST_QUERIES, path

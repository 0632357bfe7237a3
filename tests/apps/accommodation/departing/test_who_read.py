# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who read about a party: whoever was shown it on the page of a coach, of arrivals, of a centre or of its door."""

from collections.abc import Iterator

import pytest
from apps.accommodation.departing.coach import Coach
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.apps.accommodation.actions.departing import board, confirm_arrival, depart, everybody_in
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.audit.queries import lines

MOST_QUERIES = 34


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


def readers(coach: Coach, wristband: str) -> int:
    """How many entries say that somebody was shown this party."""
    with acting_as(coach.cast.auditor.pk, Purpose.OVERSIGHT):
        return len([each for each in lines(about=coach.parties[wristband].pk) if each.kind == "listed"])


def looks(coach: Coach, who: Member, name: str, *args: object) -> None:
    client = signed_in(who)
    with CaptureQueriesContext(connection) as told:
        assert client.get(reverse(f"accommodation:{name}", args=args)).status_code == 200
    assert len(told) <= MOST_QUERIES
    assert sum("audit_listed" in each["sql"] for each in told) <= 2


@pytest.mark.parametrize("name", ["departure", "board"])
def test_the_pages_of_a_coach_name_everybody_on_it(coach: Coach, name: str) -> None:
    coach.filled()
    looks(coach, coach.desk, name, coach.coach())
    assert [readers(coach, each) for each in ("F1", "A1", "A2")] == [1, 1, 1]


def test_a_centre_is_shown_its_own_and_they_alone_are_named(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A2")
    looks(coach, coach.runner, "arrivals", coach.places["C1"].centre_id)
    assert [readers(coach, each) for each in ("F1", "A2")] == [1, 0]


def test_what_a_centre_was_told_names_whom_it_tells_of_when_they_are_in(coach: Coach) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    with coach.acts(coach.runner):
        for each in ("F1", "A1"):
            confirm_arrival(coach.seat(each).pk)
        everybody_in(coach.stop("C1").pk)
    looks(coach, coach.runner, "arrivals", coach.places["C1"].centre_id)
    assert [readers(coach, each) for each in ("F1", "A1", "A2")] == [1, 1, 0]


@pytest.mark.parametrize("name", ["centre", "door"])
def test_a_centre_and_its_door_name_who_stays_and_who_is_expected(coach: Coach, name: str) -> None:
    coach.filled()
    coach.sent("F1", "A1")
    with coach.acts(coach.runner):
        confirm_arrival(coach.seat("F1").pk)
    looks(coach, coach.runner, name, coach.places["C1"].centre_id)
    assert [readers(coach, each) for each in ("F1", "A1", "A2")] == [1, 1, 0]


def test_alarms_on_the_list_of_coaches_name_their_parties_and_renewing_it_names_nobody(coach: Coach) -> None:
    coach.filled()
    with coach.acts(coach.desk):
        board(coach.coach(), "F1", 1)
        board(coach.coach(), "A1")
        depart(coach.coach())
    with coach.acts(coach.runner):
        everybody_in(coach.stop("C1").pk)
    client, here = signed_in(coach.desk), reverse("accommodation:departures")
    client.get(here, headers={"HX-Request": "true"})
    assert readers(coach, "F1") == 0
    looks(coach, coach.desk, "departures")
    assert [readers(coach, each) for each in ("F1", "A1", "A2")] == [1, 1, 0]


def test_who_may_not_read_the_page_is_not_said_to_have_read(coach: Coach) -> None:
    coach.filled()
    signed_in(coach.camp.stranger).get(reverse("accommodation:departure", args=[coach.coach()]))
    assert readers(coach, "F1") == 0

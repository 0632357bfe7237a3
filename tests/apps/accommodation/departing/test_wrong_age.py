# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Before a coach leaves it is known that somebody promised a place among adults is a child: no coach takes them."""

import pytest
from apps.accommodation.departing.coach import Coach
from apps.tracing.shores import CHILD, registered
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions import Refused
from havre.apps.accommodation.actions.departing import board, confirm_arrival, depart, put_on
from havre.apps.accommodation.enums import PromiseEnd, QueueReason
from havre.apps.accommodation.models import PartyMember, Passenger, QueueEntry, Stay
from havre.apps.accommodation.queries.ages import wrong_ages
from havre.apps.registry.models import AgeEvidence, Registration


def taken_for_adult(coach: Coach) -> Registration:
    """Whose age is disputed, and who is to go to the first centre."""
    child = registered(coach.desk, CHILD)
    said(coach, child, is_disputed=True)
    party = coach.party("Y1", 1, "C1")
    with coach.acts(coach.desk):
        PartyMember.objects.create(party=party, organisation=coach.cast.dunes, registration=child)
    return child


def said(coach: Coach, child: Registration, *, is_disputed: bool) -> None:
    with coach.acts(coach.desk):
        AgeEvidence.objects.filter(registration=child).update(disputed=is_disputed)


def test_coaches_are_filled_without_them(coach: Coach) -> None:
    said(coach, taken_for_adult(coach), is_disputed=False)
    coach.filled()
    with coach.acts(coach.desk):
        assert set(Passenger.objects.values_list("party__wristband", flat=True)) == {"F1", "A1", "A2"}
        with pytest.raises(Refused, match="age_first"):
            put_on(coach.parties["Y1"].pk, coach.coach(), "by hand")


def test_who_is_not_let_on_did_not_stay_away(coach: Coach) -> None:
    child = taken_for_adult(coach)
    coach.filled()
    said(coach, child, is_disputed=False)
    departure = coach.seat("Y1").stop.departure_id
    with coach.acts(coach.desk):
        with pytest.raises(Refused, match="age_first"):
            board(departure, "Y1")
        board(departure, "A1")
        depart(departure)
        entry = QueueEntry.objects.get(party=coach.parties["Y1"], ended_at=None)
        assert (entry.reason, coach.promise("Y1").ended_why) == (QueueReason.AGE, PromiseEnd.WITHDRAWN)
        assert coach.seat("Y1").no_show_at is None
    page = signed_in(coach.desk, "fr").get(reverse("accommodation:desk")).content.decode()
    assert "les éléments d’âge sont à revoir" in page


def test_who_is_under_way_when_it_is_known_arrives_and_the_desk_is_told(coach: Coach) -> None:
    child = taken_for_adult(coach)
    coach.filled()
    coach.sent("Y1")
    said(coach, child, is_disputed=False)
    with coach.acts(coach.runner):
        confirm_arrival(coach.seat("Y1").pk)
        assert Stay.objects.get().party_id == coach.parties["Y1"].pk
    with coach.acts(coach.desk):
        assert set(wrong_ages()) == {coach.parties["Y1"].pk}

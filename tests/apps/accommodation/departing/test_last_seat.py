# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last seat, given by two members at once: one of them gives it, and the other is told so in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from apps.accommodation.departing.coach import coach_of
from cast import Cast
from django.db import IntegrityError, connections

from havre.apps.accommodation.actions import Refused
from havre.apps.accommodation.actions.departing import DepartureSaid, add_stop, make_departure, put_on
from havre.apps.accommodation.models import Departure, Passenger, Promise, Stop
from havre.core.clock import now
from havre.core.database.ids import uuid7


def test_the_last_seat_is_given_once(committed_database: None, cast: Cast) -> None:
    coach, start = coach_of(cast), Barrier(2)
    coach.party("A3", 1, "C1")
    with coach.acts(coach.desk):
        made = make_departure(DepartureSaid("1", now() + timedelta(hours=1), 1))
        stop = add_stop(made.pk, coach.places["C1"].centre_id, now() + timedelta(hours=3))

    def seats(party: UUID) -> str:
        """Past the action, which locks the coach: PostgreSQL alone holds it."""
        try:
            with coach.acts(coach.desk):
                promise = Promise.objects.get(party=party)
                start.wait(timeout=60)
                Passenger.objects.create(
                    id=uuid7(),
                    stop=Stop.objects.get(pk=stop.pk),
                    organisation_id=stop.organisation_id,
                    desk_id=stop.desk_id,
                    party_id=party,
                    promise=promise,
                )
        except IntegrityError as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(seats, [coach.parties[each].pk for each in ("A1", "A3")]))
    assert said[0] == ""
    assert "more people than seats" in said[1]
    with coach.acts(coach.desk):
        assert Passenger.objects.count() == 1


def test_two_members_who_give_it_by_hand_are_both_answered(committed_database: None, cast: Cast) -> None:
    coach, start = coach_of(cast), Barrier(2)
    coach.party("A3", 1, "C1")
    with coach.acts(coach.desk):
        made = make_departure(DepartureSaid("1", now() + timedelta(hours=1), 1))
        add_stop(made.pk, coach.places["C1"].centre_id, now() + timedelta(hours=3))

    def gives(party: UUID) -> str:
        try:
            with coach.acts(coach.desk):
                start.wait(timeout=60)
                put_on(party, made.pk, "they asked")
        except Refused as refused:
            return refused.key
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(gives, [coach.parties[each].pk for each in ("A1", "A3")]))
    assert said == ["", "broken_coach_has_seats"]
    with coach.acts(coach.desk):
        assert Departure.objects.get().seats == Passenger.objects.count()

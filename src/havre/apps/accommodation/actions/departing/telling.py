# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a centre is told of who comes, and what the desk hears when somebody is missing."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.urls import reverse

from havre.apps.accommodation.actions.notifying import members_of
from havre.apps.accommodation.models import ArrivalNotice, Passenger, Stop
from havre.apps.accommodation.queries.departing import alarm_after
from havre.core.access import current_actor
from havre.core.clock import now
from havre.core.notices import tell

TOLD = ("wristband", "kind", "language", "medical", "step_free", "school")
"""Of a party: what it needs. No name, no wish, no case."""


def tell_centre(stop: Stop, coming: Sequence[Passenger]) -> ArrivalNotice:
    """Tells the centre of a stop who comes and what they need, and nothing more."""
    actor = current_actor()
    notice = ArrivalNotice.objects.create(
        stop=stop,
        organisation_id=stop.organisation_id,
        desk_id=stop.desk_id,
        told_at=now(),
        member_id=actor.member_id,
        says=[_says(each) for each in coming],
    )
    people = sum(each.boarded_people for each in coming)
    link = reverse("accommodation:arrivals", args=[stop.centre_id])
    tell(members_of(stop.organisation_id), "accommodation.notice_coach", link, n=people)
    return notice


def tell_desk(stop: Stop, missing: Sequence[Passenger]) -> None:
    """Tells the desk that some left and did not arrive."""
    _tell_missing(stop.desk_id, stop.departure_id, sum(each.boarded_people for each in missing))


def tell_overdue() -> int:
    """Tells each desk, once a stop, that too much time has passed since people should have arrived; how many stops.

    For Havre itself, by the clock: PostgreSQL answers nobody else.
    """
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accommodation_overdue(%s, %s)", [moment - alarm_after(), moment])
        late = cursor.fetchall()
    for departure, desk, people in late:
        _tell_missing(desk, departure, int(people))
    return len(late)


def _tell_missing(desk: UUID, departure: UUID, people: int) -> None:
    link = reverse("accommodation:departure", args=[departure])
    tell(members_of(desk), "accommodation.notice_missing", link, n=people)


def _says(passenger: Passenger) -> dict[str, object]:
    party = passenger.party
    return {**{name: getattr(party, name) for name in TOLD}, "people": passenger.boarded_people}

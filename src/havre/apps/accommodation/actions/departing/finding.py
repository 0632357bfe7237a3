# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action on coaches needs before it changes something."""

from uuid import UUID

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.models import Departure, Party, PartyMember, Passenger, Stop
from havre.apps.accommodation.queries.departing import seats
from havre.apps.accommodation.queries.departing.seats import STANDS
from havre.core.access import current_actor


def held_departure(departure_id: UUID) -> Departure:
    """A coach of the own desk, held; Refused."""
    found = Departure.objects.select_for_update().filter(pk=departure_id).first()
    if found is None:
        raise Refused("no_such_coach", status=404)
    return found


def standing_departure(departure_id: UUID) -> Departure:
    """The same, of one that has not left; Refused."""
    found = held_departure(departure_id)
    if found.state not in STANDS:
        raise Refused("coach_has_left", status=409)
    return found


def held_stop(stop_id: UUID) -> Stop:
    """A stop of the own desk, or at a centre of the own organisation, held; Refused."""
    rows = Stop.objects.select_related("centre", "departure").select_for_update(of=("self",))
    found = rows.filter(pk=stop_id).first()
    if found is None:
        raise Refused("no_such_stop", status=404)
    return found


def held_seat(passenger_id: UUID) -> Passenger:
    """A seat that is still somebody's, held; Refused."""
    found = seats().select_for_update(of=("self",)).filter(pk=passenger_id).first()
    if found is None:
        raise Refused("no_such_seat", status=404)
    return found


def worn_by(wristband: str) -> Party:
    """The party of the own desk that wears this wristband, or somebody of it; Refused."""
    said = wristband.strip()
    own = Party.objects.filter(organisation=current_actor().organisation_id)
    found = own.filter(wristband=said).first()
    if found is None:
        one = PartyMember.objects.filter(party__in=own, wristband=said, left_on=None).exclude(wristband="")
        found = next((each.party for each in one.select_related("party")), None)
    if found is None:
        raise Refused("no_such_party", field="wristband", status=404)
    return found

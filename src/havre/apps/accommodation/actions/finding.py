# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action needs before it changes something."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.models import Block, Centre, Party, Place, Stay
from havre.apps.accommodation.queries.ages import wrong_age
from havre.apps.accommodation.queries.departing import is_closed, on_board

Kept = TypeVar("Kept", bound=Model)
MOST_WORDS = 4000


def held_centre(centre_id: UUID) -> Centre:
    """A centre of the own organisation or desk, held; Refused."""
    return _held(Centre.objects.all(), centre_id, "no_such_centre")


def held_place(place_id: UUID) -> Place:
    """A place with its centre, held; Refused."""
    return _held(Place.objects.select_related("centre"), place_id, "no_such_place")


def held_block(block_id: UUID) -> Block:
    """A block with its place; Refused."""
    return _held(Block.objects.select_related("place"), block_id, "no_such_block")


def held_stay(stay_id: UUID) -> Stay:
    """A stay that has not ended, with party and place, held; Refused."""
    stay = _held(Stay.objects.select_related("party", "place__centre"), stay_id, "no_such_stay")
    if stay.ends is not None:
        raise Refused("stay_has_ended", status=409)
    return stay


def held_party(party_id: UUID) -> Party:
    """A party of the own desk, held; Refused."""
    return _held(Party.objects.all(), party_id, "no_such_party")


def readable_party(party_id: UUID) -> Party:
    """A party that may be read, of the own desk or expected; Refused."""
    found = Party.objects.filter(pk=party_id).first()
    if found is None:
        raise Refused("no_such_party", status=404)
    return found


def needs_right_age(party: Party) -> None:
    """Refused for who is not what they were taken for: what they are is said first."""
    if wrong_age(party):
        raise Refused("age_first", status=409)


def needs_presence(party: Party) -> None:
    """Refused for who has left, lives somewhere, or sits in a coach."""
    if party.ended_on is not None:
        raise Refused("party_has_left", status=409)
    if party.stays.filter(ends=None).exists():
        raise Refused("transfer_instead", status=409)
    not_riding(party)


def not_riding(party: Party) -> None:
    """Refused for who sits in a coach, unless its stop takes nobody in any more."""
    seat = on_board().filter(party=party).first()
    if seat is not None and not is_closed(seat.stop):
        raise Refused("sits_in_a_coach", status=409)


def _held(rows: "QuerySet[Kept]", key: UUID, lack: str) -> "Kept":
    found = rows.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise Refused(lack, status=404)
    return found


def needed(**said: str) -> None:
    """Looks at words that have to be there, each under the name of its field; Refused."""
    for field, text in said.items():
        if not text.strip():
            raise Refused("words_needed", field=field)
    short_enough(**said)


def short_enough(**said: str) -> None:
    """Looks at words that may be empty; Refused."""
    for field, text in said.items():
        if len(text) > MOST_WORDS:
            raise Refused("words_too_long", field=field, most=MOST_WORDS)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches: filled, boarded, sent off, received; who left and did not arrive is missing until somebody says more."""

from havre.apps.accommodation.actions.departing.arriving import (
    confirm_arrival,
    everybody_in,
    explain,
    see_notice,
    stop_reached,
)
from havre.apps.accommodation.actions.departing.behind import explain_behind, ride_later, stay_behind
from havre.apps.accommodation.actions.departing.boarding import board, depart, get_off, no_show
from havre.apps.accommodation.actions.departing.by_hand import (
    DepartureSaid,
    add_stop,
    cancel_departure,
    make_departure,
    put_on,
)
from havre.apps.accommodation.actions.departing.filling import ask_departures, do_departures
from havre.apps.accommodation.actions.departing.telling import tell_overdue

__all__ = [
    "DepartureSaid",
    "add_stop",
    "ask_departures",
    "board",
    "cancel_departure",
    "confirm_arrival",
    "depart",
    "do_departures",
    "everybody_in",
    "explain",
    "explain_behind",
    "get_off",
    "make_departure",
    "no_show",
    "put_on",
    "ride_later",
    "see_notice",
    "stay_behind",
    "stop_reached",
    "tell_overdue",
]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of coaches, of who is on them and of who is missing."""

from havre.apps.accommodation.queries.departing.filling import Travelling, travelling
from havre.apps.accommodation.queries.departing.seats import (
    alarm_after,
    is_closed,
    is_stranded,
    left_behind,
    left_behind_of,
    missing,
    on_board,
    seats,
    stops,
    with_children,
)

__all__ = [
    "Travelling",
    "alarm_after",
    "is_closed",
    "is_stranded",
    "left_behind",
    "left_behind_of",
    "missing",
    "on_board",
    "seats",
    "stops",
    "travelling",
    "with_children",
]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of accommodation. The row policies have decided already which rows there are."""

from havre.apps.accommodation.queries.centres import Centres, Places, centres, places, pledges
from havre.apps.accommodation.queries.parties import Parties, parties, promises, stays
from havre.apps.accommodation.queries.units import Filled, filled_places, free_numbers, free_units

__all__ = [
    "Centres",
    "Filled",
    "Parties",
    "Places",
    "centres",
    "filled_places",
    "free_numbers",
    "free_units",
    "parties",
    "places",
    "pledges",
    "promises",
    "stays",
]

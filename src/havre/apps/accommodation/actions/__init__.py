# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something in accommodation.

Who acts is whoever acts (``havre.core.access.acting_as``). Each action checks the right, changes, and leaves the audit
to the triggers. Refused where it refuses, with nothing changed.
"""

from havre.apps.accommodation.actions.centres import (
    CentreSaid,
    PlaceSaid,
    add_place,
    change_centre,
    change_place,
    close_centre,
    open_centre,
    take_in,
)
from havre.apps.accommodation.actions.keeping import (
    InspectionSaid,
    PledgeSaid,
    block_units,
    confirm_pledge,
    inspect,
    lift_block,
    record_pledge,
)
from havre.apps.accommodation.actions.parties import (
    MemberSaid,
    PartySaid,
    WishSaid,
    change_party,
    end_party,
    register_party,
)
from havre.apps.accommodation.actions.refusing import NoRoom, Refused
from havre.apps.accommodation.actions.staying import (
    check_in,
    check_out,
    come_back,
    confirm_stay,
    go_away,
    transfer,
)

__all__ = [
    "CentreSaid",
    "InspectionSaid",
    "MemberSaid",
    "NoRoom",
    "PartySaid",
    "PlaceSaid",
    "PledgeSaid",
    "Refused",
    "WishSaid",
    "add_place",
    "block_units",
    "change_centre",
    "change_party",
    "change_place",
    "check_in",
    "check_out",
    "close_centre",
    "come_back",
    "confirm_pledge",
    "confirm_stay",
    "end_party",
    "go_away",
    "inspect",
    "lift_block",
    "open_centre",
    "record_pledge",
    "register_party",
    "take_in",
    "transfer",
]

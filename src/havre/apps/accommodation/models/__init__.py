# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of accommodation. What each may hold is said here and in the triggers; who reads it, in the policies."""

from havre.apps.accommodation.models.centres import (
    Block,
    Centre,
    Inspection,
    Intake,
    Place,
    Pledge,
    PledgeConfirmation,
)
from havre.apps.accommodation.models.departures import ArrivalNotice, Departure, Dispatch, Passenger, Stop
from havre.apps.accommodation.models.desk import Offer, QueueEntry
from havre.apps.accommodation.models.parties import (
    KindChange,
    Lock,
    Party,
    PartyMember,
    PartyWish,
    Separation,
)
from havre.apps.accommodation.models.plans import (
    Acceptance,
    Assignment,
    Override,
    Plan,
    PlanBest,
    PlanInput,
    PlanNote,
)
from havre.apps.accommodation.models.sheets import Sheet
from havre.apps.accommodation.models.stays import Absence, Promise, Stay, UnitUse

__all__ = [
    "Absence",
    "Acceptance",
    "ArrivalNotice",
    "Assignment",
    "Block",
    "Centre",
    "Departure",
    "Dispatch",
    "Inspection",
    "Intake",
    "KindChange",
    "Lock",
    "Offer",
    "Override",
    "Party",
    "PartyMember",
    "PartyWish",
    "Passenger",
    "Place",
    "Plan",
    "PlanBest",
    "PlanInput",
    "PlanNote",
    "Pledge",
    "PledgeConfirmation",
    "Promise",
    "QueueEntry",
    "Separation",
    "Sheet",
    "Stay",
    "Stop",
    "UnitUse",
]

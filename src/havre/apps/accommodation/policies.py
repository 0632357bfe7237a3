# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what with accommodation. Which rows a right reaches is for the row policies to say."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import ORGANISATION_ROLES, Role

_PLACING = frozenset({Role.CASEWORKER, Role.SUPERVISOR})

READ_CENTRES = Right("accommodation.read", ORGANISATION_ROLES, Purpose.CARE)
"""Registrars, caseworkers and supervisors: the centres that their organisation runs or places people in."""
RUN_CENTRES = Right("accommodation.centres", _PLACING, Purpose.CARE)
"""To open, change and close a centre, add places, confirm what was pledged, block units, inspect, import lists."""
REGISTER_PARTY = Right("accommodation.parties", ORGANISATION_ROLES, Purpose.CARE)
"""To make a party, and to change it: the organisation of the desk."""
CHECK_IN = Right("accommodation.stays", ORGANISATION_ROLES, Purpose.CARE)
"""To check in and out, to note an absence, to transfer: who runs the centre, or its desk."""
READ_PLANS = Right("accommodation.read_plans", ORGANISATION_ROLES, Purpose.CARE)
"""Registrars, caseworkers and supervisors of the desk's organisation."""
PLAN = Right("accommodation.plan", _PLACING, Purpose.CARE)
"""To ask for a plan, to end its search, to lay down a place by hand, to write notes."""
ACCEPT_PLAN = Right("accommodation.accept_plan", _PLACING, Purpose.CARE)
"""To accept what a plan proposes; of minors two members do."""
DISPATCH = Right("accommodation.dispatch", _PLACING, Purpose.CARE)
"""To have coaches filled, to make, change and cancel one, to put a party on another: the desk."""
READ_DEPARTURES = Right("accommodation.departures", ORGANISATION_ROLES, Purpose.CARE)
"""Registrars, caseworkers and supervisors: the coaches of their desk, and those that stop at a centre of theirs."""
BOARD = Right("accommodation.board", ORGANISATION_ROLES, Purpose.CARE)
"""To write down at the coach who is on it, and that it has left: the desk's organisation."""
CONFIRM_ARRIVAL = Right("accommodation.arrivals", ORGANISATION_ROLES, Purpose.CARE)
"""To write down who has arrived, that a coach was there, and what became of who is missing: the centre, or the desk."""
OFFER = Right("accommodation.desk", ORGANISATION_ROLES, Purpose.CARE)
"""To offer two regions at the desk, to record what a party says, to keep the queue; of minors two members do."""
EXPORT = Right("accommodation.export", _PLACING, Purpose.CARE)
"""To take centres and parties out of the house, as spreadsheets, on paper, on a map; put on record."""

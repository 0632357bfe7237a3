# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something about plans. A program decides nothing: what it proposes, members accept."""

from havre.apps.accommodation.actions.plans.accepting import AcceptedNow, accept_plan, accept_soon
from havre.apps.accommodation.actions.plans.asking import LONGEST, SHORTEST, PlanSaid, ask_plan, stop_plan
from havre.apps.accommodation.actions.plans.computing import PlanBroken, do_plan
from havre.apps.accommodation.actions.plans.errors import BadInput, PlanRefused
from havre.apps.accommodation.actions.plans.overriding import lift_lock, never_there, note, override

__all__ = [
    "LONGEST",
    "SHORTEST",
    "AcceptedNow",
    "BadInput",
    "PlanBroken",
    "PlanRefused",
    "PlanSaid",
    "accept_plan",
    "accept_soon",
    "ask_plan",
    "do_plan",
    "lift_lock",
    "never_there",
    "note",
    "override",
    "stop_plan",
]

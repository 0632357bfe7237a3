# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something in cases.

Who acts is whoever acts (``havre.core.access.acting_as``). Each action checks the right, changes, leaves the audit to
the triggers, and tells whom it concerns. CaseRefused where it refuses, with nothing changed.
"""

from havre.apps.cases.actions.deciding import (
    DecisionSaid,
    Missing,
    Seen,
    Tested,
    agree,
    draft_decision,
    set_aside,
)
from havre.apps.cases.actions.errors import AlreadyOpen, CaseRefused, NoSuchCase, NotNow, NotWhole
from havre.apps.cases.actions.opening import open_case
from havre.apps.cases.actions.recording import record_event, say_fact
from havre.apps.cases.actions.telling import tell_child

__all__ = [
    "AlreadyOpen",
    "CaseRefused",
    "DecisionSaid",
    "Missing",
    "NoSuchCase",
    "NotNow",
    "NotWhole",
    "Seen",
    "Tested",
    "agree",
    "draft_decision",
    "open_case",
    "record_event",
    "say_fact",
    "set_aside",
    "tell_child",
]

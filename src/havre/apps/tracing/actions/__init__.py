# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something in tracing.

Who acts is whoever acts (``havre.core.access.acting_as``). Each action checks the right, changes, leaves the audit to
the triggers, and tells whom it concerns. TracingRefused where it refuses, with nothing changed.
"""

from havre.apps.tracing.actions.deciding import decide, possible_acts
from havre.apps.tracing.actions.errors import (
    DayNeeded,
    NeedsOtherShore,
    NeedsSameMember,
    NoSuchPair,
    NotPossible,
    Outdated,
    ReasonNeeded,
    TracingRefused,
)
from havre.apps.tracing.actions.exporting import reunification_pdf, reunification_workbook
from havre.apps.tracing.actions.runs import ask_for_run, do_run

__all__ = [
    "DayNeeded",
    "NeedsOtherShore",
    "NeedsSameMember",
    "NoSuchPair",
    "NotPossible",
    "Outdated",
    "ReasonNeeded",
    "TracingRefused",
    "ask_for_run",
    "decide",
    "do_run",
    "possible_acts",
    "reunification_pdf",
    "reunification_workbook",
]

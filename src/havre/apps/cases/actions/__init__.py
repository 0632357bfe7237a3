# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something in cases.

Who acts is whoever acts (``havre.core.access.acting_as``). Each action checks the right, changes, leaves the audit to
the triggers, and tells whom it concerns. CaseRefused where it refuses, with nothing changed.
"""

from havre.apps.cases.actions.answering import record_outside_answer
from havre.apps.cases.actions.caring import (
    AssessmentSaid,
    DeterminationSaid,
    Option,
    Present,
    assess_interests,
    determine_interests,
    name_representative,
    say_spoken,
)
from havre.apps.cases.actions.closing import close_case, reopen_case
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
from havre.apps.cases.actions.grouping import join_siblings, part_sibling
from havre.apps.cases.actions.opening import address_case, join_pair, open_case, open_case_of_link
from havre.apps.cases.actions.publishing import overdue_json, overdue_workbook
from havre.apps.cases.actions.recording import record_event, say_fact
from havre.apps.cases.actions.sheets import accept_sheet, read_sheet, reading_of, start_sheet, write_sheet
from havre.apps.cases.actions.telling import tell_child
from havre.apps.cases.actions.travelling import follow_up, plan_transfer, say_plan_step

__all__ = [
    "AlreadyOpen",
    "AssessmentSaid",
    "CaseRefused",
    "DecisionSaid",
    "DeterminationSaid",
    "Missing",
    "NoSuchCase",
    "NotNow",
    "NotWhole",
    "Option",
    "Present",
    "Seen",
    "Tested",
    "accept_sheet",
    "address_case",
    "agree",
    "assess_interests",
    "close_case",
    "determine_interests",
    "draft_decision",
    "follow_up",
    "join_pair",
    "join_siblings",
    "name_representative",
    "open_case",
    "open_case_of_link",
    "overdue_json",
    "overdue_workbook",
    "part_sibling",
    "plan_transfer",
    "read_sheet",
    "reading_of",
    "record_event",
    "record_outside_answer",
    "reopen_case",
    "say_fact",
    "say_plan_step",
    "say_spoken",
    "set_aside",
    "start_sheet",
    "tell_child",
    "write_sheet",
]

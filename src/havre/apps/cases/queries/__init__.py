# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of cases. The row policies have decided already which rows there are."""

from havre.apps.cases.queries.board import Brief, briefs_of
from havre.apps.cases.queries.cases import Cases, Decisions, cases, decisions
from havre.apps.cases.queries.facts import Gathered, Whence, gather, read_value, sayable
from havre.apps.cases.queries.law import RULES, EventRule, answering, criteria, event_rules, routes
from havre.apps.cases.queries.standing import (
    NotTold,
    Standing,
    event_said,
    standing_of,
    state_of,
    waits_for,
)
from havre.apps.cases.queries.views import (
    CaseLine,
    CaseView,
    DecisionView,
    Tested,
    case_view,
    decision_view,
    lines_of_cases,
)

__all__ = [
    "RULES",
    "Brief",
    "CaseLine",
    "CaseView",
    "Cases",
    "DecisionView",
    "Decisions",
    "EventRule",
    "Gathered",
    "NotTold",
    "Standing",
    "Tested",
    "Whence",
    "answering",
    "briefs_of",
    "case_view",
    "cases",
    "criteria",
    "decision_view",
    "decisions",
    "event_rules",
    "event_said",
    "gather",
    "lines_of_cases",
    "read_value",
    "routes",
    "sayable",
    "standing_of",
    "state_of",
    "waits_for",
]

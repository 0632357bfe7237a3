# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The deadlines of cases in a member's calendar: who must act, by which article, in which case; nothing of a child."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.queries import cite_said, due_on, reckon, what_said, who_said
from havre.apps.cases.web.words import WORDS
from havre.core.access import current_actor, may
from havre.core.clock import today
from havre.core.notices.calendar import Entry
from havre.core.ui.context import url
from havre.words import Language

BACK = timedelta(days=90)
"""What is overdue for longer is on the boards, and helps nobody in a calendar."""
MOST = 1_000


def deadlines(language: Language) -> Iterator[Entry]:
    """What is due in the cases that the acting member may read, the nearest first; promises too, marked so."""
    if not may(current_actor(), READ_CASES):
        return
    reckon()
    day = today()
    found = due_on(day).filter(due__gte=day - BACK).order_by("due", "case", "rule")
    for case_id, rule, who, due, binding in found.values_list("case", "rule", "who", "due", "binding")[:MOST]:
        title = WORDS.say(language, "entry_title", who=who_said(who, language), case=short(case_id))
        parts = [what_said(rule, language), cite_said(rule, language)]
        parts += [] if binding else [WORDS.say(language, "promise")]
        yield Entry(
            key=f"{case_id}-{rule}-{due.isoformat()}",
            day=due,
            title=title,
            text=" · ".join(parts),
            address=url("cases:case", case_id),
        )


def short(case_id: UUID) -> str:
    """As much of an id as tells two cases of an organisation apart; ids differ at their end."""
    return case_id.hex[-8:]

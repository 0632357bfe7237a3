# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: what is due in cases, and whom nobody has told."""

from collections.abc import Iterable

from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import briefs_of, cases, decisions
from havre.apps.cases.web.words import WORDS
from havre.core.access import current_actor, may
from havre.core.clock import today
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.words import Language

FIRST = 10
"""Before pairs that wait: a deadline that passes cannot be made good."""


def waiting(language: Language) -> Iterable[Tile]:
    """Counts of cases with something overdue or due soon, of children not told, of drafts; nothing for others."""
    if not may(current_actor(), RECORD):
        return []
    board = briefs_of(cases(), today())
    counts = {
        "not_told": sum(each.not_told for each in board),
        "overdue": sum(each.overdue for each in board),
        "soon": sum(each.due_soon(today()) for each in board),
        "drafts": decisions().waiting_for_me().count(),
    }
    tones = {"not_told": "bad", "overdue": "bad"}
    return [
        Tile(
            n,
            WORDS.say(language, f"waits_{key}", n=n),
            url("cases:cases"),
            tones.get(key, "attention"),
            FIRST,
        )
        for key, n in counts.items()
        if n
    ]

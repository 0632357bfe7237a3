# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: what is due in cases, and whom nobody has told."""

from collections.abc import Iterable

from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import When, counts_on, stock
from havre.apps.cases.queries.reckoning import BOTH
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
    there = stock()  # first: it sees to what has to be computed
    counts = counts_on(today())
    tiles = [
        ("not_told", counts.not_told, "bad", url("cases:cases", query={"who": BOTH})),
        ("overdue", counts.overdue, "bad", url("cases:cases", query={"when": When.OVERDUE})),
        ("soon", counts.soon, "attention", url("cases:cases", query={"when": When.SOON})),
        ("drafts", there.drafts, "attention", url("cases:cases")),
    ]
    return [
        Tile(n, WORDS.say(language, f"waits_{key}", n=n), address, tone, FIRST)
        for key, n, tone, address in tiles
        if n
    ]

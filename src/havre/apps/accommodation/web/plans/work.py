# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: children whose places a second member has to accept."""

from collections.abc import Iterable

from havre.apps.accommodation.policies import ACCEPT_PLAN
from havre.apps.accommodation.queries.plans import waits_for_second
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.access import current_actor, may
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.words import Language

ORDER = 20


def waiting(language: Language) -> Iterable[Tile]:
    """Parties of minors that a colleague accepted, of the newest plan in which some wait; nothing for others."""
    if not may(current_actor(), ACCEPT_PLAN):
        return []
    found = waits_for_second()
    if found is None:
        return []
    plan, n = found
    text = WORDS.say(language, "waits_second", n=n)
    return [Tile(n, text, url("accommodation:plan", plan), "attention", ORDER)]

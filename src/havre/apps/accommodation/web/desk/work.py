# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: who waits at the desk, and choices of minors that need a colleague."""

from collections.abc import Iterable

from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries.desk import counted_at_desk
from havre.apps.accommodation.web.desk.words import WORDS
from havre.core.access import current_actor, may
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.words import Language

ORDER = 21


def waiting(language: Language) -> Iterable[Tile]:
    """Parties in the queue, and those of minors that a second member has to say yes to; nothing for others."""
    if not may(current_actor(), OFFER):
        return []
    queued, second = counted_at_desk()
    counts = (("waits_at_desk", queued), ("waits_yes", second))
    address = url("accommodation:desk")
    return [Tile(n, WORDS.say(language, key, n=n), address, "attention", ORDER) for key, n in counts if n]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: who left and did not arrive."""

from collections.abc import Iterable

from django.db.models import Sum

from havre.apps.accommodation.policies import READ_DEPARTURES
from havre.apps.accommodation.queries.departing import missing
from havre.apps.accommodation.web.departing.words import WORDS
from havre.core.access import current_actor, may
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.words import Language

ORDER = 1
"""Before everything else."""


def waiting(language: Language) -> Iterable[Tile]:
    """People who are missing, for the desk and for the centre that they should have come to; nothing for others."""
    if not may(current_actor(), READ_DEPARTURES):
        return []
    n = missing().order_by().aggregate(n=Sum("boarded_people"))["n"]
    if not n:
        return []
    return [Tile(n, WORDS.say(language, "tile_missing", n=n), url("accommodation:departures"), "bad", ORDER)]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page."""

from collections.abc import Iterable, Iterator

from havre.apps.tracing.enums import PairState
from havre.apps.tracing.policies import DECIDE
from havre.apps.tracing.queries import MyWork, my_work
from havre.apps.tracing.web.lists import Tab
from havre.apps.tracing.web.words import WORDS
from havre.core.access import current_actor, may
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.engines.linkage import Band
from havre.words import Language

FIRST = 20
"""Before what waits in the registry: a family that waits comes first."""


def waiting(language: Language) -> Iterable[Tile]:
    """Pairs that wait for those who decide, as far as there are any; nothing for others."""
    if not may(current_actor(), DECIDE):
        return []
    tiles = (_tile(*each, language, FIRST + order) for order, each in enumerate(_counts(my_work())))
    return [tile for tile in tiles if tile.count]


def _counts(work: MyWork) -> Iterator[tuple[str, int, str, str]]:
    """Key of the sentence, count, tone, address: the most pressing first."""
    yield "to_verify", work.to_verify, "attention", url("tracing:pairs", query={"tab": Tab.VERIFY})
    yield "asked_of_us", work.asked_of_us, "attention", url("tracing:pairs", query={"tab": Tab.ASKED})
    for band, n in ((Band.STRONG, work.strong), (Band.LIKELY, work.likely)):
        yield band.value, n, "good", url("tracing:pairs", query={"tab": Tab.DECIDE, "band": band})
    came_back = url("tracing:pairs", query={"tab": Tab.DECIDE, "came_back": "on"})
    yield "came_back", work.came_back, "attention", came_back
    yield "to_reunite", work.to_reunite, "good", url("tracing:found", query={"state": PairState.VERIFIED})


def _tile(key: str, n: int, tone: str, address: str, language: Language, order: int) -> Tile:
    return Tile(n, WORDS.say(language, f"waits_{key}", n=n), address, tone, order)

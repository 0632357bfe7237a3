# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member on the first page: who is missing or left behind, who waits, what a second one looks at."""

from collections.abc import Iterable

from havre.apps.accommodation.enums import SheetKind
from havre.apps.accommodation.policies import (
    ACCEPT_PLAN,
    OFFER,
    READ_DEPARTURES,
    REGISTER_PARTY,
    RUN_CENTRES,
)
from havre.apps.accommodation.queries.waiting import Waiting, what_waits
from havre.apps.accommodation.web.departing.words import WORDS as COACHES
from havre.apps.accommodation.web.desk.words import WORDS as DESK
from havre.apps.accommodation.web.plans.words import WORDS as PLANS
from havre.apps.accommodation.web.words import WORDS as CENTRES
from havre.core.access import Actor, current_actor, may
from havre.core.ui.context import url
from havre.core.ui.work import Tile
from havre.words import Language

FIRST, PLAN, AT_DESK, SHEET = 1, 20, 21, 30
"""Who is missing stands before everything else."""
SHEETS = (
    (SheetKind.CENTRES, RUN_CENTRES, "centre_lists"),
    (SheetKind.PARTIES, REGISTER_PARTY, "party_lists"),
)


def waiting(language: Language) -> Iterable[Tile]:
    """Of each count that is not nought a tile, for whoever may do something about it."""
    actor = current_actor()
    if not may(actor, READ_DEPARTURES):
        return
    found = what_waits()
    yield from _alarms(found, actor, language)
    if found.plan and may(actor, ACCEPT_PLAN):
        text = PLANS.say(language, "waits_second", n=found.of_plan)
        yield Tile(found.of_plan, text, url("accommodation:plan", found.plan), "attention", PLAN)
    if may(actor, OFFER):
        for key, n in (("waits_at_desk", found.queued), ("waits_yes", found.choices)):
            if n:
                yield Tile(n, DESK.say(language, key, n=n), url("accommodation:desk"), "attention", AT_DESK)
    for kind, right, place in SHEETS:
        if (n := found.sheets[kind]) and may(actor, right):
            text = CENTRES.say(language, f"waits_{kind}", n=n)
            yield Tile(n, text, url(f"accommodation:{place}"), "attention", SHEET)


def _alarms(found: Waiting, actor: Actor, language: Language) -> Iterable[Tile]:
    """What cannot wait."""
    if n := found.missing:
        text = COACHES.say(language, "tile_missing", n=n)
        yield Tile(n, text, url("accommodation:departures"), "bad", FIRST)
    if n := found.behind:
        text = COACHES.say(language, "tile_behind_child" if found.children else "tile_behind", n=n)
        yield Tile(n, text, url("accommodation:departures"), "bad", FIRST)
    if (n := found.wrong_ages) and may(actor, REGISTER_PARTY):
        there = url("accommodation:parties", query={"tab": "wrong_age"})
        yield Tile(n, CENTRES.say(language, "tile_wrong_age", n=n), there, "bad", FIRST)

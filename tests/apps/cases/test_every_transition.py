# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every event in every state: who may record it, by an action and by a raw statement; what it changes; which clocks.

The table says what people agreed on. It is compared with what happens, not with ``events.toml``: a change of that file,
of a rule of the law or of an action fails here until somebody changes the table as well.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from apps.cases.journey import ROUTE, STATED, TODAY, Journey, held_at_the_end, whole
from apps.tracing.shores import acts, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.enums import Answer, AnswerSource, CaseState, ClosingReason
from havre.apps.cases.models import Event
from havre.apps.cases.queries import event_rules
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.models import Member

BOTH, ASKS, IS_ASKED = {"asks", "is asked"}, {"asks"}, {"is asked"}
OPEN = set(CaseState) - {CaseState.CLOSED}
UNANSWERED = {"asked", "received", "refused_outside"}
UNREFUSED = {"opened", "asked", "received", "refused_outside"}
ANSWERABLE = {*UNREFUSED, "refused", "reexamined", "refused_again"}
AWAY = {"accepted", "accepted_outside", "planned"}


@dataclass(frozen=True)
class Row:
    """What is agreed on an event."""

    by: set[str]
    within: set[Any]
    becomes: str
    """The state after it; empty where it stays."""
    seen_in: str
    """The state in which its clocks are looked at."""
    starts: str
    """Clocks that nobody had before."""
    ends: str
    """Clocks that nobody waits for any more."""


TABLE = {
    "lodged": Row(BOTH, OPEN, "", "opened", "request", ""),
    "hit": Row(BOTH, OPEN, "", "opened", "request", ""),
    "information_asked": Row(BOTH, OPEN, "", "received", "family-information", ""),
    "information_given": Row(BOTH, OPEN, "", "received", "", "family-information"),
    "sent": Row(BOTH, {"opened", "refused", "refused_again", "refused_outside"}, "asked", "opened", "", ""),
    "received": Row(BOTH, {"asked"}, "received", "asked", "promised-reply reply", ""),
    "urgent": Row(BOTH, {"asked", "received"}, "", "received", "urgent-reply", "reply"),
    "accepted": Row(
        IS_ASKED, {*UNANSWERED, "reexamined"}, "accepted", "received", "transfer", "promised-reply reply"
    ),
    "refused": Row(IS_ASKED, UNANSWERED, "refused", "received", "ask-again review", "promised-reply reply"),
    "reexamination_asked": Row(
        BOTH, {"refused", "refused_outside"}, "reexamined", "refused", "reexamine", "ask-again"
    ),
    "reexamination_refused": Row(IS_ASKED, {"reexamined"}, "refused_again", "reexamined", "", "reexamine"),
    "accepted_outside": Row(
        ASKS, ANSWERABLE, "accepted_outside", "received", "transfer", "promised-reply reply"
    ),
    "accepted_undated": Row(ASKS, ANSWERABLE, "accepted_outside", "received", "", "promised-reply reply"),
    "refused_outside": Row(
        ASKS, UNREFUSED, "refused_outside", "received", "ask-again review", "promised-reply reply"
    ),
    "refused_undated": Row(ASKS, UNREFUSED, "refused_outside", "received", "", "promised-reply reply"),
    "refused_again_outside": Row(ASKS, {"reexamined"}, "refused_outside", "reexamined", "", "reexamine"),
    "refused_again_undated": Row(ASKS, {"reexamined"}, "refused_outside", "reexamined", "", "reexamine"),
    "appeal": Row(BOTH, AWAY, "appealed", "accepted", "", "transfer"),
    "appeal_decided": Row(BOTH, {"appealed"}, "accepted", "appealed", "transfer", ""),
    "review_claimed": Row(BOTH, {"refused", "refused_again", "refused_outside"}, "", "refused", "", "review"),
    "imprisoned": Row(BOTH, {*AWAY, "appealed"}, "", "accepted", "tell-of-extension", ""),
    "absconded": Row(BOTH, {*AWAY, "appealed"}, "", "accepted", "tell-of-extension", ""),
    "extension_told": Row(BOTH, {*AWAY, "appealed"}, "", "accepted", "", "tell-of-extension"),
    "planned": Row(BOTH, AWAY, "planned", "accepted", "", ""),
    "transferred": Row(BOTH, AWAY, "transferred", "accepted", "", "transfer"),
    "followed_up": Row(BOTH, {"transferred"}, "", "transferred", "", ""),
    "taken_in": Row(BOTH, OPEN, "", "received", "evaluation", ""),
    "evaluated": Row(BOTH, OPEN, "", "received", "", "evaluation"),
    "closed": Row(ASKS, OPEN, "closed", "received", "", "promised-reply reply"),
    "reopened": Row(ASKS, {"closed"}, "received", "closed", "promised-reply reply", ""),
}
"""Kind to what is agreed; ``test_claimed`` has the two that tell of a case without a pair."""


class Way:
    """A case, and how each event happens to it."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self.case = journey.opened()
        # Whoever is made within an act of which nothing stays would be gone with it.
        self.colleague, self.stranger, self.auditor = (
            journey.colleague,
            journey.stranger,
            journey.cast.auditor,
        )

    def to(self, state: str) -> "Way":
        """Leads the case there, the shortest way."""
        before, last = PATHS[state]
        if before:
            self.to(before)
            last(self)
        return self

    def happens(self, kind: str, by: Member | None = None) -> Event:
        """The event, by the action that records it; CaseRefused, NotAllowed."""
        rule = event_rules()[kind]
        if rule.answers:
            return self.decided(rule.answers, by or self.journey.harbour)
        with acts(by or self.journey.dunes):
            return self.acted(kind)

    def acted(self, kind: str) -> Event:
        rule, key = event_rules()[kind], self.case.pk
        if rule.outside:
            day = None if rule.ends else TODAY
            source = {"source": AnswerSource.IMPORT, "source_said": "a letter", "words": "no"}
            return actions.record_outside_answer(key, rule.outside, answered_on=day, **source).event
        if kind == "planned":
            return actions.plan_transfer(key, TODAY).event
        if kind == "followed_up":
            return actions.follow_up(key, TODAY, seen_by="Amina", well=True, words="He is well.").event
        if kind == "closed":
            return actions.close_case(key, ClosingReason.DIED, words="Nobody could be told.").event
        if kind == "reopened":
            return actions.reopen_case(key, words="It was somebody else.").event
        return actions.record_event(key, kind, TODAY, route=ROUTE if rule.route else "")

    def decided(self, answer: Answer, by: Member) -> Event:
        with acts(by):
            draft = actions.draft_decision(self.case.pk, whole(answer))
        with acts(self.colleague):
            return actions.agree(draft.pk).event

    def stated(self, kind: str, by: Member, purpose: Purpose = Purpose.TRACING) -> None:
        """The event, by a statement and nothing more; Error."""
        route = ROUTE if event_rules()[kind].route else ""
        shore = by.organisation.shore
        with acts(by, purpose):
            raw(STATED, [self.case.pk, by.pk, by.organisation_id, shore, kind, TODAY, route])
            held_at_the_end()

    def state(self) -> str:
        return str(self.journey.standing(self.case).state)

    def clocks(self) -> dict[str, bool]:
        """Each clock, and whether somebody has still to act."""
        standing = self.journey.standing(self.case)
        return {each.rule.key: each in standing.due for each in standing.clocks}


def by_event(kind: str) -> Callable[[Way], Any]:
    return lambda way: way.happens(kind)


PATHS: dict[str, tuple[str, Callable[[Way], Any]]] = {
    "opened": ("", by_event("")),
    "asked": ("opened", by_event("sent")),
    "received": ("asked", by_event("received")),
    "refused": ("received", by_event("refused")),
    "reexamined": ("refused", by_event("reexamination_asked")),
    "refused_again": ("reexamined", by_event("reexamination_refused")),
    "refused_outside": ("received", by_event("refused_outside")),
    "accepted": ("received", by_event("accepted")),
    "accepted_outside": ("received", by_event("accepted_outside")),
    "appealed": ("accepted", by_event("appeal")),
    "planned": ("accepted", by_event("planned")),
    "transferred": ("accepted", by_event("transferred")),
    "closed": ("received", by_event("closed")),
}

SPOKEN_OF_ALREADY = {"addressed", "pair_joined"}
AFTER = {
    "information_given": "information_asked",
    "evaluated": "taken_in",
    "extension_told": "imprisoned",
}
"""What happens before, so that it may happen, or so that it ends something."""
REFUSALS = (CaseRefused, NotAllowed, Error)


def tried(act: Callable[[], Any]) -> Any:
    """What an act gives, of which nothing stays; None where it is refused."""
    try:
        with transaction.atomic():
            given = act()
            transaction.set_rollback(True)
    except REFUSALS:
        return None
    return given


@contextmanager
def after(way: Way, kind: str) -> Iterator[None]:
    """With what has to have happened before, where it may happen; nothing stays."""
    with transaction.atomic():
        if kind in AFTER:
            tried_to_stay(lambda: way.happens(AFTER[kind]))
        yield
        transaction.set_rollback(True)


def tried_to_stay(act: Callable[[], Any]) -> None:
    try:
        act()
    except CaseRefused:
        return


@pytest.fixture(params=[*PATHS])
def way(request: pytest.FixtureRequest, journey: Journey) -> Way:
    """A case in one of the states."""
    way = Way(journey).to(request.param)
    assert way.state() == request.param
    return way


def test_the_table_knows_every_event_and_the_ways_every_state() -> None:
    assert set(TABLE) | SPOKEN_OF_ALREADY == set(event_rules())
    assert set(PATHS) == set(CaseState)


def test_in_each_state_happens_what_the_table_says_by_whom_it_says_and_it_leads_where_it_says(
    way: Way,
) -> None:
    journey, here = way.journey, way.state()
    sides = {"asks": journey.dunes, "is asked": journey.harbour}

    def made(kind: str, by: Member) -> Any:
        event = way.happens(kind, by)
        return event.kind, event.organisation_id, way.state()

    for kind, row in TABLE.items():
        for side, member in sides.items():
            if side != "asks" and here not in row.within and row.by == BOTH:
                continue  # the same refusal as that of the other side
            with after(way, kind):
                found = tried(lambda: made(kind, member))  # noqa: B023
            right = side in row.by and here in row.within
            wanted = (kind, member.organisation_id, row.becomes or here) if right else None
            # A second answer of one sort is another event: what was recorded is not what was looked for.
            assert (found if found and found[0] == kind else None) == wanted, (here, kind, side, found)


def test_a_statement_makes_no_more_happen_than_an_action(way: Way) -> None:
    journey, here = way.journey, way.state()
    # Silence may have been taken for acceptance, which the database does not know.
    silent = {"accepted"} if here in ("received", "reexamined") else set()
    for kind, row in TABLE.items():
        bare = row.by == BOTH and not event_rules()[kind].made_with
        for member in (journey.dunes, journey.harbour):
            with after(way, kind):
                found = tried(lambda: way.stated(kind, member) or kind)  # noqa: B023
            wanted = kind if bare and row.within & {here, *silent} else None
            assert found == wanted, (here, kind, member.organisation.name)


def test_nobody_else_makes_anything_happen_by_an_action_or_a_statement(way: Way) -> None:
    here, auditor = way.state(), way.auditor
    for kind in (kind for kind, row in TABLE.items() if row.seen_in == here):
        with after(way, kind):
            with pytest.raises(NoSuchCase):
                way.happens(kind, way.stranger)
            with pytest.raises(NotAllowed), acts(auditor, Purpose.OVERSIGHT):
                way.acted(kind)
            for member, purpose in ((way.stranger, Purpose.TRACING), (auditor, Purpose.OVERSIGHT)):
                with pytest.raises(Error) as refused, transaction.atomic():
                    way.stated(kind, member, purpose)
                assert refused.value.__cause__.sqlstate in ("42501", "23514")  # type: ignore[union-attr]
    with acts(way.stranger):
        assert not Event.objects.exists()


def test_each_event_starts_and_ends_the_clocks_that_the_table_says(way: Way) -> None:
    here = way.state()
    for kind, row in TABLE.items():
        if row.seen_in != here:
            continue
        with after(way, kind):
            before = way.clocks()
            way.happens(kind)
            found = way.clocks()
        started = sorted(key for key, open_ in found.items() if open_ and not before.get(key))
        ended = sorted(key for key, open_ in before.items() if open_ and not found.get(key))
        assert (started, ended) == (row.starts.split(), row.ends.split()), kind

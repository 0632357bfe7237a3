# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members did with a pair: in full for one's own organisation, by organisation and day for the other shore."""

from collections.abc import Iterable, Iterator

from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.queries import VerdictSaid
from havre.apps.tracing.web.words import WORDS
from havre.core.ui.sides import Event
from havre.core.ui.telling import day
from havre.words import Language

TONES = {
    PairState.REJECTED: "bad",
    PairState.CONFIRMED: "info",
    PairState.VERIFIED: "good",
    PairState.REUNITED: "good",
}


def events_of(verdicts: Iterable[VerdictSaid], language: Language) -> list[Event]:
    """The verdicts as a timeline; that somebody put a pair off says nothing of it."""
    return [_event(verdict, language) for verdict in verdicts if verdict.act is not Act.SKIP]


def _event(verdict: VerdictSaid, language: Language) -> Event:
    changed = verdict.before is not verdict.after
    return Event(
        when=verdict.at,
        title=WORDS.say(language, f"was_{verdict.act.value}"),
        text=" ".join(_told(verdict, language)),
        by=_by(verdict, language),
        tone=TONES.get(verdict.after, "quiet") if changed else "attention",
    )


def _by(verdict: VerdictSaid, language: Language) -> str:
    organisation = f"{verdict.organisation}, {verdict.shore.label(language)}"
    return f"{verdict.member}, {organisation}" if verdict.member else organisation


def _told(verdict: VerdictSaid, language: Language) -> Iterator[str]:
    if verdict.true_on:
        yield WORDS.say(language, "on_day", day=day(verdict.true_on, language))
    if verdict.reason:
        yield WORDS.say(language, "because", reason=verdict.reason)
    if verdict.words:
        yield WORDS.say(language, "in_words", words=verdict.words)

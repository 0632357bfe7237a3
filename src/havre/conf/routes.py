# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre routes``: which routes are open to a child on a day, what is due, and what to ask first; in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from havre.conf.console import CommandError, language, say
from havre.conf.facts_file import FIRST_DAY, LAST_DAY, read_facts_file
from havre.engines.pathways import (
    Assessment,
    Deadline,
    Instrument,
    Origin,
    assess,
    clocks,
    facts_of_events,
    rulebook,
)
from havre.engines.pathways.results import ConditionResult, RouteResult

_ASKED_FIRST = 3


def routes_of_file(path: Path, on: str) -> str:
    """The assessment of the facts at ``path`` on the day ``on``, and its deadlines where the file has events."""
    day = _day(on)
    file = read_facts_file(path)
    happened = facts_of_events(file.events, day, requesting=file.requesting)
    assessment = assess({**happened, **file.facts}, day, child_on=file.requesting)
    due = clocks(file.events, day, requesting=file.requesting, route=file.route)
    shore = rulebook().vocabulary.shores[file.requesting].text.say(language())
    lines = [
        say("routes_title", day=day.isoformat(), shore=shore),
        *(line for result in assessment.routes for line in _route(result)),
        *_ask_first(assessment),
        *(line for instrument in assessment.empty for line in _empty(instrument)),
        *(_deadlines(due) if file.events else ()),
        "",
        say("routes_end"),
    ]
    return "\n".join(lines)


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise CommandError(say("routes_day", first=FIRST_DAY, last=LAST_DAY))
    return day


def _sources(origin: Origin) -> Iterator[str]:
    return ("    " + _headed(source.name.say(language()), source.url) for source in origin.sources)


def _headed(head: str, text: str) -> str:
    return say("routes_head", head=head, text=text)


def _route(result: RouteResult) -> Iterator[str]:
    spoken, origin = language(), result.route.origin
    yield ""
    yield _headed(origin.cite.say(spoken), result.answer.label(spoken).upper())
    yield f"    {result.route.text.say(spoken)}"
    if not result.in_force:
        yield f"    {result.why(spoken)}"
        return
    yield f"    {say('routes_wording', sure=origin.sure.label(spoken))}"
    if origin.note:
        yield f"    {origin.note.say(spoken)}"
    yield from _sources(origin)
    yield from (line for condition in result.conditions for line in _condition(condition, result))
    for missing in result.missing:
        yield f"    ? {missing.label(spoken)}"


def _condition(result: ConditionResult, of: RouteResult) -> Iterator[str]:
    spoken, condition = language(), result.condition
    state = say("routes_to_do") if result in of.to_do else result.state.label(spoken)
    said = " · ".join(
        (condition.origin.cite.say(spoken), condition.origin.sure.label(spoken), *result.why(spoken))
    )
    yield f"    [{state}] {condition.text.say(spoken)} ({said})"


def _ask_first(assessment: Assessment) -> Iterator[str]:
    if assessment.ask_first:
        yield ""
        yield say("routes_ask_first")
    for asked in assessment.ask_first[:_ASKED_FIRST]:
        fact, how = asked.fact.text.say(language()), asked.fact.how.say(language())
        yield "    " + say("routes_asked", fact=fact, key=asked.fact.key, how=how)


def _empty(instrument: Instrument) -> Iterator[str]:
    yield ""
    yield _headed(instrument.title.say(language()), say("routes_empty").upper())
    if instrument.origin.note:
        yield f"    {instrument.origin.note.say(language())}"
    yield from _sources(instrument.origin)


def _deadlines(due: tuple[Deadline, ...]) -> Iterator[str]:
    yield ""
    yield say("routes_deadlines" if due else "routes_no_deadlines")
    for deadline in due:
        yield from _deadline(deadline)


def _deadline(deadline: Deadline) -> Iterator[str]:
    spoken, origin = language(), deadline.rule.origin
    day = deadline.due.isoformat() if deadline.due else "-"
    who, what = deadline.who.say(spoken), deadline.rule.text.say(spoken)
    promise = "" if deadline.rule.binding else f" ({say('routes_promise')})"
    yield f"{day}  [{deadline.state.label(spoken)}] {_headed(who, what)}{promise}"
    yield f"    {deadline.counted.label(spoken)} · {origin.sure.label(spoken)}"
    yield f"    {say('routes_follows', follows=deadline.follows(spoken))}"
    if origin.note:
        yield f"    {origin.note.say(spoken)}"
    if notice := deadline.notice(spoken):
        yield f"    {say('routes_notice', notice=notice)}"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facts, routes and deadlines of a case as they are told outside."""

from collections.abc import Iterator, Mapping
from functools import partial

from havre.apps.cases.queries.facts import Gathered
from havre.apps.cases.queries.told.words import WORDS, both, named, own_word, word
from havre.core.exchange.bundle import shape
from havre.core.exchange.vocabulary import find_country
from havre.core.ui.telling import day
from havre.engines.pathways import Assessment, Deadline, Fact, Interval, Kind, RouteResult, Sureness, rulebook
from havre.engines.pathways.facts import Known
from havre.engines.pathways.results import ConditionResult
from havre.words import Language


def facts_told(gathered: Gathered, how: Mapping[str, str]) -> tuple[shape.Fact, ...]:
    """Each fact that is known; ``how`` holds the words of whoever said it, by its key."""
    vocabulary = rulebook().vocabulary.facts
    return tuple(
        shape.Fact(
            key=key,
            text=both(vocabulary[key].text.say),
            value=_written(value),
            means=both(partial(value_said, vocabulary[key], value)),
            whence=own_word(f"whence_{gathered.whence[key].value}", gathered.whence[key].value),
            how=how.get(key, ""),
        )
        for key, value in gathered.facts.items()
    )


def value_said(fact: Fact, value: Known, language: Language) -> str:
    """What is known of a fact, in words."""
    if isinstance(value, bool):
        return WORDS.say(language, f"value_{'yes' if value else 'no'}")
    if isinstance(value, Interval):
        days = dict.fromkeys((value.first, value.last))
        return "–".join(day(each, language) for each in days)
    if fact.kind is Kind.COUNTRY:
        country = find_country(value)
        return country.label(language) if country else value
    return next((choice.text.say(language) for choice in fact.choices if choice.key == value), value)


def _written(value: Known) -> str:
    """For a program: true, false, a word, a day, or two days as ISO 8601 writes an interval."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Interval):
        return "/".join(each.isoformat() for each in dict.fromkeys((value.first, value.last)))
    return value


def routes_told(assessment: Assessment) -> Iterator[shape.Route]:
    """The routes that lead to the other shore."""
    return (_route(each) for each in assessment.routes if each.route.leads_across)


def _route(result: RouteResult) -> shape.Route:
    origin = result.route.origin
    return shape.Route(
        key=result.route.key,
        cite=both(origin.cite.say),
        text=both(result.route.text.say),
        answer=word(result.answer),
        in_force=result.in_force,
        sure=_sure(origin.sure),
        sources=tuple(shape.Source(name=both(each.name.say), url=each.url) for each in origin.sources),
        conditions=tuple(_condition(each) for each in result.conditions),
        missing=tuple(named(each.fact.key, each.fact.text.say) for each in result.missing),
    )


def _condition(result: ConditionResult) -> shape.Condition:
    condition = result.condition
    return shape.Condition(
        key=condition.key,
        cite=both(condition.origin.cite.say),
        text=both(condition.text.say),
        state=word(result.state),
        step=condition.step,
        sure=_sure(condition.origin.sure),
    )


def clock_told(deadline: Deadline) -> shape.Clock:
    """A deadline, and what it was counted from."""
    rule = deadline.rule
    return shape.Clock(
        key=rule.key,
        text=both(rule.text.say),
        who=both(deadline.who.say),
        due=deadline.due,
        state=word(deadline.state),
        binding=rule.binding,
        cite=both(deadline.counted.count.cite.say),
        sure=_sure(rule.origin.sure),
        counted_from=deadline.counted.event.what,
        counted_on=deadline.counted.day,
        follows=both(deadline.follows),
    )


def _sure(sure: Sureness) -> shape.Word:
    return named(sure.name.lower(), sure.label)

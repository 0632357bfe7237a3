# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open, closed, unsaid and the influence of a fact are what counting every completion one by one says they are."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.pathways import Answer, Interval, Shore, assess, rulebook
from havre.engines.pathways.facts import Known
from havre.engines.pathways.formula import Value, facts_of
from havre.engines.pathways.model import Route
from havre.engines.pathways.results import RouteResult
from havre.engines.pathways.vocabulary import Kind
from havre.engines.pathways.worlds import Asked, every_world

RULES = rulebook()
FACTS = RULES.vocabulary.facts
ON = date(2016, 11, 30)
ROUTES = {route.key: route for route in RULES.routes}


def dates(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def intervals(draw: st.DrawFn, first: date, last: date) -> Interval:
    one, other = sorted((draw(dates(first, last)), draw(dates(first, last))))
    return Interval(one, other)


def values(kind: Kind, key: str) -> st.SearchStrategy[Known]:
    if kind is Kind.YES_OR_NO:
        return st.booleans()
    if kind is Kind.BIRTH:
        return intervals(date(1996, 1, 1), date(2006, 12, 31))
    if kind is Kind.CHOICE:
        return st.sampled_from([choice.key for choice in FACTS[key].choices])
    if kind is Kind.COUNTRY:
        return st.sampled_from(["SDN", "SYR", "AFG"])
    return st.booleans() | intervals(date(2015, 10, 1), ON)


some_facts = st.fixed_dictionaries({}, optional={key: values(fact.kind, key) for key, fact in FACTS.items()})


def result_of(key: str, facts: Mapping[str, Known]) -> RouteResult:
    # On the other shore no rule on doubt holds: what is counted is the formula alone.
    (found,) = (each for each in assess(facts, ON, child_on=Shore.BRITAIN).routes if each.route.key == key)
    return found


def one_by_one(route: Route, facts: Mapping[str, Known]) -> dict[tuple[tuple[str, Value], ...], bool]:
    """Whether the whole route holds, for each combination of the values of all its facts."""
    conditions = [condition for condition in route.conditions if not condition.step]
    asked = Asked(facts, RULES.vocabulary, ON, route.valid.opens)
    domains = asked.domains([condition.test for condition in conditions])
    return {
        tuple(world.items()): all(condition.test.holds(world, ON) for condition in conditions)
        for world in every_world(domains)
    }


@pytest.mark.parametrize("key", sorted(ROUTES))
@settings(max_examples=15, deadline=None)
@given(some_facts)
def test_answer_and_influence_are_those_of_counting_one_by_one(key, facts):
    result, counted = result_of(key, facts), one_by_one(ROUTES[key], facts)
    answers = set(counted.values())
    assert (
        result.answer
        is {
            (True,): Answer.OPEN,
            (False,): Answer.CLOSED,
            (False, True): Answer.UNSAID,
        }[tuple(sorted(answers))]
    )
    influence = {}
    for fact in {fact for world in counted for fact, _ in world}:
        others = defaultdict[tuple[tuple[str, Value], ...], set[bool]](set)
        for world, answer in counted.items():
            others[tuple(item for item in world if item[0] != fact)].add(answer)
        influence[fact] = Fraction(sum(len(each) > 1 for each in others.values()), len(others))
    expected = {fact: share for fact, share in influence.items() if share}
    assert {each.fact.key: each.share for each in result.missing} == expected
    assert bool(result.missing) == (result.answer is Answer.UNSAID)
    assert [each.share for each in result.missing] == sorted(expected.values(), reverse=True)


@st.composite
def completions(draw: st.DrawFn) -> tuple[dict[str, Known], dict[str, Known]]:
    """Some facts, and one way in which all of them may turn out, with days of its own choosing."""
    facts = draw(some_facts)
    whole: dict[str, Known] = {}
    for key, fact in FACTS.items():
        known = facts.get(key)
        if isinstance(known, Interval):
            day = known.first + timedelta(draw(st.integers(0, (known.last - known.first).days)))
            whole[key] = Interval(day, day)
        elif fact.kind is Kind.DAY and known is True:
            day = draw(dates(date(2014, 1, 1), ON))
            whole[key] = Interval(day, day)
        elif known is not None:
            whole[key] = known
        elif fact.kind is Kind.BIRTH:
            day = draw(dates(date(1990, 1, 1), ON))
            whole[key] = Interval(day, day)
        elif fact.kind is Kind.DAY and draw(st.booleans()):
            day = draw(dates(date(2014, 1, 1), ON))
            whole[key] = Interval(day, day)
        elif fact.kind is Kind.DAY:
            whole[key] = False
        else:
            whole[key] = draw(values(fact.kind, key))
    return facts, whole


@settings(max_examples=40, deadline=None)
@given(completions())
def test_an_answer_that_was_given_holds_however_the_rest_turns_out(pair):
    facts, whole = pair
    before = {each.route.key: each for each in assess(facts, ON, child_on=Shore.BRITAIN).routes}
    after = {each.route.key: each for each in assess(whole, ON, child_on=Shore.BRITAIN).routes}
    for key, route in ROUTES.items():
        assert after[key].answer is not Answer.UNSAID, "everything is known"
        if before[key].answer is not Answer.UNSAID:
            assert after[key].answer is before[key].answer
        for one, other in zip(before[key].conditions, after[key].conditions, strict=True):
            assert one.state in ("unknown", other.state)
        assert not after[key].missing
        assert set(facts_of(route.conditions[0].test)) <= FACTS.keys()


@settings(max_examples=20, deadline=None)
@given(some_facts)
def test_doubt_never_makes_more_of_a_child_than_the_youngest_age_that_is_possible(facts):
    births = facts.get("birth")
    youngest = (
        {**facts, "birth": Interval(births.last, births.last)} if isinstance(births, Interval) else facts
    )
    here = {each.route.key: each.answer for each in assess(facts, ON).routes}
    young = {each.route.key: each.answer for each in assess(youngest, ON).routes}
    for key in ("dublin-8-1", "dublin-8-2", "dublin-8-3", "dublin-8-4", "expedited-2016"):
        assert here[key] is young[key]

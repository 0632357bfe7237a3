# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which routes are open to a child, and why: each promise of the rules on a child of its own."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from havre.engines.pathways import (
    Age,
    Answer,
    Assessment,
    BadFact,
    Interval,
    Shore,
    State,
    Sureness,
    assess,
    read_facts,
    rulebook,
)
from havre.engines.pathways.results import ConditionResult, RouteResult
from havre.words import Language

ON = date(2016, 11, 30)
CHILD = date(2001, 5, 31)
IN_DOUBT = {"first": date(1998, 6, 1), "last": date(2000, 5, 31)}
WITH_BROTHER: dict[str, Any] = {
    "birth": CHILD,
    "lodged": date(2016, 11, 2),
    "unaccompanied": True,
    "relation": "brother",
    "legally_present": True,
    "link_shown": True,
    "best_interests": True,
}
WITH_UNCLE = {**WITH_BROTHER, "relation": "uncle", "relative_adult": True, "can_take_care": True}
OF_CAMP: dict[str, Any] = {
    "birth": date(2004, 3, 1),
    "in_camp": date(2016, 9, 1),
    "arrived_in_europe": date(2016, 2, 1),
    "best_interests": True,
    "qualifies_otherwise": False,
}


def asked(facts: dict[str, Any], on: date = ON, **more: Any) -> Assessment:
    return assess(read_facts(facts, rulebook().vocabulary), on, **more)


def route(key: str, facts: dict[str, Any], on: date = ON, **more: Any) -> RouteResult:
    (found,) = (each for each in asked(facts, on, **more).routes if each.route.key == key)
    return found


def condition(result: RouteResult, key: str) -> ConditionResult:
    (found,) = (each for each in result.conditions if each.condition.key == key)
    return found


def changed(facts: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {key: value for key, value in {**facts, **other}.items() if value is not None}


# --- Dublin III --------------------------------------------------------------------------------------------------


def test_a_child_alone_joins_a_brother():
    result = route("dublin-8-1", WITH_BROTHER)
    assert result.answer is Answer.OPEN
    assert {each.state for each in result.conditions} == {State.MET}
    assert (result.missing, result.to_do, result.blocking) == ((), (), ())
    assert result.route.leads_across


@pytest.mark.parametrize("fact", ["unaccompanied", "legally_present", "link_shown", "best_interests"])
def test_each_condition_closes_it_when_false_and_leaves_it_unsaid_when_unknown(fact):
    closed = route("dublin-8-1", changed(WITH_BROTHER, **{fact: False}))
    assert closed.answer is Answer.CLOSED
    assert [each.test.fact for each in closed.blocking] == [fact]
    assert closed.blocking[0].text.en in closed.why(Language.ENGLISH)
    unsaid = route("dublin-8-1", changed(WITH_BROTHER, **{fact: None}))
    assert unsaid.answer is Answer.UNSAID
    assert [(each.fact.key, each.share) for each in unsaid.missing] == [(fact, 1)]
    assert unsaid.missing[0].fact.text.fr in unsaid.why(Language.FRENCH)


def test_an_uncle_is_a_relative_and_no_sibling():
    assert route("dublin-8-1", WITH_UNCLE).answer is Answer.CLOSED
    assert route("dublin-8-2", WITH_UNCLE).answer is Answer.OPEN
    assert route("dublin-8-2", WITH_BROTHER).answer is Answer.CLOSED
    assert route("dublin-8-2", changed(WITH_UNCLE, can_take_care=False)).answer is Answer.CLOSED
    assert route("dublin-8-2", changed(WITH_UNCLE, relative_adult=False)).answer is Answer.CLOSED
    assert route("dublin-8-2", changed(WITH_UNCLE, relative_adult=None)).answer is Answer.UNSAID
    grandmother = changed(WITH_UNCLE, relation="grandmother", relative_adult=None)
    assert route("dublin-8-2", grandmother).answer is Answer.OPEN


def test_a_married_child_joins_a_parent_only_where_the_spouse_is_nowhere():
    mother = changed(WITH_BROTHER, relation="mother")
    assert route("dublin-8-1", mother).answer is Answer.UNSAID
    assert route("dublin-8-1", changed(mother, married=False)).answer is Answer.OPEN
    married = changed(mother, married=True)
    assert route("dublin-8-1", married).answer is Answer.UNSAID
    assert route("dublin-8-1", changed(married, spouse_legally_present=False)).answer is Answer.OPEN
    assert route("dublin-8-1", changed(married, spouse_legally_present=True)).answer is Answer.CLOSED
    assert route("dublin-8-1", changed(WITH_BROTHER, married=True)).answer is Answer.OPEN


def test_several_states_are_a_question_of_best_interests_and_nobody_leads_nowhere():
    several = changed(WITH_UNCLE, family_in_several_states=True)
    assert route("dublin-8-3", several).answer is Answer.OPEN
    assert route("dublin-8-3", WITH_UNCLE).answer is Answer.UNSAID
    alone = changed(WITH_BROTHER, relation=None, family_in_any_state=False, best_interests_where_lodged=True)
    nobody = route("dublin-8-4", alone)
    assert nobody.answer is Answer.OPEN
    assert not nobody.route.leads_across


def test_articles_9_and_10_are_not_for_children_only():
    wife = {"birth": date(1980, 1, 1), "relation": "wife", "link_shown": True, "relative_protected": True}
    protected = route("dublin-9", wife)
    assert protected.answer is Answer.OPEN
    assert [each.condition.key for each in protected.to_do] == ["wish", "lodged"]
    waiting = changed(wife, relative_protected=None, relative_waits_for_first_decision=True)
    assert route("dublin-10", waiting).answer is Answer.OPEN
    assert route("dublin-9", waiting).answer is Answer.UNSAID
    assert route("dublin-9", changed(wife, relation="father", married=False)).answer is Answer.CLOSED
    assert (
        route("dublin-9", changed(wife, relation="father", married=False, birth=CHILD)).answer is Answer.OPEN
    )


def test_a_cousin_has_the_humanitarian_route_alone():
    cousin = changed(WITH_UNCLE, relation="cousin", humanitarian_grounds=True, first_decision_taken=False)
    answers = {each.route.key: each.answer for each in asked(cousin).routes}
    assert answers["dublin-17-2"] is Answer.OPEN
    assert {answers[f"dublin-{key}"] for key in ("8-1", "8-2", "9", "10")} == {Answer.CLOSED}
    friend = changed(cousin, relation="no_family")
    assert route("dublin-17-2", friend).answer is Answer.CLOSED
    assert route("dublin-17-2", changed(cousin, first_decision_taken=True)).answer is Answer.CLOSED


def test_a_step_that_is_not_done_closes_nothing():
    for lodged in (False, None):
        result = route("dublin-8-1", changed(WITH_BROTHER, lodged=lodged))
        assert result.answer is Answer.OPEN
        assert [each.condition.key for each in result.to_do] == ["lodged"]


# --- age ---------------------------------------------------------------------------------------------------------


def test_the_age_is_that_of_the_day_of_lodging():
    turned = changed(WITH_BROTHER, birth=date(1998, 11, 20))
    assert route("dublin-8-1", turned).answer is Answer.OPEN
    late = changed(turned, lodged=date(2016, 11, 20))
    assert route("dublin-8-1", late).answer is Answer.CLOSED
    assert route("dublin-8-1", changed(turned, lodged=False)).answer is Answer.CLOSED
    # Lodged on a day that nobody knows: perhaps in time.
    unsaid = route("dublin-8-1", changed(turned, lodged=None))
    assert [each.fact.key for each in unsaid.missing] == ["lodged"]
    grown = changed(turned, lodged=None, birth=date(1980, 1, 1))
    assert route("dublin-8-1", grown).answer is Answer.CLOSED


def test_doubt_about_the_age_is_read_in_the_childs_favour_by_a_rule_that_is_named():
    minor = condition(route("dublin-8-1", changed(WITH_BROTHER, birth=IN_DOUBT)), "minor")
    assert minor.state is State.MET
    assert minor.age is not None
    assert minor.doubt is not None
    assert (minor.age.age, minor.doubt.key) == (Age.POSSIBLY, "code-civil-388")
    assert minor.doubt.origin.sure is Sureness.SEEN
    said = " ".join(minor.why(Language.FRENCH))
    assert "Code civil, art. 388" in said
    assert "peut-être" in said


def test_the_rule_on_doubt_changes_with_the_day():
    facts = changed(WITH_BROTHER, birth={"first": date(1990, 1, 1), "last": date(2005, 1, 1)}, lodged=False)
    rules = {
        day: condition(route("dublin-8-1", facts, day), "minor").doubt
        for day in (date(2015, 7, 19), date(2015, 7, 20), date(2016, 3, 15), date(2016, 3, 16))
    }
    keys = [rule.key if rule else None for rule in rules.values()]
    assert keys == [None, "directive-2013-32", "directive-2013-32", "code-civil-388"]


def test_without_a_rule_doubt_stays_doubt():
    facts = changed(WITH_BROTHER, birth=IN_DOUBT)
    elsewhere = route("dublin-8-1", facts, child_on=Shore.BRITAIN)
    assert elsewhere.answer is Answer.UNSAID
    assert condition(elsewhere, "minor").doubt is None
    assert [each.fact.key for each in elsewhere.missing] == ["birth"]


def test_no_doubt_is_read_where_there_is_none_and_where_nothing_was_claimed():
    grown = condition(route("dublin-8-1", changed(WITH_BROTHER, birth=date(1990, 1, 1))), "minor")
    assert (grown.state, grown.doubt) == (State.UNMET, None)
    young = condition(route("dublin-8-1", WITH_BROTHER), "minor")
    assert (young.state, young.doubt) == (State.MET, None)
    unclaimed = condition(route("dublin-8-1", changed(WITH_BROTHER, birth=None)), "minor")
    assert (unclaimed.state, unclaimed.doubt, unclaimed.age) == (State.UNKNOWN, None, None)


def test_doubt_is_read_about_being_a_child_and_not_about_other_ages():
    around_thirteen = changed(OF_CAMP, birth={"first": date(2003, 6, 1), "last": date(2004, 6, 1)})
    result = route("section-67", around_thirteen)
    assert condition(result, "minor").state is State.MET
    assert condition(result, "one_of_four").state is State.UNKNOWN


def test_doubt_is_told_only_where_something_hangs_on_it():
    father = {
        "birth": IN_DOUBT,
        "relation": "father",
        "married": False,
        "link_shown": True,
        "relative_protected": True,
    }
    family = condition(route("dublin-9", father), "family")
    assert family.state is State.MET
    assert family.doubt is not None
    wife = condition(route("dublin-9", changed(father, relation="wife")), "family")
    assert (wife.state, wife.doubt, wife.age) == (State.MET, None, None)
    cousin = condition(route("dublin-9", changed(father, relation="cousin")), "family")
    assert (cousin.state, cousin.doubt) == (State.UNMET, None)


# --- section 67, the expedited process, and the days on which rules hold ------------------------------------------


def test_each_of_the_four_criteria_of_section_67_is_enough():
    assert route("section-67", OF_CAMP).answer is Answer.OPEN
    fourteen = changed(OF_CAMP, birth=date(2002, 3, 1), high_risk=False, sibling_of_eligible=False)
    assert route("section-67", fourteen).answer is Answer.UNSAID
    assert route("section-67", changed(fourteen, nationality="AFG")).answer is Answer.CLOSED
    assert route("section-67", changed(fourteen, nationality="SDN")).answer is Answer.OPEN
    seventeen = changed(fourteen, birth=date(1999, 3, 1), nationality="SDN")
    assert route("section-67", seventeen).answer is Answer.CLOSED
    assert route("section-67", changed(seventeen, high_risk=True)).answer is Answer.OPEN
    assert route("section-67", changed(seventeen, sibling_of_eligible=True)).answer is Answer.OPEN


@pytest.mark.parametrize(
    ("fact", "last_good"), [("in_camp", date(2016, 10, 24)), ("arrived_in_europe", date(2016, 3, 19))]
)
def test_the_days_of_section_67_are_counted_to_the_day(fact, last_good):
    after = last_good.replace(day=last_good.day + 1)
    assert route("section-67", changed(OF_CAMP, **{fact: last_good})).answer is Answer.OPEN
    assert route("section-67", changed(OF_CAMP, **{fact: after})).answer is Answer.CLOSED
    assert route("section-67", changed(OF_CAMP, **{fact: False})).answer is Answer.CLOSED
    for unknown in (None, True, {"first": date(2016, 1, 1), "last": after}):
        assert route("section-67", changed(OF_CAMP, **{fact: unknown})).answer is Answer.UNSAID


def test_the_expedited_process_is_told_as_disputed():
    facts = changed(WITH_UNCLE, in_camp=date(2016, 10, 1), interviewed_for_transfer=True)
    result = route("expedited-2016", facts)
    assert result.answer is Answer.OPEN
    assert result.route.origin.sure is Sureness.DISPUTED
    assert route("expedited-2016", changed(facts, relation="cousin")).answer is Answer.CLOSED


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("dublin-8-1", date(2014, 1, 1), date(2020, 12, 31)),
        ("section-67", date(2016, 10, 10), date(2016, 12, 16)),
        ("expedited-2016", date(2016, 10, 10), date(2016, 12, 16)),
    ],
)
def test_a_route_is_in_force_from_its_first_to_its_last_day(key, first, last):
    days = [date.fromordinal(first.toordinal() - 1), first, last, date.fromordinal(last.toordinal() + 1)]
    results = [route(key, {}, day) for day in days]
    assert [result.in_force for result in results] == [False, True, True, False]
    for result in (results[0], results[-1]):
        assert result.answer is Answer.CLOSED
        assert last.isoformat() in result.why(Language.ENGLISH)
        assert result.missing == ()


def test_of_today_there_are_places_and_no_law():
    today = asked(WITH_BROTHER, date(2026, 11, 22))
    assert {result.answer for result in today.routes} == {Answer.CLOSED}
    assert [each.key for each in today.empty] == ["britain-today", "france-today"]
    assert today.ask_first == ()
    assert asked(WITH_BROTHER).empty == ()


# --- what to ask first -------------------------------------------------------------------------------------------


def test_what_decides_most_is_asked_first():
    # 15, of a nationality that is not known: the three either-or facts share what the two others leave open.
    facts = changed(OF_CAMP, birth=date(2001, 3, 1), in_camp=None)
    missing = {each.fact.key: each.share for each in route("section-67", facts).missing}
    # in_camp decides wherever one of three holds: 7 of 8 ways; each of three where the others fail and in_camp holds.
    assert missing == {
        "in_camp": Fraction(7, 8),
        "high_risk": Fraction(1, 8),
        "nationality": Fraction(1, 8),
        "sibling_of_eligible": Fraction(1, 8),
    }
    assert route("section-67", facts).missing[0].fact.key == "in_camp"


def test_over_all_routes_the_shares_add_up():
    facts = changed(WITH_UNCLE, link_shown=None, family_in_any_state=None)
    result = asked(facts)
    across = [each for each in result.routes if each.route.leads_across]
    for each in result.ask_first:
        shares = [m.share for r in across for m in r.missing if m.fact == each.fact]
        assert each.routes == sum(shares) > 0
    assert [each.routes for each in result.ask_first] == sorted(
        (each.routes for each in result.ask_first), reverse=True
    )
    assert result.ask_first[0].fact.key == "link_shown"
    assert "family_in_any_state" not in {each.fact.key for each in result.ask_first}


# --- facts as a file says them -----------------------------------------------------------------------------------


def test_facts_are_read_and_unknown_ones_left_out():
    vocabulary = rulebook().vocabulary
    said = {"birth": CHILD, "relation": "cousin", "married": "unknown", "lodged": False, "nationality": "SDN"}
    assert read_facts(said, vocabulary) == {
        "birth": Interval(CHILD, CHILD),
        "relation": "other_family",
        "lodged": False,
        "nationality": "SDN",
    }
    assert read_facts({"birth": IN_DOUBT}, vocabulary)["birth"] == Interval(*IN_DOUBT.values())


@pytest.mark.parametrize(
    ("fact", "value", "problem"),
    [
        ("bith", CHILD, "unknown_fact"),
        ("married", "yes", "value_yes_or_no"),
        ("married", 1, "value_yes_or_no"),
        ("birth", 2000, "value_birth"),
        ("birth", True, "value_birth"),
        ("birth", {"first": CHILD}, "value_birth"),
        ("birth", {"first": CHILD, "last": date(1999, 1, 1)}, "value_birth"),
        ("lodged", "yesterday", "value_day"),
        ("relation", "other relative", "value_choice"),
        ("relation", ["uncle"], "value_choice"),
        ("nationality", "Sudan", "value_country"),
        ("nationality", "sdn", "value_country"),
    ],
)
def test_a_fact_that_cannot_be_read_is_told(fact, value, problem):
    with pytest.raises(BadFact) as told:
        read_facts({fact: value}, rulebook().vocabulary)
    assert (told.value.fact, told.value.problem) == (fact, problem)


def test_a_slip_of_the_pen_is_told_what_may_have_been_meant():
    with pytest.raises(BadFact) as told:
        read_facts({"best_interest": True}, rulebook().vocabulary)
    assert told.value.meant[0] == "best_interests"

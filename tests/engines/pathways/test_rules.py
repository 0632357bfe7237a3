# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules are data: whole, in both languages, with their sources; and no law stands in Python."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from havre.engines import pathways
from havre.engines.linkage.relations import relations
from havre.engines.pathways import Sureness, rulebook
from havre.engines.pathways.formula import Among, By, Is, Leaf, Under, facts_of, leaves
from havre.engines.pathways.model import Origin
from havre.engines.pathways.rulebook import read_instrument
from havre.engines.pathways.vocabulary import Kind, Text

PACKAGE = Path(pathways.__file__).parent
FILES = sorted((PACKAGE / "rules").glob("*.toml"))
CODE = sorted(PACKAGE.glob("*.py"))
RULES = rulebook()
CONDITIONS = [(route, condition) for route in RULES.routes for condition in route.conditions]
ORIGINS: list[Origin] = [
    *(each.origin for each in RULES.instruments),
    *(each.origin for each in RULES.routes),
    *(each.origin for each in RULES.clocks),
    *(each.origin for each in RULES.doubts.values()),
    *(condition.origin for _, condition in CONDITIONS),
]
WANTED = {
    "dublin-8-1",
    "dublin-8-2",
    "dublin-8-3",
    "dublin-8-4",
    "dublin-9",
    "dublin-10",
    "dublin-17-2",
    "section-67",
    "expedited-2016",
}
EMPTY = {"britain-today", "france-today", "section-67-later"}


def numbers_in(value: Any) -> Iterator[int]:
    """Every whole number that stands in a file of rules."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


def articles_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "article" and isinstance(each, str):
                yield from re.split(r", ", each)
            else:
                yield from articles_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from articles_in(each)


def law() -> tuple[set[int], set[str]]:
    read = [tomllib.loads(path.read_text("utf-8")) for path in FILES]
    numbers = {number for data in read for number in numbers_in(data)}
    return numbers, {article for data in read for article in articles_in(data)}


def constants(path: Path) -> Iterator[tuple[int, Any]]:
    """Every constant of a module, with its line, but those of the one name that says how long a year is."""
    tree = ast.parse(path.read_text("utf-8"))
    spared = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and [getattr(name, "id", "") for name in node.targets] == ["MONTHS_OF_A_YEAR"]
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in spared:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_number_of_a_rule_stands_in_python(path):
    numbers, articles = law()
    assert {3, 2, 6, 12, 18} <= numbers, "the files of rules hold the numbers, or this test looks at nothing"
    assert {"8(1)", "17(2)", "21(1)", "22(7)", "29(2)", "9", "10"} <= articles
    for line, value in constants(path):
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert value in (0, 1), f"{path.name}:{line}: the number {value}"
    text = path.read_text("utf-8")
    cited = re.findall(r"\b(?:art|arts|article|articles|section|rule)\b\.?\s*\d", text, re.IGNORECASE)
    assert not cited, f"{path.name}: an article is cited"
    assert not re.findall(r"\b\d+\s+(?:day|week|month|year)s?\b", text), f"{path.name}: a period in words"
    for article in articles:
        if "(" in article:
            assert article not in text, f"{path.name}: art. {article}"


def test_a_number_in_python_would_be_found(tmp_path):
    (tmp_path / "bad.py").write_text("MONTHS_OF_A_YEAR = 12\nterm = 12\nwait = f(months=3)\n", "utf-8")
    assert [value for _, value in constants(tmp_path / "bad.py")] == [12, 3]


def test_every_route_of_2015_to_2017_is_there():
    assert {route.key for route in RULES.routes} == WANTED
    assert len(RULES.routes) == len(WANTED)
    assert {each.key for each in RULES.instruments if each.is_empty} == EMPTY


def test_keys_are_said_once():
    for keys in (
        [each.key for each in RULES.instruments],
        [each.key for each in RULES.clocks],
        [each.key for each in RULES.doubts.values()],
        *([condition.key for condition in route.conditions] for route in RULES.routes),
    ):
        assert len(keys) == len(set(keys))


def test_every_rule_says_where_it_can_be_read_and_how_sure_we_are():
    assert {origin.sure for origin in ORIGINS} == set(Sureness)
    for origin in ORIGINS:
        assert origin.sources, origin.cite
        assert all(source.url.startswith(("https://", "http://")) for source in origin.sources)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_source_that_a_file_names_is_used(path):
    data = tomllib.loads(path.read_text("utf-8"))
    instrument = read_instrument(data)
    rules = [instrument, *instrument.routes, *instrument.clocks, *instrument.doubts]
    origins = [rule.origin for rule in rules]
    origins += [condition.origin for route in instrument.routes for condition in route.conditions]
    used = {source.url for origin in origins for source in origin.sources}
    assert used == {source["url"] for source in data["sources"].values()}
    assert instrument.key == path.stem


def texts() -> Iterator[Text]:
    words = RULES.vocabulary
    for fact in words.facts.values():
        yield from (fact.text, fact.how, *(choice.text for choice in fact.choices))
    yield from (*words.events.values(), *words.actors.values())
    for instrument in RULES.instruments:
        yield instrument.title
    yield from (each.text for each in (*RULES.routes, *RULES.clocks, *RULES.doubts.values()))
    yield from (condition.text for _, condition in CONDITIONS)
    yield from (clock.follows for clock in RULES.clocks)
    yield from (clock.silence.notice for clock in RULES.clocks if clock.silence)
    yield from (origin.note for origin in ORIGINS if origin.note)


def test_every_sentence_is_said_twice_and_not_the_same():
    for text in texts():
        assert text.en.strip()
        assert text.fr.strip()
        assert text.en != text.fr
        assert not re.search(r"[^\s\d][;:?!](?!/)", text.fr), f"French sets a space before: {text.fr}"


def test_an_empty_place_says_that_it_is_no_legal_content():
    for instrument in RULES.instruments:
        if instrument.is_empty:
            assert instrument.origin.note
            assert "Not legal content yet" in instrument.origin.note.en
            assert "Pas encore de contenu juridique" in instrument.origin.note.fr


KINDS: dict[type[Leaf], set[Kind]] = {
    Is: {Kind.YES_OR_NO, Kind.DAY},
    Among: {Kind.CHOICE, Kind.COUNTRY},
    Under: {Kind.BIRTH},
    By: {Kind.DAY},
}


def test_every_condition_asks_facts_of_its_kind():
    facts = RULES.vocabulary.facts
    for _, condition in CONDITIONS:
        for leaf in leaves(condition.test):
            assert facts[leaf.fact].kind in KINDS[type(leaf)], condition
            if isinstance(leaf, Under) and leaf.at:
                assert facts[leaf.at].kind is Kind.DAY
            if isinstance(leaf, Among) and facts[leaf.fact].kind is Kind.CHOICE:
                assert leaf.words <= {choice.key for choice in facts[leaf.fact].choices}


def test_no_fact_and_no_event_is_kept_that_no_rule_asks_about():
    asked = {fact for _, condition in CONDITIONS for fact in facts_of(condition.test)}
    assert asked == RULES.vocabulary.facts.keys()
    used = set[str]()
    for clock in RULES.clocks:
        used |= {*clock.done, *clock.needs_any, *clock.unless, *clock.not_after}
        used |= {clock.suspended_by, clock.resumed_by} - {""}
        used |= {kind for count in clock.counts for kind in (count.event, *count.only_after)}
        used |= {clock.silence.becomes} if clock.silence else set()
    assert used == RULES.vocabulary.events.keys()


def test_what_a_clock_names_is_there():
    keys = {route.key for route in RULES.routes}
    for clock in RULES.clocks:
        assert {*clock.routes, *clock.not_routes} <= keys
        assert clock.who in ("requesting", "requested") or clock.who in RULES.vocabulary.actors
        for count in clock.counts:
            period = count.period
            assert sum(1 for each in (period.days, period.weeks, period.months) if each) == 1
            assert count.day_in in ("requesting", "requested")
    for _, condition in CONDITIONS:
        assert set(condition.doubt) <= RULES.doubts.keys()


def test_every_relation_of_a_family_link_has_one_legal_class_but_the_one_that_says_none():
    choices = RULES.vocabulary.facts["relation"].choices
    named = [relation for choice in choices for relation in choice.relations]
    assert len(named) == len(set(named))
    assert set(named) == relations().keys() - {"other relative"}


def test_a_rule_that_lacks_something_is_refused():
    data = tomllib.loads((PACKAGE / "rules" / "section-67.toml").read_text("utf-8"))
    for key in ("article", "en", "fr", "condition", "leads_to"):
        broken = {**data, "route": [{k: v for k, v in data["route"][0].items() if k != key}]}
        with pytest.raises(KeyError, match=key):
            read_instrument(broken)
    with pytest.raises(ValueError, match="probably"):
        read_instrument({**data, "instrument": {**data["instrument"], "sure": "probably"}})

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the rules and the vocabulary. The shape of a file is told in the head of ``rules/dublin-iii.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from havre.engines.pathways.ages import DAY
from havre.engines.pathways.formula import Among, By, Every, Formula, Is, Nothing, Some, Under
from havre.engines.pathways.model import (
    ClockRule,
    Condition,
    Count,
    DoubtRule,
    Instrument,
    Origin,
    Period,
    Route,
    Rulebook,
    Silence,
    Source,
    Sureness,
    Validity,
)
from havre.engines.pathways.vocabulary import Choice, Fact, Kind, Shore, ShoreWords, Text, Vocabulary
from havre.words import Language

Table = Mapping[str, Any]


@cache
def rulebook() -> Rulebook:
    """The rules that Havre holds, read once."""
    here = files(__package__)
    found = sorted((path.name, path) for path in (here / "rules").iterdir() if path.name.endswith(".toml"))
    return Rulebook(
        vocabulary=_vocabulary(tomllib.loads((here / "vocabulary.toml").read_text("utf-8"))),
        instruments=tuple(read_instrument(tomllib.loads(path.read_text("utf-8"))) for _, path in found),
    )


def read_instrument(data: Table) -> Instrument:
    """One file of rules; KeyError or ValueError where it lacks something or names what there is not."""
    return _Reader(data).instrument()


class _Reader:
    """One file: what its rules inherit from it is how they are cited, their sources, and how sure we are."""

    def __init__(self, data: Table) -> None:
        self.data = data
        self.head: Table = data["instrument"]
        self.sources = {
            key: Source(_text(each["name"]), each["url"]) for key, each in data.get("sources", {}).items()
        }

    def instrument(self) -> Instrument:
        calendar = self.data.get("calendar")
        return Instrument(
            key=self.head["key"],
            title=_text(self.head["title"]),
            origin=self.origin(self.head, self.head),
            valid=_validity(self.head),
            counting=_text(calendar) if calendar else None,
            routes=tuple(self.route(each) for each in self.data.get("route", ())),
            clocks=tuple(self.clock(each) for each in self.data.get("clock", ())),
            doubts=tuple(self.doubt(each) for each in self.data.get("doubt", ())),
        )

    def cite(self, article: str | Table) -> Text:
        """``article`` in the form of the file; a number is the same in both languages, a heading is a table of two."""
        form = _text(self.head["cite"])
        words = Text(article, article) if isinstance(article, str) else _text(article)
        return Text(form.en.format(article=words.en), form.fr.format(article=words.fr))

    def origin(self, rule: Table, above: Table) -> Origin:
        """Of ``rule``, where it does not say otherwise that of what stands above it."""
        both = {**above, **rule}
        named = both["source"] if isinstance(both["source"], list) else [both["source"]]
        if rule is self.head:
            cite = _text(rule["title"])
        else:
            cite = _text(rule["cite"]) if "cite" in rule else self.cite(rule["article"])
        return Origin(
            cite=cite,
            sure=Sureness(both["sure"]),
            sources=tuple(self.sources[key] for key in named),
            note=_text(rule["note"]) if "note" in rule else None,
        )

    def route(self, rule: Table) -> Route:
        return Route(
            key=rule["key"],
            instrument=self.head["key"],
            text=_text(rule),
            origin=self.origin(rule, self.head),
            valid=_validity({**self.head, **rule}),
            leads_across={"requested": True, "requesting": False}[rule["leads_to"]],
            conditions=tuple(self.condition(each, rule) for each in rule["condition"]),
        )

    def condition(self, rule: Table, route: Table) -> Condition:
        return Condition(
            key=rule["key"],
            text=_text(rule),
            origin=self.origin(rule, {**self.head, **route}),
            test=_formula(rule["test"]),
            step=rule.get("step", False),
            doubt=tuple(rule.get("doubt", ())),
        )

    def doubt(self, rule: Table) -> DoubtRule:
        return DoubtRule(
            key=rule["key"],
            text=_text(rule),
            origin=self.origin(rule, self.head),
            valid=_validity(rule),
            child_on=Shore(rule["child_on"]),
        )

    def clock(self, rule: Table) -> ClockRule:
        silence = rule.get("silence")
        return ClockRule(
            key=rule["key"],
            instrument=self.head["key"],
            text=_text(rule),
            origin=self.origin(rule, self.head),
            valid=_validity(self.head),
            binding=self.head.get("binding", True),
            who=rule["who"],
            follows=_text(rule["follows"]),
            done=tuple(rule["done"]),
            counts=tuple(self.count(each) for each in rule["count"]),
            latest={"latest": True, "earliest": False}[rule.get("take", "earliest")],
            event_day_counts=self.data["calendar"]["event_day_counts"],
            silence=Silence(silence["becomes"], self.cite(silence["article"]), _text(silence))
            if silence
            else None,
            suspended_by=rule.get("suspended_by", ""),
            resumed_by=rule.get("resumed_by", ""),
            routes=tuple(rule.get("routes", ())),
            not_routes=tuple(rule.get("not_routes", ())),
            needs_any=tuple(rule.get("needs_any", ())),
            unless=tuple(rule.get("unless", ())),
            not_after=tuple(rule.get("not_after", ())),
            only_on=Shore(rule["only_on"]) if "only_on" in rule else None,
            only_by=Shore(rule["only_by"]) if "only_by" in rule else None,
        )

    def count(self, rule: Table) -> Count:
        period = Period(rule.get("days", 0), rule.get("weeks", 0), rule.get("months", 0))
        return Count(
            event=rule["from"],
            first={"first": True, "last": False}[rule.get("which", "last")],
            only_after=tuple(rule.get("only_after", ())),
            period=period,
            day_in=rule["day_in"],
            cite=self.cite(rule["article"]),
        )


def _text(table: Table) -> Text:
    return Text(table[Language.ENGLISH.value], table[Language.FRENCH.value])


def _validity(table: Table) -> Validity:
    return Validity(table["opens"], table.get("closes"))


def _formula(table: Table) -> Formula:
    for word, whole in (("all", Every), ("any", Some), ("none", Nothing)):
        if word in table:
            return whole(tuple(_formula(part) for part in table[word]))
    fact: str = table["fact"]
    if "among" in table:
        return Among(fact, frozenset(table["among"]))
    if "under" in table:
        return Under(fact, table["under"], table.get("at", ""))
    if "by" in table:
        return By(fact, table["by"])
    if "before" in table:
        return By(fact, table["before"] - DAY)
    return Is(fact, table.get("is", True))


def _vocabulary(data: Table) -> Vocabulary:
    return Vocabulary(
        facts={key: _fact(key, each) for key, each in data["facts"].items()},
        events={key: _text(each) for key, each in data["events"].items()},
        shores={
            Shore(key): ShoreWords(_text(each), ZoneInfo(each["zone"]))
            for key, each in data["shores"].items()
        },
        actors={key: _text(each) for key, each in data["actors"].items()},
    )


def _fact(key: str, each: Table) -> Fact:
    choices = each.get("choices", {})
    return Fact(
        key=key,
        kind=Kind(each["kind"]),
        text=_text(each),
        how=Text(each["how_en"], each["how_fr"]),
        event=each.get("event", ""),
        choices=tuple(
            Choice(name, _text(choice), tuple(choice["relations"])) for name, choice in choices.items()
        ),
    )

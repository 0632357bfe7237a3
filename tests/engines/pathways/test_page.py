# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page on routes says what the rules say, in both languages."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from havre.engines.pathways import rulebook
from havre.engines.pathways.model import ClockRule, Condition, Origin, Route, Validity
from havre.engines.pathways.vocabulary import Shore
from havre.words import Language

EXPLANATION = Path(__file__).parents[3] / "docs" / "explanation"
EN, FR = Language.ENGLISH, Language.FRENCH
BLOCK = re.compile(r"<!-- table: (\w+) -->\n(.*?)\n<!-- end of table -->", re.DOTALL)
RULES = rulebook()


def said(en: str, fr: str) -> dict[Language, str]:
    return {EN: en, FR: fr}


IN_FORCE = said("In force", "En vigueur")
WORDING = said("wording", "texte")
STEP = said("to do", "à faire")
PROMISE = said("a promise", "une promesse")


def page_of(language: Language) -> str:
    return (EXPLANATION / ("routes.md" if language is EN else "routes.fr.md")).read_text("utf-8")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *(list(row) for row in rows)]
    shown = ["|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines]
    return "\n".join([shown[0], "|---" * len(lines[0]) + "|", *shown[1:]])


def days(valid: Validity, language: Language) -> str:
    return f"{valid.opens.isoformat()} – {valid.closes.isoformat() if valid.closes else '…'}"


def sources(origin: Origin, language: Language) -> str:
    return ", ".join(f"[{each.name.say(language)}]({each.url})" for each in origin.sources)


def note(origin: Origin, language: Language) -> str:
    return f" *{origin.note.say(language)}*" if origin.note else ""


def condition_line(condition: Condition, language: Language) -> str:
    origin = condition.origin
    step = f"**{STEP[language]}**: " if condition.step and language is EN else ""
    step = f"**{STEP[language]}** : " if condition.step and language is FR else step
    cited = f"{origin.cite.say(language)}, {origin.sure.label(language)}"
    return f"- {step}{condition.text.say(language)} ({cited}){note(origin, language)}"


def route_section(route: Route, language: Language) -> str:
    origin = route.origin
    cite = origin.cite.say(language)
    head = f"### {cite[0].upper()}{cite[1:]}"
    force = f"{IN_FORCE[language]} {days(route.valid, language)}"
    lines = [
        f"{route.text.say(language)}{note(origin, language)}",
        f"{force} · {WORDING[language]} {origin.sure.label(language)} · `{route.key}` · {sources(origin, language)}",
        "\n".join(condition_line(each, language) for each in route.conditions),
    ]
    return "\n\n".join([head, *lines])


def routes(language: Language) -> str:
    sections = []
    for instrument in (each for each in RULES.instruments if each.routes):
        sections.append(f"**{instrument.title.say(language)}.**{note(instrument.origin, language)}")
        sections += [route_section(route, language) for route in instrument.routes]
    return "\n\n".join(sections)


def empty(language: Language) -> str:
    heads = said("place", "place")[language], said("from, to", "de, à")[language], "", "sources"
    rows = [
        (
            each.title.say(language),
            days(each.valid, language),
            each.origin.note.say(language) if each.origin.note else "",
            sources(each.origin, language),
        )
        for each in RULES.instruments
        if each.is_empty
    ]
    return table(heads, rows)


def doubts(language: Language) -> str:
    heads = ("", said("from, to", "de, à")[language], WORDING[language], "source")
    rows = [
        (
            f"{each.origin.cite.say(language)}. {each.text.say(language)}{note(each.origin, language)}",
            days(each.valid, language),
            each.origin.sure.label(language),
            sources(each.origin, language),
        )
        for each in RULES.doubts.values()
    ]
    return table(heads, rows)


def who(clock: ClockRule, language: Language) -> str:
    roles = {
        "requesting": said("the shore of the child", "la rive de l’enfant"),
        "requested": said("the other shore", "l’autre rive"),
    }
    shores = (shore for shore in (clock.only_on, clock.only_by) if shore)
    only = "".join(f" ({RULES.vocabulary.shores[Shore(shore)].text.say(language)})" for shore in shores)
    name = (
        roles[clock.who][language] if clock.who in roles else RULES.vocabulary.actors[clock.who].say(language)
    )
    return name + only


def within(clock: ClockRule, language: Language) -> str:
    """Each period of a clock, and the events that it needs."""
    colon, stop = (": ", "; ") if language is EN else (" : ", " ; ")
    words = [
        (
            count.period.label(language),
            [RULES.vocabulary.events[each] for each in (count.event, *count.only_after)],
        )
        for count in clock.counts
    ]
    return stop.join(
        period + colon + ", ".join(each.say(language) for each in events) for period, events in words
    )


def clocks(language: Language) -> str:
    heads = {
        EN: ("who", "must", "within", "if nobody does", "wording", "sources"),
        FR: ("qui", "doit", "dans les", "si personne ne le fait", "texte", "sources"),
    }[language]
    rows = []
    for clock in RULES.clocks:
        origin = clock.origin
        promise = "" if clock.binding else f" ({PROMISE[language]})"
        must = f"{clock.text.say(language)}{promise} ({origin.cite.say(language)}){note(origin, language)}"
        sure = origin.sure.label(language)
        follows = clock.follows.say(language)
        row = (who(clock, language), must, within(clock, language), follows, sure, sources(origin, language))
        rows.append(row)
    return table(heads, rows)


def counting(language: Language) -> str:
    return "\n".join(
        f"- **{each.title.say(language)}**. {each.counting.say(language)}"
        for each in RULES.instruments
        if each.counting
    )


def facts(language: Language) -> str:
    heads = {
        EN: ("fact", "kind", "says", "can be shown by"),
        FR: ("fait", "nature", "dit", "peut être établi par"),
    }[language]
    kinds = {
        "yes or no": said("true or false", "true ou false"),
        "birth": said("birth", "naissance"),
        "day": said("day", "jour"),
        "country": said("country", "pays"),
        "choice": said("choice", "choix"),
    }
    rows = [
        (f"`{each.key}`", kinds[each.kind.value][language], each.text.say(language), each.how.say(language))
        for each in RULES.vocabulary.facts.values()
    ]
    return table(heads, rows)


def relations(language: Language) -> str:
    heads = {EN: ("class", "is", "words of family links"), FR: ("classe", "est", "mots des liens familiaux")}
    rows = [
        (f"`{each.key}`", each.text.say(language), ", ".join(each.relations))
        for each in RULES.vocabulary.facts["relation"].choices
    ]
    return table(heads[language], rows)


def events(language: Language) -> str:
    rows = [(f"`{key}`", text.say(language)) for key, text in RULES.vocabulary.events.items()]
    return table({EN: ("event", "is"), FR: ("événement", "est")}[language], rows)


BLOCKS: dict[str, Callable[[Language], str]] = {
    "routes": routes,
    "empty": empty,
    "doubts": doubts,
    "clocks": clocks,
    "counting": counting,
    "facts": facts,
    "relations": relations,
    "events": events,
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_the_page_says_what_the_rules_say(name, language):
    shown = dict(BLOCK.findall(page_of(language)))
    assert shown.keys() == BLOCKS.keys()
    made = BLOCKS[name](language)
    assert shown[name].strip("\n") == made, f"the block is now\n\n{made}"

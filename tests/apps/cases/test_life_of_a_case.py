# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page that explains the life of a case says what the files say."""

import pytest
from test_explained import BLOCK, page_of, table

from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries import RULES, EventRule, event_rules, event_said
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
HEADS = {
    EN: ("event", "possible while the case is", "the case becomes", "besides"),
    FR: ("événement", "possible tant que le dossier est", "le dossier devient", "en outre"),
}
ANY = {EN: "anything", FR: "quel que soit l'état"}
BESIDES = {
    "once": {EN: "once", FR: "une fois"},
    "after": {EN: "after “{event}”", FR: "après « {event} »"},
    "route": {EN: "names its route", FR: "nomme sa voie"},
    "answers": {EN: "by a decision only", FR: "par une décision seulement"},
}


def row(rule: EventRule, language: Language) -> list[str]:
    within = [state.label(language) for state in CaseState if state in rule.within]
    besides = [
        BESIDES[name][language].format(event=event_said(rule.after, language) if rule.after else "")
        for name in BESIDES
        if getattr(rule, name)
    ]
    return [
        event_said(rule.kind, language),
        ANY[language] if len(within) == len(CaseState) else "; ".join(within),
        rule.becomes.label(language) if rule.becomes else "",
        ", ".join(besides),
    ]


@pytest.mark.parametrize("language", list(Language))
def test_the_table_of_events_is_that_of_the_file(language: Language) -> None:
    made = table(HEADS[language], [row(rule, language) for rule in event_rules().values()])
    shown = dict(BLOCK.findall(page_of("life-of-a-case", language)))
    assert shown["events"] == made, f"the table is now\n\n{made}"


@pytest.mark.parametrize("language", list(Language))
def test_the_numbers_are_those_in_force(language: Language) -> None:
    page = page_of("life-of-a-case", language)
    for number in (RULES.least_words, RULES.least_different, RULES.told_within_days):
        assert f"**{number}**" in page

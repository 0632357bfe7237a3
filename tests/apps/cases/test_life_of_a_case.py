# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page that explains the life of a case says what the files say."""

import pytest
from test_explained import BLOCK, page_of, table

from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries import RULES, EventRule, event_rules, event_said
from havre.apps.cases.queries.law import NOT_CLOSED
from havre.core.charts.hiding import LEAST
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
HEADS = {
    EN: ("event", "possible while the case is", "the case becomes", "besides"),
    FR: ("événement", "possible tant que le dossier est", "le dossier devient", "en outre"),
}
ANY = {EN: "anything but closed", FR: "quel que soit l’état, sauf clos"}
BESIDES = {
    "once": {EN: "once", FR: "une fois"},
    "after": {EN: "after “{event}”", FR: "après « {event} »"},
    "route": {
        EN: "names its route; somebody has to be asked",
        FR: "nomme sa voie ; quelqu’un doit être saisi",
    },
    "answers": {EN: "by a decision only", FR: "par une décision seulement"},
    "made_with": {EN: "by its own form only", FR: "par son propre formulaire seulement"},
    "counts_as": {EN: "to the law it is “{event}”", FR: "pour le droit, c’est « {event} »"},
    "ends": {
        EN: "it ends what “{event}” ends, and nothing is counted from it",
        FR: "met fin à ce à quoi « {event} » met fin, et rien n’en est compté",
    },
    "undoes": {EN: "undoes “{event}”", FR: "annule « {event} »"},
}
EVENTS = ("after", "counts_as", "ends", "undoes")
"""What names another event."""


def row(rule: EventRule, language: Language) -> list[str]:
    within = [state.label(language) for state in CaseState if state in rule.within]
    besides = [
        BESIDES[name][language].format(event=event_said(said, language) if name in EVENTS else "")
        for name in BESIDES
        if (said := getattr(rule, name))
    ]
    return [
        event_said(rule.kind, language),
        ANY[language] if rule.within == NOT_CLOSED else "; ".join(within),
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
    numbers = (
        RULES.least_words,
        RULES.least_different,
        RULES.told_within_days,
        RULES.soon_days,
        LEAST,
        RULES.least_panel,
        RULES.least_options,
    )
    for number in (*numbers, *RULES.follow_up_weeks):
        assert f"**{number}**" in page

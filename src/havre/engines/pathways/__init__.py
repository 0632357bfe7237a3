# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which legal routes are open to a child, what is due, by whom, by when: rules as data, with their sources."""

from havre.engines.pathways.ages import Age, Interval, age_on
from havre.engines.pathways.assessing import assess
from havre.engines.pathways.clocks import clocks, facts_of_events
from havre.engines.pathways.counting import noon_of
from havre.engines.pathways.deadlines import Deadline, Due, Event
from havre.engines.pathways.facts import BadFact, Facts, read_facts
from havre.engines.pathways.model import (
    ClockRule,
    Condition,
    Instrument,
    Origin,
    Route,
    Rulebook,
    Source,
    Sureness,
)
from havre.engines.pathways.results import (
    Answer,
    AskFirst,
    Assessment,
    ConditionResult,
    Missing,
    RouteResult,
    State,
)
from havre.engines.pathways.rulebook import rulebook
from havre.engines.pathways.vocabulary import Fact, Kind, Shore, Text

__all__ = [
    "Age",
    "Answer",
    "AskFirst",
    "Assessment",
    "BadFact",
    "ClockRule",
    "Condition",
    "ConditionResult",
    "Deadline",
    "Due",
    "Event",
    "Fact",
    "Facts",
    "Instrument",
    "Interval",
    "Kind",
    "Missing",
    "Origin",
    "Route",
    "RouteResult",
    "Rulebook",
    "Shore",
    "Source",
    "State",
    "Sureness",
    "Text",
    "age_on",
    "assess",
    "clocks",
    "facts_of_events",
    "noon_of",
    "read_facts",
    "rulebook",
]

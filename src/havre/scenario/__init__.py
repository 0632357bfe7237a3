# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A synthetic Calais, autumn 2016: two lists, the camp, the truth, what became of children. Nobody in it exists."""

from havre.scenario.leaving import PARTY_COLUMNS, PLACE_COLUMNS, Leaving, csv_of, leave
from havre.scenario.scenario import Scenario, ScenarioError, children_of, make_scenario, scenario_day
from havre.scenario.story import Step, Story, Thread, refusals, tell_story
from havre.scenario.truth import Truth, write_truth

__all__ = [
    "PARTY_COLUMNS",
    "PLACE_COLUMNS",
    "Leaving",
    "Scenario",
    "ScenarioError",
    "Step",
    "Story",
    "Thread",
    "Truth",
    "children_of",
    "csv_of",
    "leave",
    "make_scenario",
    "refusals",
    "scenario_day",
    "tell_story",
    "write_truth",
]

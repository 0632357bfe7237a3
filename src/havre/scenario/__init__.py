# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A synthetic Calais, autumn 2016: two lists, the camp, and the truth. The people do not exist."""

from havre.scenario.scenario import Scenario, ScenarioError, make_scenario, scenario_day
from havre.scenario.truth import Truth, write_truth

__all__ = ["Scenario", "ScenarioError", "Truth", "make_scenario", "scenario_day", "write_truth"]

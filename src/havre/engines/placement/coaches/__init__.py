# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which coach takes whom where: as few coaches as may be, then as few km, with a proven bound and reasons."""

from havre.engines.placement.coaches.checking import Broken, Verdict, check
from havre.engines.placement.coaches.coach_file import coaches_text
from havre.engines.placement.coaches.coaches import Coach, Coaches
from havre.engines.placement.coaches.model import Crew, Load, Policy, Task
from havre.engines.placement.coaches.policy import default_policy, default_policy_text, read_policy
from havre.engines.placement.coaches.reading import read_task
from havre.engines.placement.coaches.solving import Wish, get_ready, is_compiled, solve
from havre.engines.placement.coaches.why import Hindrance, Why

__all__ = [
    "Broken",
    "Coach",
    "Coaches",
    "Crew",
    "Hindrance",
    "Load",
    "Policy",
    "Task",
    "Verdict",
    "Why",
    "Wish",
    "check",
    "coaches_text",
    "default_policy",
    "default_policy_text",
    "get_ready",
    "is_compiled",
    "read_policy",
    "read_task",
    "solve",
]

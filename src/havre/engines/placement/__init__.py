# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who goes to which place: a plan that obeys every hard rule, with a proven bound and reasons."""

from havre.engines.placement.checking import Broken, Verdict, check
from havre.engines.placement.model import NO_LOCKS, Curve, Goal, Locks, Party, Place, Policy, Task, Unit
from havre.engines.placement.plan import Plan
from havre.engines.placement.plan_file import plan_text, promises
from havre.engines.placement.policy import default_policy, default_policy_text, read_policy
from havre.engines.placement.reading import read_task
from havre.engines.placement.reasons import Explainer, Missed, Reasons
from havre.engines.placement.remarks import Remark, Source
from havre.engines.placement.solving import Effort, solve

__all__ = [
    "NO_LOCKS",
    "Broken",
    "Curve",
    "Effort",
    "Explainer",
    "Goal",
    "Locks",
    "Missed",
    "Party",
    "Place",
    "Plan",
    "Policy",
    "Reasons",
    "Remark",
    "Source",
    "Task",
    "Unit",
    "Verdict",
    "check",
    "default_policy",
    "default_policy_text",
    "plan_text",
    "promises",
    "read_policy",
    "read_task",
    "solve",
]

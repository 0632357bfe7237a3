# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who goes to which place: a plan that obeys every hard rule, with a proven bound and reasons."""

from havre.engines.placement.checking import Broken, Verdict, check
from havre.engines.placement.desk import Desk
from havre.engines.placement.fairness import Fairness, fairness_of, solve_fairly
from havre.engines.placement.forecast import Expected, Forecast, expect
from havre.engines.placement.groups import Group
from havre.engines.placement.keeping import kept, restored
from havre.engines.placement.land import at_sea
from havre.engines.placement.model import NO_LOCKS, Curve, Fair, Goal, Locks, Party, Place, Policy, Task, Unit
from havre.engines.placement.offers import Kept, NoRoom, Offer, Queued, Reason
from havre.engines.placement.plan import Plan
from havre.engines.placement.plan_file import plan_text, promises
from havre.engines.placement.policy import default_policy, default_policy_text, read_policy
from havre.engines.placement.reading import read_task
from havre.engines.placement.reasons import Explainer, Missed, Reasons
from havre.engines.placement.remarks import Remark, Source
from havre.engines.placement.solving import Effort, is_compiled, solve
from havre.engines.placement.weighing import Hurdle, goals, hurdles
from havre.engines.placement.whatif import Answer, Mistake, Question, WrongQuestion, ceiling, replan

__all__ = [
    "NO_LOCKS",
    "Answer",
    "Broken",
    "Curve",
    "Desk",
    "Effort",
    "Expected",
    "Explainer",
    "Fair",
    "Fairness",
    "Forecast",
    "Goal",
    "Group",
    "Hurdle",
    "Kept",
    "Locks",
    "Missed",
    "Mistake",
    "NoRoom",
    "Offer",
    "Party",
    "Place",
    "Plan",
    "Policy",
    "Question",
    "Queued",
    "Reason",
    "Reasons",
    "Remark",
    "Source",
    "Task",
    "Unit",
    "Verdict",
    "WrongQuestion",
    "at_sea",
    "ceiling",
    "check",
    "default_policy",
    "default_policy_text",
    "expect",
    "fairness_of",
    "goals",
    "hurdles",
    "is_compiled",
    "kept",
    "plan_text",
    "promises",
    "read_policy",
    "read_task",
    "replan",
    "restored",
    "solve",
    "solve_fairly",
]

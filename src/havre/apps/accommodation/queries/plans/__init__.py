# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of plans. The row policies have decided already which rows there are."""

from havre.apps.accommodation.queries.plans.board import (
    Accepted,
    CentreLine,
    Now,
    Waiting,
    accepted_of,
    assignments,
    centre_lines,
    changed_promises,
    figures_now,
    overrides_of,
    standing_of,
    waiting_of,
)
from havre.apps.accommodation.queries.plans.comparing import CentreChange, Compared, Move, compared
from havre.apps.accommodation.queries.plans.explaining import (
    ClosedPlace,
    Explained,
    OpenPlace,
    explained,
    goals_there,
    there,
)
from havre.apps.accommodation.queries.plans.inputs import (
    Gathered,
    free_again,
    gather,
    gather_desk,
    is_open,
)
from havre.apps.accommodation.queries.plans.plans import (
    best_of,
    made_plans,
    newest_plan_with,
    plan,
    plans,
    task_of,
    texts_of,
    was_emptied,
)

__all__ = [
    "Accepted",
    "CentreChange",
    "CentreLine",
    "ClosedPlace",
    "Compared",
    "Explained",
    "Gathered",
    "Move",
    "Now",
    "OpenPlace",
    "Waiting",
    "accepted_of",
    "assignments",
    "best_of",
    "centre_lines",
    "changed_promises",
    "compared",
    "explained",
    "figures_now",
    "free_again",
    "gather",
    "gather_desk",
    "goals_there",
    "is_open",
    "made_plans",
    "newest_plan_with",
    "overrides_of",
    "plan",
    "plans",
    "standing_of",
    "task_of",
    "texts_of",
    "there",
    "waiting_of",
    "was_emptied",
]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of tracing. The row policies have decided already which rows there are."""

from havre.apps.tracing.models.glimpses import Glimpse, glimpse
from havre.apps.tracing.queries.lines import PairLine, line_of
from havre.apps.tracing.queries.pages import Page, page_after
from havre.apps.tracing.queries.pairs import (
    MyWork,
    PairQuerySet,
    my_work,
    next_pair,
    pairs,
    rivals_of,
    siblings_of,
)
from havre.apps.tracing.queries.reasons import (
    ReasonSaid,
    agreements,
    reasons_in_words,
    relation_said,
    spelled,
    years_said,
)
from havre.apps.tracing.queries.reunification import ReunificationRow, reunification
from havre.apps.tracing.queries.runs import run, runs
from havre.apps.tracing.queries.verdicts import VerdictSaid, verdicts_of
from havre.apps.tracing.queries.views import PairView, Side, pair_view
from havre.apps.tracing.queries.whereabouts import Apart, Whereabouts, whereabouts

__all__ = [
    "Apart",
    "Glimpse",
    "MyWork",
    "Page",
    "PairLine",
    "PairQuerySet",
    "PairView",
    "ReasonSaid",
    "ReunificationRow",
    "Side",
    "VerdictSaid",
    "Whereabouts",
    "agreements",
    "glimpse",
    "line_of",
    "my_work",
    "next_pair",
    "page_after",
    "pair_view",
    "pairs",
    "reasons_in_words",
    "relation_said",
    "reunification",
    "rivals_of",
    "run",
    "runs",
    "siblings_of",
    "spelled",
    "verdicts_of",
    "whereabouts",
    "years_said",
]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of tracing: the states of a pair, what is done to it, and the reasons that a verdict may give."""

from havre.apps.tracing.enums.acts import MEMBERS_ACTS, Act, Agreement
from havre.apps.tracing.enums.reasons import VerdictReason, reason_of, reasons_for
from havre.apps.tracing.enums.states import WORDS, PairState, RunState

__all__ = [
    "MEMBERS_ACTS",
    "WORDS",
    "Act",
    "Agreement",
    "PairState",
    "RunState",
    "VerdictReason",
    "reason_of",
    "reasons_for",
]

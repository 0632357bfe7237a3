# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of tracing. What each may hold is said here; who reads it, in the policies of the migrations."""

from havre.apps.tracing.models.pairs import Pair
from havre.apps.tracing.models.runs import Run
from havre.apps.tracing.models.verdicts import Verdict, VerdictNote

__all__ = ["Pair", "Run", "Verdict", "VerdictNote"]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as it is told outside: to a program, in a bundle, on paper. One shape for all (``core.exchange.bundle``).

Each word of Havre's goes with its meaning in both languages; of the other organisation its acts are told, never its
member.
"""

from havre.apps.cases.queries.told.decisions import decision_told
from havre.apps.cases.queries.told.people import People, left_out, people_of
from havre.apps.cases.queries.told.wholes import case_parts, case_told
from havre.apps.cases.queries.told.words import WORDS, both, organisation_told, word

__all__ = [
    "WORDS",
    "People",
    "both",
    "case_parts",
    "case_told",
    "decision_told",
    "left_out",
    "organisation_told",
    "people_of",
    "word",
]

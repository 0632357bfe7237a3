# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sentences of the audit."""

from havre.words import Words

WORDS = Words("havre.core.audit")
KINDS = (
    "read",
    "listed",
    "insert",
    "update",
    "delete",
    "search",
    "match",
    "export",
    "handed",
    "feed",
    "erase",
    "alarm",
)
"""The kinds of entries, as an auditor filters them."""

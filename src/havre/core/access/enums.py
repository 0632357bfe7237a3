# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why data is read."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why data is read. Enforcement is none of them: it lives in another house."""

    CARE = "care"
    """To register a child and look after what was registered."""
    TRACING = "tracing"
    """To find and verify family."""
    MATCHING = "matching"
    """To compare the lists of both shores, by a job that shows nobody a row."""
    OVERSIGHT = "oversight"
    """To see who read and changed what."""
    ADMINISTRATION = "administration"
    """To look after accounts and members."""


PROTECTION_PURPOSES = frozenset({Purpose.CARE, Purpose.TRACING})
"""Purposes for which a protected row may be read."""

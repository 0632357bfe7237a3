# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of a line of a sheet."""

from enum import StrEnum


class Outcome(StrEnum):
    """As the sheet counts its lines."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who speaks on a list."""

from enum import StrEnum


class Speaker(StrEnum):
    """Who speaks in the links of a list, of the other one of the two people."""

    CHILDREN = "children"
    RELATIVES = "relatives"

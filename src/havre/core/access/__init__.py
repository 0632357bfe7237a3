# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts, for whom, why: the one door to protected rows, and what each route asks of those who open it."""

from havre.core.access.acting import Actor, NobodyActs, acting_as, beside, current_actor, system_member
from havre.core.access.rights import NotAllowed, Purpose, Right, check, may, needs, public

__all__ = [
    "Actor",
    "NobodyActs",
    "NotAllowed",
    "Purpose",
    "Right",
    "acting_as",
    "beside",
    "check",
    "current_actor",
    "may",
    "needs",
    "public",
    "system_member",
]

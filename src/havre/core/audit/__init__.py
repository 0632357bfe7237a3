# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who changed and who read what: written by triggers, sealed in a chain, readable until it is lawfully erased."""

from havre.core.audit.actions import (
    Fault,
    done_lately,
    faults,
    forget,
    record,
    record_handed,
    record_listed,
    record_read,
    seal,
)
from havre.core.audit.limits import LIMITS

__all__ = [
    "LIMITS",
    "Fault",
    "done_lately",
    "faults",
    "forget",
    "record",
    "record_handed",
    "record_listed",
    "record_read",
    "seal",
]

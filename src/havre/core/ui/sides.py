# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one person says, or what two say of each other: the lines that a page lays side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Agreement(StrEnum):
    """Whether the two sides of a line say the same."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """Something as it was written, in Latin letters where it was not, and who said it, or where and when."""

    text: str
    latin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both sides were asked. An empty side did not say; no agreement: nothing is compared."""

    label: str
    left: Sequence[Said]
    right: Sequence[Said] = ()
    agreement: Agreement | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one heading."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a step of a timeline."""

    when: date | datetime | str
    title: str
    text: str = ""
    by: str = ""
    tone: str = "quiet"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast a member may read and search (``limits.toml``)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so many seconds."""

    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of ``limits.toml``."""

    reading: Limit
    searching: Limit


def _read() -> Limits:
    data = tomllib.loads((files(__package__) / "limits.toml").read_text("utf-8"))
    return Limits(**{name: Limit(**entry) for name, entry in data.items()})


LIMITS = _read()

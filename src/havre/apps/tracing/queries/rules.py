# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The thresholds of tracing (``rules.toml``)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rules:
    """See ``rules.toml`` for what each says."""

    least_probability: float
    come_back_bits: float
    sibling_probability: float


RULES = Rules(**tomllib.loads((files("havre.apps.tracing") / "rules.toml").read_text("utf-8")))

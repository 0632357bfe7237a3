# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published vocabulary of reasons for a verdict (``reasons.toml``): the same words on both shores."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from havre.apps.tracing.enums.acts import Act
from havre.words import Language


@dataclass(frozen=True, slots=True)
class VerdictReason:
    """One reason, and the acts that it may be given for."""

    key: str
    en: str
    fr: str
    acts: frozenset[Act]

    def label(self, language: Language) -> str:
        """The reason in words."""
        return self.fr if language is Language.FRENCH else self.en


@cache
def _vocabulary() -> dict[str, VerdictReason]:
    data = tomllib.loads((files(__package__) / "reasons.toml").read_text("utf-8"))
    return {
        key: VerdictReason(key, entry["en"], entry["fr"], frozenset(map(Act, entry["acts"])))
        for key, entry in data.items()
    }


def reasons_for(act: Act) -> tuple[VerdictReason, ...]:
    """The reasons that may be given for an act, in the order of the file; none where it asks for none."""
    return tuple(reason for reason in _vocabulary().values() if act in reason.acts)


def reason_of(key: str) -> VerdictReason | None:
    """The reason of a key; None where there is none."""
    return _vocabulary().get(key)

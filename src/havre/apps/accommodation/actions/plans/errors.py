# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the actions on plans refuse, in one sentence."""

from collections.abc import Sequence

from havre.apps.accommodation.actions.refusing import WORDS, Refused
from havre.engines.placement import Remark
from havre.words import Language


class PlanRefused(Refused):
    """Something about a plan that may not be; says why."""


class BadInput(PlanRefused):
    """Rows of which no plan can be made, each with its line."""

    def __init__(self, lines: Sequence[tuple[Remark, str]], *, more: int = 0) -> None:
        super().__init__("bad_input")
        self.lines, self.more = lines, more

    def said(self, language: Language) -> list[str]:
        """One line for each."""
        told = [
            remark.say(language, about or WORDS.say(language, f"source_{remark.source.value}"))
            for remark, about in self.lines
        ]
        return told + ([WORDS.say(language, "more_lines", n=self.more)] if self.more else [])

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a pair and of a match run."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.apps.tracing")


class PairState(StrEnum):
    """The life of a pair. Which step leads from which to which stands in ``actions.life``."""

    PROPOSED = "proposed"
    REJECTED = "rejected"
    """Not the same people, a member said; no later run proposes it again, unless what was compared has changed."""
    CONFIRMED = "confirmed"
    """One member takes it for true; another one, of the other shore, has not looked yet."""
    VERIFIED = "verified"
    """Two members, one of each shore, take it for true: each side is open to the other organisation."""
    REUNITED = "reunited"
    ELSEWHERE = "elsewhere"
    """Closed because the child, or the link, was reunited by another pair."""
    WITHDRAWN = "withdrawn"
    """No longer proposed: the lists changed, or consent or a registration ended. It shows nothing of either side."""

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"state_{self.value}")


class RunState(StrEnum):
    """How far a match run is; between the two its job tells more."""

    ASKED = "asked"
    DONE = "done"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"run_{self.value}")

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done to a pair, and how one field of its two sides agrees."""

from enum import StrEnum

from havre.apps.tracing.enums.states import WORDS
from havre.words import Language


class Act(StrEnum):
    """What a member, the match or the house itself does to a pair."""

    CONFIRM = "confirm"
    REJECT = "reject"
    ASK = "ask"
    """More has to be known first; the reason says what."""
    SKIP = "skip"
    """Not now: the pair does not come to this member by itself any more, until its state changes."""
    WITHDRAW = "withdraw"
    """Takes one's own confirmation back."""
    VERIFY = "verify"
    REFUSE_VERIFICATION = "refuse_verification"
    REOPEN = "reopen"
    REUNITE = "reunite"
    UNDO = "undo"
    """The reunion was recorded by mistake, or did not last."""
    REVOKE = "revoke"
    """A verified pair was found to be wrong."""

    COME_BACK = "come_back"
    """The match proposes again what was rejected: what was compared has changed, and says more."""
    FADE = "fade"
    """The match proposes it no longer."""
    RETURN = "return"
    """The match proposes it again."""

    CLOSE = "close"
    """A rival was reunited."""
    RESTORE = "restore"
    """That reunion was undone."""
    END = "end"
    """Consent to tracing, or one of the registrations, has ended."""

    def label(self, language: Language) -> str:
        """The act in words."""
        return WORDS.say(language, f"act_{self.value}")

    def done(self, language: Language) -> str:
        """The act in words, as something that somebody has done."""
        return WORDS.say(language, f"done_{self.value}")


MEMBERS_ACTS = tuple(Act)[: tuple(Act).index(Act.COME_BACK)]
"""What members do; each leaves a verdict."""


class Agreement(StrEnum):
    """All that is told of a phone number or a town of the other side before a pair is verified."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"

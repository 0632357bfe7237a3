# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of cases: their states, what a decision says, how it is told."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.apps.cases")


class CaseState(StrEnum):
    """Where a case stands. It follows from its events (``queries.standing``); nobody types it."""

    OPENED = "opened"
    ASKED = "asked"
    """A request was sent."""
    RECEIVED = "received"
    REFUSED = "refused"
    REEXAMINED = "reexamined"
    """The other shore was asked to look again."""
    REFUSED_AGAIN = "refused_again"
    ACCEPTED = "accepted"
    APPEALED = "appealed"
    """An appeal keeps the transfer waiting."""
    TRANSFERRED = "transferred"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"state_{self.value}")


class Answer(StrEnum):
    """What a decision says to the request."""

    ACCEPT = "accept"
    REFUSE = "refuse"

    def label(self, language: Language) -> str:
        """The answer in words."""
        return WORDS.say(language, f"answer_{self.value}")


class Result(StrEnum):
    """What became of one criterion when it was tested."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_SHOWN = "not_shown"
    """It may be so, and nothing shows it yet."""

    @property
    def fails(self) -> bool:
        """Whether it keeps a request from being accepted."""
        return self is not Result.MET

    def label(self, language: Language) -> str:
        """The result in words."""
        return WORDS.say(language, f"result_{self.value}")


class Factor(StrEnum):
    """The four factors of a child's best interests; each is a column of a decision."""

    REUNIFICATION = "reunification"
    WELL_BEING = "well_being"
    SAFETY = "safety"
    VIEWS = "views"

    def label(self, language: Language) -> str:
        """The factor in words."""
        return WORDS.say(language, f"factor_{self.value}")


class Manner(StrEnum):
    """How a decision is told to a child."""

    IN_PERSON = "in_person"
    WITH_INTERPRETER = "with_interpreter"
    BY_PHONE = "by_phone"
    """With an interpreter."""
    READ_ALOUD = "read_aloud"
    """The letter is read to the child and left with them."""

    def label(self, language: Language) -> str:
        """The manner in words."""
        return WORDS.say(language, f"manner_{self.value}")

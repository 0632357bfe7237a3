# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action refuses, in one sentence."""

from datetime import datetime

from havre.apps.tracing.enums import WORDS, Act, PairState
from havre.words import Language


class TracingRefused(Exception):
    """Something that may not be; says why. ``field`` is the form field it belongs to, or empty."""

    field = ""
    status = 422
    """How HTTP says it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def say(self, language: Language) -> str:
        """One sentence."""
        said = {
            name: value.label(language) if isinstance(value, Act | PairState) else value
            for name, value in self.values.items()
        }
        return WORDS.say(language, self.key, **said)


class NoSuchPair(TracingRefused):
    """There is none that the acting member may read."""

    status = 404

    def __init__(self) -> None:
        super().__init__("no_such_pair")


class Outdated(TracingRefused):
    """Somebody was quicker. Says of which organisation, never who; None where a program was."""

    status = 409

    def __init__(self, act: Act | None, organisation: str, at: datetime | None) -> None:
        super().__init__("outdated" if act else "outdated_by_itself")
        self.act, self.organisation, self.at = act, organisation, at

    def say(self, language: Language) -> str:
        """One sentence."""
        if self.act is None or self.at is None:
            return WORDS.say(language, self.key)
        when = f"{self.at:%Y-%m-%d %H:%M} UTC"
        return WORDS.say(
            language, self.key, organisation=self.organisation, done=self.act.done(language), when=when
        )


class NotPossible(TracingRefused):
    """No such step leads from the pair's state."""

    status = 409

    def __init__(self, act: Act, state: PairState) -> None:
        super().__init__("not_possible", act=act, state=state)


class ReasonNeeded(TracingRefused):
    """The act asks for a reason of the vocabulary, and none, or another one, was given."""

    field = "reason"

    def __init__(self, act: Act) -> None:
        super().__init__("reason_needed", act=act)


class DayNeeded(TracingRefused):
    """The act asks for the day it happened, which is not in the future."""

    field = "true_on"

    def __init__(self, act: Act) -> None:
        super().__init__("day_needed", act=act)


class NeedsOtherShore(TracingRefused):
    """Another member, of the other shore, has to."""

    status = 403

    def __init__(self, act: Act) -> None:
        super().__init__("needs_other_shore", act=act)


class KeyWasUsed(TracingRefused):
    """The idempotency key belongs to another verdict."""

    status = 409

    def __init__(self) -> None:
        super().__init__("key_was_used")


class NeedsSameMember(TracingRefused):
    """Only the member who confirmed may."""

    status = 403

    def __init__(self, act: Act) -> None:
        super().__init__("needs_same_member", act=act)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action refuses, in one sentence."""

from uuid import UUID

from havre.apps.cases.enums import WORDS, CaseState, Factor
from havre.apps.cases.queries import event_said, routes
from havre.words import Language


class CaseRefused(Exception):
    """Something that may not be; says why. ``field`` is the form field it belongs to, or empty."""

    field = ""
    status = 422
    """How HTTP says it."""

    def __init__(self, key: str, *, field: str = "", status: int = 0, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
        self.field, self.status = field or self.field, status or self.status

    def say(self, language: Language) -> str:
        """One sentence."""
        return WORDS.say(language, self.key, **self.values)


class NoSuchCase(CaseRefused):
    """There is no case, decision or pair that the acting member may read."""

    status = 404

    def __init__(self) -> None:
        super().__init__("no_such_case")


class AlreadyOpen(CaseRefused):
    """The child has a case."""

    status = 409

    def __init__(self, case_id: UUID) -> None:
        super().__init__("already_open")
        self.case_id = case_id


class NotNow(CaseRefused):
    """The event does not follow from where the case stands."""

    field = "kind"
    status = 409

    def __init__(self, kind: str, state: CaseState) -> None:
        super().__init__("not_now")
        self.kind, self.state = kind, state

    def say(self, language: Language) -> str:
        """One sentence."""
        event, state = event_said(self.kind, language), self.state.label(language)
        return WORDS.say(language, self.key, event=event, state=state)


class NotWhole(CaseRefused):
    """A decision, assessment or determination in which something is missing.

    Each lack is a place of the form and what is wrong there.
    """

    def __init__(self, route: str, lacks: tuple[tuple[str, str], ...]) -> None:
        super().__init__("not_whole")
        self.route, self.lacks = route, lacks

    def say(self, language: Language) -> str:
        """One sentence for all of them."""
        return " ".join(self.say_each(place, lack, language) for place, lack in self.lacks)

    def say_each(self, place: str, lack: str, language: Language) -> str:
        """What is missing in one place, and what to do."""
        return WORDS.say(
            language, "lack", place=self.say_place(place, language), what=WORDS.say(language, f"lack_{lack}")
        )

    def say_lack(self, lack: str, language: Language) -> str:
        """What is missing and what to do, where the place is plain to see."""
        said = WORDS.say(language, f"lack_{lack}")
        return said[:1].upper() + said[1:]

    def say_place(self, place: str, language: Language) -> str:
        """A place of the form in words."""
        name, _, key = place.partition(".")
        if name == "criteria":
            conditions = routes()[self.route].conditions if self.route in routes() else ()
            return next((each.text.say(language) for each in conditions if each.key == key), key)
        if name in list(Factor):
            return Factor(name).label(language)
        return WORDS.say(language, f"place_{name}")

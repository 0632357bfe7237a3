# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages warn of: brothers and sisters in two parties, an age that is not what it was taken for."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.apps.accommodation.enums import AgeSaid
from havre.apps.accommodation.queries.ages import wrong_ages
from havre.apps.accommodation.queries.kin import Kin
from havre.apps.accommodation.web.words import WORDS
from havre.core.ui.context import url
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning above a page."""

    tone: str
    title: str
    text: str
    others: Sequence[tuple[Kin, str]] = ()
    """Other parties, each with where it lives or is to live."""
    see: tuple[str, str] | None = None
    """A link, and where it leads."""


def warned(kin: Sequence[Kin], wrong_age: AgeSaid | None, language: Language) -> list[Warned]:
    """In words, the gravest first."""
    found = []
    if wrong_age:
        title, text = f"age_{wrong_age}_title", f"age_{wrong_age}_text"
        found.append(Warned("bad", WORDS.say(language, title), WORDS.say(language, text)))
    if kin:
        nowhere = WORDS.say(language, "kin_nowhere")
        others = [(each, each.centre.located if each.centre else nowhere) for each in kin]
        found.append(
            Warned("attention", WORDS.say(language, "kin_title"), WORDS.say(language, "kin_text"), others)
        )
    return found


def held_back(language: Language) -> list[Warned]:
    """That parties are left out of plans and coaches until somebody says what they are; of none nothing."""
    n = len(wrong_ages())
    if not n:
        return []
    there = url("accommodation:parties", query={"tab": "wrong_age"})
    title, text = WORDS.say(language, "held_title", n=n), WORDS.say(language, "held_text")
    return [Warned("bad", title, text, see=(WORDS.say(language, "see_held"), there))]

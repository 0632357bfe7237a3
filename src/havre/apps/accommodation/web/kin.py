# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a page says that brothers and sisters are in two parties."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.apps.accommodation.queries.kin import Kin
from havre.apps.accommodation.web.words import WORDS
from havre.words import Language


@dataclass(frozen=True, slots=True)
class KinTold:
    """A warning above a party's page."""

    title: str
    text: str
    others: Sequence[tuple[Kin, str]]
    """Each with where it lives or is to live."""


def kin_told(kin: Sequence[Kin], language: Language) -> KinTold | None:
    """In words; None where there is nobody."""
    if not kin:
        return None
    nowhere = WORDS.say(language, "kin_nowhere")
    others = [(each, each.centre.located if each.centre else nowhere) for each in kin]
    return KinTold(WORDS.say(language, "kin_title"), WORDS.say(language, "kin_text"), others)

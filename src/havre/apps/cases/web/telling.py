# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What belongs to a case, in words."""

from uuid import UUID

from havre.apps.cases.actions import NotWhole
from havre.apps.cases.queries import Life
from havre.words import Language


def lacks_said(life: Life, route: str, language: Language) -> dict[UUID, list[str]]:
    """Of each answer from outside of Havre, every element of a decision that it lacks."""
    return {
        each.answer.pk: [
            NotWhole(route, each.lacks).say_place(place, language)
            for place in dict.fromkeys(place for place, _ in each.lacks)
        ]
        for each in life.outside
    }

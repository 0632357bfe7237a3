# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action of accommodation refuses, in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from havre.apps.accommodation.models import Centre
from havre.words import Language, Words

WORDS = Words("havre.apps.accommodation.actions")


class Refused(Exception):
    """Something that may not be; says why. ``field`` is the form field it belongs to, or empty."""

    def __init__(self, key: str, *, field: str = "", status: int = 422, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
        self.field, self.status = field, status
        """``status`` is how HTTP says it."""

    def say(self, language: Language) -> str:
        """One sentence."""
        return WORDS.say(language, self.key, **self.values)


class NoRoom(Refused):
    """Units are lacking: others were given them meanwhile."""

    def __init__(self, centre: Centre) -> None:
        super().__init__("no_room_at", status=409, centre=centre.name)
        self.centre = centre


@contextmanager
def refusing() -> Iterator[None]:
    """What PostgreSQL refuses within, said in a sentence: each of our constraints has one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        key = f"broken_{broken}"
        if key not in set(WORDS):
            raise
        raise Refused(key, status=409) from error

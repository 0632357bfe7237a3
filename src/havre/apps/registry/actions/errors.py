# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action refuses, said in one sentence."""

from havre.apps.registry.enums import WORDS
from havre.words import Language


class RegistryError(Exception):
    """Nothing was changed. ``field`` names the field of a form that it is about, or nothing."""

    def __init__(self, key: str, /, field: str = "", **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values

    def say(self, language: Language) -> str:
        """What is wrong and what would be right."""
        return WORDS.say(language, f"error_{self.key}", **self.values)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stops a database from being used, said in one sentence."""

from havre.words import Language, Words

WORDS = Words("havre.core.database")


def sentence(key: str, /, **values: object) -> str:
    """A sentence of this room in the language of this run."""
    return WORDS.say(Language.of_environment(), key, **values)


class DatabaseServerError(Exception):
    """One sentence that says what is wrong with the server and what would be right."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def say(self, language: Language) -> str:
        """The sentence in ``language``."""
        return WORDS.say(language, self.key, **self.values)

    def __str__(self) -> str:
        return self.say(Language.of_environment())

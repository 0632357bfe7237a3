# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a file is not taken, or cannot be opened."""

from havre.words import Language, Words

WORDS = Words("havre.core.files")


class FileRefused(ValueError):
    """A file that we do not take; ``said`` tells the reason and what would be right."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def said(self, language: Language) -> str:
        """The reason in the reader's language."""
        return WORDS.say(language, self.key, **self.values)


class FileLost(RuntimeError):
    """A file that was kept and cannot be opened: its key is gone, or it was changed."""

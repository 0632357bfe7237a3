# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stops a list from being read or written, said in one sentence."""

from pathlib import Path

from havre.core.exchange.remarks import WORDS, Remark
from havre.words import Language


class ExchangeError(Exception):
    """One sentence that names the file and the remedy; ``str()`` says it in ``language``."""

    def __init__(self, language: Language, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.language = language
        self.key = key
        self.values = values

    def say(self, language: Language) -> str:
        """The sentence in ``language``."""
        return WORDS.say(language, self.key, **self.values)

    def __str__(self) -> str:
        return self.say(self.language)


class UnreadableList(ExchangeError):
    """Nothing of the list was read. ``remarks`` holds the bad cells where ``strict`` refused it."""

    remarks: tuple[Remark, ...] = ()


class UnwritableFile(ExchangeError):
    """Nothing was written; what stood there before still stands."""


def os_reason(error: OSError) -> str:
    """The key of the sentence for what the operating system said."""
    if isinstance(error, FileNotFoundError):
        return "missing"
    if isinstance(error, PermissionError):
        return "not_permitted"
    if isinstance(error, IsADirectoryError):
        return "is_a_folder"
    return "not_readable"


class Refusal(Exception):
    """Raised inside of the reader, which knows the language and makes an ``UnreadableList`` of it."""

    def __init__(self, key: str, /, path: Path | str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = {"path": str(path), **values}

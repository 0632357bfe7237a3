# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a reader of one kind of cell says that it cannot read one."""


class BadValue(ValueError):
    """A cell that does not say what its column holds: the key of the sentence, and its values."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

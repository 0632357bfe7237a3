# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tells a member that something waits for them.

A notice holds the key of a sentence, numbers and ids, and where to go: no name and no other detail of a person.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from havre.core.notices.telling import speaks, tell, unread

__all__ = ["speaks", "tell", "unread"]


def __getattr__(name: str) -> object:
    """What needs the models: Django reads this package before it knows them."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.telling"), name)

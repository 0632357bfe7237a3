# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys that two instances can make apart from each other and still put together."""

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """A new key (RFC 9562, version 7): unique everywhere, and sorted by the moment it was made."""
    return compat.uuid7()


def key_of(said: str) -> uuid.UUID | None:
    """The key that somebody wrote; None where it is none."""
    try:
        return uuid.UUID(said)
    except ValueError:
        return None

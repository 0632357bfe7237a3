# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Havre itself says to the database: under a seal, so that no statement that slips in can say it in its place.

The web role may call a gate function with whatever it likes. What only the program may say, such a function takes with
a seal (``havre_sealed()``): an HMAC of the text under a key that follows from ``HAVRE_SECRET_KEY``. The database holds
the key where gate functions alone read it.
"""

import hmac
from functools import cache
from typing import Any

from django.conf import settings

_BLOCK = 64
"""Bytes of a block of SHA-256."""
_INNER, _OUTER = 0x36, 0x5C


def seal_of(text: str) -> bytes:
    """The seal of a text that this program says."""
    return hmac.digest(_key(settings.SECRET_KEY), text.encode(), "sha256")


def hand_over_key(cursor: Any) -> None:
    """Gives the database the key; ``cursor`` is that of the tables' owner, after each migration and restore."""
    key = _key(settings.SECRET_KEY).ljust(_BLOCK, b"\0")
    blocks = [bytes(byte ^ pad for byte in key) for pad in (_INNER, _OUTER)]
    cursor.execute(
        'INSERT INTO access_sealkey AS k (id, "inner", "outer") VALUES (1, %s, %s)'
        ' ON CONFLICT (id) DO UPDATE SET "inner" = excluded."inner", "outer" = excluded."outer"',
        blocks,
    )


@cache
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"havre.core.access.sealing", "sha256")

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key of a run: 32 random bytes that both shores share and that whoever matches never sees."""

import hashlib
import hmac
import secrets

SIZE = 32
_LEAST_DISTINCT = 16
"""Different values among the bytes of a key; 32 random bytes have fewer once in 10^16 keys."""


class WeakKey(ValueError):
    """These bytes are no key: too few, too many, typed by hand or full of repetition."""


def new_key() -> bytes:
    """A key from the system's source of randomness."""
    return secrets.token_bytes(SIZE)


def check_key(key: bytes) -> None:
    """WeakKey where the bytes cannot have come from ``new_key``."""
    if len(key) != SIZE or len(set(key)) < _LEAST_DISTINCT or (key.isascii() and key.decode().isprintable()):
        raise WeakKey


def check_value(key: bytes, edition: str) -> str:
    """What tells two runs apart and says nothing of the key."""
    return keyed(key, "check", edition).hex()[:32]


def keyed(key: bytes, purpose: str, value: str) -> bytes:
    """HMAC-SHA256 of a value, for one purpose."""
    message = b"".join(len(part).to_bytes(4, "big") + part for part in (purpose.encode(), value.encode()))
    return hmac.new(key, message, hashlib.sha256).digest()

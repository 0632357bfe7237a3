# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Encryption of attachments: AES-256-GCM, a random nonce each, keys in a file that only Havre's user may read.

Each content is bound to the row that holds it, so that nobody swaps two. A key has an id: after a new one has been
made, what was kept before is still opened with the old one, until it has been sealed anew.
"""

import base64
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from havre.core.files.errors import FileLost

FILE = "files.key"
KEY_BYTES = 32
NONCE_BYTES = 12
"""Random nonces are safe for 2^32 contents a key (NIST SP 800-38D, 8.3)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted content, and what is needed to open it besides the key."""

    key_id: str
    nonce: bytes
    content: bytes


class Vault:
    """The keys of one file, oldest first; the last one seals."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = keys

    @classmethod
    def of(cls, folder: Path) -> "Vault":
        """The keys in ``folder``; the first one is made where there is none. PermissionError where others may read."""
        path = folder / FILE
        if not path.exists():
            _write_new(path, _line())
        if stat.S_IMODE(path.stat().st_mode) & 0o077 and os.name == "posix":
            raise PermissionError(f"{path} can be read by others: chmod 600")
        lines = path.read_text("ascii").split("\n")
        return cls({name: base64.b64decode(key) for name, key in (line.split() for line in lines if line)})

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return next(reversed(self._keys))

    def seal(self, content: bytes, bound_to: bytes) -> Sealed:
        """``content`` encrypted, and bound to what it belongs to."""
        nonce = os.urandom(NONCE_BYTES)
        key_id = self.current
        return Sealed(key_id, nonce, AESGCM(self._keys[key_id]).encrypt(nonce, content, bound_to))

    def open(self, sealed: Sealed, bound_to: bytes) -> bytes:
        """The content; FileLost where the key is gone, or it was changed, or belongs to something else."""
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise FileLost(f"{FILE} has no key {sealed.key_id}")
        try:
            return AESGCM(key).decrypt(sealed.nonce, sealed.content, bound_to)
        except InvalidTag:
            raise FileLost("a file is not what was kept") from None


def add_key(folder: Path) -> str:
    """Makes a new key, which seals from now on; its id. The file is replaced at once, never half-written."""
    path, line = folder / FILE, _line()
    before = path.read_text("ascii") if path.exists() else ""
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    try:
        _write(draft, before + line)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return line.split()[0]


def _line() -> str:
    key = base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii")
    return f"{secrets.token_hex(4)} {key}\n"


def _write_new(path: Path, text: str) -> None:
    """Writes the file whole, or leaves that of another process that was quicker."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    try:
        _write(draft, text)
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

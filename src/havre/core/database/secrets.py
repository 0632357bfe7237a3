# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Secrets that are made once and kept in files which only their owner can read."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

_BYTES = 48


def kept_secret(folder: Path, name: str) -> str:
    """The secret ``name`` kept in ``folder``; made where it is missing, once, even when several processes ask."""
    path = folder / name
    with contextlib.suppress(FileNotFoundError):
        return path.read_text("ascii").strip()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The file gets its name when it is whole, and the first name stays: everybody reads the same secret.
    descriptor, part = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(part, path)
    Path(part).unlink()
    return path.read_text("ascii").strip()

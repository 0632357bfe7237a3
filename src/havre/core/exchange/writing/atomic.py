# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are written whole or not at all."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from havre.core.exchange.errors import UnwritableFile
from havre.words import Language


@contextmanager
def atomic_write(path: Path, *, language: Language = Language.ENGLISH) -> Iterator[BinaryIO]:
    """A file to write bytes to, which takes the place of ``path`` when the block ends well.

    Written beside the target, brought to the disk, then renamed: whoever reads ``path``, at any moment and after
    any kill, finds the old file or the new one. A block that raises leaves what was there. UnwritableFile where
    the folder is missing or closed, where something else than a file stands there, or where the disk is full.
    """
    target = Path(path).resolve()
    _check(Path(path), target, language)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise UnwritableFile(language, "folder_closed", path=path, folder=target.parent) from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), _mode(target))
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise UnwritableFile(language, "write_failed", path=path, said=said) from error
    finally:
        part.unlink(missing_ok=True)


def check_writable(path: Path, *, language: Language = Language.ENGLISH) -> None:
    """UnwritableFile where ``path`` cannot be written; asked before a long computation begins."""
    target = Path(path).resolve()
    _check(Path(path), target, language)
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise UnwritableFile(language, "folder_closed", path=path, folder=target.parent)


def _check(path: Path, target: Path, language: Language) -> None:
    if not target.parent.is_dir():
        raise UnwritableFile(language, "no_folder", path=path, folder=target.parent)
    if target.exists() and not target.is_file():
        raise UnwritableFile(language, "target_not_file", path=path)


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, else those that any new file gets here."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Without this the new name may be lost with the power; not every file system knows how.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping a file and opening it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings

from havre.core.accounts.models import Organisation
from havre.core.files.errors import FileLost, FileRefused
from havre.core.files.kinds import Kind, kind_of, plain_name
from havre.core.files.models import File
from havre.core.files.pictures import Damaged, bare_jpeg, bare_png
from havre.core.files.vault import Vault

MEGABYTE = 1024 * 1024


def store(
    name: str,
    content: bytes,
    organisation: Organisation,
    subject: UUID | None = None,
    *,
    idempotency_key: UUID | None = None,
) -> File:
    """Keeps ``content`` encrypted, a picture without where and when it was taken; FileRefused.

    The same ``idempotency_key`` again gives the file that is kept already. The acting member must write for
    ``organisation``.
    """
    if idempotency_key is not None:
        known = File.objects.filter(organisation=organisation, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
    name = plain_name(name)
    if len(content) > settings.HAVRE_FILE_LIMIT:
        raise FileRefused("file_too_large", name=name, limit=settings.HAVRE_FILE_LIMIT // MEGABYTE)
    kind = kind_of(name, content)
    kept = _bare(kind, name, content)
    file = File(
        organisation=organisation,
        subject=subject,
        name=name,
        media_type=kind.media_type,
        size=len(kept),
        sha256=sha256(kept).digest(),
        idempotency_key=idempotency_key,
    )
    file.sealed = _vault().seal(kept, file.bound_to)
    file.save(force_insert=True)
    return file


def content_of(file: File) -> bytes:
    """The content as it was kept; FileLost where it was changed or its key is gone."""
    content = _vault().open(file.sealed, file.bound_to)
    if sha256(content).digest() != bytes(file.sha256):
        raise FileLost("a file is not what was kept")
    return content


def seal_anew(file: File) -> bool:
    """Encrypts ``file`` with the current key; False where it is already. So old keys can be thrown away."""
    vault = _vault()
    if file.key_id == vault.current:
        return False
    file.sealed = vault.seal(vault.open(file.sealed, file.bound_to), file.bound_to)
    file.save(update_fields=["key_id", "nonce", "content"])
    return True


def _bare(kind: Kind, name: str, content: bytes) -> bytes:
    try:
        if kind is Kind.JPEG:
            return bare_jpeg(content)
        return bare_png(content) if kind is Kind.PNG else content
    except Damaged:
        raise FileRefused("file_damaged", name=name) from None


def _vault() -> Vault:
    return Vault.of(settings.HAVRE_SECRETS)


def unpack(file: File, path: Path) -> Path:
    """Writes what is kept to ``path``, readable by its owner only; FileLost. Whoever asks throws it away."""
    path.touch(mode=0o600)
    path.write_bytes(content_of(file))
    return path


@contextmanager
def unpacked(file: File) -> Iterator[Path]:
    """Where a file can be read under its own name as long as the block lasts; FileLost."""
    with TemporaryDirectory(prefix="havre-file-") as folder:
        yield unpack(file, Path(folder) / file.name)

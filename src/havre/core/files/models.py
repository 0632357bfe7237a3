# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments, as they are kept: encrypted, beside what they belong to, in one database and one backup."""

from typing import ClassVar

from django.db import models

from havre.core.accounts.models import Organisation
from havre.core.database.models import Row
from havre.core.files.vault import Sealed


class Files(models.Manager["File"]):
    """Files without their content: 20 MB are read when somebody opens one, not when a list shows its name."""

    def get_queryset(self) -> models.QuerySet["File"]:
        """All but the content."""
        return super().get_queryset().defer("content")


class File(Row):
    """One attachment of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(null=True, db_index=True)
    """The registration that it speaks of, if it speaks of one."""
    name = models.CharField(max_length=200)
    """As it was uploaded."""
    media_type = models.CharField(max_length=100)
    """As its bytes say."""
    size = models.PositiveIntegerField()
    """Bytes, before encryption."""
    sha256 = models.BinaryField(max_length=32)
    """Of the content as kept, before encryption."""
    key_id = models.CharField(max_length=20)
    nonce = models.BinaryField(max_length=12)
    content = models.BinaryField()
    """AES-256-GCM, with table and id of this row as associated data."""
    idempotency_key = models.UUIDField(null=True)

    objects = Files()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="file_stored_once")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def bound_to(self) -> bytes:
        """What the encryption binds the content to: this row and no other."""
        return f"files_file {self.id}".encode("ascii")

    @property
    def sealed(self) -> Sealed:
        """The content as it is kept."""
        return Sealed(self.key_id, bytes(self.nonce), bytes(self.content))

    @sealed.setter
    def sealed(self, sealed: Sealed) -> None:
        self.key_id, self.nonce, self.content = sealed.key_id, sealed.nonce, sealed.content

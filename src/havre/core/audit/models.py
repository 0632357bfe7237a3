# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened: one entry for each change of a row and each read of a person's page, and the seal upon it."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """Somebody read or changed something. Written by triggers and gate functions only; nobody may change it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    member = models.UUIDField(null=True)
    """Who acted; None for what the owner of the instance did by command."""
    organisation = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20)
    request = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    table_name = models.CharField(max_length=63)
    row = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    """The registration that the content speaks of; with it the content is erased."""
    commitment = models.BinaryField(null=True)
    """SHA-256 over the salt and the content, which stand apart: they can be erased, and the mark still holds."""
    note = models.JSONField()
    """Counts and ids, never a name."""
    mark = models.BinaryField()
    """A keyed hash over all of it, with a key that only gate functions read."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="audit_entry_subject"),
            models.Index(fields=["member", "-at"], name="audit_entry_member"),
            models.Index(fields=["organisation", "-id"], name="audit_entry_organisation"),
        ]


class Seal(models.Model):
    """One link of the chain: it holds the mark of an entry and the seal before it."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    """No foreign key: the chain names an entry that was removed."""
    mark = models.BinaryField()
    seal = models.BinaryField()
    sealed_at = models.DateTimeField()


class Content(models.Model):
    """What a row held, or how it changed; gone once its subject has lawfully been erased."""

    entry = models.BigIntegerField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    salt = models.BinaryField()
    """Without it nobody can guess what was erased from its commitment."""
    content = models.JSONField()


class MarkKey(models.Model):
    """The two keys of all marks; one row, made by the migration."""

    id = models.SmallIntegerField(primary_key=True)
    inner = models.BinaryField()
    outer = models.BinaryField()

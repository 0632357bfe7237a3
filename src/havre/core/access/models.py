# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the database has to know to tell what Havre itself says (``sealing``)."""

from django.db import models


class SealKey(models.Model):
    """The key of all seals, as the two blocks of HMAC; one row, handed over after each migration."""

    id = models.SmallIntegerField(primary_key=True)
    inner = models.BinaryField()
    outer = models.BinaryField()

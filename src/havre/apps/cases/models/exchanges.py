# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What shows that a request, an answer or a notice was sent, or that it arrived."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import Channel
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Event, Said, once_a_key
from havre.core.database.models import choices


class Exchange(Said):
    """How something went from one shore to the other, and what shows it: a reference, a document, or both.

    The document is a file of the organisation that keeps it; the other one reads that there is one, and its hash.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="exchanges")
    event = models.ForeignKey(Event, models.PROTECT, related_name="exchanges")
    how = models.CharField(max_length=20, choices=choices(Channel))
    reference = models.TextField(blank=True)
    """Of the message, of the consignment, of the receipt."""
    file = models.ForeignKey("files.File", models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the document, in hexadecimal: both organisations can see whether it is the same one."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("exchange")]

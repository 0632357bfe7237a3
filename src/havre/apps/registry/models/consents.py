# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consent, and what it opens to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow, LegalBasis, ShareBasis
from havre.apps.registry.models.people import Registration
from havre.core.database.models import Row, choices

NAMING = [each.value for each in ConsentFor if each.names_recipient]
"""What is asked for one organisation, by name."""


class Consent(Row):
    """What somebody said when asked: yes or no, to what, how, until when. A later word is a further row."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="consents")
    for_what = models.CharField(max_length=12, choices=choices(ConsentFor))
    given_by = models.CharField(max_length=10, choices=choices(ConsentGiver))
    how = models.CharField(max_length=12, choices=choices(ConsentHow))
    language = models.CharField(max_length=35, blank=True)
    """BCP 47 tag of the language they were asked in."""
    interpreter = models.TextField(blank=True)
    """Who interpreted, where somebody did: a name or a service."""
    purpose = models.TextField(blank=True)
    """What for, in the words that were used when they were asked."""
    legal_basis = models.CharField(max_length=20, choices=choices(LegalBasis), default=LegalBasis.CONSENT)
    recorded_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """None for what was recorded before this was kept."""
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    """With whom to share, or to whom to refer; None for every other purpose."""
    given_on = models.DateField()
    until = models.DateField(null=True)
    """The last day on which it holds."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """The member who recorded that it was taken back."""
    refused = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["given_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(for_what__in=NAMING, recipient__isnull=False)
                | (~Q(for_what__in=NAMING) & Q(recipient__isnull=True)),
                name="consent_to_share_names_with_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.for_what} {self.given_on}"


class Share(Row):
    """What opens a registration to another organisation, and nothing else does."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="shares")
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=choices(ShareBasis))
    basis_id = models.UUIDField()
    """Of the consent or the pair."""
    since = models.DateTimeField(null=True)
    """None while it is only offered: it opens once the recipient accepts it."""
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["recipient", "registration"], condition=Q(ended_at__isnull=True), name="share_open"
            ),
            models.Index(fields=["basis_id"], name="share_basis"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "recipient", "basis", "basis_id"],
                condition=Q(ended_at__isnull=True),
                name="share_once_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.recipient_id}"

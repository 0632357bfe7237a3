# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens at the desk: two regions are offered, one is chosen or both refused, or a party waits."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.accommodation.enums import OfferState, QueueReason
from havre.apps.accommodation.models.centres import Place
from havre.apps.accommodation.models.dated import Dated
from havre.apps.accommodation.models.parties import Party
from havre.apps.accommodation.models.stays import Promise
from havre.core.database.models import Row, choices


class Offer(Dated):
    """Two regions and what each would mean, as it was said to a party.

    A refusal costs them nothing, and no centre reads of it.
    """

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="offers")
    region_1 = models.CharField(max_length=60)
    place_1 = models.ForeignKey(Place, models.PROTECT, related_name="+")
    """The best place there, as it was that day."""
    means_1 = models.JSONField(default=dict)
    region_2 = models.CharField(max_length=60, blank=True)
    place_2 = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    """None where one region alone has a place."""
    means_2 = models.JSONField(default=dict)
    """What each would mean: town, km to the relative, somebody speaks the language, school, points."""
    language = models.CharField(max_length=35)
    """It was explained in."""
    interpreter = models.TextField(blank=True)
    """Who interpreted; empty where nobody had to."""
    state = models.CharField(max_length=10, choices=choices(OfferState), default=OfferState.OPEN)
    answered_at = models.DateTimeField(null=True)
    chosen = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="offer")
    words = models.TextField(blank=True)
    """What they said to it."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="offer_once_a_key"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(state=OfferState.OPEN), name="one_open_offer_a_party"
            ),
            models.CheckConstraint(
                condition=Q(place_2__isnull=True, region_2="")
                | (Q(place_2__isnull=False) & ~Q(region_2="") & ~Q(region_2=F("region_1"))),
                name="offer_of_two_regions",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at__isnull=True, chosen__isnull=True)
                | Q(state=OfferState.ACCEPTED, answered_at__isnull=False, chosen__isnull=False)
                | Q(
                    state__in=[OfferState.REFUSED, OfferState.LAPSED],
                    answered_at__isnull=False,
                    chosen__isnull=True,
                ),
                name="offer_is_answered_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.state}"


class QueueEntry(Row):
    """That a party waits at the desk, since when and why; the longest goes first."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="queued")
    reason = models.CharField(max_length=15, choices=choices(QueueReason))
    words = models.TextField(blank=True)
    since = models.DateTimeField()
    """An earlier one goes on counting: nobody loses their turn by a refusal."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "queue entries"
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(ended_at__isnull=True), name="party_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.reason}"

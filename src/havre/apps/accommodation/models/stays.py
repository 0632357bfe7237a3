# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has which unit, from when until when: promised, lived in, or blocked."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.accommodation.enums import EndWhy, PartyKind, PromiseEnd
from havre.apps.accommodation.models.centres import Block, Centre, Place
from havre.apps.accommodation.models.dated import Dated
from havre.apps.accommodation.models.parties import Party
from havre.core.database.models import Row, choices


class Promise(Dated):
    """A place that a party was told is theirs: by an accepted plan, or by what they chose at the desk."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The desk's."""
    party = models.ForeignKey(Party, models.PROTECT, related_name="promises")
    place = models.ForeignKey(Place, models.PROTECT, related_name="promises")
    on_day = models.DateField(null=True)
    """When they are expected; None while nobody said. Their units are theirs from the day of the promise on."""
    plan = models.ForeignKey("accommodation.Plan", models.PROTECT, null=True, related_name="+")
    """The plan that it follows from, where one does."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """Of minors two people say it, on two accounts."""
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, choices=choices(PromiseEnd), blank=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(ended_at__isnull=True), name="one_promise_a_party"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="promise_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.place_id}"


class Stay(Row):
    """A party at a place, from a day on, until the day they left."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That runs the centre."""
    desk = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """Of the centre."""
    party = models.ForeignKey(Party, models.PROTECT, related_name="stays")
    place = models.ForeignKey(Place, models.PROTECT, related_name="stays")
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="stay")
    """What it keeps; None of who came without one."""
    starts = models.DateField()
    checked_in_at = models.DateTimeField()
    checked_in_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """Of a minor who came without a promise, or was moved: the other member who has looked at it."""
    ends = models.DateField(null=True)
    """The day they left; the unit may be another's on it. None while they stay."""
    checked_out_at = models.DateTimeField(null=True)
    checked_out_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=12, choices=choices(EndWhy), blank=True)
    transferred_to = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["starts", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(ends__isnull=True), name="one_stay_a_party"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True, ended_why="", checked_out_at__isnull=True)
                | (Q(ends__gte=F("starts"), checked_out_at__isnull=False) & ~Q(ended_why="")),
                name="stay_ends_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation"], name="stay_of_organisation"),
            models.Index(fields=["desk"], name="stay_of_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.place_id}"

    @property
    def needs_second(self) -> bool:
        """Whether a minor is there by the word of one member alone."""
        return self.party.kind == PartyKind.MINOR and not (self.promise_id or self.second_id)


class Absence(Row):
    """Away for some days; the unit stays theirs."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="absences")
    starts = models.DateField()
    ends = models.DateField(null=True)
    """The day they came back."""
    words = models.TextField(blank=True)
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["starts", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stay"], condition=Q(ends__isnull=True), name="away_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="absence_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts}"


class UnitUse(Row):
    """One numbered unit, from a day on until one before which it is free again: promised, lived in, or blocked.

    PostgreSQL excludes two of one unit on one day (``one_use_at_a_time``), so nothing can be given twice.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="uses")
    number = models.PositiveIntegerField()
    """From 1 to the units of the place."""
    starts = models.DateField()
    ends = models.DateField(null=True)
    """The first day on which it is free again."""
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="uses")
    """None of what is blocked."""
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="uses")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="uses")
    block = models.ForeignKey(Block, models.PROTECT, null=True, related_name="uses")

    class Meta:
        ordering: ClassVar = ["place", "number", "starts"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, promise__isnull=False, stay__isnull=True, block__isnull=True)
                | Q(party__isnull=False, promise__isnull=True, stay__isnull=False, block__isnull=True)
                | Q(party__isnull=True, promise__isnull=True, stay__isnull=True, block__isnull=False),
                name="use_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & (Q(ends__isnull=True) | Q(ends__gte=F("starts"))),
                name="use_of_some_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.number}"

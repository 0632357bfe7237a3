# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties: people who travel and live together and are never split."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.accommodation.enums import AgeSaid, EndWhy, LockRule, PartyKind
from havre.apps.accommodation.models.centres import Centre, Place
from havre.apps.accommodation.models.dated import Dated
from havre.core.database.models import Row, choices


class Party(Row):
    """Who they are for the desk and for the centre that takes them in: a number on a wristband, and what they need."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The desk's, which registered them as a party."""
    wristband = models.CharField(max_length=40)
    """An opaque number, never a name; that of the party where each has one of their own."""
    people = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=choices(PartyKind))
    language = models.CharField(max_length=35, blank=True)
    medical = models.BooleanField(default=False)
    """They need a hospital near by; what for stands nowhere here."""
    step_free = models.BooleanField(default=False)
    school = models.BooleanField(default=False)
    """A child of school age is among them."""
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    """Of a party known by its wristband alone; that of registered children is found by their registration."""
    travels_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """Another party that they wish to be near."""
    ended_on = models.DateField(null=True)
    """The day they left for good."""
    ended_why = models.CharField(max_length=12, choices=choices(EndWhy), blank=True)
    registered_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        verbose_name_plural = "parties"
        ordering: ClassVar = ["-recorded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wristband"], name="party_once_a_wristband"),
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="party_once_a_key"),
            models.CheckConstraint(condition=Q(people__gte=1), name="party_of_people"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="")
                | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="party_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.wristband


class PartyMember(Row):
    """One of a party: somebody of the registry, or only a wristband. A party may have fewer of them than people."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="members")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    registration = models.ForeignKey("registry.Registration", models.PROTECT, null=True, related_name="+")
    wristband = models.CharField(max_length=40, blank=True)
    age = models.CharField(max_length=10, choices=choices(AgeSaid), blank=True)
    """As it was said, where the registry knows nothing; empty where nobody said."""
    left_on = models.DateField(null=True)
    """From then on not of the party."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "registration"],
                condition=Q(left_on__isnull=True),
                name="person_in_one_party",
            ),
            models.UniqueConstraint(
                fields=["organisation", "wristband"],
                condition=~Q(wristband="") & Q(left_on__isnull=True),
                name="wristband_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class KindChange(Dated):
    """That a party is of another kind than was said before, and why: the desk reads it, and no centre."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="kind_changes")
    was = models.CharField(max_length=10, choices=choices(PartyKind))
    becomes = models.CharField(max_length=10, choices=choices(PartyKind))
    why = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="kind_changes_for_a_reason"),
            models.CheckConstraint(condition=~Q(was=F("becomes")), name="kind_becomes_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.becomes}"


class PartyWish(Row):
    """What they ask for: the desk reads it, and no centre."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="wish")
    region_1 = models.CharField(max_length=60, blank=True)
    region_2 = models.CharField(max_length=60, blank=True)
    relative_town = models.CharField(max_length=200, blank=True)
    relative_lat = models.FloatField(null=True)
    relative_lon = models.FloatField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "party wishes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(relative_lat__isnull=True, relative_lon__isnull=True)
                | Q(relative_lat__range=(-90, 90), relative_lon__range=(-180, 180)),
                name="wish_relative_on_earth",
            )
        ]

    def __str__(self) -> str:
        return str(self.party_id)


class Lock(Row):
    """What was laid down by hand: they stay at a place or a centre, or never go there."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="locks")
    rule = models.CharField(max_length=10, choices=choices(LockRule))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=60, blank=True)
    """Of place, centre and region one is named."""
    reason = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, centre__isnull=True, region="")
                | Q(place__isnull=True, centre__isnull=False, region="")
                | (Q(place__isnull=True, centre__isnull=True) & ~Q(region="")),
                name="lock_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="lock_has_a_reason"),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(rule=LockRule.STAYS, ended_at__isnull=True),
                name="party_stays_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.rule}"


class Separation(Row):
    """Two parties that are never in one centre. Why, the desk alone reads."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party_a = models.ForeignKey(Party, models.PROTECT, related_name="+")
    party_b = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reason = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(party_a__lt=F("party_b")), name="separation_in_one_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="separation_has_a_reason"),
            models.UniqueConstraint(
                fields=["party_a", "party_b"], condition=Q(ended_at__isnull=True), name="separation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_a_id} {self.party_b_id}"

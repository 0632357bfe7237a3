# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres, their places, and what was promised of them, found in them and taken out of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.apps.accommodation.enums import BlockReason, CentreKind, PartyKind, UnitKind
from havre.core.database.models import Row, choices


class Centre(Row):
    """Where people stay. The desk's organisation places people there; another may run it."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That runs it. Never changes, nor does the desk: what was seen there would change hands."""
    desk = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The organisation that places people there; the same where it runs the centre itself."""
    code = models.CharField(max_length=40)
    """Its id on the desk's lists."""
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=choices(CentreKind))
    region = models.CharField(max_length=60)
    town = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    """Degrees, WGS 84."""
    opens_on = models.DateField(null=True)
    """None: it is open already."""
    closes_at = models.DateTimeField(null=True)
    """From that moment nobody is taken in any more; None while it stays open."""
    closed_why = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    rules = models.TextField(blank=True)
    hospital_km = models.FloatField(null=True)
    """To the nearest hospital; None where nobody said."""
    school = models.BooleanField(null=True)
    step_free = models.BooleanField(null=True)
    """Whether one gets in without steps; a place says whether it is so itself."""
    languages = ArrayField(models.CharField(max_length=35), default=list)
    """That somebody there speaks (ISO 639-3)."""

    class Meta:
        ordering: ClassVar = ["region", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "code"], name="centre_once_a_list"),
            models.CheckConstraint(
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="centre_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(hospital_km__isnull=True) | Q(hospital_km__gte=0),
                name="centre_hospital_is_somewhere",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation"], name="centre_of_organisation")]

    @property
    def located(self) -> str:
        """Its name, with its town where the name does not say it."""
        return self.name if self.town in self.name else f"{self.name}, {self.town}"

    def __str__(self) -> str:
        return self.name


class Place(Row):
    """A pool of equal units in one centre. They are numbered from 1; some may be blocked."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="places")
    code = models.CharField(max_length=40)
    """Its id on the desk's lists."""
    unit = models.CharField(max_length=10, choices=choices(UnitKind))
    unit_size = models.PositiveSmallIntegerField()
    """People a unit is for; 1 of beds."""
    units = models.PositiveIntegerField()
    takes = ArrayField(models.CharField(max_length=10, choices=choices(PartyKind)))
    step_free = models.BooleanField(default=False)
    base_points = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["code", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "code"], name="place_once_a_centre"),
            models.CheckConstraint(
                condition=Q(unit_size__gte=1) & (Q(unit=UnitKind.ROOM) | Q(unit_size=1)),
                name="place_of_beds_or_rooms",
            ),
            models.CheckConstraint(
                condition=Q(takes__len__gte=1, takes__contained_by=list(PartyKind)),
                name="place_takes_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(takes__contains=[PartyKind.MINOR]) | Q(takes=[PartyKind.MINOR]),
                name="place_of_minors_takes_nobody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def units_for(self, people: int) -> int:
        """That so many who are one party take."""
        return 1 if self.unit == UnitKind.ROOM else people


class Intake(Row):
    """How many people a centre takes in on a day; on a day without a row it takes any."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="intakes")
    on_day = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["on_day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "on_day"], name="intake_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on_day}: {self.people}"


class Block(Row):
    """Units of a place that nobody gets, from a day on, until one before which they are free again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="blocks")
    units = models.PositiveIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    """The first day on which they are free again; None while nobody knows."""
    reason = models.CharField(max_length=10, choices=choices(BlockReason))
    words = models.TextField(blank=True)
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)
    lifted_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """Who ended it before its day."""

    class Meta:
        ordering: ClassVar = ["-starts", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "idempotency_key"], name="block_once_a_key"),
            models.CheckConstraint(condition=Q(units__gte=1), name="block_of_units"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="block_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units} {self.reason}"


class Inspection(Row):
    """What somebody found in a centre on a day."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="inspections")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="inspections")
    """None: of the whole centre."""
    on_day = models.DateField()
    seen_by = models.CharField(max_length=200)
    found = models.TextField()
    units_usable = models.PositiveIntegerField(null=True)
    """None where nobody counted."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-on_day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "idempotency_key"], name="inspection_once_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.on_day}"


class Pledge(Row):
    """So many places were offered: a figure that somebody said. What exists of it is counted apart."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The desk's."""
    region = models.CharField(max_length=60, blank=True)
    """Empty: of the whole country."""
    units = models.PositiveIntegerField()
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()
    source = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-said_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="pledge_once_a_key"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(said_by=""), name="pledge_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.units}"


class PledgeConfirmation(Row):
    """That units of a place exist, of those that were pledged."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="confirmations")
    place = models.ForeignKey(Place, models.PROTECT, related_name="confirmations")
    units = models.PositiveIntegerField()
    confirmed_on = models.DateField()
    source = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["confirmed_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pledge", "place"], name="place_confirmed_once_a_pledge"),
            models.CheckConstraint(condition=~Q(source=""), name="confirmation_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.units}"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches: when they leave, where they stop, who is on them, and what the centre is told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.accommodation.enums import DepartureState
from havre.apps.accommodation.models.centres import Centre
from havre.apps.accommodation.models.parties import Party
from havre.apps.accommodation.models.stays import Promise
from havre.core.database.models import Row, choices


class Dispatch(Row):
    """That coaches were asked for, for everybody who was promised a place; and what came of it."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    day = models.DateField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField(null=True)
    """Coaches that there are that day; None: as many as usual."""
    far_stops = models.PositiveSmallIntegerField(null=True)
    """Centres that a coach with two drivers may call at; None: as usual."""
    job = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    coaches = models.PositiveIntegerField(null=True)
    bound = models.PositiveIntegerField(null=True)
    """Coaches that are needed at least, whoever deals them out."""
    people = models.PositiveIntegerField(null=True)
    """Who got a seat."""
    parted = models.PositiveIntegerField(null=True)
    """Parties that ride apart from those with whom they wished to travel: their centres lie too far apart."""
    without_seat = models.PositiveIntegerField(null=True)
    """People without a seat: no departure is left that day."""

    class Meta:
        verbose_name_plural = "dispatches"
        ordering: ClassVar = ["-recorded_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "day"], name="dispatch_own_by_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class Departure(Row):
    """A coach on a day."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The desk's."""
    number = models.CharField(max_length=20)
    """As it stands on the coach."""
    leaves_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField()
    escorts = models.PositiveSmallIntegerField(default=0)
    """Of the seats, those that escorts take."""
    company = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=choices(DepartureState), default=DepartureState.PLANNED)
    departed_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    """Why it was cancelled."""
    why = models.JSONField(default=dict)
    """Of a coach that is half empty or more: how many loads each hindrance of the engine keeps out."""
    drivers = models.PositiveSmallIntegerField(default=1)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, related_name="departures")
    """None of what was made by hand."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["leaves_at", "number", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(escorts__lte=F("seats")), name="departure_seats_its_escorts"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "leaves_at"], name="departure_own_by_hour")]

    def __str__(self) -> str:
        return self.number


class Stop(Row):
    """A centre on the way of a coach."""

    departure = models.ForeignKey(Departure, models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    """From 1 on."""
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="stops")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That runs the centre."""
    desk = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    expected_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    everybody_in_at = models.DateTimeField(null=True)
    """When the centre said that everybody who came is in: who is missing then is missing at once."""
    everybody_in_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    late_told_at = models.DateTimeField(null=True)
    """When the desk was told that too much time has passed since somebody should have been confirmed."""

    class Meta:
        ordering: ClassVar = ["departure", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["departure", "centre"], name="stop_once_a_centre"),
            models.UniqueConstraint(
                fields=["departure", "position"],
                name="stop_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class Passenger(Row):
    """A party on a coach, to one of its stops. Who left and did not arrive is an alarm."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="passengers")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That runs the centre of the stop."""
    desk = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="seats")
    boarded_at = models.DateTimeField(null=True)
    boarded_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    boarded_people = models.PositiveSmallIntegerField(default=0)
    rest_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="rests")
    """The seat whose coach left without them: these are those of the party who ride later."""
    people = models.PositiveSmallIntegerField(null=True)
    """How many these are; None of a whole party."""
    behind = models.PositiveSmallIntegerField(default=0)
    """How many of them the coach left without; written when it leaves."""
    behind_why = models.TextField(blank=True)
    """What became of those, in a member's words."""
    behind_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    no_show_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    moved_why = models.TextField(blank=True)
    """Why a member put them on this coach by hand."""
    explained_why = models.TextField(blank=True)
    """What became of somebody who boarded and did not arrive, in a member's words."""
    explained_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """From then on not on this coach: moved to another, did not come, or what became of them is known."""

    class Meta:
        ordering: ClassVar = ["stop", "recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["promise"],
                condition=Q(ended_at__isnull=True, rest_of__isnull=True),
                name="one_seat_a_promise",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(ended_at__isnull=True, arrived_at__isnull=True, rest_of__isnull=True),
                name="one_seat_a_party",
            ),
            models.UniqueConstraint(
                fields=["rest_of"], condition=Q(ended_at__isnull=True), name="one_seat_a_rest"
            ),
            models.CheckConstraint(
                condition=Q(rest_of__isnull=True, people__isnull=True)
                | Q(rest_of__isnull=False, people__gte=1),
                name="rest_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(behind_why="", behind_by__isnull=True)
                | (~Q(behind_why="") & Q(behind_by__isnull=False, behind__gte=1)),
                name="who_stayed_behind_is_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(explained_why="", explained_by__isnull=True)
                | (~Q(explained_why="") & Q(explained_by__isnull=False, ended_at__isnull=False)),
                name="passenger_is_explained_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(boarded_at__isnull=False),
                name="passenger_boards_before_arriving",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party_id)

    @property
    def counted(self) -> int:
        """How many people the seat is for."""
        return self.party.people if self.people is None else self.people


class ArrivalNotice(Row):
    """What a centre was told of who comes: what they need, and nothing more."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="notices")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That runs the centre."""
    desk = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    says = models.JSONField(default=list)
    """[{wristband, people, kind, language, medical, step_free, school}]: as it was told."""
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["told_at", "id"]

    def __str__(self) -> str:
        return str(self.stop_id)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches, and who is on them."""

from typing import ClassVar

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    dependencies: ClassVar = [("accommodation", "0004_desk")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Departure",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("number", models.CharField(max_length=20)),
                ("leaves_at", models.DateTimeField()),
                ("seats", models.PositiveSmallIntegerField()),
                ("escorts", models.PositiveSmallIntegerField(default=0)),
                ("company", models.CharField(max_length=200, blank=True)),
                (
                    "state",
                    word("planned boarding departed arrived cancelled", default="planned", max_length=10),
                ),
                ("departed_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                ("member", to(MEMBER)),
            ],
            options={
                "ordering": ["leaves_at", "number", "id"],
                "indexes": [models.Index(fields=["organisation", "leaves_at"], name="departure_own_by_hour")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("escorts__lte", models.F("seats"))),
                        name="departure_seats_its_escorts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                *ROW,
                (
                    "departure",
                    models.ForeignKey("accommodation.departure", models.CASCADE, related_name="stops"),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("centre", to("accommodation.centre", related_name="stops")),
                ("organisation", to(ORGANISATION)),
                ("desk", to(ORGANISATION)),
                ("expected_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["departure", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("departure", "centre"), name="stop_once_a_centre"),
                    models.UniqueConstraint(
                        deferrable=models.Deferrable.DEFERRED,
                        fields=("departure", "position"),
                        name="stop_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passenger",
            fields=[
                *ROW,
                ("stop", models.ForeignKey("accommodation.stop", models.CASCADE, related_name="passengers")),
                ("organisation", to(ORGANISATION)),
                ("desk", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="seats")),
                ("promise", to("accommodation.promise", related_name="seats")),
                ("boarded_at", models.DateTimeField(null=True)),
                ("boarded_by", to(MEMBER, null=True)),
                ("boarded_people", models.PositiveSmallIntegerField(default=0)),
                ("no_show_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("arrived_by", to(MEMBER, null=True)),
                ("moved_why", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["stop", "recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("promise",),
                        name="one_seat_a_promise",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_at__isnull", True), ("boarded_at__isnull", False), _connector="OR"
                        ),
                        name="passenger_boards_before_arriving",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalNotice",
            fields=[
                *ROW,
                ("stop", to("accommodation.stop", related_name="notices")),
                ("organisation", to(ORGANISATION)),
                ("desk", to(ORGANISATION)),
                ("told_at", models.DateTimeField()),
                ("member", to(MEMBER)),
                ("says", models.JSONField(default=list)),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", to(MEMBER, null=True)),
            ],
            options={"ordering": ["told_at", "id"]},
        ),
    ]

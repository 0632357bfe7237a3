# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres, their places, and what was promised of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    initial = True
    dependencies: ClassVar = [("accounts", "0003_cache")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Centre",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("desk", to(ORGANISATION)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("kind", word("orientation minors other")),
                ("region", models.CharField(max_length=60)),
                ("town", models.CharField(max_length=200, blank=True)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("opens_on", models.DateField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                ("closed_why", models.TextField(blank=True)),
                ("contact", models.TextField(blank=True)),
                ("rules", models.TextField(blank=True)),
                ("hospital_km", models.FloatField(null=True)),
                ("school", models.BooleanField(null=True)),
                ("step_free", models.BooleanField(null=True)),
                ("languages", ArrayField(models.CharField(max_length=35), default=list)),
            ],
            options={
                "ordering": ["region", "name", "id"],
                "indexes": [models.Index(fields=["organisation"], name="centre_of_organisation")],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "code"), name="centre_once_a_list"),
                    models.CheckConstraint(
                        condition=models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                        name="centre_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hospital_km__isnull", True), ("hospital_km__gte", 0), _connector="OR"
                        ),
                        name="centre_hospital_is_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                *ROW,
                ("centre", to("accommodation.centre", related_name="places")),
                ("code", models.CharField(max_length=40)),
                ("unit", word("bed room", max_length=10)),
                ("unit_size", models.PositiveSmallIntegerField()),
                ("units", models.PositiveIntegerField()),
                ("takes", ArrayField(word("adult family minor woman", max_length=10))),
                ("step_free", models.BooleanField(default=False)),
                ("base_points", models.IntegerField(default=0)),
            ],
            options={
                "ordering": ["code", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "code"), name="place_once_a_centre"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_size__gte", 1),
                            models.Q(("unit", "room"), ("unit_size", 1), _connector="OR"),
                        ),
                        name="place_of_beds_or_rooms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes__contained_by", ["adult", "family", "minor", "woman"]),
                            ("takes__len__gte", 1),
                        ),
                        name="place_takes_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("takes__contains", ["minor"]), _negated=True),
                            ("takes", ["minor"]),
                            _connector="OR",
                        ),
                        name="place_of_minors_takes_nobody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                *ROW,
                ("centre", models.ForeignKey("accommodation.centre", models.CASCADE, related_name="intakes")),
                ("on_day", models.DateField()),
                ("people", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["on_day"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "on_day"), name="intake_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                *ROW,
                ("place", to("accommodation.place", related_name="blocks")),
                ("units", models.PositiveIntegerField()),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("reason", word("works unsafe staff kept other", max_length=10)),
                ("words", models.TextField(blank=True)),
                ("member", to(MEMBER)),
                ("lifted_by", to(MEMBER, null=True)),
            ],
            options={
                "ordering": ["-starts", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("units__gte", 1)), name="block_of_units"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="block_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                *ROW,
                ("centre", to("accommodation.centre", related_name="inspections")),
                ("place", to("accommodation.place", null=True, related_name="inspections")),
                ("on_day", models.DateField()),
                ("seen_by", models.CharField(max_length=200)),
                ("found", models.TextField()),
                ("units_usable", models.PositiveIntegerField(null=True)),
                ("member", to(MEMBER)),
            ],
            options={"ordering": ["-on_day", "-id"]},
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("region", models.CharField(max_length=60, blank=True)),
                ("units", models.PositiveIntegerField()),
                ("said_by", models.CharField(max_length=200)),
                ("said_on", models.DateField()),
                ("source", models.TextField()),
                ("member", to(MEMBER)),
            ],
            options={
                "ordering": ["-said_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("said_by", ""), _negated=True)
                        ),
                        name="pledge_has_a_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PledgeConfirmation",
            fields=[
                *ROW,
                ("pledge", to("accommodation.pledge", related_name="confirmations")),
                ("place", to("accommodation.place", related_name="confirmations")),
                ("units", models.PositiveIntegerField()),
                ("confirmed_on", models.DateField()),
                ("source", models.TextField()),
                ("member", to(MEMBER)),
            ],
            options={
                "ordering": ["confirmed_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pledge", "place"), name="place_confirmed_once_a_pledge"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="confirmation_has_a_source"
                    ),
                ],
            },
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has which unit, from when until when."""

from typing import ClassVar

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    dependencies: ClassVar = [("accommodation", "0002_parties")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Promise",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="promises")),
                ("place", to("accommodation.place", related_name="promises")),
                ("on_day", models.DateField(null=True)),
                ("member", to(MEMBER)),
                ("second", to(MEMBER, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", word("kept refused moved closed no_show withdrawn", blank=True, max_length=12)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("party",),
                        name="one_promise_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_why", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="promise_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("desk", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="stays")),
                ("place", to("accommodation.place", related_name="stays")),
                (
                    "promise",
                    models.OneToOneField(
                        "accommodation.promise", models.PROTECT, related_name="stay", null=True
                    ),
                ),
                ("starts", models.DateField()),
                ("checked_in_at", models.DateTimeField()),
                ("checked_in_by", to(MEMBER)),
                ("ends", models.DateField(null=True)),
                ("checked_out_at", models.DateTimeField(null=True)),
                ("checked_out_by", to(MEMBER, null=True)),
                ("ended_why", word("left transferred gone mistake", blank=True, max_length=12)),
                ("transferred_to", to("accommodation.centre", null=True)),
            ],
            options={
                "ordering": ["starts", "id"],
                "indexes": [
                    models.Index(fields=["organisation"], name="stay_of_organisation"),
                    models.Index(fields=["desk"], name="stay_of_desk"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)), fields=("party",), name="one_stay_a_party"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_out_at__isnull", True), ("ended_why", ""), ("ends__isnull", True)
                            ),
                            models.Q(
                                ("checked_out_at__isnull", False),
                                ("ends__gte", models.F("starts")),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stay_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                *ROW,
                ("stay", to("accommodation.stay", related_name="absences")),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("words", models.TextField(blank=True)),
                ("member", to(MEMBER)),
            ],
            options={
                "ordering": ["starts", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)), fields=("stay",), name="away_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="absence_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitUse",
            fields=[
                *ROW,
                ("place", to("accommodation.place", related_name="uses")),
                ("number", models.PositiveIntegerField()),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("party", to("accommodation.party", null=True, related_name="uses")),
                ("promise", to("accommodation.promise", null=True, related_name="uses")),
                ("stay", to("accommodation.stay", null=True, related_name="uses")),
                ("block", to("accommodation.block", null=True, related_name="uses")),
            ],
            options={
                "ordering": ["place", "number", "starts"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("block__isnull", True),
                                ("party__isnull", False),
                                ("promise__isnull", False),
                                ("stay__isnull", True),
                            ),
                            models.Q(
                                ("block__isnull", True),
                                ("party__isnull", False),
                                ("promise__isnull", True),
                                ("stay__isnull", False),
                            ),
                            models.Q(
                                ("block__isnull", False),
                                ("party__isnull", True),
                                ("promise__isnull", True),
                                ("stay__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="use_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1),
                            models.Q(
                                ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                            ),
                        ),
                        name="use_of_some_days",
                    ),
                ],
            },
        ),
    ]

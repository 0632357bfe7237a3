# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties, what they wish, and what was laid down for them by hand."""

from typing import ClassVar

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    dependencies: ClassVar = [
        ("accommodation", "0001_centres"),
        ("cases", "0006_reckoning"),
        ("registry", "0004_ledger_policies"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Party",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("wristband", models.CharField(max_length=40)),
                ("people", models.PositiveSmallIntegerField()),
                ("kind", word("adult family minor woman", max_length=10)),
                ("language", models.CharField(max_length=35, blank=True)),
                ("medical", models.BooleanField(default=False)),
                ("step_free", models.BooleanField(default=False)),
                ("school", models.BooleanField(default=False)),
                ("case", to("cases.case", null=True)),
                ("travels_with", to("accommodation.party", null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_why", word("left transferred gone mistake", blank=True, max_length=12)),
                ("registered_by", to(MEMBER)),
                ("idempotency_key", models.UUIDField(null=True)),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["-recorded_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "wristband"), name="party_once_a_wristband"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "idempotency_key"), name="party_once_a_key"
                    ),
                    models.CheckConstraint(condition=models.Q(("people__gte", 1)), name="party_of_people"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_why", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="party_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyMember",
            fields=[
                *ROW,
                ("party", models.ForeignKey("accommodation.party", models.CASCADE, related_name="members")),
                ("organisation", to(ORGANISATION)),
                ("registration", to("registry.registration", null=True)),
                ("wristband", models.CharField(max_length=40, blank=True)),
                ("age", word("minor adult", blank=True, max_length=10)),
                ("left_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("organisation", "registration"),
                        name="person_in_one_party",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("wristband", ""), _negated=True), ("left_on__isnull", True)
                        ),
                        fields=("organisation", "wristband"),
                        name="wristband_of_one_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyWish",
            fields=[
                *ROW,
                ("party", models.OneToOneField("accommodation.party", models.CASCADE, related_name="wish")),
                ("region_1", models.CharField(max_length=60, blank=True)),
                ("region_2", models.CharField(max_length=60, blank=True)),
                ("relative_town", models.CharField(max_length=200, blank=True)),
                ("relative_lat", models.FloatField(null=True)),
                ("relative_lon", models.FloatField(null=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "party wishes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("relative_lat__isnull", True), ("relative_lon__isnull", True)),
                            models.Q(
                                ("relative_lat__range", (-90, 90)), ("relative_lon__range", (-180, 180))
                            ),
                            _connector="OR",
                        ),
                        name="wish_relative_on_earth",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lock",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="locks")),
                ("rule", word("stays never", max_length=10)),
                ("place", to("accommodation.place", null=True)),
                ("centre", to("accommodation.centre", null=True)),
                ("region", models.CharField(max_length=60, blank=True)),
                ("reason", models.TextField()),
                ("member", to(MEMBER)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", to(MEMBER, null=True)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("centre__isnull", True), ("place__isnull", False), ("region", "")),
                            models.Q(("centre__isnull", False), ("place__isnull", True), ("region", "")),
                            models.Q(
                                ("centre__isnull", True),
                                ("place__isnull", True),
                                models.Q(("region", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="lock_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="lock_has_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("rule", "stays")),
                        fields=("party",),
                        name="party_stays_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Separation",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party_a", to("accommodation.party")),
                ("party_b", to("accommodation.party")),
                ("reason", models.TextField()),
                ("member", to(MEMBER)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", to(MEMBER, null=True)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("party_a__lt", models.F("party_b"))),
                        name="separation_in_one_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="separation_has_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("party_a", "party_b"),
                        name="separation_once",
                    ),
                ],
            },
        ),
    ]

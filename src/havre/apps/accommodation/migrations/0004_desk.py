# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens at the desk."""

from typing import ClassVar

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    dependencies: ClassVar = [("accommodation", "0003_stays")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="offers")),
                ("region_1", models.CharField(max_length=60)),
                ("place_1", to("accommodation.place")),
                ("means_1", models.JSONField(default=dict)),
                ("region_2", models.CharField(max_length=60, blank=True)),
                ("place_2", to("accommodation.place", null=True)),
                ("means_2", models.JSONField(default=dict)),
                ("language", models.CharField(max_length=35)),
                ("interpreter", models.TextField(blank=True)),
                ("state", word("open accepted refused lapsed", default="open", max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                ("chosen", to("accommodation.place", null=True)),
                (
                    "promise",
                    models.OneToOneField(
                        "accommodation.promise", models.PROTECT, related_name="offer", null=True
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("member", to(MEMBER)),
                ("idempotency_key", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "idempotency_key"), name="offer_once_a_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("party",),
                        name="one_open_offer_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place_2__isnull", True), ("region_2", "")),
                            models.Q(
                                ("place_2__isnull", False),
                                models.Q(("region_2", ""), _negated=True),
                                models.Q(("region_2", models.F("region_1")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_of_two_regions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("chosen__isnull", True), ("state", "open")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("chosen__isnull", False),
                                ("state", "accepted"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("chosen__isnull", True),
                                ("state__in", ["refused", "lapsed"]),
                            ),
                            _connector="OR",
                        ),
                        name="offer_is_answered_or_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueEntry",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="queued")),
                ("reason", word("no_place refused no_show centre_closed asked", max_length=15)),
                ("words", models.TextField(blank=True)),
                ("since", models.DateTimeField()),
                ("member", to(MEMBER)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "queue entries",
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("party",),
                        name="party_waits_once",
                    )
                ],
            },
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notices."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import havre.core.database.ids
import havre.core.database.models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = [
        ("accounts", "0002_havre_itself"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.core.database.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        default=havre.core.database.models.this_instance, editable=False, max_length=100
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("key", models.CharField(max_length=100)),
                ("values", models.JSONField(default=dict)),
                ("link", models.CharField(max_length=300)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.member"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "-id"], name="notice_of_member"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["member"], name="notice_unread"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link__startswith", "/"), models.Q(("link__startswith", "//"), _negated=True)
                        ),
                        name="notice_stays_on_this_site",
                    )
                ],
            },
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments."""

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
            name="File",
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
                ("subject", models.UUIDField(db_index=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("key_id", models.CharField(max_length=20)),
                ("nonce", models.BinaryField(max_length=12)),
                ("content", models.BinaryField()),
                ("idempotency_key", models.UUIDField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "idempotency_key"), name="file_stored_once"
                    )
                ],
            },
        ),
    ]

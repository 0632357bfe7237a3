# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks, inspections and pledges are written once a key, however often they are sent; a plan is accepted by a job."""

from typing import ClassVar

from django.db import migrations, models

WITHIN = {"block": "place", "inspection": "centre", "pledge": "organisation"}


class Migration(migrations.Migration):
    """The keys."""

    dependencies: ClassVar = [("accommodation", "0010_plans")]

    operations: ClassVar = [
        migrations.AddField("plan", "acceptance_job", models.UUIDField(null=True)),
        *(
            operation
            for name, parent in WITHIN.items()
            for operation in (
                migrations.AddField(name, "idempotency_key", models.UUIDField(null=True)),
                migrations.AddConstraint(
                    name,
                    models.UniqueConstraint(fields=[parent, "idempotency_key"], name=f"{name}_once_a_key"),
                ),
            )
        ),
    ]

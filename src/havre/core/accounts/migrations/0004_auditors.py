# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads the record of all organisations is of a body that watches over them: neither one of them nor the police."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_cache")]

    operations = [
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=Q(
                    Q(("role", "auditor"), _negated=True), ("organisation_kind", "oversight"), _connector="OR"
                ),
                name="auditors_are_of_oversight",
            ),
        )
    ]

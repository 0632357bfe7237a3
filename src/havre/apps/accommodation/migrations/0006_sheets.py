# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spreadsheets on their way in."""

from typing import ClassVar

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word


class Migration(migrations.Migration):
    """Tables."""

    dependencies: ClassVar = [("accommodation", "0005_departures"), ("files", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("member", to(MEMBER)),
                ("kind", word("centres parties", max_length=10)),
                ("file", models.ForeignKey("files.file", models.SET_NULL, null=True, related_name="+")),
                ("name", models.TextField()),
                ("language", models.CharField(max_length=2)),
                ("state", word("waiting previewed accepted done failed", default="waiting", max_length=12)),
                ("counts", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list)),
                ("job", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-recorded_at", "-id"], name="beds_sheet_own_newest")
                ]
            },
        ),
    ]

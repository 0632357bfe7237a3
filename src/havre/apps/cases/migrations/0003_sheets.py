# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers that were given outside of Havre: read and written by their organisation."""

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models

import havre.core.database.ids
import havre.core.database.models
from havre.core.access.protection import Protect


def words(said: str) -> list[tuple[str, str]]:
    """The words that a column may hold."""
    return [(each, each) for each in said.split()]


OWN = "organisation_id = (SELECT {}())"


class Migration(migrations.Migration):
    """One table, and its policies."""

    dependencies: ClassVar = [("cases", "0002_policies"), ("files", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AnswerSheet",
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
                ("name", models.TextField()),
                ("unsaid", models.CharField(blank=True, choices=words("accept refuse"), max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=words("waiting previewed accepted done failed"),
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("found", models.JSONField(default=dict)),
                ("chosen", models.JSONField(default=dict)),
                ("written", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list)),
                ("job", models.UUIDField(null=True)),
                ("file", models.ForeignKey("files.file", models.SET_NULL, null=True, related_name="+")),
                ("member", models.ForeignKey("accounts.member", models.PROTECT, related_name="+")),
                (
                    "organisation",
                    models.ForeignKey("accounts.organisation", models.PROTECT, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-recorded_at", "-id"], name="sheet_own_newest")
                ]
            },
        ),
        Protect(
            "cases_answersheet",
            read=OWN.format("havre_reads"),
            write=OWN.format("havre_writes"),
            insert=f"{OWN.format('havre_writes')} AND member_id = (SELECT havre_member())",
            unlogged=("name", "found", "remarks"),
        ),
        migrations.RunSQL("REVOKE DELETE ON cases_answersheet FROM havre_web", migrations.RunSQL.noop),
    ]

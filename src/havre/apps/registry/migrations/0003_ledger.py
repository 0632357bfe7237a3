# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an answer on consent was asked for and rests on, and what stays of somebody who was erased."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

import havre.core.database.ids
import havre.core.database.models

ORGANISATION, MEMBER = "accounts.organisation", "accounts.member"
BASES = ("consent", "vital_interest", "legal_duty", "public_task")
FOR_WHAT = ("registration", "tracing", "sharing", "findable", "referral")


class Migration(migrations.Migration):
    """Columns of consents, and the table of tombstones."""

    dependencies = [("registry", "0002_policies"), ("accounts", "0003_cache")]

    operations = [
        migrations.AddField(
            "consent", "interpreter", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "consent", "purpose", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "consent",
            "legal_basis",
            models.CharField(choices=[(each, each) for each in BASES], default="consent", max_length=20),
        ),
        migrations.AddField(
            "consent", "recorded_by", models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
        ),
        migrations.AddField(
            "consent", "withdrawn_by", models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
        ),
        migrations.AlterField(
            "consent",
            "for_what",
            models.CharField(choices=[(each, each) for each in FOR_WHAT], max_length=12),
        ),
        migrations.RemoveConstraint("consent", "consent_to_share_names_with_whom"),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(
                condition=Q(
                    Q(("for_what__in", ["sharing", "referral"]), ("recipient__isnull", False)),
                    Q(
                        Q(("for_what__in", ["sharing", "referral"]), _negated=True),
                        ("recipient__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="consent_to_share_names_with_whom",
            ),
        ),
        migrations.CreateModel(
            name="Tombstone",
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
                ("key_id", models.CharField(max_length=16)),
                ("of_line", models.CharField(max_length=64)),
                ("of_words", models.CharField(blank=True, max_length=64)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("lifted_by", models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")),
                ("organisation", models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")),
                (
                    "registration",
                    models.ForeignKey("registry.registration", models.PROTECT, related_name="+"),
                ),
            ],
        ),
        migrations.AddConstraint(
            "tombstone",
            models.UniqueConstraint(
                condition=Q(("lifted_at__isnull", True)),
                fields=("organisation", "of_line"),
                name="tombstone_once_a_line",
            ),
        ),
        migrations.AddConstraint(
            "tombstone",
            models.CheckConstraint(
                condition=Q(
                    Q(("lifted_at__isnull", True), ("lifted_by__isnull", True), ("reason", "")),
                    Q(
                        ("lifted_at__isnull", False),
                        ("lifted_by__isnull", False),
                        Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tombstone_lifted_by_somebody_for_a_reason",
            ),
        ),
    ]

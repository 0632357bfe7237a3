# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisations, accounts, members."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import havre.core.accounts.enums
import havre.core.database.ids
import havre.core.database.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=havre.core.database.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("full_name", models.CharField(max_length=200)),
                ("language", models.CharField(default="en", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("name", models.CharField(max_length=200, unique=True)),
                (
                    "shore",
                    models.CharField(choices=[("france", "france"), ("britain", "britain")], max_length=20),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("protection", "protection"),
                            ("oversight", "oversight"),
                            ("enforcement", "enforcement"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "shore__in",
                                [
                                    havre.core.accounts.enums.Shore["FRANCE"],
                                    havre.core.accounts.enums.Shore["BRITAIN"],
                                ],
                            )
                        ),
                        name="organisation_shore_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    havre.core.accounts.enums.OrganisationKind["PROTECTION"],
                                    havre.core.accounts.enums.OrganisationKind["OVERSIGHT"],
                                    havre.core.accounts.enums.OrganisationKind["ENFORCEMENT"],
                                ],
                            )
                        ),
                        name="organisation_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
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
                (
                    "organisation_kind",
                    models.CharField(
                        choices=[
                            ("protection", "protection"),
                            ("oversight", "oversight"),
                            ("enforcement", "enforcement"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("registrar", "registrar"),
                            ("caseworker", "caseworker"),
                            ("supervisor", "supervisor"),
                            ("guardian", "guardian"),
                            ("auditor", "auditor"),
                            ("administrator", "administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ward", models.UUIDField(blank=True, null=True)),
                ("active", models.BooleanField(default=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation_kind", havre.core.accounts.enums.OrganisationKind["ENFORCEMENT"]),
                            (
                                "role__in",
                                [
                                    havre.core.accounts.enums.Role["CASEWORKER"],
                                    havre.core.accounts.enums.Role["GUARDIAN"],
                                    havre.core.accounts.enums.Role["REGISTRAR"],
                                    havre.core.accounts.enums.Role["SUPERVISOR"],
                                ],
                            ),
                            _negated=True,
                        ),
                        name="enforcement_holds_no_protection_right",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("role", havre.core.accounts.enums.Role["GUARDIAN"]), ("ward__isnull", False)
                            ),
                            models.Q(
                                models.Q(("role", havre.core.accounts.enums.Role["GUARDIAN"]), _negated=True),
                                ("ward__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_guardian_acts_for_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    havre.core.accounts.enums.Role["REGISTRAR"],
                                    havre.core.accounts.enums.Role["CASEWORKER"],
                                    havre.core.accounts.enums.Role["SUPERVISOR"],
                                    havre.core.accounts.enums.Role["GUARDIAN"],
                                    havre.core.accounts.enums.Role["AUDITOR"],
                                    havre.core.accounts.enums.Role["ADMINISTRATOR"],
                                ],
                            )
                        ),
                        name="member_role_known",
                    ),
                    models.UniqueConstraint(
                        fields=("account", "organisation", "role", "ward"),
                        name="one_membership_of_a_kind",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]

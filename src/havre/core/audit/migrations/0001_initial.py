# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries, seals, keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="MarkKey",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("inner", models.BinaryField()),
                ("outer", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry", models.BigIntegerField(unique=True)),
                ("mark", models.BinaryField()),
                ("seal", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField(db_index=True)),
                ("salt", models.BinaryField()),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("member", models.UUIDField(null=True)),
                ("organisation", models.UUIDField(null=True)),
                ("purpose", models.CharField(max_length=20)),
                ("request", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=20)),
                ("table_name", models.CharField(max_length=63)),
                ("row", models.UUIDField(null=True)),
                ("subject", models.UUIDField(null=True)),
                ("commitment", models.BinaryField(null=True)),
                ("note", models.JSONField()),
                ("mark", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "-id"], name="audit_entry_subject"),
                    models.Index(fields=["member", "-at"], name="audit_entry_member"),
                    models.Index(fields=["organisation", "-id"], name="audit_entry_organisation"),
                ],
            },
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the registry."""

from functools import partial

import django.utils.timezone
from django.db import migrations, models

import havre.core.database.ids
import havre.core.database.models

ORGANISATION, MEMBER = "accounts.organisation", "accounts.member"
ROW = (
    (
        "id",
        models.UUIDField(
            default=havre.core.database.ids.uuid7, editable=False, primary_key=True, serialize=False
        ),
    ),
    (
        "origin",
        models.CharField(default=havre.core.database.models.this_instance, editable=False, max_length=100),
    ),
    ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
)
to = partial(models.ForeignKey, related_name="+")
one = partial(models.OneToOneField, on_delete=models.PROTECT, related_name="+")


def words(said: str) -> list[tuple[str, str]]:
    """What a column may hold."""
    return [(word, word) for word in said.split()]


class Migration(migrations.Migration):
    """People, registrations and what hangs on them."""

    initial = True
    dependencies = [("accounts", "0003_cache"), ("files", "0002_policies")]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                *ROW,
                ("reference", models.CharField(max_length=12, unique=True)),
                ("grouped_into", to("registry.person", models.PROTECT, null=True)),
                ("organisation", to(ORGANISATION, models.PROTECT)),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                *ROW,
                ("said_on", models.DateField()),
                ("place", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("interpreter", models.BooleanField(null=True)),
                ("extent", models.CharField(choices=words("quick full"), default="quick", max_length=10)),
                ("sex", models.CharField(blank=True, choices=words("female male other"), max_length=10)),
                ("nationality", models.CharField(blank=True, max_length=3)),
                ("birthplace", models.TextField(blank=True)),
                ("town", models.TextField(blank=True)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("unsaid", models.JSONField(default=dict)),
                ("source", models.TextField(blank=True)),
                ("source_id", models.TextField(blank=True)),
                ("source_said", models.JSONField(default=dict)),
                ("findable", models.BooleanField(default=False)),
                ("findable_until", models.DateField(null=True)),
                ("traceable", models.BooleanField(default=False)),
                ("traceable_until", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("organisation", to(ORGANISATION, models.PROTECT)),
                ("own_person", one("registry.person")),
                ("person", to("registry.person", models.PROTECT, related_name="registrations")),
                ("registered_by", to(MEMBER, models.PROTECT)),
            ],
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                *ROW,
                ("written", models.TextField()),
                ("script", models.CharField(max_length=10)),
                ("language", models.CharField(blank=True, max_length=35)),
                (
                    "kind",
                    models.CharField(choices=words("own spelling nickname"), default="own", max_length=10),
                ),
                (
                    "written_by",
                    models.CharField(choices=words("person member interpreter document list"), max_length=12),
                ),
                ("said_on", models.DateField()),
                ("parts", models.JSONField(default=list)),
                ("registration", to("registry.registration", models.CASCADE, related_name="names")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="Grouping",
            fields=[
                *ROW,
                ("probability", models.FloatField(null=True)),
                ("bits", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=words("proposed grouped kept_apart undone"), default="proposed", max_length=12
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True)),
                ("decided_by", to(MEMBER, models.PROTECT, null=True)),
                ("organisation", to(ORGANISATION, models.PROTECT)),
                ("registration_a", to("registry.registration", models.CASCADE)),
                ("registration_b", to("registry.registration", models.CASCADE)),
            ],
        ),
        migrations.CreateModel(
            name="FamilyLink",
            fields=[
                *ROW,
                ("relation", models.CharField(blank=True, max_length=30)),
                ("names", models.TextField(blank=True)),
                ("other_names", models.TextField(blank=True)),
                ("sex", models.CharField(blank=True, choices=words("female male other"), max_length=10)),
                ("born_earliest", models.DateField(null=True)),
                ("born_latest", models.DateField(null=True)),
                (
                    "born_kind",
                    models.CharField(
                        blank=True, choices=words("day month year age first_of_january"), max_length=20
                    ),
                ),
                ("nationality", models.CharField(blank=True, max_length=3)),
                ("birthplace", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("town", models.TextField(blank=True)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("unsaid", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("said_on", models.DateField()),
                ("source_id", models.TextField(blank=True)),
                ("source_said", models.JSONField(default=dict)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("registration", to("registry.registration", models.CASCADE, related_name="links")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                *ROW,
                ("kind", models.TextField()),
                ("number", models.TextField(blank=True)),
                ("issued_by", models.TextField(blank=True)),
                ("file", to("files.file", models.PROTECT, null=True)),
                ("registration", to("registry.registration", models.CASCADE, related_name="documents")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                *ROW,
                ("kind", models.CharField(choices=words("phone email address"), max_length=10)),
                ("value", models.TextField()),
                ("since", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("registration", to("registry.registration", models.CASCADE, related_name="contacts")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                *ROW,
                (
                    "for_what",
                    models.CharField(choices=words("registration tracing sharing findable"), max_length=12),
                ),
                ("given_by", models.CharField(choices=words("child guardian relative self"), max_length=10)),
                ("how", models.CharField(choices=words("spoken written interpreter"), max_length=12)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("given_on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("refused", models.BooleanField(default=False)),
                ("recipient", to(ORGANISATION, models.PROTECT, null=True)),
                ("registration", to("registry.registration", models.CASCADE, related_name="consents")),
            ],
            options={"ordering": ["given_on", "id"]},
        ),
        migrations.CreateModel(
            name="AgeEvidence",
            fields=[
                *ROW,
                ("earliest", models.DateField()),
                ("latest", models.DateField()),
                (
                    "kind",
                    models.CharField(choices=words("day month year age first_of_january"), max_length=20),
                ),
                ("true_on", models.DateField()),
                ("method", models.CharField(choices=words("claimed documented assessed"), max_length=12)),
                ("assessor", models.TextField(blank=True)),
                ("disputed", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("registration", to("registry.registration", models.CASCADE, related_name="ages")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "key",
                        "born",
                        "registration",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=40)),
                ("born", models.SmallIntegerField(default=0)),
                ("organisation", to(ORGANISATION, models.PROTECT, db_index=False)),
                ("registration", to("registry.registration", models.CASCADE)),
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                *ROW,
                ("basis", models.CharField(choices=words("consent pair"), max_length=10)),
                ("basis_id", models.UUIDField()),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("recipient", to(ORGANISATION, models.PROTECT)),
                ("registration", to("registry.registration", models.CASCADE, related_name="shares")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="ListImport",
            fields=[
                *ROW,
                ("source", models.TextField()),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=words("waiting previewed accepted done failed"),
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list)),
                ("consents", models.JSONField(default=list)),
                ("job", models.UUIDField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("file", to("files.file", models.SET_NULL, null=True)),
                ("links_file", to("files.file", models.SET_NULL, null=True)),
                ("member", to(MEMBER, models.PROTECT)),
                ("organisation", to(ORGANISATION, models.PROTECT)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-recorded_at", "-id"], name="import_own_newest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                *ROW,
                ("key", models.UUIDField()),
                ("action", models.CharField(max_length=30)),
                ("made", models.UUIDField()),
                ("organisation", to(ORGANISATION, models.PROTECT)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="receipt_once_a_key")
                ],
            },
        ),
    ]

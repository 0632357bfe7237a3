# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of cases, and what they hold to."""

from django.db import migrations, models

from havre.apps.cases.migrations._belongings import TABLES
from havre.apps.cases.migrations._columns import (
    ANSWERS,
    MANNERS,
    MEMBER,
    ORGANISATION,
    REGISTRATION,
    ROW,
    SHORES,
    once_a_key,
    said,
    to,
    word,
)


class Migration(migrations.Migration):
    """Cases, and what members add to them."""

    initial = True
    dependencies = [("tracing", "0003_policies"), ("registry", "0002_policies"), ("accounts", "0003_cache")]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                *ROW,
                ("person", models.UUIDField()),
                ("child_shore", word(SHORES)),
                ("glimpse", models.JSONField(default=dict)),
                ("pair", to("tracing.pair", null=True, related_name="cases")),
                (
                    "link",
                    models.ForeignKey(
                        "registry.familylink",
                        models.DO_NOTHING,
                        null=True,
                        related_name="+",
                        db_constraint=False,
                    ),
                ),
                ("registration", to(REGISTRATION)),
                ("family", to(REGISTRATION, null=True)),
                ("organisation", to(ORGANISATION)),
                ("other_organisation", to(ORGANISATION, null=True)),
                ("opened_by", to(MEMBER)),
            ],
            options={
                "indexes": [models.Index(fields=["other_organisation"], name="case_of_other")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "person"), name="case_once_a_child"),
                    models.UniqueConstraint(
                        fields=("organisation", "registration"), name="case_once_a_registration"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("family__isnull", False),
                                ("other_organisation__isnull", False),
                                ("pair__isnull", False),
                            ),
                            models.Q(
                                ("family__isnull", True), ("link__isnull", False), ("pair__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="case_of_a_pair_or_a_link",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                *ROW,
                *said("facts"),
                ("key", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                ("how", models.TextField(blank=True)),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        once_a_key("fact"),
        migrations.CreateModel(
            name="Decision",
            fields=[
                *ROW,
                *said("decisions"),
                ("answer", word(ANSWERS)),
                ("route", models.CharField(max_length=60)),
                ("written_in", word("en fr", max_length=2)),
                ("in_short", models.TextField()),
                ("criteria", models.JSONField()),
                ("evidence_seen", models.JSONField()),
                ("evidence_missing", models.JSONField(default=list)),
                ("reunification", models.TextField()),
                ("well_being", models.TextField()),
                ("safety", models.TextField()),
                ("views", models.TextField()),
                ("telling_language", models.CharField(max_length=35)),
                ("telling_manner", word(MANNERS)),
                ("again_how", models.TextField()),
                ("again_until", models.DateField()),
                ("helper", models.TextField()),
                ("decided_on", models.DateField()),
                ("agreed_by", to(MEMBER, null=True)),
                ("agreed_on", models.DateField(null=True)),
                ("set_aside_by", to(MEMBER, null=True)),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        once_a_key("decision"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_by__isnull", True), ("agreed_on__isnull", True)),
                    models.Q(
                        ("agreed_by__isnull", False),
                        ("agreed_on__isnull", False),
                        ("set_aside_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decision_agreed_or_not",
            ),
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                *ROW,
                *said("events"),
                ("kind", models.CharField(max_length=40)),
                ("happened_on", models.DateField()),
                ("route", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "decision",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="event", to="cases.decision"
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("case", "position"), name="event_in_order"),
        ),
        once_a_key("event"),
        migrations.CreateModel(
            name="Telling",
            fields=[
                *ROW,
                *said("tellings"),
                ("told_by", models.TextField()),
                ("told_on", models.DateField()),
                ("language", models.CharField(max_length=35)),
                ("manner", word(MANNERS)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="telling", to="cases.decision"
                    ),
                ),
            ],
        ),
        once_a_key("telling"),
        *TABLES,
    ]

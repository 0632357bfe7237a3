# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of cases, and what they hold to."""

from functools import partial

import django.utils.timezone
from django.db import migrations, models

import havre.core.database.ids
import havre.core.database.models

ORGANISATION, MEMBER, REGISTRATION = "accounts.organisation", "accounts.member", "registry.registration"
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
to = partial(models.ForeignKey, on_delete=models.PROTECT, related_name="+")


def word(said: str, **options: object) -> models.CharField:
    """One of several words."""
    return models.CharField(choices=[(each, each) for each in said.split()], **{"max_length": 20, **options})


SHORES = "france britain"
MANNERS = "in_person with_interpreter by_phone read_aloud"


def said(what: str) -> tuple[tuple[str, models.Field], ...]:
    """What is known of whatever a member adds to a case."""
    return (
        ("shore", word(SHORES)),
        ("idempotency_key", models.UUIDField(null=True)),
        ("case", to("cases.case", related_name=what)),
        ("member", to(MEMBER)),
        ("organisation", to(ORGANISATION)),
    )


def once_a_key(model: str) -> migrations.AddConstraint:
    """The same key from the same organisation is the same act."""
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.UniqueConstraint(
            fields=("organisation", "idempotency_key"), name=f"{model}_once_a_key"
        ),
    )


class Migration(migrations.Migration):
    """Cases, facts, decisions, events, tellings."""

    initial = True
    dependencies = [("tracing", "0003_policies"), ("registry", "0002_policies"), ("accounts", "0003_cache")]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                *ROW,
                ("person", models.UUIDField()),
                ("child_shore", word(SHORES)),
                ("pair", to("tracing.pair", related_name="cases")),
                ("registration", to(REGISTRATION)),
                ("family", to(REGISTRATION)),
                ("organisation", to(ORGANISATION)),
                ("other_organisation", to(ORGANISATION)),
                ("opened_by", to(MEMBER)),
            ],
            options={
                "indexes": [models.Index(fields=["other_organisation"], name="case_of_other")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "person"), name="case_once_a_child"),
                    models.UniqueConstraint(
                        fields=("organisation", "registration"), name="case_once_a_registration"
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
                ("answer", word("accept refuse")),
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
    ]

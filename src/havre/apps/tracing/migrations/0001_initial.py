# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of tracing."""

from functools import partial

import django.utils.timezone
from django.contrib.postgres.fields import ArrayField
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
link = partial(
    models.ForeignKey,
    "registry.familylink",
    db_constraint=False,
    null=True,
    on_delete=models.DO_NOTHING,
)


def word(said: str, **options: object) -> models.CharField:
    """One of several words."""
    return models.CharField(choices=[(each, each) for each in said.split()], **{"max_length": 20, **options})


SHORES = "france britain"
STATES = "proposed rejected confirmed verified reunited elsewhere withdrawn"
KINDS = "confirm reject ask skip withdraw verify refuse_verification reopen reunite undo revoke"


class Migration(migrations.Migration):
    """Runs, pairs, verdicts."""

    initial = True
    dependencies = [("accounts", "0003_cache"), ("registry", "0002_policies")]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                *ROW,
                ("job", models.UUIDField(null=True)),
                ("idempotency_key", models.UUIDField(null=True)),
                ("state", word("asked done", default="asked", max_length=10)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("took_part", ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("people_a", models.PositiveIntegerField(default=0)),
                ("people_b", models.PositiveIntegerField(default=0)),
                ("links_a", models.PositiveIntegerField(default=0)),
                ("links_b", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("engine_version", models.CharField(blank=True, max_length=40)),
                ("weights", models.JSONField(default=dict)),
                ("asked_by", to(MEMBER)),
                ("organisation", to(ORGANISATION)),
            ],
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                *ROW,
                ("registration_a", to(REGISTRATION, related_name="pairs_a")),
                ("link_a", link(related_name="pairs_a")),
                ("registration_b", to(REGISTRATION, related_name="pairs_b")),
                ("link_b", link(related_name="pairs_b")),
                ("organisation_a", to(ORGANISATION)),
                ("organisation_b", to(ORGANISATION)),
                ("person_a", models.UUIDField()),
                ("person_b", models.UUIDField()),
                ("child_shore", word(SHORES)),
                ("state", word(STATES, default="proposed")),
                ("version", models.PositiveIntegerField(default=1)),
                ("confirmed_by", to(MEMBER, null=True)),
                ("confirmed_organisation", to(ORGANISATION, null=True)),
                ("confirmed_shore", word(SHORES, blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("state_before", word(STATES, blank=True)),
                ("closed_by", to("tracing.pair", null=True, related_name="closed")),
                ("came_back", models.BooleanField(default=False)),
                ("probability", models.FloatField()),
                ("band", word("strong likely doubtful faint")),
                ("rivals", models.PositiveIntegerField(default=0)),
                ("bits", models.JSONField(default=dict)),
                ("evidence", models.FloatField(default=0)),
                ("reasons", models.JSONField(default=list)),
                ("glimpse_a", models.JSONField(default=dict)),
                ("glimpse_b", models.JSONField(default=dict)),
                (
                    "name_keys",
                    ArrayField(base_field=models.CharField(max_length=40), default=list, size=None),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("first_run", to("tracing.run", related_name="new_pairs")),
                ("last_run", to("tracing.run", related_name="changed_pairs")),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                *ROW,
                ("shore", word(SHORES)),
                ("kind", word(KINDS)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("true_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField()),
                ("pair_state_before", word(STATES)),
                ("pair_state_after", word(STATES)),
                ("idempotency_key", models.UUIDField(null=True)),
                ("member", to(MEMBER)),
                ("organisation", to(ORGANISATION)),
                ("pair", to("tracing.pair", related_name="verdicts")),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.CreateModel(
            name="VerdictNote",
            fields=[
                *ROW,
                ("words", models.TextField()),
                ("organisation", to(ORGANISATION)),
                ("registration", to(REGISTRATION)),
                (
                    "verdict",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="note", to="tracing.verdict"),
                ),
            ],
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tells a member outside of Havre: a calendar by a secret link, a mail a day."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import havre.core.database.ids
import havre.core.database.models
from havre.core.access.protection import GateFunction, GateMayRead, Protect
from havre.core.accounts.system import SYSTEM_MEMBER

MINE = "member_id = (SELECT havre_member())"
HAVRE_ITSELF = f"(SELECT havre_member()) = '{SYSTEM_MEMBER}'"
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
    (
        "member",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.member"
        ),
    ),
    ("language", models.CharField(max_length=2)),
)

# Whoever holds a link signs in nowhere: nobody acts until it is known whose it is.
OWNER = """
CREATE FUNCTION notices_feed_owner(of text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT f.member_id FROM notices_feed f WHERE f.hashed = of AND f.ended_at IS NULL
$$
"""


class Migration(migrations.Migration):
    """Feeds and digests."""

    dependencies = [("notices", "0002_policies")]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                *ROW,
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("member",),
                        name="one_feed_a_member",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[*ROW, ("sent_on", models.DateField(null=True))],
            options={
                "constraints": [models.UniqueConstraint(fields=("member",), name="one_digest_a_member")]
            },
        ),
        # The record keeps no hash of a secret, and does not tell each mail.
        Protect("notices_feed", read=MINE, write=MINE, unlogged=("hashed",)),
        Protect(
            "notices_digest",
            read=f"{MINE} OR {HAVRE_ITSELF}",
            write=f"{MINE} OR {HAVRE_ITSELF}",
            insert=MINE,
            unlogged=("sent_on",),
        ),
        GateMayRead("notices_feed"),
        GateFunction("notices_feed_owner(text)", OWNER),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table that Django's cache keeps in PostgreSQL: limits on sign-in must hold for all processes together."""

from django.db import migrations

TABLE = """
CREATE TABLE havre_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_havre_itself")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE havre_cache"),
        migrations.RunSQL(
            "CREATE INDEX havre_cache_expires ON havre_cache (expires)", migrations.RunSQL.noop
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes tombstones; what others were given; and whether somebody agreed, as PostgreSQL sees it."""

from django.db import migrations

from havre.apps.registry.migrations import _functions as sql
from havre.apps.registry.migrations import _ledger as ledger
from havre.core.access.protection import GateFunction, GateMayRead, Protect

OWN_READ = "organisation_id = (SELECT havre_reads())"
OWN_WRITE = "organisation_id = (SELECT havre_writes())"
OF_OWN = """EXISTS (SELECT 1 FROM registry_registration r WHERE r.id = registry_tombstone.registration_id
  AND r.organisation_id = (SELECT havre_writes()))"""


class Migration(migrations.Migration):
    """Policies of tombstones, and the functions of the ledger."""

    dependencies = [("registry", "0003_ledger"), ("audit", "0002_functions")]

    operations = [
        GateMayRead("registry_consent"),
        GateFunction("registry_given(uuid)", ledger.GIVEN),
        GateFunction("registry_agreed(uuid, text, uuid)", ledger.AGREED),
        Protect(
            "registry_tombstone",
            read=OWN_READ,
            write=OWN_WRITE,
            insert=f"{OWN_WRITE} AND {OF_OWN}",
            subject="registration_id",
            unlogged=("of_line", "of_words", "reason"),
        ),
        # Nobody takes a stone away: it is lifted, by somebody, for a reason.
        migrations.RunSQL("REVOKE DELETE ON registry_tombstone FROM havre_web", migrations.RunSQL.noop),
        migrations.RunSQL(
            sql.kept(
                "registry_tombstone", "organisation_id", "registration_id", "key_id", "of_line", "of_words"
            ),
            "DROP TRIGGER kept ON registry_tombstone",
        ),
    ]

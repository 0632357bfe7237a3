# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functions behind the audit, who may call them, and who may read what they write."""

from django.db import migrations

from havre.core.access.protection import Audited, GateFunction
from havre.core.audit import sql

CLOSED = ("audit_entry", "audit_seal", "audit_content", "audit_markkey")

# Nobody reads an entry but an auditor, and members the entries of their own organisation; nobody writes one.
READING = "(SELECT havre_oversees()) OR organisation = (SELECT havre_reads())"


class Migration(migrations.Migration):
    """Functions and policies of the audit."""

    dependencies = [("audit", "0001_initial"), ("access", "0001_functions")]

    operations = [
        migrations.RunSQL(
            [sql.FIRST_KEYS]
            + [f"REVOKE ALL ON {', '.join(CLOSED)} FROM havre_web"]
            + [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in CLOSED]
            + [f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in CLOSED]
            + [
                f"CREATE POLICY reading ON audit_entry FOR SELECT TO havre_web USING ({READING})",
                "CREATE POLICY reading ON audit_seal FOR SELECT TO havre_web USING ((SELECT havre_oversees()))",
                "GRANT SELECT ON audit_entry, audit_seal TO havre_web",
                "GRANT SELECT, INSERT ON audit_entry, audit_seal TO havre_gate",
                "GRANT SELECT, INSERT, DELETE ON audit_content TO havre_gate",
                "GRANT SELECT ON audit_markkey TO havre_gate",
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO havre_gate",
            ]
            + [
                f"CREATE POLICY gate ON {table} TO havre_gate USING (true) WITH CHECK (true)"
                for table in CLOSED
            ],
            migrations.RunSQL.noop,
        ),
        # In line with the statements that call it: no SECURITY DEFINER, nothing secret.
        migrations.RunSQL(sql.CANONICAL, "DROP FUNCTION audit_canonical(audit_entry)"),
        migrations.RunSQL(sql.MARKED, "DROP FUNCTION audit_marked(audit_entry, audit_markkey)"),
        migrations.RunSQL(sql.COMMITMENT, "DROP FUNCTION audit_commitment(bytea, jsonb)"),
        GateFunction("audit_mark(audit_entry)", sql.MARK, callers=()),
        GateFunction("audit_write(text, text, uuid[], uuid[], jsonb[], jsonb)", sql.WRITE, callers=()),
        GateFunction("audit_change()", sql.CHANGE),
        GateFunction("audit_record(text, text, uuid, uuid, jsonb)", sql.RECORD),
        GateFunction("audit_read_lately(integer)", sql.READ_LATELY),
        GateFunction("audit_count_lately(text, integer)", sql.COUNT_LATELY),
        GateFunction("audit_erase(uuid)", sql.ERASE),
        GateFunction("audit_seal_new()", sql.SEAL, callers=("havre_web", "havre_maintenance")),
        GateFunction("audit_faults()", sql.FAULTS, callers=("havre_web", "havre_maintenance")),
        GateFunction("audit_held(bigint)", sql.HELD),
        Audited("accounts_organisation"),
        Audited("accounts_account", unlogged=("password", "last_login")),
        Audited("accounts_member"),
    ]

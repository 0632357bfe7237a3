# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What row policies call: who acts, for which purpose, and whose rows that opens."""

from django.db import migrations, models

from havre.core.access.protection import GateFunction

ASKED = """
CREATE FUNCTION {name}() RETURNS {type} LANGUAGE plpgsql STABLE AS $$
DECLARE said text := current_setting('havre.{setting}', true);
BEGIN
  -- After a commit the setting is '' and not NULL.
  IF said IS NULL OR said = '' THEN
    RAISE EXCEPTION 'nobody acts' USING ERRCODE = '42501', HINT = 'Protected rows are reached through acting_as().';
  END IF;
  RETURN said::{type};
END $$
"""

OWN = """
CREATE FUNCTION {name}() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT m.organisation_id FROM accounts_member m
  WHERE m.id = havre_member() AND m.active AND m.organisation_kind = 'protection'
    AND m.role IN ('registrar', 'caseworker', 'supervisor') AND havre_purpose() IN ({purposes})
$$
"""

WARD = """
CREATE FUNCTION havre_ward() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT m.ward FROM accounts_member m
  WHERE m.id = havre_member() AND m.active AND m.organisation_kind = 'protection'
    AND m.role = 'guardian' AND havre_purpose() IN ('care', 'tracing')
$$
"""

OVERSEES = """
CREATE FUNCTION havre_oversees() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_member m WHERE m.id = havre_member() AND m.active
    AND m.organisation_kind = 'oversight' AND m.role = 'auditor' AND havre_purpose() = 'oversight')
$$
"""

MATCHES = """
CREATE FUNCTION havre_matches() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_member m WHERE m.id = havre_member() AND m.active
    AND m.organisation_kind = 'protection' AND m.role IN ('caseworker', 'supervisor')
    AND havre_purpose() = 'matching')
$$
"""

TODAY = """
CREATE FUNCTION havre_today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('havre.today', true), '')::date, current_date)
$$
"""

# So that a CHECK can hold the firewall: a member's row knows the kind of its organisation, whoever writes it.
KIND = """
CREATE FUNCTION accounts_member_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT kind INTO NEW.organisation_kind FROM accounts_organisation WHERE id = NEW.organisation_id;
  RETURN NEW;
END $$
"""
KINDS = """
CREATE FUNCTION accounts_organisation_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts_member SET organisation_kind = NEW.kind WHERE organisation_id = NEW.id;
  RETURN NEW;
END $$
"""


# The key of what Havre itself says (``sealing``): its owner hands it over, gate functions read it, nobody else.
SEAL_KEY = (
    "REVOKE ALL ON access_sealkey FROM havre_web",
    "ALTER TABLE access_sealkey ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE access_sealkey FORCE ROW LEVEL SECURITY",
    "GRANT SELECT ON access_sealkey TO havre_gate",
    "CREATE POLICY gate ON access_sealkey FOR SELECT TO havre_gate USING (true)",
    "CREATE POLICY handing_over ON access_sealkey TO havre_owner USING (true) WITH CHECK (true)",
)
SEALED = """
CREATE FUNCTION havre_sealed(said text, seal bytea) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM access_sealkey k
    WHERE sha256(k."outer" || sha256(k."inner" || convert_to(said, 'UTF8'))) = seal)
$$
"""


class Migration(migrations.Migration):
    """Functions of the row policies, and the key of what Havre itself says."""

    initial = True
    dependencies = [("accounts", "0001_initial")]

    operations = [
        # Whoever owns a function must be allowed to make one.
        migrations.RunSQL("GRANT CREATE ON SCHEMA public TO havre_gate", migrations.RunSQL.noop),
        migrations.RunSQL(
            ASKED.format(name="havre_member", type="uuid", setting="member"), "DROP FUNCTION havre_member()"
        ),
        migrations.RunSQL(
            ASKED.format(name="havre_purpose", type="text", setting="purpose"),
            "DROP FUNCTION havre_purpose()",
        ),
        migrations.RunSQL(
            OWN.format(name="havre_reads", purposes="'care', 'tracing'"), "DROP FUNCTION havre_reads()"
        ),
        migrations.RunSQL(
            OWN.format(name="havre_writes", purposes="'care', 'tracing'"), "DROP FUNCTION havre_writes()"
        ),
        migrations.RunSQL(WARD, "DROP FUNCTION havre_ward()"),
        migrations.RunSQL(OVERSEES, "DROP FUNCTION havre_oversees()"),
        migrations.RunSQL(MATCHES, "DROP FUNCTION havre_matches()"),
        migrations.RunSQL(TODAY, "DROP FUNCTION havre_today()"),
        migrations.RunSQL(KIND, "DROP FUNCTION accounts_member_kind()"),
        migrations.RunSQL(
            "CREATE TRIGGER kind_of_organisation BEFORE INSERT OR UPDATE ON accounts_member"
            " FOR EACH ROW EXECUTE FUNCTION accounts_member_kind()",
            "DROP TRIGGER kind_of_organisation ON accounts_member",
        ),
        migrations.RunSQL(KINDS, "DROP FUNCTION accounts_organisation_kind()"),
        migrations.RunSQL(
            "CREATE TRIGGER kind_of_members AFTER UPDATE OF kind ON accounts_organisation"
            " FOR EACH ROW EXECUTE FUNCTION accounts_organisation_kind()",
            "DROP TRIGGER kind_of_members ON accounts_organisation",
        ),
        migrations.RunSQL(
            "GRANT SELECT ON accounts_member, accounts_organisation TO havre_gate",
            "REVOKE ALL ON accounts_member, accounts_organisation FROM havre_gate",
        ),
        migrations.CreateModel(
            name="SealKey",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("inner", models.BinaryField()),
                ("outer", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(list(SEAL_KEY), migrations.RunSQL.noop),
        GateFunction("havre_sealed(text, bytea)", SEALED, callers=()),
    ]

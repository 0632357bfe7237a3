# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What follows from the events of a case: who reads it, how it is kept, and when it is thrown away."""

import django.db.models.deletion
from django.db import migrations, models

from havre.apps.cases.enums import CaseState
from havre.core.access.protection import GateFunction, GateMayRead

TABLES = ("cases_reckoning", "cases_clock")
ADDED_TO = {
    "cases_event": "INSERT",
    "cases_telling": "INSERT",
    "cases_decision": "UPDATE OF agreed_by_id",
}
"""Tables from which it follows, and what happens to them."""


def read_with_the_case(table: str) -> migrations.RunSQL:
    """Whoever reads the case reads it; nobody but the gate writes it."""
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            (
                f"CREATE POLICY reading ON {table} FOR SELECT TO havre_web"
                f" USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id))"
            ),
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM havre_web",
        ],
        [
            f"GRANT INSERT, UPDATE, DELETE ON {table} TO havre_web",
            f"DROP POLICY reading ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


# [{case, version, rules, state, since, silent_from, clocks: [{rule, who, due, binding, since, until}]}]; how many
# were kept. Only Havre computes it, and says so by its seal: no other statement of the web role can. A case is kept by whoever takes part in it or stands by its child, and only if nothing was added to it
# since its version was read: whoever adds to it holds its row until the end of their transaction.
RECKON = """
CREATE FUNCTION cases_reckon(sealed text, seal bytea) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  kept uuid[];
  said jsonb;
BEGIN
  PERFORM havre_member();
  IF NOT coalesce(havre_sealed(sealed, seal), false) THEN
    RAISE EXCEPTION 'only Havre says what follows from a case' USING ERRCODE = '42501',
      HINT = 'If HAVRE_SECRET_KEY is another one than before, run havre migrate.';
  END IF;
  said := sealed::jsonb;
  WITH one AS (
    SELECT r.* FROM jsonb_to_recordset(said) AS r(
      "case" uuid, version integer, rules text, state text, since date, silent_from date)
    JOIN cases_case c ON c.id = r."case"
    WHERE (SELECT havre_reads()) IN (c.organisation_id, c.other_organisation_id)
      OR EXISTS (SELECT 1 FROM registry_registration g
        WHERE g.id = c.registration_id AND g.person_id = (SELECT registry_ward()))
  ), put AS (
    INSERT INTO cases_reckoning AS k (case_id, version, rules, state, since, silent_from)
      SELECT o."case", o.version, o.rules, o.state, o.since, o.silent_from FROM one o ORDER BY o."case"
    ON CONFLICT (case_id) DO UPDATE SET rules = excluded.rules, state = excluded.state, since = excluded.since,
      silent_from = excluded.silent_from WHERE k.version = excluded.version
    RETURNING case_id
  )
  SELECT array_agg(case_id) INTO kept FROM put;
  DELETE FROM cases_clock WHERE case_id = ANY (kept);
  INSERT INTO cases_clock (case_id, rule, who, due, binding, since, until)
    SELECT r."case", c.rule, c.who, c.due, c.binding, c.since, c.until
    FROM jsonb_to_recordset(said) AS r("case" uuid, clocks jsonb), jsonb_to_recordset(r.clocks) AS c(
      rule text, who text, due date, binding boolean, since date, until date)
    WHERE r."case" = ANY (kept);
  RETURN coalesce(cardinality(kept), 0);
END $$
"""

UNRECKON = """
CREATE FUNCTION cases_unreckon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM cases_clock WHERE case_id = NEW.case_id;
  INSERT INTO cases_reckoning AS k (case_id, version, rules, state) VALUES (NEW.case_id, 1, '', '')
    ON CONFLICT (case_id) DO UPDATE SET version = k.version + 1, rules = '';
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    """Reckonings and clocks."""

    dependencies = [("cases", "0005_exchanges"), ("registry", "0002_policies")]

    operations = [
        migrations.CreateModel(
            name="Reckoning",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reckoning",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("rules", models.CharField(blank=True, max_length=16)),
                (
                    "state",
                    models.CharField(
                        blank=True, choices=[(each.value, each.value) for each in CaseState], max_length=20
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("silent_from", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case", "rule", "due", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=20)),
                ("due", models.DateField()),
                ("binding", models.BooleanField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("binding", True)), fields=["due"], name="clock_due")
                ]
            },
        ),
        *(GateMayRead(table, also=("INSERT", "UPDATE", "DELETE")) for table in TABLES),
        *map(read_with_the_case, TABLES),
        GateFunction("cases_reckon(text, bytea)", RECKON),
        GateFunction("cases_unreckon()", UNRECKON),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER unreckon AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION cases_unreckon()",
                f"DROP TRIGGER unreckon ON {table}",
            )
            for table, when in ADDED_TO.items()
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proof of sending and receipt: added by either organisation, read with the case, never changed."""

from typing import ClassVar

from django.db import migrations, models

from havre.apps.cases.migrations._asked import reached
from havre.apps.cases.migrations._columns import added, once_a_key, to, word
from havre.core.access.protection import GateFunction, GateMayRead, Protect

HOW = "dublinet email post by_hand fax telephone"
IN_CASE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = cases_exchange.case_id{})"
MINE = "(SELECT havre_writes())"
ADD = f"""member_id = (SELECT havre_member()) AND organisation_id = {MINE} AND (SELECT cases_works())
  AND shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = {MINE})
  AND {IN_CASE.format(f" AND {MINE} IN (c.organisation_id, c.other_organisation_id)")}"""

HOLDS = """
CREATE FUNCTION cases_exchange_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF NOT EXISTS (SELECT 1 FROM cases_event e WHERE e.id = NEW.event_id AND e.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'a proof is of an event of its case' USING ERRCODE = '23514';
  END IF;
  IF NEW.file_id IS NULL AND length(btrim(NEW.reference)) < 2 THEN
    RAISE EXCEPTION 'a proof has a reference or a document' USING ERRCODE = '23514';
  END IF;
  IF (NEW.file_id IS NULL) <> (NEW.sha256 = '') OR (NEW.file_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM files_file f JOIN cases_case c ON c.id = NEW.case_id WHERE f.id = NEW.file_id
        AND f.organisation_id = NEW.organisation_id AND f.subject = c.registration_id
        AND encode(f.sha256, 'hex') = NEW.sha256)) THEN
    RAISE EXCEPTION 'a document is one of its own organisation, of this child' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# That something was sent, how and when stays; what was sent goes with whoever was erased.
ERASED = """
CREATE FUNCTION cases_exchange_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone uuid[] := ARRAY(SELECT e.file_id FROM cases_exchange e JOIN cases_case c ON c.id = e.case_id
    WHERE (NEW.id = c.registration_id OR (NEW.id = c.family_id AND e.organisation_id = NEW.organisation_id))
      AND e.file_id IS NOT NULL);
BEGIN
  UPDATE cases_exchange SET reference = '', sha256 = '', file_id = NULL FROM cases_case c WHERE c.id = case_id
    AND (NEW.id = c.registration_id OR (NEW.id = c.family_id AND cases_exchange.organisation_id = NEW.organisation_id));
  DELETE FROM files_file WHERE id = ANY (gone);
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    """One table, its policies, and what it holds to."""

    dependencies: ClassVar = [
        ("cases", "0003_sheets"),
        ("files", "0002_policies"),
        ("registry", "0002_policies"),
    ]

    operations: ClassVar = [
        added(
            "Exchange",
            "exchanges",
            ("event", to("cases.event", related_name="exchanges")),
            ("how", word(HOW)),
            ("reference", models.TextField(blank=True)),
            ("file", models.ForeignKey("files.file", models.SET_NULL, null=True, related_name="+")),
            ("sha256", models.CharField(blank=True, max_length=64)),
        ),
        once_a_key("exchange"),
        GateMayRead("cases_exchange", also=("UPDATE",)),
        Protect(
            "cases_exchange",
            read=IN_CASE.format(reached("cases_exchange")),
            write="false",
            insert=ADD,
            unlogged=("reference", "sha256"),
        ),
        migrations.RunSQL("REVOKE DELETE ON cases_exchange FROM havre_web", migrations.RunSQL.noop),
        migrations.RunSQL(HOLDS, "DROP FUNCTION cases_exchange_holds()"),
        migrations.RunSQL(
            "CREATE TRIGGER exchange_holds BEFORE INSERT ON cases_exchange"
            " FOR EACH ROW EXECUTE FUNCTION cases_exchange_holds()",
            "DROP TRIGGER exchange_holds ON cases_exchange",
        ),
        GateFunction("cases_exchange_erased()", ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER cases_exchange_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION cases_exchange_erased()",
            "DROP TRIGGER cases_exchange_erased ON registry_registration",
        ),
    ]

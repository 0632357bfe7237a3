# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers that were given outside of Havre: read and written by their organisation.

And which of the own children are led by another organisation, to which their case was transferred.
"""

from typing import ClassVar

from django.db import migrations, models

from havre.apps.cases.migrations._columns import ANSWERS, MEMBER, ORGANISATION, ROW, to, word
from havre.core.access.protection import GateFunction, GateMayRead, Protect

HANDED_OVER = """
CREATE FUNCTION cases_handed_over() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT c.registration_id FROM cases_case c JOIN registry_registration r ON r.id = c.registration_id
  WHERE (SELECT havre_member()) IS NOT NULL AND r.organisation_id = (SELECT havre_writes())
    AND c.organisation_id <> r.organisation_id
$$
"""
# A sheet names children: with one of them its file goes, and what was made of it.
ERASED = """
CREATE FUNCTION cases_sheet_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_child uuid[] := ARRAY(SELECT s.id FROM cases_answersheet s WHERE s.organisation_id = NEW.organisation_id AND (
    s.found::text LIKE '%' || NEW.id || '%' OR s.chosen::text LIKE '%' || NEW.id || '%' OR EXISTS (
      SELECT 1 FROM cases_case c JOIN jsonb_each_text(s.written) w ON w.value = c.id::text
      WHERE c.registration_id = NEW.id)));
  gone uuid[] := ARRAY(SELECT s.file_id FROM cases_answersheet s WHERE s.id = ANY (of_child));
BEGIN
  UPDATE cases_answersheet SET file_id = NULL, found = '{}', remarks = '[]' WHERE id = ANY (of_child);
  DELETE FROM files_file WHERE id = ANY (gone);
  RETURN NULL;
END $$
"""
OWN = "organisation_id = (SELECT {}())"


class Migration(migrations.Migration):
    """One table, and its policies."""

    dependencies: ClassVar = [("cases", "0002_policies"), ("files", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AnswerSheet",
            fields=[
                *ROW,
                ("name", models.TextField()),
                ("unsaid", word(ANSWERS, blank=True)),
                ("state", word("waiting previewed accepted done failed", default="waiting", max_length=12)),
                ("found", models.JSONField(default=dict)),
                ("chosen", models.JSONField(default=dict)),
                ("written", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list)),
                ("job", models.UUIDField(null=True)),
                ("file", models.ForeignKey("files.file", models.SET_NULL, null=True, related_name="+")),
                ("member", to(MEMBER)),
                ("organisation", to(ORGANISATION)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-recorded_at", "-id"], name="sheet_own_newest")
                ]
            },
        ),
        Protect(
            "cases_answersheet",
            read=OWN.format("havre_reads"),
            write=OWN.format("havre_writes"),
            insert=f"{OWN.format('havre_writes')} AND member_id = (SELECT havre_member())",
            unlogged=("name", "found", "remarks"),
        ),
        GateFunction("cases_handed_over()", HANDED_OVER),
        GateMayRead("cases_answersheet", also=("UPDATE",)),
        GateMayRead("files_file", also=("DELETE",)),
        GateFunction("cases_sheet_erased()", ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER cases_sheet_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION cases_sheet_erased()",
            "DROP TRIGGER cases_sheet_erased ON registry_registration",
        ),
        migrations.RunSQL("REVOKE DELETE ON cases_answersheet FROM havre_web", migrations.RunSQL.noop),
    ]

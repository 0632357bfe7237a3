# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A promise is the desk's: whoever runs the centre ends it by taking them in, and in no other way."""

from typing import ClassVar

from django.db import migrations

from havre.core.access.protection import GateFunction

PROMISE_STANDS = """
CREATE FUNCTION accommodation_promise_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at THEN RETURN NEW; END IF;
  IF OLD.ended_at IS NOT NULL OR (NEW.organisation_id <> havre_writes() AND NOT (
      NEW.ended_why IN ('kept', 'moved') AND EXISTS (SELECT 1 FROM accommodation_stay s
        WHERE s.party_id = NEW.party_id AND s.ends IS NULL))) THEN
    RAISE EXCEPTION 'a promise of another desk ends when they are there' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$
"""
USE_STANDS = """
CREATE FUNCTION accommodation_use_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF EXISTS (SELECT 1 FROM accommodation_promise p WHERE p.id = OLD.promise_id
      AND p.organisation_id <> havre_writes() AND (TG_OP = 'DELETE' OR p.ended_at IS NULL)) THEN
    RAISE EXCEPTION 'promised units are the desk''s to take back' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""
TRIGGERS = {
    "promise": ("promise_stands", "BEFORE UPDATE"),
    "unituse": ("use_stands", "BEFORE UPDATE OR DELETE"),
}


class Migration(migrations.Migration):
    """Two triggers."""

    dependencies: ClassVar = [("accommodation", "0011_keys")]

    operations: ClassVar = [
        GateFunction("accommodation_promise_stands()", PROMISE_STANDS),
        GateFunction("accommodation_use_stands()", USE_STANDS),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {when} ON accommodation_{table}"
                f" FOR EACH ROW EXECUTE FUNCTION accommodation_{name}()",
                f"DROP TRIGGER {name} ON accommodation_{table}",
            )
            for table, (name, when) in TRIGGERS.items()
        ),
    ]

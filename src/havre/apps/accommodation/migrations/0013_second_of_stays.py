# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A minor who is taken in without a promise is looked at by a second member, on another account."""

from typing import ClassVar

from django.db import migrations

from havre.core.access.protection import GateFunction
from havre.core.database.columns import MEMBER, to

SECOND_HOLDS = """
CREATE FUNCTION accommodation_second_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF NEW.second_id IS NULL AND (TG_OP = 'INSERT' OR OLD.second_id IS NULL) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' OR OLD.second_id IS NOT NULL AND NEW.second_id IS DISTINCT FROM OLD.second_id
      OR NEW.second_id <> havre_member() OR NOT EXISTS (
    SELECT 1 FROM accounts_member one JOIN accounts_member two ON two.account_id <> one.account_id
    WHERE one.id = NEW.checked_in_by_id AND two.id = NEW.second_id) THEN
    RAISE EXCEPTION 'another member looks at it, in their own name'
      USING ERRCODE = '23514', CONSTRAINT = 'second_of_another_account';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """The column, and who may be in it."""

    dependencies: ClassVar = [("accommodation", "0012_promises_stand")]

    operations: ClassVar = [
        migrations.AddField("stay", "second", to(MEMBER, null=True)),
        GateFunction("accommodation_second_holds()", SECOND_HOLDS),
        migrations.RunSQL(
            "CREATE TRIGGER second_holds BEFORE INSERT OR UPDATE OF second_id ON accommodation_stay"
            " FOR EACH ROW EXECUTE FUNCTION accommodation_second_holds()",
            "DROP TRIGGER second_holds ON accommodation_stay",
        ),
    ]

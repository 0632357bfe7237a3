# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasure takes the needs, the lines in plans and, once they have left, the number of a party of which nobody is left."""

from typing import ClassVar

from django.db import migrations

from havre.apps.accommodation.migrations import _erasing_functions as sql
from havre.apps.accommodation.migrations import _functions as before
from havre.apps.accommodation.migrations._behind_functions import again
from havre.core.access.protection import GATE, GateFunction, GateMayRead


class Migration(migrations.Migration):
    """Functions and what the gate may change."""

    dependencies: ClassVar = [("accommodation", "0024_left_behind")]

    operations: ClassVar = [
        migrations.RunSQL(
            [
                f"GRANT UPDATE ON accommodation_party TO {GATE}",
                f"CREATE POLICY gate_update ON accommodation_party FOR UPDATE TO {GATE} USING (true) WITH CHECK (true)",
            ],
            [
                "DROP POLICY gate_update ON accommodation_party",
                f"REVOKE UPDATE ON accommodation_party FROM {GATE}",
            ],
        ),
        *(GateMayRead(f"accommodation_{table}", also=("UPDATE",)) for table in ("assignment", "planinput")),
        GateFunction("accommodation_no_number(uuid)", sql.NO_NUMBER, callers=()),
        GateFunction("accommodation_all_gone(uuid)", sql.ALL_GONE, callers=()),
        GateFunction("accommodation_number_goes()", sql.NUMBER_GOES),
        migrations.RunSQL(
            GateFunction("accommodation_registration_erased()", sql.ERASED).sql,
            GateFunction("accommodation_registration_erased()", again(before.ERASED)).sql,
        ),
        migrations.RunSQL(
            "CREATE TRIGGER number_goes BEFORE UPDATE ON accommodation_party FOR EACH ROW"
            " WHEN (OLD.ended_on IS NULL AND NEW.ended_on IS NOT NULL) EXECUTE FUNCTION accommodation_number_goes()",
            "DROP TRIGGER number_goes ON accommodation_party",
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Age evidence that changes after a party was made: who is not what they were taken for, and why a party's kind changed."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

from havre.apps.accommodation.migrations import _age_functions as sql
from havre.apps.accommodation.migrations import _erasing_functions as before
from havre.apps.accommodation.migrations import _functions as first
from havre.apps.accommodation.migrations._behind_functions import again
from havre.core.access.protection import GateFunction, GateMayRead, Protect
from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word

KINDS = "adult family minor woman"
OWN_PARTY = """organisation_id = (SELECT havre_writes()) AND member_id = (SELECT havre_member())
  AND EXISTS (SELECT 1 FROM accommodation_party p WHERE p.id = accommodation_kindchange.party_id
    AND p.organisation_id = (SELECT havre_writes()))"""


def replaced(name: str, new: str, old: str) -> migrations.RunSQL:
    """A gate function instead of the one of its name; undone, that one again."""
    then, back = (GateFunction(f"{name}()", again(each)) for each in (new, old))
    return migrations.RunSQL(then.sql, back.sql)


class Migration(migrations.Migration):
    """A table, and what PostgreSQL says of ages."""

    dependencies: ClassVar = [("accommodation", "0025_erased_parties")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="KindChange",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("party", to("accommodation.party", related_name="kind_changes")),
                ("was", word(KINDS, max_length=10)),
                ("becomes", word(KINDS, max_length=10)),
                ("why", models.TextField()),
                ("member", to(MEMBER)),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(why=""), name="kind_changes_for_a_reason"),
                    models.CheckConstraint(condition=~Q(was=F("becomes")), name="kind_becomes_another"),
                ],
            },
        ),
        migrations.AlterField(
            "queueentry", "reason", word("no_place refused no_show centre_closed age asked")
        ),
        Protect(
            "accommodation_kindchange",
            read="organisation_id = (SELECT havre_reads())",
            write="false",
            insert=OWN_PARTY,
            subject="party_id",
            unlogged=("why",),
        ),
        GateMayRead("accommodation_kindchange", also=("UPDATE",)),
        GateFunction("accommodation_wrong_ages(uuid)", sql.WRONG_AGES),
        GateFunction("accommodation_kind_holds()", sql.KIND_HOLDS),
        replaced("accommodation_use_holds", sql.USE_HOLDS, first.USE_HOLDS),
        replaced("accommodation_registration_erased", sql.ERASED, before.ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER kind_holds BEFORE UPDATE ON accommodation_party FOR EACH ROW"
            " WHEN (OLD.kind <> NEW.kind) EXECUTE FUNCTION accommodation_kind_holds()",
            "DROP TRIGGER kind_holds ON accommodation_party",
        ),
    ]

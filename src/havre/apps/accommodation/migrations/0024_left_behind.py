# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A coach may leave without some of a party: how many, who rides later, and what became of them."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from havre.apps.accommodation.migrations import _behind_functions as sql
from havre.apps.accommodation.migrations import _coach_functions as before
from havre.core.access.protection import GateFunction
from havre.core.database.columns import MEMBER, to

WORDS = ("moved_why", "explained_why")


def one_seat(name: str, field: str, *, rest: bool, **more: bool) -> models.UniqueConstraint:
    """The rule of that name; ``rest``: those who ride later are left out."""
    said = {"ended_at__isnull": True, **more, **({"rest_of__isnull": True} if rest else {})}
    return models.UniqueConstraint(fields=[field], condition=Q(*sorted(said.items())), name=name)


def replaced(name: str, new: str, old: str) -> list[migrations.RunSQL]:
    """A gate function instead of the one of its name; undone, that one again."""
    then, back = (GateFunction(f"{name}()", each) for each in (new, sql.again(old)))
    return [migrations.RunSQL(then.sql, back.sql)]


class Migration(migrations.Migration):
    """Columns, constraints, and what PostgreSQL says of them."""

    dependencies: ClassVar = [("accommodation", "0022_dispatch_parts")]

    operations: ClassVar = [
        migrations.AddField(
            "passenger", "rest_of", to("accommodation.passenger", null=True, related_name="rests")
        ),
        migrations.AddField("passenger", "people", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("passenger", "behind", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("passenger", "behind_why", models.TextField(blank=True, default="")),
        migrations.AlterField("passenger", "behind_why", models.TextField(blank=True)),
        migrations.AddField("passenger", "behind_by", to(MEMBER, null=True)),
        migrations.RemoveConstraint("passenger", "one_seat_a_promise"),
        migrations.RemoveConstraint("passenger", "one_seat_a_party"),
        migrations.AddConstraint("passenger", one_seat("one_seat_a_promise", "promise", rest=True)),
        migrations.AddConstraint(
            "passenger", one_seat("one_seat_a_party", "party", rest=True, arrived_at__isnull=True)
        ),
        migrations.AddConstraint("passenger", one_seat("one_seat_a_rest", "rest_of", rest=False)),
        migrations.AddConstraint(
            "passenger",
            models.CheckConstraint(
                condition=Q(("people__isnull", True), ("rest_of__isnull", True))
                | Q(("people__gte", 1), ("rest_of__isnull", False)),
                name="rest_is_counted",
            ),
        ),
        migrations.AddConstraint(
            "passenger",
            models.CheckConstraint(
                condition=Q(("behind_by__isnull", True), ("behind_why", ""))
                | Q(
                    Q(("behind_why", ""), _negated=True),
                    ("behind__gte", 1),
                    ("behind_by__isnull", False),
                ),
                name="who_stayed_behind_is_settled_by_somebody",
            ),
        ),
        migrations.RunSQL(before.audited(*WORDS, "behind_why"), before.audited(*WORDS)),
        *replaced("accommodation_seats_hold", sql.SEATS_HOLD, before.SEATS_HOLD),
        *replaced("accommodation_stay_arrives", sql.STAY_ARRIVES, before.STAY_ARRIVES),
        *replaced("accommodation_seat_erased", sql.SEAT_ERASED, before.SEAT_ERASED),
        migrations.RunSQL(sql.SEAT_KEPT, sql.again(before.SEAT_KEPT)),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches are filled, leave and arrive: what was asked for, why one is half empty, and who is missing."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from havre.apps.accommodation.migrations import _coach_functions as sql
from havre.apps.registry.migrations._functions import kept
from havre.core.access.protection import GATE, GateFunction, GateMayRead, Protect
from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to

OWN = "organisation_id = (SELECT {}())"
TWO = "(SELECT havre_writes()) IN (organisation_id, desk_id)"
TRIGGERS = (
    ("seats_hold", "INSERT OR UPDATE", "passenger", "accommodation_seats_hold"),
    ("seats_hold", "UPDATE OF seats, escorts", "departure", "accommodation_seats_hold"),
    ("stay_arrives", "INSERT", "stay", "accommodation_stay_arrives"),
    ("stop_ends", "UPDATE OF arrived_at", "stop", "accommodation_stop_ends"),
)


def run(*statements: str) -> migrations.RunSQL:
    """A statement, and the one that undoes it."""
    return migrations.RunSQL(*statements)


class Migration(migrations.Migration):
    """A table, columns, and what PostgreSQL says of seats and arrivals."""

    dependencies: ClassVar = [("accommodation", "0013_second_of_stays")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                *ROW,
                ("organisation", to(ORGANISATION)),
                ("day", models.DateField()),
                ("member", to(MEMBER)),
                ("job", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                *(
                    (name, models.PositiveIntegerField(null=True))
                    for name in ("coaches", "bound", "people", "without_seat")
                ),
            ],
            options={
                "verbose_name_plural": "dispatches",
                "ordering": ["-recorded_at", "-id"],
                "indexes": [models.Index(fields=["organisation", "day"], name="dispatch_own_by_day")],
            },
        ),
        migrations.AddField("departure", "why", models.JSONField(default=dict)),
        migrations.AddField("departure", "drivers", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField(
            "departure", "dispatch", to("accommodation.dispatch", null=True, related_name="departures")
        ),
        migrations.AddField("stop", "everybody_in_at", models.DateTimeField(null=True)),
        migrations.AddField("stop", "everybody_in_by", to(MEMBER, null=True)),
        migrations.AddField("stop", "late_told_at", models.DateTimeField(null=True)),
        migrations.AddField("passenger", "explained_why", models.TextField(blank=True, default="")),
        migrations.AlterField("passenger", "explained_why", models.TextField(blank=True)),
        migrations.AddField("passenger", "explained_by", to(MEMBER, null=True)),
        migrations.AddConstraint(
            "passenger",
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(("arrived_at__isnull", True), ("ended_at__isnull", True)),
                name="one_seat_a_party",
            ),
        ),
        migrations.AddConstraint(
            "passenger",
            models.CheckConstraint(
                condition=Q(("explained_by__isnull", True), ("explained_why", ""))
                | Q(
                    Q(("explained_why", ""), _negated=True),
                    ("ended_at__isnull", False),
                    ("explained_by__isnull", False),
                ),
                name="passenger_is_explained_by_somebody",
            ),
        ),
        Protect(
            "accommodation_dispatch",
            read=OWN.format("havre_reads"),
            write=OWN.format("havre_writes"),
            insert=f"{OWN.format('havre_writes')} AND member_id = (SELECT havre_member())",
        ),
        run(
            kept("accommodation_dispatch", "organisation_id", "day", "member_id"),
            "DROP TRIGGER kept ON accommodation_dispatch",
        ),
        run("REVOKE DELETE ON accommodation_dispatch FROM havre_web", migrations.RunSQL.noop),
        run(
            f"ALTER POLICY changing ON accommodation_stop USING ({TWO}) WITH CHECK ({TWO})",
            "ALTER POLICY changing ON accommodation_stop USING (desk_id = (SELECT havre_writes()))"
            " WITH CHECK (desk_id = (SELECT havre_writes()))",
        ),
        migrations.RunSQL(sql.audited("moved_why", "explained_why"), sql.audited("moved_why")),
        GateMayRead("accommodation_passenger", also=("UPDATE",)),
        *(
            run(*statements)
            for table in ("departure", "stop")
            for statements in (
                (
                    f"GRANT UPDATE ON accommodation_{table} TO {GATE}",
                    f"REVOKE UPDATE ON accommodation_{table} FROM {GATE}",
                ),
                (
                    f"CREATE POLICY gate_update ON accommodation_{table} FOR UPDATE TO {GATE} USING (true)",
                    f"DROP POLICY gate_update ON accommodation_{table}",
                ),
            )
        ),
        GateFunction("accommodation_seats_hold()", sql.SEATS_HOLD),
        GateFunction("accommodation_stay_arrives()", sql.STAY_ARRIVES),
        GateFunction("accommodation_stop_ends()", sql.STOP_ENDS),
        GateFunction("accommodation_stop_kept()", sql.STOP_KEPT),
        GateFunction("accommodation_seat_erased()", sql.SEAT_ERASED),
        run(sql.SEAT_KEPT, "DROP FUNCTION accommodation_seat_kept()"),
        run(
            "CREATE TRIGGER seat_kept BEFORE UPDATE ON accommodation_passenger FOR EACH ROW"
            " EXECUTE FUNCTION accommodation_seat_kept()",
            "DROP TRIGGER seat_kept ON accommodation_passenger",
        ),
        GateFunction("accommodation_overdue(timestamptz, timestamptz)", sql.OVERDUE),
        *(
            run(
                f"CREATE TRIGGER {name} AFTER {when} ON accommodation_{table} FOR EACH ROW"
                f" EXECUTE FUNCTION {function}()",
                f"DROP TRIGGER {name} ON accommodation_{table}",
            )
            for name, when, table, function in TRIGGERS
        ),
        run(
            "CREATE TRIGGER stop_kept BEFORE UPDATE ON accommodation_stop FOR EACH ROW"
            " EXECUTE FUNCTION accommodation_stop_kept()",
            "DROP TRIGGER stop_kept ON accommodation_stop",
        ),
        run(
            "CREATE TRIGGER accommodation_seat_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION accommodation_seat_erased()",
            "DROP TRIGGER accommodation_seat_erased ON registry_registration",
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes the rows of accommodation, and the triggers that hold its rules.

A centre is read and written by the organisation that runs it and by the desk that places people there. Parties, what
they wish and what was decided of them are the desk's; who runs a centre reads of a party what it needs, as long as
somebody of it stays there or is expected. The other shore and strangers read nothing.
"""

from typing import ClassVar

from django.db import migrations

from havre.apps.accommodation.migrations import _functions as sql
from havre.apps.registry.migrations._functions import kept
from havre.core.access.protection import GateFunction, GateMayRead, Protect

R, W, ME = "(SELECT havre_reads())", "(SELECT havre_writes())", "(SELECT havre_member())"
OWN_READ, OWN_WRITE = f"organisation_id = {R}", f"organisation_id = {W}"
READ_BY_TWO, WRITTEN_BY_TWO = (f"{mine} IN (organisation_id, desk_id)" for mine in (R, W))
CENTRE_ADD = f"""{WRITTEN_BY_TWO} AND NOT EXISTS (
  SELECT 1 FROM accounts_organisation o JOIN accounts_organisation d ON d.id = accommodation_centre.desk_id
  WHERE o.id = accommodation_centre.organisation_id AND (o.shore <> d.shore OR o.kind <> d.kind))"""


def of(table: str, parent: str, more: str = "true") -> str:
    """That the row of which it is may be read, and more."""
    return (
        f"EXISTS (SELECT 1 FROM accommodation_{parent} p"
        f" WHERE p.id = accommodation_{table}.{parent}_id AND {more})"
    )


def own(table: str, *unlogged: str, subject: str = "party_id", mine: str = "") -> Protect:
    """A table of the desk alone; a new row is of a party that it may read, and in the own name."""
    party = f" AND {of(table, 'party', f'p.organisation_id = {W}')}" if subject == "party_id" else ""
    return Protect(
        f"accommodation_{table}",
        read=OWN_READ,
        write=OWN_WRITE,
        insert=OWN_WRITE + party + (f" AND {mine}" if mine else ""),
        subject=subject,
        unlogged=unlogged,
    )


SOMEBODY = f"{ME} IS NOT NULL"
"""Said first: a parent that is not there would be asked for while nobody acts."""
MINE = f"member_id = {ME}"
BY_TWO = {
    "place": "centre",
    "intake": "centre",
    "inspection": "centre",
    "block": "place",
    "unituse": "place",
}
AT_OWN_CENTRE, KEPT_AT_OWN_CENTRE = (
    of(
        "promise",
        "place",
        f"p.centre_id IN (SELECT c.id FROM accommodation_centre c WHERE c.organisation_id = {mine})",
    )
    for mine in (R, W)
)
STAYS = f"{W} IN (p.organisation_id, p.desk_id)"
KEPT_ROWS = (
    "centre",
    "place",
    "block",
    "inspection",
    "pledge",
    "pledgeconfirmation",
    "party",
    "partymember",
    "partywish",
    "lock",
    "separation",
    "promise",
    "stay",
    "absence",
    "offer",
    "queueentry",
    "departure",
    "arrivalnotice",
    "sheet",
)
KEPT_COLUMNS = {
    "centre": ("organisation_id", "desk_id"),
    "place": ("centre_id",),
    "block": ("place_id", "units", "starts", "member_id"),
    "party": ("organisation_id", "registered_by_id"),
    "partymember": ("party_id", "organisation_id", "registration_id"),
    "partywish": ("party_id",),
    "lock": ("organisation_id", "party_id", "rule", "place_id", "centre_id", "region", "member_id"),
    "separation": ("organisation_id", "party_a_id", "party_b_id", "member_id"),
    "promise": ("organisation_id", "party_id", "place_id", "member_id", "second_id"),
    "stay": (
        "organisation_id",
        "desk_id",
        "party_id",
        "place_id",
        "promise_id",
        "starts",
        "checked_in_by_id",
    ),
    "absence": ("stay_id", "starts", "member_id"),
    "offer": ("organisation_id", "party_id", "region_1", "region_2", "place_1_id", "place_2_id", "member_id"),
    "queueentry": ("organisation_id", "party_id", "since", "member_id"),
    "departure": ("organisation_id",),
    "stop": ("departure_id", "centre_id", "organisation_id", "desk_id"),
    "passenger": ("stop_id", "organisation_id", "desk_id", "party_id", "promise_id"),
    "arrivalnotice": ("stop_id", "organisation_id", "desk_id", "member_id", "told_at", "says"),
}
WRITTEN_ONCE = ("inspection", "pledge", "pledgeconfirmation")
READ_BY_GATE = (
    "centre",
    "place",
    "unituse",
    "block",
    "party",
    "partymember",
    "partywish",
    "lock",
    "separation",
    "promise",
    "stay",
    "absence",
    "offer",
    "queueentry",
    "departure",
    "stop",
)
HELD = ("place",)
"""That a trigger locks, so that it does not change meanwhile."""
ERASABLE = ("partymember", "partywish", "lock", "separation", "offer", "queueentry", "absence")


def trigger(name: str, when: str, table: str, function: str) -> migrations.RunSQL:
    """A trigger of each row."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON accommodation_{table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON accommodation_{table}",
    )


class Migration(migrations.Migration):
    """Policies, functions and triggers of accommodation."""

    dependencies: ClassVar = [("accommodation", "0006_sheets")]

    operations: ClassVar = [
        *(
            GateMayRead(f"accommodation_{table}", also=("UPDATE",) if table in (*ERASABLE, *HELD) else ())
            for table in READ_BY_GATE
        ),
        GateFunction("accommodation_housed()", sql.HOUSED),
        GateFunction("accommodation_ages(uuid)", sql.AGES, callers=()),
        Protect("accommodation_centre", read=READ_BY_TWO, write=WRITTEN_BY_TWO, insert=CENTRE_ADD),
        *(
            Protect(
                f"accommodation_{table}",
                read=of(table, parent),
                write="false" if table in WRITTEN_ONCE else of(table, parent),
                insert=f"{SOMEBODY} AND {of(table, parent)}"
                + (f" AND {MINE}" if table in ("block", "inspection") else ""),
                unlogged=("words", "found"),
            )
            for table, parent in BY_TWO.items()
        ),
        Protect("accommodation_pledge", read=OWN_READ, write="false", insert=f"{OWN_WRITE} AND {MINE}"),
        Protect(
            "accommodation_pledgeconfirmation",
            read=of("pledgeconfirmation", "pledge"),
            write="false",
            insert=f"{of('pledgeconfirmation', 'pledge')} AND {of('pledgeconfirmation', 'place')} AND {MINE}",
        ),
        Protect(
            "accommodation_party",
            read=f"{OWN_READ} OR id IN (SELECT accommodation_housed())",
            write=OWN_WRITE,
            insert=f"{OWN_WRITE} AND registered_by_id = {ME}",
            subject="id",
        ),
        Protect(
            "accommodation_partymember",
            read=of("partymember", "party"),
            write=OWN_WRITE,
            insert=f"{OWN_WRITE} AND {of('partymember', 'party', f'p.organisation_id = {W}')}"
            " AND (registration_id IS NULL OR EXISTS (SELECT 1 FROM registry_registration r"
            " WHERE r.id = accommodation_partymember.registration_id AND r.erased_at IS NULL))",
            subject="party_id",
        ),
        Protect(
            "accommodation_partywish",
            read=of("partywish", "party", f"p.organisation_id = {R}"),
            write=of("partywish", "party", f"p.organisation_id = {W}"),
            subject="party_id",
            unlogged=("note",),
        ),
        own("lock", "reason", mine=MINE),
        own("separation", "reason", subject="party_a_id", mine=MINE),
        Protect(
            "accommodation_promise",
            read=f"{OWN_READ} OR {AT_OWN_CENTRE}",
            write=f"{OWN_WRITE} OR {KEPT_AT_OWN_CENTRE}",
            insert=f"{OWN_WRITE} AND {ME} IN (member_id, second_id)",
            subject="party_id",
        ),
        Protect(
            "accommodation_stay",
            read=READ_BY_TWO,
            write=WRITTEN_BY_TWO,
            insert=f"{WRITTEN_BY_TWO} AND checked_in_by_id = {ME} AND {of('stay', 'party')}",
            subject="party_id",
        ),
        Protect(
            "accommodation_absence",
            read=of("absence", "stay"),
            write=of("absence", "stay", STAYS),
            insert=f"{SOMEBODY} AND {of('absence', 'stay', STAYS)} AND {MINE}",
            unlogged=("words",),
        ),
        own("offer", "words", "interpreter", "means_1", "means_2", mine=MINE),
        own("queueentry", "words", mine=MINE),
        Protect(
            "accommodation_stop",
            read=READ_BY_TWO,
            write=f"desk_id = {W}",
        ),
        Protect(
            "accommodation_departure",
            read=f"{OWN_READ} OR EXISTS (SELECT 1 FROM accommodation_stop s"
            " WHERE s.departure_id = accommodation_departure.id)",
            write=OWN_WRITE,
            insert=f"{OWN_WRITE} AND {MINE}",
            unlogged=("words",),
        ),
        Protect(
            "accommodation_passenger",
            read=READ_BY_TWO,
            write=WRITTEN_BY_TWO,
            insert=f"desk_id = {W}",
            subject="party_id",
            unlogged=("moved_why",),
        ),
        Protect(
            "accommodation_arrivalnotice",
            read=READ_BY_TWO,
            write=WRITTEN_BY_TWO,
            insert=f"desk_id = {W} AND {MINE}",
            unlogged=("says",),
        ),
        own("sheet", "name", "remarks", subject="", mine=MINE),
        migrations.RunSQL(
            f"REVOKE DELETE ON {', '.join(f'accommodation_{table}' for table in KEPT_ROWS)} FROM havre_web",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE accommodation_unituse ADD CONSTRAINT one_use_at_a_time"
            " EXCLUDE USING gist (place_id WITH =, number WITH =, daterange(starts, ends) WITH &&)",
            "ALTER TABLE accommodation_unituse DROP CONSTRAINT one_use_at_a_time",
        ),
        *(
            migrations.RunSQL(
                kept(f"accommodation_{table}", *columns), f"DROP TRIGGER kept ON accommodation_{table}"
            )
            for table, columns in KEPT_COLUMNS.items()
        ),
        GateFunction("accommodation_party_holds()", sql.PARTY_HOLDS),
        GateFunction("accommodation_use_holds()", sql.USE_HOLDS),
        GateFunction("accommodation_stay_holds()", sql.STAY_HOLDS),
        GateFunction("accommodation_promise_holds()", sql.PROMISE_HOLDS),
        GateFunction("accommodation_place_holds()", sql.PLACE_HOLDS),
        GateFunction("accommodation_stop_holds()", sql.STOP_HOLDS),
        GateFunction("accommodation_registration_erased()", sql.ERASED),
        *(
            trigger("party_holds", "AFTER INSERT OR UPDATE", table, "accommodation_party_holds")
            for table in ("party", "partymember")
        ),
        trigger("use_holds", "BEFORE INSERT OR UPDATE", "unituse", "accommodation_use_holds"),
        trigger("stay_holds", "BEFORE INSERT", "stay", "accommodation_stay_holds"),
        trigger("promise_holds", "BEFORE INSERT", "promise", "accommodation_promise_holds"),
        trigger("place_holds", "BEFORE UPDATE", "place", "accommodation_place_holds"),
        *(
            trigger("stop_holds", "BEFORE INSERT", table, "accommodation_stop_holds")
            for table in ("stop", "passenger", "arrivalnotice")
        ),
        migrations.RunSQL(
            "CREATE TRIGGER accommodation_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION accommodation_registration_erased()",
            "DROP TRIGGER accommodation_erased ON registry_registration",
        ),
    ]

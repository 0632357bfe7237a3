# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Migration operations that put a table under the row policies and the audit.

``FORCE`` binds the owner of the table too: whoever writes a data migration sees nothing without the role
``havre_maintenance``. Foreign keys and unique constraints look past policies, so a child table asks for its parent.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

WEB, MAINTENANCE, GATE = "havre_web", "havre_maintenance", "havre_gate"


class Protect(RunSQL):
    """Puts ``table`` under row policies and the audit.

    ``read`` and ``write`` are SQL conditions on a row; ``insert`` is that of a new one (as ``write``, if not given).
    ``subject`` is the uuid column that names the registration with which what the audit keeps of a row is erased;
    ``unlogged`` columns are left out of it.
    """

    def __init__(
        self,
        table: str,
        *,
        read: str,
        write: str,
        insert: str | None = None,
        subject: str = "",
        unlogged: Sequence[str] = (),
    ) -> None:
        self.table = table
        super().__init__(
            [*_policies(table, read, write, insert or write), *audit_triggers(table, subject, unlogged)],
            reverse_sql="; ".join(_without(table)),
            elidable=False,
        )


class ProtectChild(Protect):
    """A table that follows its parent: read with it, and written where its parent belongs to the member's own."""

    def __init__(
        self,
        table: str,
        *,
        parent: str,
        key: str,
        write_column: str = "organisation_id",
        subject: str = "",
        unlogged: Sequence[str] = (),
    ) -> None:
        there = f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key}"  # noqa: S608
        super().__init__(
            table,
            read=f"{there})",
            write=f"{there} AND parent.{write_column} = (SELECT havre_writes()))",
            subject=subject or key,
            unlogged=unlogged,
        )


class Audited(RunSQL):
    """Puts the changes of an open table on record; what it holds is no child's data and stays readable."""

    def __init__(self, table: str, *, unlogged: Sequence[str] = ()) -> None:
        super().__init__(
            "; ".join(audit_triggers(table, "", unlogged)), reverse_sql="; ".join(_without_triggers(table))
        )


class GateFunction(RunSQL):
    """A function that looks past the policies on purpose, owned by a role that nobody signs in as.

    ``sql`` is the whole CREATE FUNCTION statement, without SECURITY DEFINER and search_path, which are set here.
    Nobody but the ``callers`` may call it.
    """

    def __init__(self, signature: str, sql: str, *, callers: Sequence[str] = (WEB,)) -> None:
        super().__init__(
            [
                sql,
                f"ALTER FUNCTION {signature} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp",
                f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {WEB}, {MAINTENANCE}",
                f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join((*callers, GATE))}",
                # Last: its rights are the new owner's to give.
                f"ALTER FUNCTION {signature} OWNER TO {GATE}",
            ],
            reverse_sql=f"DROP FUNCTION IF EXISTS {signature}",
        )


class GateMayRead(RunSQL):
    """Lets gate functions, and nobody else, read a table whole (or the rows of ``condition``)."""

    def __init__(self, table: str, condition: str = "true", *, also: Sequence[str] = ()) -> None:
        commands = ["SELECT", *also]
        checks = {
            "INSERT": f"WITH CHECK ({condition})",
            "UPDATE": f"USING ({condition}) WITH CHECK ({condition})",
        }
        super().__init__(
            [
                f"GRANT {', '.join(commands)} ON {table} TO {GATE}",
                *(
                    f"CREATE POLICY gate_{each.lower()} ON {table} FOR {each} TO {GATE} "
                    f"{checks.get(each, f'USING ({condition})')}"
                    for each in commands
                ),
            ],
            reverse_sql=[
                *(f"DROP POLICY IF EXISTS gate_{each.lower()} ON {table}" for each in commands),
                f"REVOKE ALL ON {table} FROM {GATE}",
            ],
        )


def _policies(table: str, read: str, write: str, insert: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY reading ON {table} FOR SELECT TO {WEB} USING ({read})",
        f"CREATE POLICY adding ON {table} FOR INSERT TO {WEB} WITH CHECK ({insert})",
        f"CREATE POLICY changing ON {table} FOR UPDATE TO {WEB} USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY removing ON {table} FOR DELETE TO {WEB} USING ({write})",
    ]


KINDS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
"""What each kind of statement shows its trigger: all rows of the statement together, so that many cost little."""


def audit_triggers(table: str, subject: str, unlogged: Sequence[str]) -> list[str]:
    """The statements that put each change of a row on record."""
    return [
        f"CREATE TRIGGER havre_audit_{kind} AFTER {kind} ON {table} REFERENCING {shown} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION audit_change('{subject}', '{','.join(unlogged)}')"
        for kind, shown in KINDS.items()
    ]


def audit_triggers_anew(table: str, subject: str, unlogged: Sequence[str]) -> list[str]:
    """The same where the table is on record already, and other columns are to be left out."""
    return [*_without_triggers(table), *audit_triggers(table, subject, unlogged)]


def _without_triggers(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS havre_audit_{kind} ON {table}" for kind in KINDS]


def _without(table: str) -> list[str]:
    return [
        *_without_triggers(table),
        *(
            f"DROP POLICY IF EXISTS {each} ON {table}"
            for each in ("reading", "adding", "changing", "removing")
        ),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]

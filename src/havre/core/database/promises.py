# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What PostgreSQL promises of roles, tables and functions, asked of the server itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import LiteralString

from havre.core.database.errors import WORDS
from havre.core.database.roles import Connection
from havre.words import Language


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """Something that is not as it must be."""

    kind: str
    name: str
    """The role, table or function."""

    def say(self, language: Language) -> str:
        """One line."""
        return WORDS.say(language, f"broken_{self.kind}", name=self.name)


# Each gives the names of what breaks the promise.
ASKED: dict[str, LiteralString] = {
    "role": """
        SELECT name FROM unnest(
            ARRAY['havre_owner', 'havre_gate', 'havre_migrator', 'havre_web', 'havre_maintenance']) name
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)""",
    "powers": """
        SELECT rolname FROM pg_roles
        WHERE rolname IN ('havre_owner', 'havre_gate', 'havre_migrator', 'havre_web', 'havre_maintenance')
          AND (rolsuper OR rolcreaterole OR rolreplication OR (rolcreatedb AND rolname <> 'havre_migrator')
               OR (rolbypassrls AND rolname <> 'havre_maintenance')
               OR rolcanlogin <> (rolname IN ('havre_migrator', 'havre_web', 'havre_maintenance')))""",
    "bypass": "SELECT rolname FROM pg_roles WHERE rolname = 'havre_maintenance' AND NOT rolbypassrls",
    "member": """
        SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
        WHERE m.member IN (SELECT oid FROM pg_roles WHERE rolname IN ('havre_web', 'havre_maintenance'))""",
    "owns": """
        SELECT d.classid::regclass || ' ' || d.objid FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE d.deptype = 'o' AND r.rolname IN ('havre_web', 'havre_maintenance')
          AND d.refclassid = 'pg_authid'::regclass""",
    "may": """
        SELECT c.relname FROM pg_class c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege('havre_web', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')""",
    "makes": "SELECT 'public' WHERE has_schema_privilege('havre_web', 'public', 'CREATE')",
    "migrations": """
        SELECT 'django_migrations' WHERE to_regclass('django_migrations') IS NOT NULL
          AND has_table_privilege('havre_web', to_regclass('django_migrations'), 'INSERT, UPDATE, DELETE')""",
    "force": """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT relforcerowsecurity""",
    "policy": """
        SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
          AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)""",
    "definer": """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
          AND (pg_get_userbyid(p.proowner) <> 'havre_gate'
               OR NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%')
               OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))""",
}
_WITHOUT_PROTECTION: LiteralString = """
    SELECT name FROM unnest(%s::text[]) name WHERE NOT coalesce(
        (SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass(quote_ident(name))), false)"""
_WITHOUT_AUDIT: LiteralString = """
    SELECT name FROM unnest(%s::text[]) name WHERE (
        SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(quote_ident(name))
          AND tgname IN ('havre_audit_insert', 'havre_audit_update', 'havre_audit_delete')
          AND tgenabled IN ('O', 'A')) < 3"""


def broken_promises(
    connection: Connection, protected: Iterable[str] = (), audited: Iterable[str] = ()
) -> Iterator[BrokenPromise]:
    """Whatever is not as promised: roles, rights, row policies and audit triggers.

    ``protected`` tables must be under row policies, and ``audited`` ones have the trigger of the audit; wherever
    row policies are on they bind the owner too.
    """
    for kind, asked in ASKED.items():
        for name in _names(connection, asked):
            yield BrokenPromise(kind, name)
    for name in _names(connection, _WITHOUT_PROTECTION, sorted(protected)):
        yield BrokenPromise("protection", name)
    for name in _names(connection, _WITHOUT_AUDIT, sorted(audited)):
        yield BrokenPromise("audit", name)


def _names(connection: Connection, asked: LiteralString, *values: list[str]) -> list[str]:
    return sorted(str(name) for (name,) in connection.execute(asked, values or None))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every table of the database, as PostgreSQL says what protects it."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

OPEN = {
    "account_emailaddress": "allauth's: an account's own address",
    "account_emailconfirmation": "allauth's: unused, addresses are an administrator's to give",
    "accounts_account": "who can sign in; read before anybody acts",
    "accounts_member": "who works where in which role: every member may know, and policies ask it",
    "accounts_organisation": "who works where: every member may know",
    "auth_group": "Django's: unused",
    "auth_group_permissions": "Django's: unused",
    "auth_permission": "Django's: unused",
    "django_content_type": "Django's: names of models",
    "django_migrations": "Django's: names of migrations; nobody but the owner writes",
    "django_session": "sessions: opened by a key that nobody guesses, before anybody acts",
    "havre_cache": "counts of attempts to sign in",
    "mfa_authenticator": "allauth's: an account's second steps, read while it signs in",
    "procrastinate_events": "the queue: ids of jobs",
    "procrastinate_jobs": "the queue: ids of jobs; a forged line finds no job",
    "procrastinate_periodic_defers": "the queue: when something came by itself",
    "procrastinate_workers": "the queue: signs of life",
    "usersessions_usersession": "allauth's: where an account is signed in",
}
"""Tables without row policies, and why: none says anything of a person who was registered."""
OPEN_BUT_RECORDED = {"accounts_account", "accounts_member", "accounts_organisation"}
WITHOUT_TRIGGER = {
    "access_sealkey": "the key of what Havre says to the database, handed over by the owner",
    "audit_content": "the record itself",
    "audit_entry": "the record itself",
    "audit_markkey": "the record itself",
    "audit_seal": "the record itself",
    "cases_clock": "computed from events, whose record is kept; written by a gate function",
    "cases_reckoning": "the same",
    "jobs_run": "how far a job is: written by gate functions, many times a minute, and no act of anybody",
    "registry_searchkey": "made from names, whose changes are on record",
}
"""Protected tables whose changes are not put on record, and why."""

ASKED = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),
  ARRAY(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
    WHERE has_table_privilege('havre_web', c.oid, p)),
  has_table_privilege('havre_web', c.oid, 'TRUNCATE, REFERENCES, TRIGGER'),
  ARRAY(SELECT CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
      WHEN 'd' THEN 'DELETE' ELSE 'ALL' END FROM pg_policy p
    WHERE p.polrelid = c.oid AND 'havre_web'::regrole = ANY (p.polroles)),
  EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND 0 = ANY (p.polroles)),
  3 = (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'havre_audit_%'
    AND t.tgenabled IN ('O', 'A') AND t.tgfoid = 'audit_change'::regproc)
FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """What protects a table."""

    name: str
    policies_on: bool
    forced: bool
    owner: str
    granted: list[str]
    """What the web role may do, as far as policies let it."""
    dangerous: bool
    policies: list[str]
    """Commands for which the web role has a policy."""
    for_everybody: bool
    recorded: bool

    def complaints(self) -> Iterator[str]:
        """What is not as it must be, with what to do about it."""
        if self.owner != "havre_owner":
            yield f"{self.name} belongs to {self.owner}"
        if self.dangerous:
            yield f"{self.name}: the web role may TRUNCATE it, refer to it or put triggers on it"
        if self.name in OPEN:
            if self.recorded is not (self.name in OPEN_BUT_RECORDED):
                yield f"{self.name}: is it put on record or not?"
        else:
            yield from self._unprotected()

    def _unprotected(self) -> Iterator[str]:
        if not self.policies_on or not self.forced:
            yield (
                f"{self.name} has no row policies: use Protect or ProtectChild of havre.core.access.protection in a"
                f" migration, or say in house.tables.OPEN why it needs none"
            )
        elif lacking := set(self.granted) - set(self.policies):
            yield f"{self.name}: no policy for {', '.join(sorted(lacking))}, which the web role may do"
        if self.for_everybody:
            yield f"{self.name}: a policy for PUBLIC"
        if not self.recorded and self.name not in WITHOUT_TRIGGER:
            yield f"{self.name}: its changes are not put on record"


def tables(connection: psycopg.Connection) -> list[Table]:
    """All of them, views too."""
    return [Table(*row) for row in connection.execute(ASKED)]


def complaints(connection: psycopg.Connection) -> list[str]:
    """What is not as it must be in a database."""
    return [complaint for table in tables(connection) for complaint in table.complaints()]


def protected(connection: psycopg.Connection) -> set[str]:
    """Names of the tables that row policies protect."""
    return {table.name for table in tables(connection)} - set(OPEN)

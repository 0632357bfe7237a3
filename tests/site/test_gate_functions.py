# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What looks past the policies answers nobody: each gate function that the web role may call asks who acts."""

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

NOBODY_HAS_TO_ACT = {
    "audit_faults": "a command asks whether the record is whole",
    "audit_record": "who could not sign in is on record",
    "audit_seal_new": "seals what others have recorded",
    "jobs_begin": "a job is told that it failed although its member has left",
    "jobs_fail": "the same",
    "jobs_tell": "the same",
    "jobs_wait": "the same",
    "notices_feed_owner": "whoever holds a link signs in nowhere",
}
"""Gate functions that do without a member, and why."""

ASKED = """
SELECT p.proname, ARRAY(SELECT t::regtype::text FROM unnest(p.proargtypes) WITH ORDINALITY AS a(t, n) ORDER BY n)
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
  AND has_function_privilege('havre_web', p.oid, 'EXECUTE') ORDER BY p.proname
"""


def test_no_gate_function_answers_while_nobody_acts(as_web: psycopg.Connection) -> None:
    functions = as_web.execute(ASKED).fetchall()
    names = {name for name, _ in functions}
    assert {"cases_reckon", "cases_shown", "registry_shared", "tracing_end_expired"} <= names
    assert names >= NOBODY_HAS_TO_ACT.keys()
    answered = [
        name for name, types in functions if name not in NOBODY_HAS_TO_ACT and _answers(as_web, name, types)
    ]
    assert answered == [], " ".join(answered)


def _answers(web: psycopg.Connection, name: str, types: list[str]) -> bool:
    """Whether it says anything, asked for nothing that there is."""
    values = sql.SQL(", ").join(
        sql.SQL("{}::{}").format(_nothing(each), sql.SQL(each))  # type: ignore[arg-type]
        for each in types
    )
    asked = sql.SQL("SELECT * FROM {}({})").format(sql.Identifier(name), values)
    try:
        with web.transaction(force_rollback=True):
            web.execute(asked).fetchall()
    except InsufficientPrivilege as refused:
        return "nobody acts" not in str(refused)
    return True


def _nothing(kind: str) -> sql.Literal:
    """A value of this type of which there is nothing."""
    if kind.endswith("[]"):
        return sql.Literal("{}")
    values = {"uuid": "00000000-0000-0000-0000-000000000000", "jsonb": "{}", "date": "2016-11-21"}
    values |= {"timestamp with time zone": "2016-11-21", "text": "x", "bytea": "x"}
    return sql.Literal(values.get(kind, "1"))


@pytest.mark.parametrize("function", ["havre_sealed(text, bytea)", "tracing_end(uuid[], boolean)"])
def test_what_only_other_functions_ask_the_web_role_may_not(
    as_web: psycopg.Connection, function: str
) -> None:
    asked = "SELECT has_function_privilege('havre_web', %s::regprocedure, 'EXECUTE')"
    assert as_web.execute(asked, [function]).fetchone() == (False,)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the organisation that is asked reads of what was said: since it was named, and what the request needs."""

from havre.apps.cases.migrations._quoting import array, quoted
from havre.apps.cases.queries.law import facts_asked, routes


def facts() -> str:
    """SQL that makes ``cases_facts()``: what each route asks of child and relative."""
    rows = ",\n    ".join(f"({quoted(key)}, {array(facts_asked(route))})" for key, route in routes().items())
    return f"""
CREATE OR REPLACE FUNCTION cases_facts() RETURNS TABLE (route text, facts text[]) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    {rows}
$$
"""


# Since when the organisation that is asked takes part: since it was last named or, where only a pair named it, since that
# joined the case; from the beginning where the case opened from a pair. Without rights of its own: whoever may not
# read the case finds nothing in it.
NAMED_AT = """
CREATE FUNCTION cases_named_at(of uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    max(e.recorded_at) FILTER (WHERE e.kind = 'addressed'), max(e.recorded_at) FILTER (WHERE e.kind = 'pair_joined'),
    '-infinity') FROM cases_event e WHERE e.case_id = of
$$
"""

# The routes under which it was asked.
ASKED_UNDER = """
CREATE FUNCTION cases_asked_under(of uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT DISTINCT e.route FROM cases_event e WHERE e.case_id = of AND e.route <> '')
$$
"""

REQUESTED = "cases_asked_under(c.id) <> '{}'"
"""That a request was sent: with it goes what was said before."""
REQUESTED_FACT = """EXISTS (SELECT 1 FROM cases_facts() f
  WHERE f.route = ANY (cases_asked_under(c.id)) AND cases_fact.key = ANY (f.facts))"""
"""That a request was sent which needs this fact."""


def reached(table: str, requested: str = REQUESTED) -> str:
    """That a row of ``table`` may be read in the case ``c``: by who asks, who said it, or the child's guardian.

    And by the organisation that is asked, since it was named, or where it goes with the request.
    """
    return f""" AND ((SELECT havre_reads()) IN (c.organisation_id, {table}.organisation_id)
  OR (SELECT registry_ward()) IS NOT NULL OR {table}.recorded_at >= cases_named_at(c.id) OR {requested})"""

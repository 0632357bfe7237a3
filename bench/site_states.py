# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members have done on the site that is measured: pairs decided, registrations shared, groupings proposed.

Set by set, by the superuser, with triggers off: thirty thousand single decisions would take an hour, and leave the
same rows behind. What is on record of them is missing.
"""

import psycopg

from havre.scenario.scenario import scenario_day

_DICE = "('x' || right({0}.id::text, 4))::bit(16)::int / 65536.0"
"""A number from 0 to 1 that a row keeps; ids are random at their end."""

_DECIDED = f"""
WITH rolled AS (SELECT p.id, {_DICE.format("p")} AS dice FROM tracing_pair p),
decided AS (
  SELECT r.id, r.dice, CASE WHEN dice < .05 THEN 'reunited' WHEN dice < .11 THEN 'verified'
    WHEN dice < .2 THEN 'confirmed' WHEN dice < .34 THEN 'rejected' ELSE 'proposed' END AS state
  FROM rolled r)
UPDATE tracing_pair p SET state = d.state, decided_at = p.recorded_at,
  version = CASE d.state WHEN 'reunited' THEN 4 WHEN 'verified' THEN 3 ELSE 2 END,
  confirmed_by_id = m.id, confirmed_organisation_id = m.organisation_id, confirmed_shore = coalesce(m.shore, '')
FROM decided d LEFT JOIN LATERAL (
  SELECT m.id, m.organisation_id, o.shore FROM tracing_pair q
  JOIN accounts_member m ON m.organisation_id =
    CASE WHEN (d.dice * 1000)::int % 2 = 0 THEN q.organisation_a_id ELSE q.organisation_b_id END
  JOIN accounts_organisation o ON o.id = m.organisation_id
  WHERE q.id = d.id AND m.role = 'caseworker' ORDER BY m.id LIMIT 1
) m ON d.state IN ('reunited', 'verified', 'confirmed')
WHERE p.id = d.id AND d.state <> 'proposed'
"""
_ELSEWHERE = """
UPDATE tracing_pair p SET state = 'elsewhere', state_before = 'proposed', closed_by_id = r.id, version = 2
FROM tracing_pair r WHERE r.state = 'reunited' AND p.link_a_id = r.link_a_id AND p.state = 'proposed'
"""
_VERDICTS = """
WITH said (state, kind, version, before, after, other) AS (VALUES
  ('rejected', 'reject', 1, 'proposed', 'rejected', false), ('confirmed', 'confirm', 1, 'proposed', 'confirmed', false),
  ('verified', 'confirm', 1, 'proposed', 'confirmed', false), ('verified', 'verify', 2, 'confirmed', 'verified', true),
  ('reunited', 'confirm', 1, 'proposed', 'confirmed', false), ('reunited', 'verify', 2, 'confirmed', 'verified', true),
  ('reunited', 'reunite', 3, 'verified', 'reunited', false))
INSERT INTO tracing_verdict (id, origin, recorded_at, pair_id, member_id, organisation_id, shore, kind, reason, true_on,
  version, pair_state_before, pair_state_after)
SELECT tracing_uuid7(), p.origin, clock_timestamp(), p.id, m.id, m.organisation_id, o.shore, said.kind,
  CASE said.kind WHEN 'reject' THEN 'names_differ' ELSE '' END,
  CASE said.kind WHEN 'reunite' THEN p.recorded_at::date END,
  said.version, said.before, said.after
FROM tracing_pair p JOIN said ON said.state = p.state
JOIN LATERAL (SELECT m.* FROM accounts_member m WHERE m.role = 'caseworker' AND m.organisation_id =
  CASE WHEN said.other = (p.organisation_a_id = coalesce(p.confirmed_organisation_id, p.organisation_a_id))
    THEN p.organisation_b_id ELSE p.organisation_a_id END ORDER BY m.id LIMIT 1) m ON true
JOIN accounts_organisation o ON o.id = m.organisation_id
"""
_PUT_OFF = f"""
INSERT INTO tracing_verdict (id, origin, recorded_at, pair_id, member_id, organisation_id, shore, kind, reason, version,
  pair_state_before, pair_state_after)
SELECT tracing_uuid7(), p.origin, clock_timestamp(), p.id, m.id, m.organisation_id, o.shore,
  CASE WHEN {_DICE.format("p")} < .38 THEN 'skip' ELSE 'ask' END,
  CASE WHEN {_DICE.format("p")} < .38 THEN '' ELSE 'ask_birth' END, p.version, p.state, p.state
FROM tracing_pair p
JOIN LATERAL (SELECT m.* FROM accounts_member m WHERE m.role = 'caseworker'
  AND m.organisation_id IN (p.organisation_a_id, p.organisation_b_id) ORDER BY md5(m.id::text || p.id::text) LIMIT 1)
  m ON true
JOIN accounts_organisation o ON o.id = m.organisation_id
WHERE p.state = 'proposed' AND {_DICE.format("p")} < .4
"""
_OPENED = "SELECT count(tracing_share(id)) FROM tracing_pair WHERE state IN ('verified', 'reunited')"
_AGREED_TO_SHARE = f"""
WITH asked AS (
  SELECT r.id, r.origin, o.id AS recipient FROM registry_registration r
  JOIN accounts_organisation own ON own.id = r.organisation_id
  JOIN LATERAL (SELECT o.id FROM accounts_organisation o WHERE o.shore = own.shore AND o.kind = 'protection'
    AND o.id <> own.id ORDER BY md5(o.id::text || r.id::text) LIMIT 1) o ON true
  WHERE {_DICE.format("r")} < .05),
said AS (
  INSERT INTO registry_consent (id, origin, recorded_at, registration_id, for_what, given_by, how, language,
    interpreter, purpose, legal_basis, recipient_id, given_on, refused)
  SELECT tracing_uuid7(), origin, clock_timestamp(), id, 'sharing', 'self', 'spoken', '', '', '', '', recipient,
    %(today)s, false
  FROM asked RETURNING id, origin, registration_id, recipient_id)
INSERT INTO registry_share (id, origin, recorded_at, registration_id, recipient_id, basis, basis_id, since)
SELECT tracing_uuid7(), origin, clock_timestamp(), registration_id, recipient_id, 'consent', id, clock_timestamp()
FROM said
"""
_ENDING = f"""
UPDATE registry_registration r SET traceable_until = %(today)s::date + 7 WHERE traceable AND {_DICE.format("r")} < .005
"""
_GROUPINGS = """
INSERT INTO registry_grouping (id, origin, recorded_at, registration_a_id, registration_b_id, organisation_id,
  probability, bits, state, reasons)
SELECT tracing_uuid7(), origin, clock_timestamp(), least(id, before), greatest(id, before), organisation_id,
  random(), '{}', 'proposed', ''
FROM (SELECT id, origin, organisation_id, lag(id) OVER own AS before, row_number() OVER own AS place
  FROM registry_registration WINDOW own AS (PARTITION BY organisation_id ORDER BY id)) r
WHERE place % 50 = 0
"""
STEPS = (
    _DECIDED,
    _ELSEWHERE,
    _VERDICTS,
    _PUT_OFF,
    _OPENED,
    _AGREED_TO_SHARE,
    _ENDING,
    _GROUPINGS,
)
COUNTED = {
    "registrations": "SELECT count(*) FROM registry_registration",
    "family links": "SELECT count(*) FROM registry_familylink",
    "names": "SELECT count(*) FROM registry_name",
    "consents": "SELECT count(*) FROM registry_consent",
    "search keys": "SELECT count(*) FROM registry_searchkey",
    "shares": "SELECT count(*) FROM registry_share",
    "pairs": "SELECT count(*) FROM tracing_pair",
    "verdicts": "SELECT count(*) FROM tracing_verdict",
    "cases": "SELECT count(*) FROM cases_case",
    "entries on record": "SELECT count(*) FROM audit_entry",
    "database, MB": "SELECT pg_database_size(current_database()) / 1000000",
}


def decide(url: str) -> None:
    """Decides a third of the pairs, and lets PostgreSQL look at all tables anew; ``url`` is the superuser's."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        with connection.transaction():
            for step in STEPS:
                connection.execute(step.replace("%(today)s", f"'{scenario_day()}'"))
        connection.execute("VACUUM ANALYZE")


def counts(url: str) -> dict[str, int]:
    """What there is on the site."""
    with psycopg.connect(url) as connection:
        return {what: int((connection.execute(sql).fetchone() or (0,))[0]) for what, sql in COUNTED.items()}

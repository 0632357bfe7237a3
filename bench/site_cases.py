# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten thousand cases of the organisation whose pages are measured, at every stage, some of them late on either side.

Set by set, by the superuser, with triggers off, as ``site_states`` does: of each child what was said of a relative, and
events whose days lie within half a year. What follows from the events is computed afterwards by Havre itself.
"""

import time

import psycopg

from bench.tables import tell
from havre.apps.cases.queries import reckon
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.scenario.scenario import scenario_day

CASES = 10_000
_DICE = "('x' || right({0}.id::text, 4))::bit(16)::int / 65536.0"
_CASES = """
INSERT INTO cases_case (id, origin, recorded_at, link_id, registration_id, person, organisation_id,
  other_organisation_id, child_shore, glimpse, opened_by_id)
SELECT DISTINCT ON (r.person_id) tracing_uuid7(), r.origin, %(day)s::date - 170, coalesce(l.id, r.id), r.id,
  r.person_id, r.organisation_id, o.id, 'france',
  jsonb_build_object('names', coalesce(n.written, ''), 'names_said', 'Gul Agha Khan', 'relation', 'uncle'), %(member)s
FROM registry_registration r
LEFT JOIN LATERAL (SELECT l.id FROM registry_familylink l WHERE l.registration_id = r.id LIMIT 1) l ON true
LEFT JOIN LATERAL (SELECT n.written FROM registry_name n WHERE n.registration_id = r.id LIMIT 1) n ON true
JOIN LATERAL (SELECT o.id FROM accounts_organisation o WHERE o.shore = 'britain' AND o.kind = 'protection'
  ORDER BY md5(o.id::text || r.id::text) LIMIT 1) o ON true
WHERE r.organisation_id = %(organisation)s LIMIT %(cases)s
"""
# Up to which share of the cases each event happened, and how many days after the one before at most.
_EVENTS = f"""
WITH steps (position, kind, least, most, after, route) AS (VALUES
  (1, 'lodged', 0.0, 0.95, 0, ''), (2, 'sent', 0.0, 0.85, 40, 'dublin-8-2'), (3, 'received', 0.0, 0.75, 45, ''),
  (4, 'refused', 0.0, 0.3, 80, ''), (4, 'accepted', 0.3, 0.55, 80, ''),
  (5, 'reexamination_asked', 0.0, 0.15, 95, ''), (5, 'transferred', 0.3, 0.4, 110, ''))
INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind, happened_on,
  route, position)
SELECT tracing_uuid7(), c.origin, clock_timestamp(), c.id, c.opened_by_id, c.organisation_id, 'france', s.kind,
  %(day)s::date - 160 + s.after + (40 * {_DICE.format("c")})::int, s.route, s.position
FROM cases_case c JOIN steps s ON {_DICE.format("c")} >= s.least AND {_DICE.format("c")} < s.most
ORDER BY c.id, s.position
"""


def lead(url: str, member: Member) -> None:
    """Opens the cases of ``member``'s organisation, and lets Havre compute what follows; ``url`` is the superuser's."""
    said = {
        "day": str(scenario_day()),
        "member": str(member.pk),
        "organisation": str(member.organisation_id),
        "cases": CASES,
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        with connection.transaction():
            for step in (_CASES, _EVENTS):
                connection.execute(step.encode(), said)
        connection.execute("VACUUM ANALYZE")
        began = time.monotonic()
        with acting_as(member.pk, Purpose.CARE):
            reckon()
        tell(f"site: what follows in {CASES:,} cases was computed in {time.monotonic() - began:.0f} s")
        connection.execute("VACUUM ANALYZE cases_clock, cases_reckoning")

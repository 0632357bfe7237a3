# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of age where evidence changes after a party was made, in SQL."""

from havre.apps.accommodation.migrations import _erasing_functions as before
from havre.apps.accommodation.migrations import _functions as first
from havre.apps.accommodation.migrations._behind_functions import anew

# Parties of the own desk, or one of them, that are not what they were taken for: `adult` is among minors, or all are a
# `minor`. Judged as accommodation_ages judges, for all at once; who has turned eighteen where they live may stay there.
WRONG_AGES = """
CREATE FUNCTION accommodation_wrong_ages(one uuid) RETURNS TABLE (party uuid, said text) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH here AS MATERIALIZED (
    SELECT p.id, p.kind, p.people, coalesce(s.starts, havre_today()) AS since
    FROM accommodation_party p LEFT JOIN accommodation_stay s ON s.party_id = p.id AND s.ends IS NULL
    WHERE (SELECT havre_member()) IS NOT NULL AND p.organisation_id = havre_reads() AND p.ended_on IS NULL
      AND (one IS NULL OR p.id = one)
  ), told AS (
    SELECT m.id,
      bool_or(e.latest > h.since - interval '18 years') AS perhaps,
      bool_and(e.earliest > havre_today() - interval '18 years') AS surely
    FROM here h JOIN accommodation_partymember m ON m.party_id = h.id AND m.left_on IS NULL
    JOIN registry_registration mine ON mine.id = m.registration_id
    JOIN registry_registration r ON r.person_id = mine.person_id
    JOIN registry_ageevidence e ON e.registration_id = r.id AND NOT e.disputed
    GROUP BY m.id
  )
  SELECT h.id, CASE h.kind WHEN 'minor' THEN 'adult' ELSE 'minor' END
  FROM here h JOIN accommodation_partymember m ON m.party_id = h.id AND m.left_on IS NULL
  LEFT JOIN told t ON t.id = m.id
  GROUP BY h.id, h.kind, h.people
  HAVING CASE h.kind WHEN 'minor' THEN bool_or(CASE WHEN t.id IS NULL THEN m.age = 'adult' ELSE NOT t.perhaps END)
    ELSE count(*) FILTER (WHERE CASE WHEN t.id IS NULL THEN m.age = 'minor' ELSE t.surely END) = h.people END;
END $$
"""

# Nobody is turned away at the door of the place that was promised to them: what they are is set right while they are in.
USE_HOLDS = anew(
    first.USE_HOLDS,
    (
        "  SELECT * INTO ages FROM accommodation_ages(party.id);",
        """  IF TG_OP = 'UPDATE' AND OLD.promise_id IS NOT NULL AND NEW.stay_id IS NOT NULL
    AND (OLD.place_id, OLD.party_id) = (NEW.place_id, NEW.party_id) THEN RETURN NEW; END IF;
  SELECT * INTO ages FROM accommodation_ages(party.id);""",
    ),
)

# What a party was taken for becomes something else for a written reason, each time.
KIND_HOLDS = """
CREATE FUNCTION accommodation_kind_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF (OLD.kind, NEW.kind) IS DISTINCT FROM (
      SELECT (c.was, c.becomes) FROM accommodation_kindchange c WHERE c.party_id = NEW.id ORDER BY c.id DESC LIMIT 1) THEN
    RAISE EXCEPTION 'another kind is said for a reason' USING ERRCODE = '23514', CONSTRAINT = 'kind_changes_for_a_reason';
  END IF;
  RETURN NEW;
END $$
"""

ERASED = anew(
    before.ERASED,
    (
        "  UPDATE accommodation_lock SET",
        "  UPDATE accommodation_kindchange SET why = '-' WHERE party_id = ANY (gone);\n  UPDATE accommodation_lock SET",
    ),
)

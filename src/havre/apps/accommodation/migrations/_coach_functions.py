# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of coaches, in SQL."""

from havre.core.access.protection import audit_triggers_anew
from havre.core.accounts.system import SYSTEM_MEMBER


def audited(*unlogged: str) -> list[str]:
    """The triggers that put a seat on record, anew."""
    return audit_triggers_anew("accommodation_passenger", "party_id", unlogged)


# Whoever fills a coach waits for whoever is filling it: nobody stands.
SEATS_HOLD = """
CREATE FUNCTION accommodation_seats_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  coach uuid := NEW.id;
  seats integer;
BEGIN
  PERFORM havre_member();
  IF TG_TABLE_NAME = 'accommodation_passenger' THEN
    SELECT s.departure_id INTO coach FROM accommodation_stop s WHERE s.id = (to_jsonb(NEW) ->> 'stop_id')::uuid;
  END IF;
  SELECT d.seats - d.escorts INTO seats FROM accommodation_departure d WHERE d.id = coach FOR UPDATE;
  IF seats < (
    SELECT coalesce(sum(CASE WHEN r.boarded_at IS NULL THEN p.people ELSE r.boarded_people END), 0)
    FROM accommodation_passenger r JOIN accommodation_stop s ON s.id = r.stop_id
    JOIN accommodation_party p ON p.id = r.party_id WHERE s.departure_id = coach AND r.ended_at IS NULL) THEN
    RAISE EXCEPTION 'more people than seats' USING ERRCODE = '23514', CONSTRAINT = 'coach_has_seats';
  END IF;
  RETURN NULL;
END $$
"""

# Wherever they move in, they have arrived: nobody looks for them any more.
STAY_ARRIVES = """
CREATE FUNCTION accommodation_stay_arrives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accommodation_passenger SET
    arrived_at = CASE WHEN boarded_at IS NULL THEN NULL ELSE NEW.checked_in_at END,
    arrived_by_id = CASE WHEN boarded_at IS NULL THEN NULL ELSE NEW.checked_in_by_id END,
    ended_at = CASE WHEN boarded_at IS NULL THEN NEW.checked_in_at ELSE NULL END
  WHERE party_id = NEW.party_id AND arrived_at IS NULL AND ended_at IS NULL;
  RETURN NULL;
END $$
"""

# A coach has arrived when it was at each stop to which somebody rode.
STOP_ENDS = """
CREATE FUNCTION accommodation_stop_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accommodation_departure d SET state = 'arrived' WHERE d.id = NEW.departure_id AND d.state = 'departed'
    AND NOT EXISTS (SELECT 1 FROM accommodation_stop s JOIN accommodation_passenger r ON r.stop_id = s.id
      WHERE s.departure_id = d.id AND s.arrived_at IS NULL AND r.boarded_at IS NOT NULL AND r.ended_at IS NULL);
  RETURN NULL;
END $$
"""

# Who runs the centre says that the coach was there; where it stops and when is for the desk to say.
STOP_KEPT = f"""
CREATE FUNCTION accommodation_stop_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF havre_writes() IS DISTINCT FROM NEW.desk_id
      AND (OLD.position, OLD.expected_at) IS DISTINCT FROM (NEW.position, NEW.expected_at) THEN
    RAISE EXCEPTION 'the desk says where and when a coach stops' USING ERRCODE = '42501';
  END IF;
  IF (OLD.late_told_at IS DISTINCT FROM NEW.late_told_at AND havre_member() <> '{SYSTEM_MEMBER}')
      OR (OLD.everybody_in_at, OLD.everybody_in_by_id) IS DISTINCT FROM (NEW.everybody_in_at, NEW.everybody_in_by_id)
        AND NEW.everybody_in_by_id IS DISTINCT FROM havre_member() THEN
    RAISE EXCEPTION 'everybody speaks in their own name' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$
"""

# Who boarded and who did not come is for the desk to say; who runs the centre ends a seat only by saying what became of
# them, in their own name. That they have arrived follows from the stay, past this rule.
SEAT_KEPT = """
CREATE FUNCTION accommodation_seat_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'havre_gate' OR havre_writes() IS NOT DISTINCT FROM NEW.desk_id THEN RETURN NEW; END IF;
  IF (OLD.boarded_at, OLD.boarded_by_id, OLD.boarded_people, OLD.no_show_at, OLD.moved_why, OLD.arrived_at, OLD.arrived_by_id)
      IS DISTINCT FROM
      (NEW.boarded_at, NEW.boarded_by_id, NEW.boarded_people, NEW.no_show_at, NEW.moved_why, NEW.arrived_at, NEW.arrived_by_id)
      OR OLD.ended_at IS DISTINCT FROM NEW.ended_at
        AND (NEW.explained_by_id IS DISTINCT FROM havre_member() OR NEW.explained_why = '') THEN
    RAISE EXCEPTION 'the desk says who sat on a coach' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$
"""

# With the last of a party whom the registry knew, what was said of the party on its way goes too.
SEAT_ERASED = """
CREATE FUNCTION accommodation_seat_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accommodation_passenger SET
    moved_why = CASE moved_why WHEN '' THEN '' ELSE '-' END,
    explained_why = CASE explained_why WHEN '' THEN '' ELSE '-' END
  WHERE party_id IN (SELECT m.party_id FROM accommodation_partymember m WHERE m.registration_id = NEW.id)
    AND party_id NOT IN (SELECT o.party_id FROM accommodation_partymember o
      JOIN registry_registration r ON r.id = o.registration_id WHERE r.id <> NEW.id AND r.erased_at IS NULL);
  RETURN NULL;
END $$
"""

# Where too much time has passed since a stop, and its desk has not been told: whom to tell, once. For Havre itself alone.
OVERDUE = f"""
CREATE FUNCTION accommodation_overdue(late timestamptz, moment timestamptz)
RETURNS TABLE (coach uuid, desk uuid, people bigint) LANGUAGE plpgsql AS $$
BEGIN
  IF havre_member() <> '{SYSTEM_MEMBER}' THEN
    RAISE EXCEPTION 'Havre itself watches' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH absent AS (
    SELECT r.stop_id, sum(r.boarded_people) AS n FROM accommodation_passenger r
    JOIN accommodation_stop s ON s.id = r.stop_id JOIN accommodation_departure d ON d.id = s.departure_id
    WHERE r.boarded_at IS NOT NULL AND r.arrived_at IS NULL AND r.ended_at IS NULL
      AND s.late_told_at IS NULL AND s.everybody_in_at IS NULL
      AND d.state IN ('departed', 'arrived') AND coalesce(s.arrived_at, s.expected_at) < late
    GROUP BY r.stop_id)
  UPDATE accommodation_stop s SET late_told_at = moment FROM absent a WHERE s.id = a.stop_id
    RETURNING s.departure_id, s.desk_id, a.n;
END $$
"""

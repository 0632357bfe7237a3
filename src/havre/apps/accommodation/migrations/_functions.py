# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of places, parties and stays, in SQL."""

# The parties that a centre of the acting organisation houses or expects: what it reads of them ends when they leave.
HOUSED = """
CREATE FUNCTION accommodation_housed() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT u.party_id FROM accommodation_unituse u
  JOIN accommodation_place p ON p.id = u.place_id JOIN accommodation_centre c ON c.id = p.centre_id
  WHERE (SELECT havre_member()) IS NOT NULL AND c.organisation_id = havre_reads() AND u.party_id IS NOT NULL
    AND (u.ends IS NULL OR u.ends >= havre_today())
$$
"""

# Of those in a party: how many are surely grown up, how many surely under eighteen. What the registry holds of a person
# goes before what was merely said; of whom nothing is known, neither is sure.
AGES = """
CREATE FUNCTION accommodation_ages(of uuid) RETURNS TABLE (members bigint, grown bigint, young bigint)
LANGUAGE sql STABLE AS $$
  SELECT count(*),
    count(*) FILTER (WHERE CASE WHEN a.known THEN NOT a.perhaps ELSE m.age = 'adult' END),
    count(*) FILTER (WHERE CASE WHEN a.known THEN a.surely ELSE m.age = 'minor' END)
  FROM accommodation_partymember m
  CROSS JOIN LATERAL (
    SELECT count(*) > 0 AS known,
      bool_or(e.latest > havre_today() - interval '18 years') AS perhaps,
      bool_and(e.earliest > havre_today() - interval '18 years') AS surely
    FROM registry_registration mine
    JOIN registry_registration r ON r.person_id = mine.person_id
    JOIN registry_ageevidence e ON e.registration_id = r.id AND NOT e.disputed
    WHERE mine.id = m.registration_id) a
  WHERE m.party_id = of AND m.left_on IS NULL
$$
"""

# Nobody grown up among unaccompanied minors, and no party of minors alone as another kind: by law they live apart.
PARTY_HOLDS = """
CREATE FUNCTION accommodation_party_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  party accommodation_party;
  ages record;
BEGIN
  SELECT * INTO party FROM accommodation_party p
    WHERE p.id = coalesce(to_jsonb(NEW) ->> 'party_id', NEW.id::text)::uuid;
  SELECT * INTO ages FROM accommodation_ages(party.id);
  IF ages.members > party.people THEN
    RAISE EXCEPTION 'more members than people' USING ERRCODE = '23514', CONSTRAINT = 'party_counts_its_members';
  END IF;
  -- Who was a child when they came may be none when they leave.
  IF party.ended_on IS NULL AND (party.kind = 'minor' AND ages.grown > 0 OR party.kind <> 'minor' AND ages.young = party.people) THEN
    RAISE EXCEPTION 'minors alone are a party of minors, and no adult is'
      USING ERRCODE = '23514', CONSTRAINT = 'minors_apart';
  END IF;
  RETURN NULL;
END $$
"""

# A unit goes to one party that the place takes and that it is big enough for; whoever wrote the row, it is of one place.
USE_HOLDS = """
CREATE FUNCTION accommodation_use_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place accommodation_place;
  party accommodation_party;
  ages record;
BEGIN
  PERFORM havre_member();
  SELECT * INTO place FROM accommodation_place p WHERE p.id = NEW.place_id FOR SHARE;
  IF NEW.number > place.units THEN
    RAISE EXCEPTION 'no such unit' USING ERRCODE = '23514', CONSTRAINT = 'unit_exists';
  END IF;
  IF NOT coalesce(
      (SELECT p.place_id = NEW.place_id AND p.party_id = NEW.party_id FROM accommodation_promise p
        WHERE p.id = NEW.promise_id),
      (SELECT s.place_id = NEW.place_id AND s.party_id = NEW.party_id FROM accommodation_stay s
        WHERE s.id = NEW.stay_id),
      (SELECT b.place_id = NEW.place_id FROM accommodation_block b WHERE b.id = NEW.block_id), false) THEN
    RAISE EXCEPTION 'a unit is used by what is of its place' USING ERRCODE = '42501';
  END IF;
  IF NEW.party_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.ends IS NOT NULL) THEN RETURN NEW; END IF;
  SELECT * INTO party FROM accommodation_party p WHERE p.id = NEW.party_id;
  IF NOT party.kind = ANY (place.takes) OR (place.unit = 'room' AND place.unit_size < party.people) THEN
    RAISE EXCEPTION 'the place does not take them' USING ERRCODE = '23514', CONSTRAINT = 'place_takes_party';
  END IF;
  SELECT * INTO ages FROM accommodation_ages(party.id);
  -- Who was a child when they came may be none when they leave.
  IF party.ended_on IS NULL AND (party.kind = 'minor' AND ages.grown > 0 OR party.kind <> 'minor' AND ages.young = party.people) THEN
    RAISE EXCEPTION 'minors live in places of minors, and nobody else does'
      USING ERRCODE = '23514', CONSTRAINT = 'minors_apart';
  END IF;
  RETURN NEW;
END $$
"""

# The organisations of a stay are those of its centre, and the party belongs to one of them.
STAY_HOLDS = """
CREATE FUNCTION accommodation_stay_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF NOT EXISTS (
    SELECT 1 FROM accommodation_place p JOIN accommodation_centre c ON c.id = p.centre_id
    JOIN accommodation_party t ON t.id = NEW.party_id
    WHERE p.id = NEW.place_id AND (c.organisation_id, c.desk_id) = (NEW.organisation_id, NEW.desk_id)
      AND t.organisation_id IN (c.organisation_id, c.desk_id)
      AND (NEW.promise_id IS NULL OR EXISTS (SELECT 1 FROM accommodation_promise m
        WHERE m.id = NEW.promise_id AND m.party_id = NEW.party_id))) THEN
    RAISE EXCEPTION 'a stay is of a party of the desk, in a centre of it' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$
"""

# A place is promised by the desk that places people there; of minors two people say it.
PROMISE_HOLDS = """
CREATE FUNCTION accommodation_promise_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kind text;
BEGIN
  PERFORM havre_member();
  SELECT t.kind INTO kind FROM accommodation_party t
    JOIN accommodation_place p ON p.id = NEW.place_id JOIN accommodation_centre c ON c.id = p.centre_id
    WHERE t.id = NEW.party_id AND t.organisation_id = NEW.organisation_id AND c.desk_id = NEW.organisation_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a promise is of the own party, at a place of the own desk' USING ERRCODE = '42501';
  END IF;
  IF kind = 'minor' AND NOT EXISTS (
    SELECT 1 FROM accounts_member one JOIN accounts_member two ON two.account_id <> one.account_id
    WHERE one.id = NEW.member_id AND two.id = NEW.second_id AND one.organisation_id = NEW.organisation_id
      AND two.organisation_id = NEW.organisation_id) THEN
    RAISE EXCEPTION 'two people place a minor' USING ERRCODE = '23514', CONSTRAINT = 'two_people_for_minors';
  END IF;
  RETURN NEW;
END $$
"""

# Fewer units only where those that go are nobody's.
PLACE_HOLDS = """
CREATE FUNCTION accommodation_place_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF EXISTS (SELECT 1 FROM accommodation_unituse u WHERE u.place_id = NEW.id AND u.number > NEW.units
      AND (u.ends IS NULL OR u.ends > havre_today())) THEN
    RAISE EXCEPTION 'somebody is there' USING ERRCODE = '23514', CONSTRAINT = 'unit_exists';
  END IF;
  IF EXISTS (SELECT 1 FROM accommodation_unituse u JOIN accommodation_party p ON p.id = u.party_id
      WHERE u.place_id = NEW.id AND (u.ends IS NULL OR u.ends > havre_today())
        AND (NOT p.kind = ANY (NEW.takes) OR (NEW.unit = 'room' AND NEW.unit_size < p.people))) THEN
    RAISE EXCEPTION 'it takes them no more' USING ERRCODE = '23514', CONSTRAINT = 'place_takes_party';
  END IF;
  RETURN NEW;
END $$
"""

# What is told of a coach is told to who runs the centre of the stop.
STOP_HOLDS = """
CREATE FUNCTION accommodation_stop_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := to_jsonb(NEW);
  stop accommodation_stop;
BEGIN
  PERFORM havre_member();
  IF TG_TABLE_NAME = 'accommodation_stop' THEN
    IF NOT EXISTS (SELECT 1 FROM accommodation_centre c JOIN accommodation_departure d ON d.organisation_id = c.desk_id
        WHERE c.id = (said ->> 'centre_id')::uuid AND d.id = (said ->> 'departure_id')::uuid
          AND (c.organisation_id, c.desk_id) = (NEW.organisation_id, NEW.desk_id)) THEN
      RAISE EXCEPTION 'a coach stops at centres of its desk' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO stop FROM accommodation_stop s WHERE s.id = (said ->> 'stop_id')::uuid;
  IF (stop.organisation_id, stop.desk_id) IS DISTINCT FROM (NEW.organisation_id, NEW.desk_id)
      OR (TG_TABLE_NAME = 'accommodation_passenger' AND NOT EXISTS (
        SELECT 1 FROM accommodation_promise p JOIN accommodation_place l ON l.id = p.place_id
        WHERE p.id = (said ->> 'promise_id')::uuid AND p.party_id = (said ->> 'party_id')::uuid
          AND l.centre_id = stop.centre_id)) THEN
    RAISE EXCEPTION 'they go where a place was promised to them' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$
"""

# With the last of a party whom the registry knew, what the party said goes too; that it stayed somewhere remains.
ERASED = """
CREATE FUNCTION accommodation_registration_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone uuid[] := ARRAY(SELECT m.party_id FROM accommodation_partymember m WHERE m.registration_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM accommodation_partymember o JOIN registry_registration r ON r.id = o.registration_id
      WHERE o.party_id = m.party_id AND r.id <> NEW.id AND r.erased_at IS NULL));
  own uuid;
BEGIN
  UPDATE accommodation_partymember SET wristband = '', age = '' WHERE registration_id = NEW.id;
  UPDATE accommodation_partywish SET relative_town = '', relative_lat = NULL, relative_lon = NULL, note = ''
    WHERE party_id = ANY (gone);
  UPDATE accommodation_lock SET reason = '-' WHERE party_id = ANY (gone);
  UPDATE accommodation_separation SET reason = '-' WHERE party_a_id = ANY (gone) OR party_b_id = ANY (gone);
  UPDATE accommodation_offer SET words = '', interpreter = '', means_1 = '{}', means_2 = '{}'
    WHERE party_id = ANY (gone);
  UPDATE accommodation_plannote SET words = '-' WHERE party_id = ANY (gone);
  UPDATE accommodation_queueentry SET words = '' WHERE party_id = ANY (gone);
  UPDATE accommodation_absence SET words = ''
    WHERE stay_id IN (SELECT s.id FROM accommodation_stay s WHERE s.party_id = ANY (gone));
  FOR own IN SELECT p.id FROM accommodation_party p WHERE p.id = ANY (gone) AND p.organisation_id = havre_writes() LOOP
    PERFORM audit_erase(own);
  END LOOP;
  RETURN NULL;
END $$
"""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The life of pairs in SQL: what holds against every writer, and what crosses organisations on purpose.

``current_user`` is the gate's role in whatever a gate function does: so the trigger tells the house from members.
"""

# What a pair shows of its two sides, and of what was compared.
SHOWN = "glimpse_a, glimpse_b, reasons, bits, name_keys"
WEIGHED = (
    f"probability, band, rivals, evidence, fingerprint, came_back, last_run_id, person_a, person_b, {SHOWN}"
)
IDENTITY = """id, origin, recorded_at, registration_a_id, link_a_id, registration_b_id, link_b_id,
    organisation_a_id, organisation_b_id, first_run_id"""
DECIDED = "version, confirmed_by_id, confirmed_organisation_id, confirmed_shore, decided_at, state_before"


def _row(row: str, columns: str) -> str:
    return "(" + ", ".join(f"{row}.{column.strip()}" for column in columns.split(",")) + ")"


def _changed(columns: str) -> str:
    return f"{_row('NEW', columns)} IS DISTINCT FROM {_row('OLD', columns)}"


# Refuses what the table of the life does not know, whoever writes it.
LIFE = f"""
CREATE FUNCTION tracing_pair_life() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who text := CASE WHEN current_user = 'havre_gate' THEN 'house' WHEN havre_matches() THEN 'match' ELSE 'member' END;
  step record;
  mine record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF who <> 'match' OR NEW.state <> 'proposed' OR NEW.version <> 1 OR NEW.came_back
        OR NEW.confirmed_by_id IS NOT NULL OR NEW.decided_at IS NOT NULL THEN
      RAISE EXCEPTION 'a pair begins as proposed, by the match' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF {_changed(IDENTITY)} THEN
    RAISE EXCEPTION 'what a pair is of never changes' USING ERRCODE = '23514';
  END IF;
  IF who = 'member' AND ({_changed(WEIGHED)} OR NEW.child_shore <> OLD.child_shore) THEN
    RAISE EXCEPTION 'the match weighs pairs, members decide them' USING ERRCODE = '23514';
  END IF;
  IF NEW.state = OLD.state THEN
    IF {_changed(DECIDED)} OR (who <> 'house' AND NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id) THEN
      RAISE EXCEPTION 'nothing was decided' USING ERRCODE = '23514';
    END IF;
    IF who = 'match' AND OLD.state IN ('rejected', 'elsewhere') THEN
      RAISE EXCEPTION 'a % pair is kept as it was', OLD.state USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO step FROM tracing_life() l WHERE l.was = OLD.state AND l.becomes = NEW.state AND l.by = who;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no step from % to % by the %', OLD.state, NEW.state, who USING ERRCODE = '23514';
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'a step makes the next version' USING ERRCODE = '23514';
  END IF;
  IF step.act = 'restore' AND NEW.state <> OLD.state_before THEN
    RAISE EXCEPTION 'a pair goes back to what it was' USING ERRCODE = '23514';
  END IF;
  IF who = 'member' THEN
    SELECT m.id, m.account_id, m.organisation_id, m.role, o.shore INTO mine FROM accounts_member m
      JOIN accounts_organisation o ON o.id = m.organisation_id WHERE m.id = havre_member();
    IF mine.role <> ALL (step.roles) THEN
      RAISE EXCEPTION 'a % does not %', mine.role, step.act USING ERRCODE = '42501';
    END IF;
    -- Somebody who is a member on both shores is still one and the same.
    IF 'other_shore' = ANY (step.needs) AND (mine.shore = OLD.confirmed_shore
        OR mine.account_id = (SELECT m.account_id FROM accounts_member m WHERE m.id = OLD.confirmed_by_id)) THEN
      RAISE EXCEPTION 'another member has to %, of the other shore', step.act USING ERRCODE = '42501';
    END IF;
    IF 'same_member' = ANY (step.needs) AND mine.id <> OLD.confirmed_by_id THEN
      RAISE EXCEPTION 'only the member who confirmed may %', step.act USING ERRCODE = '42501';
    END IF;
    IF NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id OR NEW.state_before <> OLD.state_before THEN
      RAISE EXCEPTION 'rivals are closed by the house' USING ERRCODE = '23514';
    END IF;
  END IF;
  -- Who confirmed is written here, not by whoever says so.
  NEW.confirmed_by_id := OLD.confirmed_by_id;
  NEW.confirmed_organisation_id := OLD.confirmed_organisation_id;
  NEW.confirmed_shore := OLD.confirmed_shore;
  IF step.act = 'confirm' THEN
    NEW.confirmed_by_id := mine.id;
    NEW.confirmed_organisation_id := mine.organisation_id;
    NEW.confirmed_shore := mine.shore;
  ELSIF NEW.state IN ('proposed', 'rejected', 'withdrawn') THEN
    NEW.confirmed_by_id := NULL;
    NEW.confirmed_organisation_id := NULL;
    NEW.confirmed_shore := '';
  END IF;
  RETURN NEW;
END $$
"""

# What follows a step, in the same statement. Each function looks for itself at what the pair is now.
EFFECTS = """
CREATE FUNCTION tracing_pair_effects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  effect text;
BEGIN
  FOR effect IN SELECT DISTINCT unnest(l.effects) FROM tracing_life() l
      WHERE l.was = OLD.state AND l.becomes = NEW.state LOOP
    CASE effect
      WHEN 'share' THEN PERFORM tracing_share(NEW.id);
      WHEN 'end_share' THEN PERFORM tracing_end_share(NEW.id);
      WHEN 'close_rivals' THEN PERFORM tracing_close_rivals(NEW.id);
      WHEN 'restore_rivals' THEN PERFORM tracing_restore_rivals(NEW.id);
    END CASE;
  END LOOP;
  RETURN NULL;
END $$
"""

# A key as RFC 9562 makes them (version 7), for rows that the house writes.
UUID7 = """
CREATE FUNCTION tracing_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$
"""

# Opens each registration of a verified pair to the organisation of the other, and no registration of another pair:
# whether two members have verified it is looked up here. Nothing of what was withdrawn or erased is opened.
SHARE = """
CREATE FUNCTION tracing_share(of uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO registry_share (id, origin, recorded_at, registration_id, recipient_id, basis, basis_id, since)
  SELECT tracing_uuid7(), p.origin, clock_timestamp(), r.id, side.recipient, 'pair', p.id, clock_timestamp()
  FROM tracing_pair p
  CROSS JOIN LATERAL (VALUES (p.registration_a_id, p.organisation_b_id), (p.registration_b_id, p.organisation_a_id))
    AS side (registration, recipient)
  JOIN registry_registration r ON r.id = side.registration
  WHERE p.id = of AND p.state IN ('verified', 'reunited') AND r.withdrawn_at IS NULL AND r.erased_at IS NULL
  ON CONFLICT DO NOTHING
$$
"""
END_SHARE = """
CREATE FUNCTION tracing_end_share(of uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  UPDATE registry_share SET ended_at = clock_timestamp()
  WHERE basis = 'pair' AND basis_id = of AND ended_at IS NULL
$$
"""

# Pairs that cannot be true beside a pair: of the same link, on either side, or of the same child. A child's other
# registrations count as the child; a relative may take in several children.
RIVALS = """
CREATE FUNCTION tracing_rivals(of uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH p AS (SELECT * FROM tracing_pair WHERE id = of),
  child AS (
    SELECT other.id FROM p
    JOIN registry_registration own ON own.id = CASE p.child_shore WHEN 'france' THEN p.registration_a_id
      ELSE p.registration_b_id END
    JOIN registry_registration other ON other.person_id = own.person_id
  )
  SELECT r.id FROM p JOIN tracing_pair r ON r.link_a_id = p.link_a_id WHERE r.id <> p.id
  UNION
  SELECT r.id FROM p JOIN tracing_pair r ON r.link_b_id = p.link_b_id WHERE r.id <> p.id
  UNION
  SELECT r.id FROM p JOIN tracing_pair r ON p.child_shore = 'france' AND r.registration_a_id IN (SELECT id FROM child)
    WHERE r.id <> p.id
  UNION
  SELECT r.id FROM p JOIN tracing_pair r ON p.child_shore <> 'france' AND r.registration_b_id IN (SELECT id FROM child)
    WHERE r.id <> p.id
$$
"""
CLOSE_RIVALS = """
CREATE FUNCTION tracing_close_rivals(of uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tracing_pair WHERE id = of AND state = 'reunited') THEN RETURN; END IF;
  PERFORM 1 FROM tracing_pair r WHERE r.id IN (SELECT tracing_rivals(of)) ORDER BY r.id FOR UPDATE;
  UPDATE tracing_pair r SET state = 'elsewhere', state_before = r.state, closed_by_id = of, version = r.version + 1
    WHERE r.id IN (SELECT tracing_rivals(of)) AND r.state IN ('proposed', 'confirmed', 'verified');
END $$
"""
RESTORE_RIVALS = """
CREATE FUNCTION tracing_restore_rivals(of uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  r record;
  still uuid;
BEGIN
  IF EXISTS (SELECT 1 FROM tracing_pair WHERE id = of AND state = 'reunited') THEN RETURN; END IF;
  FOR r IN SELECT * FROM tracing_pair WHERE closed_by_id = of ORDER BY id FOR UPDATE LOOP
    SELECT q.id INTO still FROM tracing_pair q
      WHERE q.state = 'reunited' AND q.id IN (SELECT tracing_rivals(r.id)) ORDER BY q.id LIMIT 1;
    IF still IS NOT NULL THEN
      UPDATE tracing_pair SET closed_by_id = still WHERE id = r.id;
    ELSE
      UPDATE tracing_pair SET state = r.state_before, state_before = '', closed_by_id = NULL, version = r.version + 1
        WHERE id = r.id;
    END IF;
  END LOOP;
END $$
"""

# Ends the pairs of registrations that may not be compared any more, and takes away what they show. That one was
# rejected, or reunited, is remembered. Whoever was erased leaves no word behind, and no fingerprint.
END = """
CREATE FUNCTION tracing_end(registrations uuid[], erased boolean) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  ended uuid[];
  each uuid;
BEGIN
  SELECT array_agg(p.id ORDER BY p.id) INTO ended FROM (
    SELECT id FROM tracing_pair WHERE registration_a_id = ANY (registrations)
    UNION SELECT id FROM tracing_pair WHERE registration_b_id = ANY (registrations)) AS p;
  IF ended IS NULL THEN RETURN 0; END IF;
  FOREACH each IN ARRAY ended LOOP PERFORM tracing_end_share(each); END LOOP;
  UPDATE tracing_pair SET glimpse_a = '{}', glimpse_b = '{}', reasons = '[]', bits = '{}', name_keys = '{}',
      fingerprint = CASE WHEN erased THEN '' ELSE fingerprint END
    WHERE id = ANY (ended) AND (glimpse_a <> '{}' OR fingerprint <> '');
  UPDATE tracing_pair SET state = 'withdrawn', state_before = '', closed_by_id = NULL, version = version + 1
    WHERE id = ANY (ended) AND state IN ('proposed', 'confirmed', 'verified', 'elsewhere');
  IF erased THEN
    DELETE FROM tracing_verdictnote WHERE verdict_id IN (SELECT id FROM tracing_verdict WHERE pair_id = ANY (ended));
  END IF;
  RETURN cardinality(ended);
END $$
"""

# As soon as a registration may no longer be compared: consent to tracing withdrawn, registration withdrawn or erased.
# The lock lets a match that is writing end first, so that it cannot write what has just been taken away.
REGISTRATION_ENDED = """
CREATE FUNCTION tracing_registration_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('havre tracing pairs'));
  PERFORM tracing_end(ARRAY[NEW.id], NEW.erased_at IS NOT NULL);
  RETURN NULL;
END $$
"""
OPEN = "{row}.traceable AND {row}.withdrawn_at IS NULL AND {row}.erased_at IS NULL"
ENDED_NOW = (
    f"({OPEN.format(row='OLD')} AND NOT ({OPEN.format(row='NEW')}))"
    " OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
)

# The same for consent that has run out by its date; how many pairs that ended. Whoever calls it can end no other.
END_EXPIRED = f"""
CREATE FUNCTION tracing_end_expired() RETURNS integer LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(tracing_end(array_agg(r.id), false), 0) FROM registry_registration r
  WHERE (SELECT havre_member()) IS NOT NULL AND NOT ({OPEN.format(row="r")} AND (r.traceable_until IS NULL OR r.traceable_until >= havre_today()))
    AND EXISTS (SELECT 1 FROM tracing_pair p WHERE r.id IN (p.registration_a_id, p.registration_b_id)
      AND (p.glimpse_a <> '{{}}' OR p.state IN ('proposed', 'confirmed', 'verified', 'elsewhere')))
$$
"""

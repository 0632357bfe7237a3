# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functions that look past the row policies on purpose, in SQL: what each returns and what it asks first."""

# A share that was taken and holds today.
IN_FORCE = """s.ended_at IS NULL AND s.since IS NOT NULL
    AND (s.until IS NULL OR s.until >= havre_today())"""

# Registrations that other organisations have opened to the acting one.
SHARED = f"""
CREATE FUNCTION registry_shared() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT s.registration_id FROM registry_share s
  WHERE (SELECT havre_member()) IS NOT NULL AND s.recipient_id = (SELECT havre_reads()) AND {IN_FORCE}
$$
"""

# The person whom the acting guardian acts for, under the reference that it has now. An administrator types whom a
# guardian is for, and reads no child: so it holds only where the guardian's organisation registered that person, or
# was given a registration of them.
WARD = f"""
CREATE FUNCTION registry_ward() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT w.id FROM (
    SELECT coalesce(p.grouped_into_id, p.id) AS id, m.organisation_id AS own
    FROM registry_person p, accounts_member m WHERE p.id = havre_ward() AND m.id = havre_member()
  ) w
  WHERE (SELECT havre_member()) IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_registration r WHERE r.person_id = w.id AND r.erased_at IS NULL AND (
      r.organisation_id = w.own
      OR EXISTS (
        SELECT 1 FROM registry_share s
        WHERE s.registration_id = r.id AND s.recipient_id = w.own AND {IN_FORCE}
      )
    )
  )
$$
"""

# Whether a person was made by the acting organisation: a policy that asked the table itself would ask in a ring.
IS_OWN = """
CREATE FUNCTION registry_is_own(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_person p WHERE p.id = person AND p.organisation_id = (SELECT havre_writes()))
$$
"""

# Whether the acting organisation made this person. The policy of registrations asks here, since that of persons asks
# for registrations, and two policies may not ask each other.
IS_OWN_PERSON = """
CREATE FUNCTION registry_is_own_person(of uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_person p WHERE p.id = of AND p.organisation_id = (SELECT havre_writes()))
$$
"""

# H-7K3M-R2: five symbols of 23 that mean nothing (a counter, scattered so that neighbours look unlike) and one that
# checks them: a wrong symbol, or two that changed places, is found out. No vowels, and nothing that looks like another.
REFERENCE = """
CREATE FUNCTION registry_reference() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  symbols CONSTANT text := '23456789CDFGHJKMNPRTVWX';
  every CONSTANT bigint := 6436343; -- 23 to the power of 5
  n bigint := (nextval('registry_reference_counter') * 4111873 + 1618033) % every;
  turned bigint := 0;
  code text := '';
  check_sum bigint := 0;
BEGIN
  FOR i IN 1..5 LOOP turned := turned * 23 + n % 23; n := n / 23; END LOOP;
  n := (turned * 2718281 + 577215) % every;
  FOR i IN 1..5 LOOP
    code := code || substr(symbols, (n % 23)::integer + 1, 1);
    check_sum := check_sum + i * (n % 23);
    n := n / 23;
  END LOOP;
  code := code || substr(symbols, (check_sum % 23)::integer + 1, 1);
  RETURN 'H-' || left(code, 4) || '-' || right(code, 2);
END $$
"""

# Gives every registration that hangs together with those of a decision the person that the decisions in force say:
# the oldest of all whom groupings join, or its own. So taking a grouping back restores what was, in any order.
REGROUP = """
CREATE FUNCTION registry_regroup(of uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  decision registry_grouping;
  start uuid;
  tied uuid[];
BEGIN
  PERFORM havre_member();
  PERFORM pg_advisory_xact_lock(hashtext('havre registry grouping'));
  SELECT * INTO decision FROM registry_grouping WHERE id = of;
  IF NOT EXISTS (SELECT 1 FROM registry_registration r WHERE r.organisation_id = (SELECT havre_writes())
      AND r.id IN (decision.registration_a_id, decision.registration_b_id)) THEN
    RAISE EXCEPTION 'not of the own organisation' USING ERRCODE = '42501';
  END IF;
  FOREACH start IN ARRAY ARRAY[decision.registration_a_id, decision.registration_b_id] LOOP
    WITH RECURSIVE reached(id) AS (
      SELECT start
      UNION
      SELECT CASE WHEN g.registration_a_id = reached.id THEN g.registration_b_id ELSE g.registration_a_id END
      FROM reached JOIN registry_grouping g
        ON g.state = 'grouped' AND reached.id IN (g.registration_a_id, g.registration_b_id)
    )
    SELECT array_agg(id) INTO tied FROM reached;
    IF EXISTS (SELECT 1 FROM registry_grouping g WHERE g.state = 'kept_apart'
        AND g.registration_a_id = ANY (tied) AND g.registration_b_id = ANY (tied)) THEN
      RAISE EXCEPTION 'two of them are kept apart' USING ERRCODE = '23P01';
    END IF;
    PERFORM registry_regroup_to(tied);
  END LOOP;
END $$
"""

# Only called by the function above.
REGROUP_TO = """
CREATE FUNCTION registry_regroup_to(tied uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  oldest uuid;
BEGIN
  SELECT own_person_id INTO oldest FROM registry_registration WHERE id = ANY (tied) ORDER BY own_person_id LIMIT 1;
  UPDATE registry_registration SET person_id = oldest WHERE id = ANY (tied) AND person_id <> oldest;
  UPDATE registry_person SET grouped_into_id = nullif(oldest, id)
    WHERE id IN (SELECT own_person_id FROM registry_registration WHERE id = ANY (tied))
      AND grouped_into_id IS DISTINCT FROM nullif(oldest, id);
END $$
"""

# The recipient takes an offer, or gives up what it was given; nobody else can, and nothing else changes.
ACCEPT = """
CREATE FUNCTION registry_accept(of uuid, moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  UPDATE registry_share SET since = moment WHERE id = of AND recipient_id = (SELECT havre_writes())
    AND since IS NULL AND ended_at IS NULL AND (until IS NULL OR until >= havre_today());
  RETURN FOUND;
END $$
"""
GIVE_UP = """
CREATE FUNCTION registry_give_up(of uuid, moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  UPDATE registry_share SET ended_at = moment
    WHERE id = of AND recipient_id = (SELECT havre_writes()) AND ended_at IS NULL;
  RETURN FOUND;
END $$
"""

# Foreign keys look past policies: without this, an own row could be hung on another's, and move it or open it.
KEPT = """
CREATE FUNCTION registry_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what a % is of never changes by hand', TG_TABLE_NAME USING ERRCODE = '42501';
END $$
"""


def kept(table: str, *columns: str) -> str:
    """The trigger that keeps the web role from changing ``columns``; what the functions above move, they move."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return (
        f"CREATE TRIGGER kept BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (current_user = 'havre_web' AND ({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION registry_kept()"
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for referrals, in SQL: for page, action and raw statement alike."""

from havre.apps.cases.migrations._quoting import array, quoted
from havre.apps.cases.queries.referrals import RULES_OF_REFERRALS


def rules() -> str:
    """SQL that makes ``cases_referral_rules()``: what may be done to a referral, by which side, and what comes of it."""
    rows = ",\n    ".join(
        f"({quoted(rule.act)}, {quoted(rule.by)}, {array(sorted(rule.within))}, {quoted(rule.becomes)},"
        f" {str(rule.reason).lower()})"
        for rule in RULES_OF_REFERRALS.values()
    )
    return f"""
CREATE OR REPLACE FUNCTION cases_referral_rules() RETURNS TABLE (
  act text, side text, within text[], becomes text, reason boolean
) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    {rows}
$$
"""


# Whether a child may be referred to an organisation, or their case transferred: they agreed to it, and agree today; or it
# registered them itself. It tells those two, those with whom the registration is shared, and who leads the case.
AGREED = """
CREATE FUNCTION cases_agreed(of uuid, kind text, recipient uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND (registry_agreed(of, 'sharing', recipient)
    OR (kind = 'referral' AND registry_agreed(of, 'referral', recipient))
    OR EXISTS (
      SELECT 1 FROM registry_registration r
      WHERE r.id = of AND r.organisation_id = recipient AND r.erased_at IS NULL
        AND (recipient = (SELECT havre_reads()) OR EXISTS (SELECT 1 FROM cases_case c
          WHERE c.registration_id = of AND c.organisation_id = (SELECT havre_reads())))))
$$
"""

# Whether the recipient may read the extract: nobody refused it, took it back or ended it, and the child agrees today.
STANDS = """
CREATE FUNCTION cases_referral_stands(of uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND EXISTS (
    SELECT 1 FROM cases_referral r WHERE r.id = of AND (SELECT havre_reads()) IN (r.organisation_id, r.recipient_id)
      AND NOT EXISTS (
        SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.act IN ('refuse', 'take_back', 'end'))
      AND cases_agreed(r.registration_id, r.kind, r.recipient_id))
$$
"""

# Whether all brothers and sisters whose cases go along agree today.
GROUP_AGREED = """
CREATE FUNCTION cases_group_agreed(of uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_referral r JOIN cases_case c ON c.id = ANY (r.along)
    WHERE r.id = of AND NOT ((SELECT havre_reads()) IN (r.organisation_id, r.recipient_id)
      AND cases_agreed(c.registration_id, r.kind, r.recipient_id)))
$$
"""

# The transfers that were accepted of each case which the acting organisation has handed over or taken over once: from whom
# to whom, and when. Of the extract and of what was refused it opens nothing.
CHAIN = """
CREATE FUNCTION cases_chain() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH handed AS (
    SELECT r.id, c.id AS case_id, (SELECT havre_reads()) IN (r.organisation_id, r.recipient_id) AS ours
    FROM cases_referral r CROSS JOIN unnest(r.case_id || r.along) AS c (id)
    WHERE r.kind = 'transfer' AND r.case_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.act = 'accept')
  )
  SELECT h.id FROM handed h
  WHERE (SELECT havre_member()) IS NOT NULL AND h.case_id IN (SELECT o.case_id FROM handed o WHERE o.ours)
$$
"""

STAYS = """
CREATE FUNCTION cases_referral_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'what was referred never changes' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# One after the other: whoever acts waits for the referral, so that it is not taken back while it is accepted.
HOLDS = r"""
CREATE FUNCTION cases_referralstep_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rule record;
  referred cases_referral;
  state text;
BEGIN
  PERFORM havre_member();
  SELECT * INTO referred FROM cases_referral r WHERE r.id = NEW.referral_id FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such referral' USING ERRCODE = '42501'; END IF;
  SELECT * INTO rule FROM cases_referral_rules() x WHERE x.act = NEW.act;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such act: %', NEW.act USING ERRCODE = '23514'; END IF;
  SELECT x.becomes INTO state FROM cases_referralstep s JOIN cases_referral_rules() x ON x.act = s.act
    WHERE s.referral_id = NEW.referral_id ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1;
  IF coalesce(state, 'sent') <> ALL (rule.within) OR (NEW.act = 'end' AND referred.kind = 'transfer') THEN
    RAISE EXCEPTION 'no % while %', NEW.act, coalesce(state, 'sent') USING ERRCODE = '23514';
  END IF;
  IF (rule.side = 'sender' AND NEW.organisation_id <> referred.organisation_id)
      OR (rule.side = 'recipient' AND NEW.organisation_id <> referred.recipient_id) THEN
    RAISE EXCEPTION 'the % does that', rule.side USING ERRCODE = '42501';
  END IF;
  IF rule.reason <> (cardinality(regexp_split_to_array(btrim(NEW.words), '\s+')) >= 3)
      OR (NOT rule.reason AND NEW.words <> '') THEN
    RAISE EXCEPTION 'a reason, in words, where one is asked for' USING ERRCODE = '23514';
  END IF;
  IF NEW.act = 'accept'
      AND NOT (cases_referral_stands(NEW.referral_id) AND cases_group_agreed(NEW.referral_id)) THEN
    RAISE EXCEPTION 'the child agrees no longer' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# A transfer that the acting organisation accepted makes it the one that asks, in the case and in those that go along.
# Empty where that is done; else why nothing was. "group": the brothers and sisters who have still to travel are others by
# now than those who go along. "there": it leads a case of one of the children already, is the one that is asked, or works
# on the other shore. The pair stays with those whom it is of: the case shows the child by one of ``glimpses``, by the id
# of the family link or, of a child who named nobody, of the registration.
HAND_OVER = """
CREATE FUNCTION cases_hand_over(of uuid, glimpses jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  referred cases_referral;
  taken uuid[];
BEGIN
  PERFORM havre_member();
  SELECT * INTO referred FROM cases_referral r WHERE r.id = of AND r.kind = 'transfer'
    AND r.recipient_id = (SELECT havre_writes())
    AND EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.act = 'accept');
  IF NOT FOUND OR NOT cases_works() THEN
    RAISE EXCEPTION 'not accepted' USING ERRCODE = '42501';
  END IF;
  taken := referred.case_id || referred.along;
  PERFORM 1 FROM cases_case c WHERE c.id = ANY (taken) ORDER BY c.id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM cases_siblings(referred.case_id) AS s (id) JOIN cases_case c ON c.id = s.id
    WHERE cases_to_travel(c.id) AND c.organisation_id <> referred.recipient_id AND c.id <> ALL (taken)
  ) OR NOT referred.along <@ ARRAY(SELECT s.id FROM cases_siblings(referred.case_id) AS s (id)) THEN
    RETURN 'group';
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(taken) AS t (id) WHERE NOT EXISTS (
    SELECT 1 FROM cases_case c WHERE c.id = t.id AND c.organisation_id = referred.organisation_id
      AND c.other_organisation_id IS DISTINCT FROM referred.recipient_id
      AND c.child_shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = referred.recipient_id)
      AND NOT EXISTS (SELECT 1 FROM cases_case mine WHERE mine.organisation_id = referred.recipient_id
        AND (mine.person = c.person OR mine.registration_id = c.registration_id)))) THEN
    RETURN 'there';
  END IF;
  UPDATE cases_case c SET organisation_id = referred.recipient_id,
      glimpse = coalesce(glimpses -> c.link_id::text, glimpses -> c.registration_id::text, '{}')
    WHERE c.id = ANY (taken);
  RETURN '';
END $$
"""

# Whoever was erased leaves no word behind: that they were referred, to whom and when stays.
ERASED = """
CREATE FUNCTION cases_referrals_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone uuid[] := ARRAY(SELECT r.id FROM cases_referral r WHERE r.registration_id = NEW.id);
BEGIN
  UPDATE cases_extract SET asked = '', fields = '[]', siblings = '[]', siblings_said = ''
    WHERE referral_id = ANY (gone);
  UPDATE cases_referralstep SET words = '' WHERE referral_id = ANY (gone);
  RETURN NULL;
END $$
"""

# What other organisations read of an own registration that is the relative's: pages of a pair, a case or a decision are
# on record under the child's registration, as ``registry_given`` has them.
GIVEN = """
CREATE FUNCTION cases_given(of uuid) RETURNS TABLE (
  organisation uuid, kind text, table_name text, form text, times bigint, first timestamptz, last timestamptz
) LANGUAGE sql STABLE AS $$
  WITH pairs AS (
    SELECT p.id, CASE p.child_shore WHEN 'france' THEN p.registration_a_id ELSE p.registration_b_id END AS child
    FROM tracing_pair p WHERE of IN (p.registration_a_id, p.registration_b_id)
  ), shown AS (
    SELECT pairs.id, pairs.child FROM pairs WHERE pairs.child <> of
    UNION ALL SELECT c.id, c.registration_id FROM cases_case c WHERE c.family_id = of
    UNION ALL SELECT d.id, c.registration_id FROM cases_case c JOIN cases_decision d ON d.case_id = c.id
      WHERE c.family_id = of
  )
  SELECT e.organisation, e.kind, e.table_name, coalesce(e.note ->> 'format', ''), count(*), min(e.at), max(e.at)
  FROM shown JOIN audit_entry e ON e.subject = shown.child AND e.row = shown.id
  WHERE (SELECT havre_member()) IS NOT NULL
    AND e.kind IN ('read', 'export') AND e.organisation <> (SELECT havre_reads())
    AND EXISTS (SELECT 1 FROM registry_registration r WHERE r.id = of AND r.organisation_id = (SELECT havre_reads()))
  GROUP BY 1, 2, 3, 4
$$
"""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules on how a case lives on, in SQL: whom it asks, brothers and sisters, panels, journeys, its end."""

from havre.apps.cases.enums import ClosingReason, Factor
from havre.apps.cases.migrations._quoting import among, array
from havre.apps.cases.queries.law import RULES

# Whether another organisation may see anything of a child whom nobody has matched: as long as looking for family on the
# other shore is agreed to. It looks past the policies, and says yes or no, to whom a case of the child is of.
SHOWN = """
CREATE FUNCTION cases_shown(of uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_registration r WHERE r.id = of AND r.traceable
      AND r.withdrawn_at IS NULL AND r.erased_at IS NULL
      AND (r.traceable_until IS NULL OR r.traceable_until >= havre_today())
      AND EXISTS (SELECT 1 FROM cases_case c WHERE c.registration_id = of
        AND (SELECT havre_reads()) IN (c.organisation_id, c.other_organisation_id)))
$$
"""

# A case of a link alone names whom it asks, until a request was sent; and a verified pair of the child joins it once.
LATER = "'pair_id' - 'family_id' - 'other_organisation_id' - 'glimpse'"
CASE_STAYS = f"""
CREATE FUNCTION cases_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The house: an erasure, or a hand-over of the case.
  IF current_user = 'havre_gate' OR NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  PERFORM havre_member();
  IF OLD.pair_id IS NOT NULL OR to_jsonb(NEW) - {LATER} IS DISTINCT FROM to_jsonb(OLD) - {LATER} THEN
    RAISE EXCEPTION 'what a case is of never changes' USING ERRCODE = '23514';
  END IF;
  IF NOT cases_works() OR NEW.organisation_id IS DISTINCT FROM havre_writes() THEN
    RAISE EXCEPTION 'the organisation that asks names whom' USING ERRCODE = '42501';
  END IF;
  IF NEW.pair_id IS NOT NULL THEN
    IF OLD.other_organisation_id <> NEW.other_organisation_id OR NOT EXISTS (
      SELECT 1 FROM tracing_pair p
      JOIN registry_registration child ON child.id =
        CASE p.child_shore WHEN 'france' THEN p.registration_a_id ELSE p.registration_b_id END
      JOIN registry_registration own ON own.id = NEW.registration_id AND own.person_id = child.person_id
      WHERE p.id = NEW.pair_id AND p.state IN ('verified', 'reunited') AND p.child_shore = NEW.child_shore
        AND (NEW.organisation_id, NEW.other_organisation_id, NEW.family_id) = (
          child.organisation_id,
          CASE p.child_shore WHEN 'france' THEN p.organisation_b_id ELSE p.organisation_a_id END,
          CASE p.child_shore WHEN 'france' THEN p.registration_b_id ELSE p.registration_a_id END)
    ) THEN
      RAISE EXCEPTION 'a verified pair of the child joins its case' USING ERRCODE = '23514';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM cases_event e WHERE e.case_id = NEW.id AND e.route <> '')
      OR NOT cases_shown(NEW.registration_id) OR NOT EXISTS (
        SELECT 1 FROM accounts_organisation o WHERE o.id = NEW.other_organisation_id
          AND o.shore <> NEW.child_shore AND o.kind = 'protection') THEN
    RAISE EXCEPTION 'an organisation of the other shore is asked, as the child agreed' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# What an event is recorded with belongs to it, and says what it has to.
DETAIL = f"""
CREATE FUNCTION cases_detail_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := to_jsonb(NEW);
  happened record;
  taken boolean;
  lacks boolean := false;
BEGIN
  PERFORM havre_member();
  SELECT e.happened_on, s.outside, s.undoes, s.undated INTO happened
    FROM cases_event e JOIN cases_steps() s ON s.kind = e.kind
    WHERE e.id = NEW.event_id AND e.case_id = NEW.case_id AND e.member_id = NEW.member_id
      AND 'cases_' || s.made_with = TG_TABLE_NAME;
  IF NOT FOUND THEN RAISE EXCEPTION 'it belongs to an event' USING ERRCODE = '23514'; END IF;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE event_id = $1)', TG_TABLE_NAME) INTO taken USING NEW.event_id;
  IF taken THEN RAISE EXCEPTION 'the event has its own' USING ERRCODE = '23514'; END IF;
  IF TG_TABLE_NAME = 'cases_outsideanswer' THEN
    lacks := happened.outside <> said ->> 'answer' OR btrim(said ->> 'words') = ''
      OR length(btrim(said ->> 'source_said')) < 2 OR happened.undated <> ((said ->> 'answered_on') IS NULL)
      OR coalesce((said ->> 'answered_on')::date <> happened.happened_on, false);
  ELSIF TG_TABLE_NAME = 'cases_followup' THEN
    lacks := (said ->> 'weeks')::integer NOT IN ({", ".join(map(str, RULES.follow_up_weeks))})
      OR length(btrim(said ->> 'seen_by')) < 2 OR length(btrim(said ->> 'words')) < 2;
  ELSIF TG_TABLE_NAME = 'cases_closing' THEN
    lacks := length(btrim(said ->> 'words')) < 2
      OR CASE WHEN happened.undoes <> '' THEN said ->> 'reason' <> ''
        ELSE said ->> 'reason' NOT IN ({among(ClosingReason)}) END;
  END IF;
  IF lacks THEN RAISE EXCEPTION 'something is missing in it' USING ERRCODE = '23514'; END IF;
  RETURN NEW;
END $$
"""

# Deferred, past the policies: by the end of the transaction an event has what belongs to it.
EVENT_WHOLE = """
CREATE FUNCTION cases_event_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  made text;
  whole boolean := true;
BEGIN
  SELECT s.made_with INTO made FROM cases_steps() s WHERE s.kind = NEW.kind;
  IF made NOT IN ('', 'case') THEN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE event_id = $1)', 'cases_' || made) INTO whole USING NEW.id;
  END IF;
  IF NOT whole THEN
    RAISE EXCEPTION '% is recorded with all that belongs to it', NEW.kind USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""

# The cases that stand in one group with this one now.
SIBLINGS = """
CREATE FUNCTION cases_siblings(of uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH last AS (
    SELECT DISTINCT ON (g.case_id) g.case_id, g."group", g.joined FROM cases_groupstep g
    WHERE g.case_id IN (SELECT o.case_id FROM cases_groupstep o
      WHERE o."group" IN (SELECT m."group" FROM cases_groupstep m WHERE m.case_id = of))
    ORDER BY g.case_id, g.position DESC
  )
  SELECT o.case_id FROM last o JOIN last mine ON mine."group" = o."group" AND mine.joined
  WHERE mine.case_id = of AND o.joined AND o.case_id <> of
$$
"""
# Whether a child has still to travel, by the events of the case.
TO_TRAVEL = """
CREATE FUNCTION cases_to_travel(of uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT c.state FROM cases_state(of) c), 'opened') NOT IN ('transferred', 'closed')
$$
"""
# The cases of the same group that other organisations lead: their numbers, who leads them, whether the child has still to
# travel, and nothing else. It tells the organisation that leads the case, and nobody else.
ELSEWHERE = """
CREATE FUNCTION cases_siblings_elsewhere(of uuid) RETURNS TABLE (case_id uuid, organisation uuid, waits boolean)
LANGUAGE sql STABLE AS $$
  SELECT c.id, c.organisation_id, cases_to_travel(c.id)
  FROM cases_case mine CROSS JOIN cases_siblings(mine.id) AS s (id) JOIN cases_case c ON c.id = s.id
  WHERE (SELECT havre_member()) IS NOT NULL AND mine.id = of
    AND mine.organisation_id = (SELECT havre_reads()) AND c.organisation_id <> mine.organisation_id
$$
"""
# A group that two organisations lead is parted by a panel alone, and nobody is left behind in it by joining another.
GROUPED = """
CREATE FUNCTION cases_groupstep_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
  leaders uuid[];
BEGIN
  PERFORM havre_member();
  PERFORM 1 FROM cases_case c WHERE c.id = NEW.case_id FOR UPDATE;
  leaders := ARRAY(SELECT DISTINCT e.organisation FROM cases_siblings_elsewhere(NEW.case_id) e ORDER BY 1);
  SELECT g."group", g.joined, g.position INTO before FROM cases_groupstep g
    WHERE g.case_id = NEW.case_id ORDER BY g.position DESC LIMIT 1;
  IF coalesce(before.joined AND before."group" = NEW."group", false) = NEW.joined THEN
    RAISE EXCEPTION 'a case joins a group, then it can be parted from it' USING ERRCODE = '23514';
  END IF;
  IF length(btrim(NEW.reasons)) < 2 OR (NOT NEW.joined AND cases_wording(NEW.reasons) <> '') THEN
    RAISE EXCEPTION 'with reasons' USING ERRCODE = '23514';
  END IF;
  IF NEW.why = 'determination' AND NOT EXISTS (
      SELECT 1 FROM cases_determination d WHERE d.case_id = NEW.case_id AND d.apart) THEN
    RAISE EXCEPTION 'no panel has found so' USING ERRCODE = '23514';
  END IF;
  IF leaders <> '{}' AND NEW.why <> 'determination' THEN
    RAISE EXCEPTION 'between two organisations a panel parts' USING ERRCODE = '23514';
  END IF;
  NEW.told := leaders;
  NEW.position := coalesce(before.position, 0) + 1;
  RETURN NEW;
END $$
"""

# Deferred, past the policies: nobody travels without brothers and sisters who have still to travel, unless the last panel
# on this child has found so.
TOGETHER = """
CREATE FUNCTION cases_plan_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM cases_siblings(NEW.case_id) AS s (id)
    WHERE cases_to_travel(s.id)
      AND NOT EXISTS (SELECT 1 FROM cases_transferplan p WHERE p.case_id = s.id AND p.journey = NEW.journey)
  ) AND NOT coalesce((SELECT d.apart FROM cases_determination d WHERE d.case_id = NEW.case_id
      ORDER BY d.held_on DESC, d.recorded_at DESC LIMIT 1), false) THEN
    RAISE EXCEPTION 'brothers and sisters travel together' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""

_FACTORS = array((*Factor, "conclusion"))
ASSESSMENT_LACKS = f"""
CREATE OR REPLACE FUNCTION cases_assessment_lacks(said jsonb) RETURNS TABLE (place text, lack text)
LANGUAGE sql STABLE AS $$
  WITH texts AS (SELECT p AS place, coalesce(said ->> p, '') AS words FROM unnest({_FACTORS}) AS p)
  SELECT t.place, CASE WHEN btrim(t.words) = '' THEN 'needed' ELSE cases_wording(t.words) END FROM texts t
    WHERE cases_wording(t.words) <> ''
  UNION ALL SELECT max(t.place), 'same' FROM texts t WHERE cases_wording(t.words) = ''
    GROUP BY cases_folded(t.words) HAVING count(*) > 1
  UNION ALL SELECT 'took_part', 'needed' WHERE length(btrim(coalesce(said ->> 'took_part', ''))) < 2
  UNION ALL SELECT 'written_in', 'needed' WHERE coalesce(said ->> 'written_in', '') NOT IN ('en', 'fr')
  UNION ALL SELECT 'assessed_on', CASE WHEN said ->> 'assessed_on' IS NULL THEN 'needed' ELSE 'future' END
    WHERE coalesce((said ->> 'assessed_on')::date > havre_today(), true)
$$
"""
DETERMINATION_LACKS = f"""
CREATE OR REPLACE FUNCTION cases_determination_lacks(said jsonb) RETURNS TABLE (place text, lack text)
LANGUAGE sql STABLE AS $$
  WITH texts AS (SELECT p AS place, coalesce(said ->> p, '') AS words FROM unnest(ARRAY['determined', 'views']) AS p)
  , present AS (SELECT lower(btrim(coalesce(e ->> 'name', ''))) AS name, btrim(coalesce(e ->> 'of', '')) AS side
    FROM jsonb_array_elements(cases_list(said -> 'panel')) AS e)
  , weighed AS (SELECT lower(btrim(coalesce(e ->> 'option', ''))) AS what, btrim(coalesce(e ->> 'weighed', '')) AS how
    FROM jsonb_array_elements(cases_list(said -> 'options')) AS e)
  SELECT t.place, CASE WHEN btrim(t.words) = '' THEN 'needed' ELSE cases_wording(t.words) END FROM texts t
    WHERE cases_wording(t.words) <> ''
  UNION ALL SELECT 'panel', 'few' WHERE (SELECT count(DISTINCT name) FROM present) < {RULES.least_panel}
  UNION ALL SELECT 'panel', 'who' WHERE EXISTS (SELECT 1 FROM present WHERE length(name) < 2 OR length(side) < 2)
  UNION ALL SELECT 'options', 'few' WHERE (SELECT count(DISTINCT what) FROM weighed) < {RULES.least_options}
  UNION ALL SELECT 'options', 'weigh' WHERE EXISTS (SELECT 1 FROM weighed WHERE length(what) < 2 OR length(how) < 2)
  UNION ALL SELECT 'apart', 'needed' WHERE coalesce(jsonb_typeof(said -> 'apart'), '') <> 'boolean'
  UNION ALL SELECT 'written_in', 'needed' WHERE coalesce(said ->> 'written_in', '') NOT IN ('en', 'fr')
  UNION ALL SELECT 'held_on', CASE WHEN said ->> 'held_on' IS NULL THEN 'needed' ELSE 'future' END
    WHERE coalesce((said ->> 'held_on')::date > havre_today(), true)
  UNION ALL SELECT 'review_on', CASE WHEN said ->> 'review_on' IS NULL THEN 'needed' ELSE 'past' END
    WHERE coalesce((said ->> 'review_on')::date <= (said ->> 'held_on')::date, true)
$$
"""
CARED = """
CREATE FUNCTION cases_care_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing text;
BEGIN
  PERFORM havre_member();
  IF TG_TABLE_NAME = 'cases_assessment' THEN
    SELECT string_agg(l.place || ' ' || l.lack, ', ') INTO missing FROM cases_assessment_lacks(to_jsonb(NEW)) l;
  ELSE
    SELECT string_agg(l.place || ' ' || l.lack, ', ') INTO missing FROM cases_determination_lacks(to_jsonb(NEW)) l;
  END IF;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'what is best for a child is weighed whole: %', missing USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# Whoever was erased leaves no word behind: what was decided, by whom and when stays, without what it said of them.
ERASED = """
CREATE FUNCTION cases_registration_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone uuid[] := ARRAY(SELECT c.id FROM cases_case c WHERE c.registration_id = NEW.id);
  -- Of the relative's cases only what the organisation said that erases: not the child's reasons, nor the asking side's words.
  kin uuid[] := ARRAY(SELECT c.id FROM cases_case c WHERE c.family_id = NEW.id);
BEGIN
  DELETE FROM cases_fact WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  DELETE FROM cases_representative WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  DELETE FROM cases_spoken WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_case SET glimpse = '{}' WHERE id = ANY (gone || kin);
  UPDATE cases_decision SET in_short = '', criteria = '[]', evidence_seen = '[]', evidence_missing = '[]',
      reunification = '', well_being = '', safety = '', views = '', telling_language = '', again_how = '', helper = ''
    WHERE case_id = ANY (gone);
  UPDATE cases_telling SET told_by = '', language = '' WHERE case_id = ANY (gone);
  UPDATE cases_outsideanswer SET words = '', source_said = '' WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_groupstep SET reasons = '' WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_assessment SET took_part = '', reunification = '', well_being = '', safety = '', views = '',
      conclusion = '' WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_determination SET panel = '[]', options = '[]', views = '', determined = '', dissent = ''
    WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_planstep SET who = '' WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_followup SET seen_by = '', words = '', well = NULL WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  UPDATE cases_closing SET words = '' WHERE case_id = ANY (gone) OR (case_id = ANY (kin) AND organisation_id = NEW.organisation_id);
  RETURN NULL;
END $$
"""

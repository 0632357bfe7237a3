# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules on cases in SQL: what holds for page, action and raw statement alike.

What stands in data files (events, criteria of routes, rules on reasons) becomes functions here, when the migration
runs. A change in one of the files needs a new migration that makes its function anew; a test compares both.
"""

from havre.apps.cases.enums import CaseState
from havre.apps.cases.migrations._quoting import array, quoted
from havre.apps.cases.queries.law import MIGHT_BE_SILENT, EventRule, criteria, event_rules, routes


def _step(rule: EventRule) -> str:
    within = set(rule.within)
    if CaseState.ACCEPTED in within:
        within.update(MIGHT_BE_SILENT)  # the action asks the engine
    values = (
        quoted(rule.kind),
        array(sorted(within)),
        quoted(rule.becomes or ""),
        quoted(rule.after),
        str(rule.once).lower(),
        str(rule.route).lower(),
        quoted(rule.answers or ""),
        quoted(rule.outside or ""),
        quoted(rule.undoes),
        quoted(rule.made_with),
        str(bool(rule.ends)).lower(),
    )
    return f"({', '.join(values)})"


def steps() -> str:
    """SQL that makes ``cases_steps()``: the file of events."""
    rows = ",\n    ".join(map(_step, event_rules().values()))
    return f"""
CREATE OR REPLACE FUNCTION cases_steps() RETURNS TABLE (
  kind text, within text[], becomes text, after text, once boolean, route boolean, answers text, outside text,
  undoes text, made_with text, undated boolean
) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    {rows}
$$
"""


def tested() -> str:
    """SQL that makes ``cases_criteria()``: what is to be tested on each route."""
    rows = ",\n    ".join(
        f"({quoted(key)}, {array(each.key for each in criteria(route))})" for key, route in routes().items()
    )
    return f"""
CREATE OR REPLACE FUNCTION cases_criteria() RETURNS TABLE (route text, criteria text[]) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    {rows}
$$
"""


# Only casework decides and records; a registrar writes what the own organisation registered, and nothing here.
WORKS = """
CREATE FUNCTION cases_works() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_member m WHERE m.id = havre_member() AND m.active
    AND m.role IN ('caseworker', 'supervisor'))
$$
"""

# Where a case stands, without what only the engine knows: the last event that makes a state and was not undone.
STATE = """
CREATE FUNCTION cases_state(of uuid) RETURNS TABLE (state text, since date) LANGUAGE sql STABLE AS $$
  SELECT s.becomes, e.happened_on FROM cases_event e JOIN cases_steps() s ON s.kind = e.kind
  WHERE e.case_id = of AND s.becomes <> '' AND NOT EXISTS (
    SELECT 1 FROM cases_event l JOIN cases_steps() u ON u.kind = l.kind
    WHERE l.case_id = of AND u.undoes = e.kind AND l.position > e.position)
  ORDER BY e.position DESC LIMIT 1
$$
"""

# One after the other: whoever records waits for the case, so that two cannot both follow the same state.
HAPPENS = """
CREATE FUNCTION cases_event_happens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step record;
  state text;
  since date;
BEGIN
  PERFORM havre_member();
  PERFORM 1 FROM cases_case c WHERE c.id = NEW.case_id FOR UPDATE;
  SELECT * INTO step FROM cases_steps() s WHERE s.kind = NEW.kind;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such event: %', NEW.kind USING ERRCODE = '23514'; END IF;
  SELECT c.state, c.since INTO state, since FROM cases_state(NEW.case_id) c;
  state := coalesce(state, 'opened');
  IF state <> ALL (step.within) THEN
    RAISE EXCEPTION 'no % while %', NEW.kind, state USING ERRCODE = '23514';
  END IF;
  IF NEW.happened_on > havre_today() OR (step.becomes || step.undoes <> '' AND NEW.happened_on < since) THEN
    RAISE EXCEPTION 'no % on that day', NEW.kind USING ERRCODE = '23514';
  END IF;
  IF step.after <> '' AND NOT EXISTS (SELECT 1 FROM cases_event e
      WHERE e.case_id = NEW.case_id AND e.kind = step.after AND e.happened_on <= NEW.happened_on) THEN
    RAISE EXCEPTION 'no % before %', NEW.kind, step.after USING ERRCODE = '23514';
  END IF;
  IF step.once AND EXISTS (SELECT 1 FROM cases_event e WHERE e.case_id = NEW.case_id AND e.kind = NEW.kind) THEN
    RAISE EXCEPTION '% happens once', NEW.kind USING ERRCODE = '23514';
  END IF;
  IF step.route <> EXISTS (SELECT 1 FROM cases_criteria() c WHERE c.route = NEW.route)
      OR (NOT step.route AND NEW.route <> '') THEN
    RAISE EXCEPTION 'a request names its route, and nothing else does' USING ERRCODE = '23514';
  END IF;
  IF step.route AND NOT EXISTS (
      SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.other_organisation_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a request asks somebody' USING ERRCODE = '23514';
  END IF;
  IF (step.answers <> '') <> (NEW.decision_id IS NOT NULL) THEN
    RAISE EXCEPTION 'an answer is a decision' USING ERRCODE = '23514';
  END IF;
  -- What is recorded with the case itself, by whom it belongs to, follows what the case says by then.
  IF step.made_with = 'case' AND NOT EXISTS (SELECT 1 FROM cases_case c
      WHERE c.id = NEW.case_id AND c.organisation_id = NEW.organisation_id AND c.other_organisation_id IS NOT NULL
      AND (c.pair_id IS NOT NULL) = (NEW.kind = 'pair_joined')) THEN
    RAISE EXCEPTION '% is recorded with the case that says so', NEW.kind USING ERRCODE = '23514';
  END IF;
  NEW.position := coalesce((SELECT max(e.position) FROM cases_event e WHERE e.case_id = NEW.case_id), 0) + 1;
  RETURN NEW;
END $$
"""

AGREEMENT = "'agreed_by_id' - 'agreed_on' - 'set_aside_by_id'"
DECIDED = f"""
CREATE FUNCTION cases_decision_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing text;
  author uuid;
  mine record;
BEGIN
  IF current_user = 'havre_gate' THEN RETURN NEW; END IF; -- an erasure
  PERFORM havre_member();
  IF TG_OP = 'INSERT' THEN
    IF NEW.agreed_by_id IS NOT NULL OR NEW.set_aside_by_id IS NOT NULL THEN
      RAISE EXCEPTION 'a decision begins as a draft' USING ERRCODE = '23514';
    END IF;
    SELECT string_agg(l.place || ' ' || l.lack, ', ') INTO missing FROM cases_lacks(to_jsonb(NEW)) l;
    IF missing IS NOT NULL THEN
      RAISE EXCEPTION 'a decision is whole or is none: %', missing USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  IF to_jsonb(NEW) - {AGREEMENT} IS DISTINCT FROM to_jsonb(OLD) - {AGREEMENT}
      OR OLD.agreed_by_id IS NOT NULL OR OLD.set_aside_by_id IS NOT NULL THEN
    RAISE EXCEPTION 'a decision is never changed' USING ERRCODE = '23514';
  END IF;
  SELECT m.id, m.account_id, m.organisation_id INTO mine FROM accounts_member m WHERE m.id = havre_member();
  SELECT m.account_id INTO author FROM accounts_member m WHERE m.id = OLD.member_id;
  IF NOT cases_works() OR mine.organisation_id <> OLD.organisation_id
      OR mine.id IS DISTINCT FROM coalesce(NEW.agreed_by_id, NEW.set_aside_by_id) THEN
    RAISE EXCEPTION 'a colleague agrees, in their own name' USING ERRCODE = '42501';
  END IF;
  IF NEW.agreed_by_id IS NOT NULL AND mine.account_id = author THEN
    RAISE EXCEPTION 'a second person has to agree' USING ERRCODE = '42501';
  END IF;
  IF NEW.agreed_on < NEW.decided_on OR NEW.agreed_on > havre_today() OR NEW.agreed_on >= NEW.again_until THEN
    RAISE EXCEPTION 'no agreement on that day' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

# Deferred: by the end of the transaction an agreed decision is the answer that the case was given, and no other is.
ANSWERED = """
CREATE FUNCTION cases_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of uuid := coalesce(to_jsonb(NEW) ->> 'decision_id', NEW.id::text)::uuid;
BEGIN
  IF EXISTS (
    SELECT 1 FROM cases_decision d
    LEFT JOIN cases_event e ON e.decision_id = d.id
    LEFT JOIN cases_steps() s ON s.kind = e.kind
    WHERE d.id = of AND ((d.agreed_by_id IS NOT NULL) <> (e.id IS NOT NULL)
      OR (e.id IS NOT NULL AND (e.case_id <> d.case_id OR s.answers <> d.answer OR e.happened_on <> d.agreed_on
        OR e.organisation_id <> d.organisation_id OR d.route IS DISTINCT FROM (
          SELECT r.route FROM cases_event r WHERE r.case_id = d.case_id AND r.route <> '' AND r.position < e.position
          ORDER BY r.position DESC LIMIT 1))))
  ) THEN
    RAISE EXCEPTION 'an answer is a decision on which two people agreed' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""

TOLD = """
CREATE FUNCTION cases_telling_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF NOT EXISTS (SELECT 1 FROM cases_decision d WHERE d.id = NEW.decision_id AND d.case_id = NEW.case_id
      AND d.agreed_on <= NEW.told_on) OR NEW.told_on > havre_today()
      OR length(btrim(NEW.told_by)) < 2 OR length(btrim(NEW.language)) < 2 THEN
    RAISE EXCEPTION 'what two people agreed on is told: by somebody, on a day, in a language' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""

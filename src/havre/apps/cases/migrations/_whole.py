# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes a decision whole, in SQL: one rule, asked by the action before it writes and by the trigger of the table."""

from havre.apps.cases.enums import Answer, Factor, Manner, Result
from havre.apps.cases.migrations._quoting import among, array
from havre.apps.cases.queries.law import RULES

# Two blanks between words, one before and one behind: so a phrase is found as whole words, and behind another one too.
FOLDED = r"""
CREATE OR REPLACE FUNCTION cases_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT ' ' || btrim(
    regexp_replace(lower(coalesce(words, '')), '[\s\u00a0\u202f[:punct:]«»“”„‘’…–—]+', '  ', 'g')) || ' '
$$
"""


def wording() -> str:
    """SQL that makes ``cases_wording()``: what is wrong with a reason (short, stock, repeats); empty if nothing is."""
    phrases = array(sorted(RULES.stock_phrases, key=len, reverse=True))
    return f"""
CREATE OR REPLACE FUNCTION cases_wording(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  whole text := cases_folded(words);
  rest text := whole;
  phrase text;
  told text[];
BEGIN
  FOREACH phrase IN ARRAY {phrases} LOOP
    rest := replace(rest, cases_folded(phrase), '');
  END LOOP;
  told := regexp_split_to_array(btrim(rest), ' +');
  IF btrim(rest) = '' OR cardinality(told) < {RULES.least_words} THEN
    RETURN CASE WHEN rest = whole THEN 'short' ELSE 'stock' END;
  END IF;
  IF (SELECT count(DISTINCT word) FROM unnest(told) word) < {RULES.least_different}
      OR (SELECT max(n) FROM (SELECT count(*) FILTER (WHERE length(word) > 3) AS n FROM unnest(told) word
        GROUP BY word) AS counted) > cardinality(told) * {RULES.most_of_one_word} THEN
    RETURN 'repeats';
  END IF;
  RETURN '';
END $$
"""


# A list, empty where something else was given: what is no list lacks everything.
LIST = """
CREATE OR REPLACE FUNCTION cases_list(said jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(said) = 'array' THEN said ELSE '[]' END
$$
"""

# What keeps a decision from being one: (place, lack), nothing where it is whole. Asked by the action before it writes,
# to say all at once, and by the trigger of the table, whoever writes.
LACKS = f"""
CREATE OR REPLACE FUNCTION cases_lacks(said jsonb) RETURNS TABLE (place text, lack text) LANGUAGE sql STABLE AS $$
  WITH tested AS (
    SELECT c ->> 'key' AS key, coalesce(c ->> 'result', '') AS result, coalesce(c ->> 'reason', '') AS reason
    FROM jsonb_array_elements(cases_list(said -> 'criteria')) AS c
  ), asked AS (
    SELECT unnest(r.criteria) AS key FROM cases_criteria() r WHERE r.route = said ->> 'route'
  ), failed AS (
    SELECT * FROM tested WHERE result IN ('not_met', 'not_shown')
  ), seen AS (
    SELECT coalesce(e ->> 'what', '') AS what FROM jsonb_array_elements(cases_list(said -> 'evidence_seen')) AS e
  ), missing AS (
    SELECT coalesce(e ->> 'what', '') AS what, coalesce(e ->> 'how', '') AS how
    FROM jsonb_array_elements(cases_list(said -> 'evidence_missing')) AS e
  ), texts AS (
    SELECT place, coalesce(said ->> place, '') AS words
    FROM unnest({array(("in_short", *Factor, "again_how"))}) AS place
    UNION ALL SELECT 'criteria.' || key, reason FROM failed
  )
  SELECT place, CASE WHEN btrim(words) = '' THEN 'needed' ELSE cases_wording(words) END FROM texts
    WHERE cases_wording(words) <> ''
  UNION ALL SELECT max(place), 'same' FROM texts WHERE cases_wording(words) = ''
    GROUP BY cases_folded(words) HAVING count(*) > 1
  UNION ALL SELECT 'answer', 'needed' WHERE coalesce(said ->> 'answer', '') NOT IN ({among(Answer)})
  UNION ALL SELECT 'answer', 'fails' WHERE said ->> 'answer' = 'accept' AND EXISTS (SELECT 1 FROM failed)
  UNION ALL SELECT 'answer', 'fails_nothing' WHERE said ->> 'answer' = 'refuse' AND NOT EXISTS (SELECT 1 FROM failed)
  UNION ALL SELECT 'route', 'needed' WHERE NOT EXISTS (SELECT 1 FROM asked)
  UNION ALL SELECT 'criteria.' || a.key, 'needed' FROM asked a
    WHERE NOT EXISTS (SELECT 1 FROM tested t WHERE t.key = a.key AND t.result IN ({among(Result)}))
  UNION ALL SELECT 'criteria.' || coalesce(key, ''), 'no_criterion' FROM tested
    GROUP BY key HAVING count(*) > 1 OR key IS NULL OR key NOT IN (SELECT a.key FROM asked a)
  UNION ALL SELECT 'evidence_seen', 'needed'
    WHERE NOT EXISTS (SELECT 1 FROM seen) OR EXISTS (SELECT 1 FROM seen WHERE length(btrim(what)) < 2)
  UNION ALL SELECT 'evidence_missing', 'needed'
    WHERE said ->> 'answer' = 'refuse' AND NOT EXISTS (SELECT 1 FROM missing)
  UNION ALL SELECT 'evidence_missing', 'how'
    WHERE EXISTS (SELECT 1 FROM missing WHERE length(btrim(what)) < 2 OR length(btrim(how)) < 2)
  UNION ALL SELECT place, 'needed' FROM unnest(ARRAY['telling_language', 'helper']) AS place
    WHERE length(btrim(coalesce(said ->> place, ''))) < 2
  UNION ALL SELECT 'telling_manner', 'needed' WHERE coalesce(said ->> 'telling_manner', '') NOT IN ({among(Manner)})
  UNION ALL SELECT 'written_in', 'needed' WHERE coalesce(said ->> 'written_in', '') NOT IN ('en', 'fr')
  UNION ALL SELECT 'decided_on', 'needed' WHERE said ->> 'decided_on' IS NULL
  UNION ALL SELECT 'decided_on', 'future' WHERE (said ->> 'decided_on')::date > havre_today()
  UNION ALL SELECT 'again_until', CASE WHEN said ->> 'again_until' IS NULL THEN 'needed' ELSE 'past' END
    WHERE coalesce((said ->> 'again_until')::date <= (said ->> 'decided_on')::date, true)
$$
"""

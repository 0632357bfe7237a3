# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functions of the search before registering, in SQL: the keys, and who is found under them."""

# Replaces the search keys of own registrations: ``of`` are those that change, the two others are parallel. The year of
# birth is that of the evidence which speaks first, as ``best_birth`` says; wide evidence says no year.
INDEX = """
CREATE FUNCTION registry_index(of uuid[], registrations uuid[], keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM havre_member();
  IF (SELECT count(*) FROM registry_registration r
      WHERE r.id = ANY (of) AND r.organisation_id = (SELECT havre_writes())) <> cardinality(of) THEN
    RAISE EXCEPTION 'not of the own organisation' USING ERRCODE = '42501';
  END IF;
  DELETE FROM registry_searchkey WHERE registration_id = ANY (of);
  INSERT INTO registry_searchkey (organisation_id, key, born, registration_id)
    WITH best AS (
      SELECT DISTINCT ON (a.registration_id) a.registration_id, a.earliest, a.latest - a.earliest AS days
      FROM registry_ageevidence a WHERE a.registration_id = ANY (of)
      ORDER BY a.registration_id, a.disputed, a.latest - a.earliest, a.true_on DESC, a.id DESC
    )
    SELECT DISTINCT havre_writes(), k.key,
      coalesce(CASE WHEN best.days < 1100 THEN extract(year FROM best.earliest + best.days / 2) END, 0)::smallint,
      k.registration
    FROM unnest(registrations, keys) AS k(registration, key) LEFT JOIN best ON best.registration_id = k.registration
    WHERE k.registration = ANY (of);
END $$
"""

# Rows of a key that are read at most.
READ = 2000

# Own and shared registrations under the keys that are asked for: the rarest shared keys first, of a key that n have
# log2 of how rare it is among a million. With the keys of ``begun`` the last word may begin. ``about`` are the years
# in which somebody may be born (0: it is not known), or nothing: of a key that more have than are read, those born
# then are read too. As far as it is read, such a key is used if it is of two words (in capitals, which sort first);
# one of a single word, or of a beginning, says too little.
CANDIDATES = f"""
CREATE FUNCTION registry_candidates(keys text[], begun text[], about smallint[], most integer)
RETURNS TABLE (registration uuid, bits double precision) LANGUAGE sql STABLE AS $$
  WITH asked AS MATERIALIZED (
    SELECT a.n, a.key, a.key AS until FROM unnest(keys) WITH ORDINALITY AS a(key, n)
    UNION ALL
    SELECT -b.n, b.key || '!', b.key || '\\x7f' FROM unnest(begun) WITH ORDINALITY AS b(key, n)
  ),
  shared AS MATERIALIZED (
    SELECT a.n, s.born, s.registration_id AS id
    FROM (SELECT registry_shared() AS id) given JOIN registry_searchkey s ON s.registration_id = given.id
    JOIN asked a ON s.key BETWEEN a.key AND a.until
  ),
  own AS MATERIALIZED (
    SELECT a.n, s.born, s.registration_id AS id FROM asked a CROSS JOIN LATERAL (
      SELECT s.born, s.registration_id FROM registry_searchkey s
      WHERE s.organisation_id = (SELECT havre_reads()) AND s.key BETWEEN a.key AND a.until LIMIT {READ}
    ) s
  ),
  counted AS MATERIALIZED (
    SELECT a.n, a.key, h.have, 20 - ln(h.have::double precision) / ln(2::double precision) AS bits
    FROM asked a JOIN (
      SELECT found.n, count(*) AS have FROM (SELECT own.n FROM own UNION ALL SELECT shared.n FROM shared) found
      GROUP BY found.n
    ) h USING (n)
  ),
  used AS (
    SELECT own.n, own.born, own.id FROM own JOIN counted USING (n) WHERE have < {READ}
    UNION ALL
    (
      SELECT own.n, own.born, own.id FROM own JOIN counted USING (n) WHERE have >= {READ} AND counted.key < 'a'
      UNION
      SELECT counted.n, s.born, s.registration_id FROM counted CROSS JOIN LATERAL (
        SELECT s.born, s.registration_id FROM registry_searchkey s
        WHERE s.organisation_id = (SELECT havre_reads()) AND s.key = counted.key AND s.born = ANY (about) LIMIT {READ}
      ) s WHERE have >= {READ} AND counted.n > 0
    )
    UNION ALL
    SELECT shared.n, shared.born, shared.id FROM shared
  )
  SELECT used.id, sum(counted.bits)
    + CASE WHEN about IS NULL OR max(used.born) = 0 THEN 0 WHEN max(used.born) = ANY (about) THEN 6 ELSE -8 END
  FROM used JOIN counted USING (n) WHERE (SELECT havre_member()) IS NOT NULL
  GROUP BY used.id ORDER BY 2 DESC, 1 LIMIT most
$$
"""

# Which other organisations have registered somebody like this who agreed to be findable: (organisation, band), the
# band by the same thresholds as everywhere, below "doubtful" nothing; never a score, a name or an id. It is put on
# record, and refused to who asks more often than ``most`` times in ``seconds``, which can be set stricter than 60 a
# minute and not laxer. ``covers`` says which words each key is of, word n as bit n. Evidence in bits and its sources:
# search.toml. Of a long list nothing is counted whole: PostgreSQL's own estimates are near enough.
ELSEWHERE_READ = 1000
ELSEWHERE = f"""
CREATE FUNCTION registry_elsewhere(
  keys text[], covers integer[], asked_words integer, of_sex text, born_from date, born_to date, of_nationality text,
  weights jsonb, most integer, seconds integer
) RETURNS TABLE (organisation uuid, band text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  own uuid := havre_reads();
  everybody double precision;
  at_home double precision;
  many double precision[]; -- how many have each key
  more boolean[]; -- whether not all were counted
  plan json;
  unseen double precision := (weights ->> 'unseen')::double precision;
  there double precision := (weights ->> 'word_found')::double precision;
  missing double precision := (weights ->> 'word_missing')::double precision;
  prior double precision; -- of all that are elsewhere, the one who is asked for
  needed double precision; -- bits of the name, below which all the rest together does not make it doubtful
BEGIN
  IF own IS NULL THEN RETURN; END IF;
  IF audit_count_lately('search', greatest(seconds, 60)) >= least(most, 60) THEN
    RAISE EXCEPTION 'too many searches' USING ERRCODE = '54000';
  END IF;
  PERFORM audit_record('search', 'registry_searchkey', NULL, NULL, jsonb_build_object('words', asked_words));
  SELECT c.reltuples INTO everybody FROM pg_class c WHERE c.oid = 'registry_registration'::regclass;
  IF everybody < 10000 THEN
    SELECT count(*), count(*) FILTER (WHERE r.organisation_id = own) INTO everybody, at_home
      FROM registry_registration r;
  ELSE
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM registry_registration WHERE organisation_id = %L', own) INTO plan;
    at_home := plan #>> '{{0,Plan,Plan Rows}}';
  END IF;
  SELECT array_agg(c.have ORDER BY c.n), array_agg(c.more ORDER BY c.n) INTO many, more FROM (
    SELECT a.n, sum(each.have)::double precision AS have, max(each.have) = {ELSEWHERE_READ} AS more
    FROM unnest(keys) WITH ORDINALITY AS a(key, n) CROSS JOIN accounts_organisation o CROSS JOIN LATERAL (
      SELECT count(*) AS have FROM (
        SELECT FROM registry_searchkey s WHERE s.organisation_id = o.id AND s.key = a.key LIMIT {ELSEWHERE_READ}
      ) s
    ) each GROUP BY a.n
  ) c;
  FOR n IN 1 .. cardinality(keys) LOOP
    IF more[n] AND keys[n] > 'a' THEN -- of a single word
      EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM registry_searchkey WHERE key = %L', keys[n]) INTO plan;
      many[n] := greatest(many[n], (plan #>> '{{0,Plan,Plan Rows}}')::double precision);
    END IF;
  END LOOP;
  prior := (weights ->> 'elsewhere')::double precision - ln(greatest(0, everybody - at_home) + unseen) / ln(2);
  needed := -3.2 - prior - asked_words * missing - (weights ->> 'sex_agrees')::double precision
    - (weights ->> 'nationality_agrees')::double precision - (weights ->> 'birth_agrees')::double precision;
  RETURN QUERY
  WITH asked AS (
    SELECT a.key, a.words, a.n, a.more FROM unnest(keys, covers, many, more) AS a(key, words, n, more)
  ),
  -- How many have a word: all under its keys. The share of people whose names have such a key, before any was seen,
  -- goes by its length.
  rare AS MATERIALIZED (
    SELECT w.word, there - missing - ln((sum(asked.n) + unseen
      * max((weights -> 'usual' ->> least(length(asked.key) - 1, 6)::text)::double precision)) / (everybody + unseen))
      / ln(2::double precision) AS bits
    FROM asked JOIN generate_series(0, asked_words - 1) AS w(word) ON asked.words & (1 << w.word) <> 0
    WHERE asked.key > 'a' GROUP BY w.word
  ),
  somebody AS (
    SELECT o.id AS org, s.registration_id AS id, bit_or(asked.words) AS words
    FROM asked CROSS JOIN accounts_organisation o CROSS JOIN LATERAL (
      SELECT s.registration_id FROM registry_searchkey s
      WHERE s.organisation_id = o.id AND s.key = asked.key LIMIT {ELSEWHERE_READ}
    ) s
    WHERE o.id <> own AND (NOT asked.more OR asked.key < 'a') -- a common word counts beside another, as a pair
      AND (SELECT sum(every.bits) FROM rare AS every) >= needed -- else nobody can be
    GROUP BY o.id, s.registration_id
  ),
  enough AS (
    SELECT w.words, sum(rare.bits) AS bits FROM generate_series(1, (1 << asked_words) - 1) AS w(words)
    JOIN rare ON w.words & (1 << rare.word) <> 0 GROUP BY w.words HAVING sum(rare.bits) >= needed
  ),
  named AS (
    SELECT somebody.org, somebody.id, enough.bits + asked_words * missing AS bits
    FROM somebody JOIN enough USING (words) ORDER BY 3 DESC LIMIT 2000
  ),
  scored AS (
    SELECT named.org, named.bits + prior
      + CASE WHEN of_sex = '' OR r.sex = '' THEN 0
          ELSE (weights ->> CASE WHEN r.sex = of_sex THEN 'sex_agrees' ELSE 'sex_differs' END)::double precision END
      + CASE WHEN of_nationality = '' OR r.nationality = '' THEN 0
          ELSE (weights ->> CASE WHEN r.nationality = of_nationality THEN 'nationality_agrees'
            ELSE 'nationality_differs' END)::double precision END
      + coalesce((SELECT max((weights ->> CASE
          WHEN a.latest >= born_from AND a.earliest <= born_to THEN 'birth_agrees'
          WHEN a.latest >= born_from - 366 AND a.earliest <= born_to + 366 THEN 'birth_near'
          ELSE 'birth_differs' END)::double precision)
          FROM registry_ageevidence a WHERE a.registration_id = named.id AND born_from IS NOT NULL), 0) AS bits
    FROM named JOIN registry_registration r ON r.id = named.id
    WHERE r.findable AND r.withdrawn_at IS NULL AND r.erased_at IS NULL
      AND (r.findable_until IS NULL OR r.findable_until >= havre_today())
  ),
  best AS (SELECT scored.org, 1 / (1 + power(2, greatest(-60, least(60, -max(scored.bits))))) AS p
    FROM scored GROUP BY scored.org)
  SELECT best.org, CASE WHEN best.p >= 0.9 THEN 'strong' WHEN best.p >= 0.5 THEN 'likely' ELSE 'doubtful' END
  FROM best WHERE best.p >= 0.1 ORDER BY best.p DESC;
END $$
"""

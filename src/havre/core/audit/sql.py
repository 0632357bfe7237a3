# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functions behind the audit, in SQL: triggers see bulk updates and raw statements, signals do not."""

# 64 bytes each, a block of SHA-256.
FIRST_KEYS = """
INSERT INTO audit_markkey (id, "inner", "outer") SELECT 1, string_agg(a, ''), string_agg(b, '') FROM (
  SELECT uuid_send(gen_random_uuid()) AS a, uuid_send(gen_random_uuid()) AS b FROM generate_series(1, 4)) k
"""

# What a mark is taken over. Changing it breaks every chain: add a version, do not edit.
CANONICAL = """
CREATE FUNCTION audit_canonical(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT convert_to(concat_ws('|', e.id, extract(epoch FROM e.at), coalesce(e.member::text, ''),
    coalesce(e.organisation::text, ''), e.purpose, coalesce(e.request::text, ''), e.kind, e.table_name,
    coalesce(e.row::text, ''), coalesce(e.subject::text, ''), coalesce(encode(e.commitment, 'hex'), ''),
    e.note::text), 'UTF8')
$$
"""

# HMAC's construction with two independent keys (NMAC), from the SHA-256 that every PostgreSQL has.
MARKED = """
CREATE FUNCTION audit_marked(e audit_entry, k audit_markkey) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(k."outer" || sha256(k."inner" || audit_canonical(e)))
$$
"""

MARK = """
CREATE FUNCTION audit_mark(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT audit_marked(e, k) FROM audit_markkey k WHERE k.id = 1
$$
"""

COMMITMENT = """
CREATE FUNCTION audit_commitment(salt bytea, content jsonb) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(salt || convert_to(content::text, 'UTF8'))
$$
"""

# One statement, however many rows: an import of thousands pays for one call. The arrays are of one length; the
# content of a row without a subject is no child's and goes into the note.
WRITE = """
CREATE FUNCTION audit_write(
  kind text, table_name text, rows uuid[], subjects uuid[], contents jsonb[], said jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  k audit_markkey;
  ids regclass := pg_get_serial_sequence('audit_entry', 'id');
  member uuid := nullif(current_setting('havre.member', true), '')::uuid;
  organisation uuid := (SELECT m.organisation_id FROM accounts_member m WHERE m.id = member);
  purpose text := coalesce(current_setting('havre.purpose', true), '');
  request uuid := nullif(current_setting('havre.request', true), '')::uuid;
BEGIN
  SELECT * INTO k FROM audit_markkey WHERE id = 1;
  WITH told AS MATERIALIZED (
    SELECT nextval(ids) AS id, t.row, t.subject, t.content, CASE WHEN t.content IS NOT NULL AND t.subject IS NOT NULL
      THEN uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) END AS salt
    FROM unnest(rows, subjects, contents) AS t ("row", subject, content)
  ), kept AS (
    INSERT INTO audit_content (entry, subject, salt, content)
    SELECT t.id, t.subject, t.salt, t.content FROM told t WHERE t.salt IS NOT NULL
  ), made AS MATERIALIZED (
    SELECT ROW(t.id, clock_timestamp(), member, organisation, purpose, request, kind, table_name, t.row, t.subject,
      audit_commitment(t.salt, t.content),
      said || CASE WHEN t.salt IS NULL THEN coalesce(t.content, '{}') ELSE '{}' END, NULL)::audit_entry AS e
    FROM told t
  )
  INSERT INTO audit_entry
  SELECT (m.e).id, (m.e).at, (m.e).member, (m.e).organisation, (m.e).purpose, (m.e).request, (m.e).kind,
    (m.e).table_name, (m.e).row, (m.e).subject, (m.e).commitment, (m.e).note,
    audit_marked(m.e, k)
  FROM made m;
END $$
"""

# TG_ARGV: the column that names the subject ('' for none), columns left out. A trigger for each kind of statement.
CHANGE = """
CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  left_out text[] := string_to_array(TG_ARGV[1], ',');
  rows uuid[];
  subjects uuid[];
  contents jsonb[];
BEGIN
  -- A protected table changes only where somebody acts; what has no subject (accounts) may be set up by command.
  IF TG_ARGV[0] <> '' THEN PERFORM havre_member(); END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(n.id), array_agg((to_jsonb(n) ->> TG_ARGV[0])::uuid), array_agg(to_jsonb(n) - left_out)
      INTO rows, subjects, contents FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(o.id), array_agg((to_jsonb(o) ->> TG_ARGV[0])::uuid), array_agg(to_jsonb(o) - left_out)
      INTO rows, subjects, contents FROM old_rows o;
  ELSE
    SELECT array_agg(c.id), array_agg(c.subject), array_agg(c.content) INTO rows, subjects, contents FROM (
      SELECT n.id, (to_jsonb(n) ->> TG_ARGV[0])::uuid AS subject, (
        SELECT jsonb_object_agg(v.key, jsonb_build_array(to_jsonb(o) -> v.key, v.value)) FROM jsonb_each(to_jsonb(n)) v
        WHERE to_jsonb(o) -> v.key IS DISTINCT FROM v.value AND v.key <> ALL (left_out)) AS content
      FROM new_rows n JOIN old_rows o ON o.id = n.id) c
    WHERE c.content IS NOT NULL;
  END IF;
  IF rows IS NOT NULL THEN
    PERFORM audit_write(lower(TG_OP), TG_TABLE_NAME::text, rows, subjects, contents, '{}');
  END IF;
  RETURN NULL;
END $$
"""

RECORD = """
CREATE FUNCTION audit_record(kind text, table_name text, row_id uuid, subject uuid, note jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF kind IN ('insert', 'update', 'delete', 'erase') THEN
    RAISE EXCEPTION 'changes are recorded by triggers' USING ERRCODE = '42501';
  END IF;
  PERFORM audit_write(kind, table_name, ARRAY[row_id], ARRAY[subject], ARRAY[NULL::jsonb], coalesce(note, '{}'));
END $$
"""

# Of whom a list spoke that the acting member was shown, in one entry each; shown again within ten minutes, they are not
# put on record again: a page at a coach is shown after each scan.
LISTED = """
CREATE FUNCTION audit_listed(of_table text, subjects uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  me uuid := havre_member();
  shown uuid[];
BEGIN
  SELECT array_agg(DISTINCT t.subject) INTO shown FROM unnest(subjects) AS t (subject) WHERE NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.subject = t.subject AND e.member = me AND e.kind = 'listed'
      AND e.table_name = of_table AND e.at > clock_timestamp() - interval '10 minutes');
  IF shown IS NOT NULL THEN
    PERFORM audit_write('listed', of_table, shown, shown, array_fill(NULL::jsonb, ARRAY[cardinality(shown)]), '{}');
  END IF;
END $$
"""

# How many different subjects the acting member has read within so many seconds.
READ_LATELY = """
CREATE FUNCTION audit_read_lately(seconds integer) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(DISTINCT subject) FROM audit_entry
  WHERE (SELECT havre_member()) IS NOT NULL AND member = havre_member() AND kind = 'read'
    AND at > clock_timestamp() - make_interval(secs => seconds)
$$
"""

COUNT_LATELY = """
CREATE FUNCTION audit_count_lately(of_kind text, seconds integer) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM audit_entry
  WHERE (SELECT havre_member()) IS NOT NULL AND member = havre_member() AND kind = of_kind
    AND at > clock_timestamp() - make_interval(secs => seconds)
$$
"""

# Of a subject that the own organisation was the first to say something of, and of no other's.
ERASE = """
CREATE FUNCTION audit_erase(of uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT e.organisation FROM audit_entry e WHERE e.subject = of AND e.kind = 'insert' ORDER BY e.id LIMIT 1)
      IS DISTINCT FROM havre_writes() THEN
    RAISE EXCEPTION 'not of the own organisation' USING ERRCODE = '42501';
  END IF;
  DELETE FROM audit_content WHERE subject = of;
  PERFORM audit_write('erase', 'audit_content', ARRAY[of], ARRAY[of], ARRAY[NULL::jsonb], '{}');
END $$
"""

# Seals in the order of ids what has been committed. One at a time: the lock orders those who seal.
SEAL = """
CREATE FUNCTION audit_seal_new() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  last audit_seal;
  made bigint := 0;
  e record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('havre audit seal'));
  SELECT * INTO last FROM audit_seal ORDER BY position DESC LIMIT 1;
  IF last.position IS NULL THEN last.position := 0; last.seal := '\\x'::bytea; END IF;
  FOR e IN SELECT id, mark FROM audit_entry WHERE NOT EXISTS (
      SELECT 1 FROM audit_seal WHERE entry = audit_entry.id) AND mark = audit_mark(audit_entry) ORDER BY id LOOP
    last.position := last.position + 1;
    last.seal := sha256(last.seal || e.mark);
    INSERT INTO audit_seal (position, entry, mark, seal, sealed_at)
      VALUES (last.position, e.id, e.mark, last.seal, clock_timestamp());
    made := made + 1;
  END LOOP;
  RETURN made;
END $$
"""

# (entry, fault): 'changed', 'removed', 'inserted' or 'chain'; nothing where all is as it was written.
FAULTS = """
CREATE FUNCTION audit_faults() RETURNS TABLE (entry bigint, fault text) LANGUAGE sql STABLE AS $$
  SELECT s.entry, 'removed' FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry WHERE e.id IS NULL
  UNION ALL
  SELECT s.entry, 'changed' FROM audit_seal s JOIN audit_entry e ON e.id = s.entry
    WHERE s.mark <> e.mark OR e.mark <> audit_mark(e)
  UNION ALL
  SELECT e.id, 'changed' FROM audit_entry e JOIN audit_content c ON c.entry = e.id
    WHERE e.commitment IS DISTINCT FROM audit_commitment(c.salt, c.content)
  UNION ALL
  SELECT e.id, 'removed' FROM audit_entry e
    WHERE e.commitment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_content c WHERE c.entry = e.id)
    AND NOT EXISTS (SELECT 1 FROM audit_entry x WHERE x.kind = 'erase' AND x.subject = e.subject)
  UNION ALL
  SELECT e.id, 'inserted' FROM audit_entry e
    WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry = e.id) AND e.mark <> audit_mark(e)
  UNION ALL
  SELECT c.entry, 'chain' FROM (
    SELECT s.entry, s.position, s.seal, s.mark, lag(s.seal, 1, '\\x'::bytea) OVER w AS before,
      lag(s.position, 1, 0::bigint) OVER w AS place
    FROM audit_seal s WINDOW w AS (ORDER BY s.position)) c
    WHERE c.seal <> sha256(c.before || c.mark) OR c.position <> c.place + 1
  ORDER BY 1
$$
"""

# What an entry holds: for its own organisation, until it is erased. An auditor reads nothing of it.
HELD = """
CREATE FUNCTION audit_held(of bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT c.content FROM audit_entry e JOIN audit_content c ON c.entry = e.id
  WHERE (SELECT havre_member()) IS NOT NULL AND e.id = of AND e.organisation = havre_reads()
$$
"""

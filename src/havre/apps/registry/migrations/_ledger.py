# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functions of the ledger, in SQL: what others were given, and whether somebody agreed."""

# What other organisations read of an own registration, or had in a list or a letter that left the house. Of another
# organisation's registration it says nothing: the record is theirs to ask.
GIVEN = """
CREATE FUNCTION registry_given(of uuid) RETURNS TABLE (
  organisation uuid, kind text, table_name text, form text, times bigint, first timestamptz, last timestamptz
) LANGUAGE sql STABLE AS $$
  SELECT e.organisation, e.kind, e.table_name, coalesce(e.note ->> 'format', ''), count(*), min(e.at), max(e.at)
  FROM audit_entry e
  WHERE (SELECT havre_member()) IS NOT NULL
    AND e.subject = of AND e.kind IN ('read', 'handed', 'export') AND e.organisation <> (SELECT havre_reads())
    AND EXISTS (SELECT 1 FROM registry_registration r WHERE r.id = of AND r.organisation_id = (SELECT havre_reads()))
  GROUP BY 1, 2, 3, 4
$$
"""

# Whether a registration may be given to an organisation today, for what: the rule of queries.consents.in_force in SQL.
# Each giver's last word counts, nobody's may be a no, and one has to hold today. It tells the organisation that
# registered somebody, those with whom the registration is shared, and the one that is named, and nobody else.
AGREED = """
CREATE FUNCTION registry_agreed(of uuid, what text, recipient uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT havre_member() IS NOT NULL
    AND coalesce(bool_and(NOT said.refused) AND bool_or(said.until IS NULL OR said.until >= havre_today()), false)
  FROM (
    SELECT DISTINCT ON (c.given_by) c.refused, c.until FROM registry_consent c
    JOIN registry_registration r ON r.id = c.registration_id
    WHERE c.registration_id = of AND c.for_what = what AND c.recipient_id = recipient AND c.withdrawn_at IS NULL
      AND c.given_on <= havre_today() AND r.withdrawn_at IS NULL AND r.erased_at IS NULL
      AND ((SELECT havre_reads()) IN (r.organisation_id, recipient) OR r.id IN (SELECT registry_shared()))
    ORDER BY c.given_by, c.given_on DESC, c.id DESC
  ) said
$$
"""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What erasure takes of a party of which nobody is left: its needs, its line in what plans were made from, its number."""

from havre.apps.accommodation.migrations import _functions as before
from havre.apps.accommodation.migrations._behind_functions import anew

# A party of which everybody was registered and is erased. Of one that counts others as well the needs may be theirs; who
# had left it before says nothing of those who stayed.
ALL_GONE = """
CREATE FUNCTION accommodation_all_gone(party uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT bool_and(r.erased_at IS NOT NULL) AND count(DISTINCT r.id) >= min(p.people)
  FROM accommodation_party p JOIN accommodation_partymember m ON m.party_id = p.id
    AND (m.left_on IS NULL OR m.left_on >= p.ended_on)
  JOIN registry_registration r ON r.id = m.registration_id
  WHERE p.id = party
$$
"""

# A line of a plan's table says who, how many and of what kind, and nothing else: the plan still adds up.
ERASED = anew(
    before.ERASED,
    (
        "  own uuid;",
        """  own uuid;
  emptied uuid[] := ARRAY(SELECT g FROM unnest(gone) g WHERE coalesce(accommodation_all_gone(g), false));""",
    ),
    (
        "  FOR own IN",
        """  UPDATE accommodation_party SET language = '', medical = false, step_free = false, school = false,
    wristband = CASE WHEN ended_on IS NULL THEN wristband ELSE accommodation_no_number(id) END WHERE id = ANY (emptied);
  UPDATE accommodation_assignment SET by_goal = '{}' WHERE party_id = ANY (emptied);
  FOR own IN SELECT unnest(emptied) LOOP
    UPDATE accommodation_planinput SET text = regexp_replace(text, '^(' || own || ',[^,]*,[^,]*),.*$', '\\1,' || (
        SELECT string_agg(CASE WHEN name IN ('medical', 'step_free', 'school') THEN '0' ELSE '' END, ',' ORDER BY at)
        FROM unnest(string_to_array(split_part(text, E'\\n', 1), ',')) WITH ORDINALITY AS head (name, at) WHERE at > 3), 'n')
      WHERE kind = 'parties' AND strpos(text, own::text) > 0;
  END LOOP;
  FOR own IN""",
    ),
)

# Stands where the number of a wristband stood.
NO_NUMBER = """
CREATE FUNCTION accommodation_no_number(party uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '-' || right(party::text, 12)
$$
"""

# As long as they live somewhere, the door finds them by their number; it goes when they do.
NUMBER_GOES = """
CREATE FUNCTION accommodation_number_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(accommodation_all_gone(NEW.id), false) THEN NEW.wristband := accommodation_no_number(NEW.id); END IF;
  RETURN NEW;
END $$
"""

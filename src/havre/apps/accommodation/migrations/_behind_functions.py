# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of coaches, in SQL, where a coach may leave without some of a party."""

from havre.apps.accommodation.migrations import _coach_functions as before


def anew(function: str, *changed: tuple[str, str]) -> str:
    """A function as it was, with each part that changes said anew."""
    for was, now in changed:
        if was not in function:
            raise ValueError(was)
        function = function.replace(was, now)
    return again(function)


def again(function: str) -> str:
    """The same, to stand where one of its name stands."""
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


# Who rides later takes as many seats as they are.
SEATS_HOLD = anew(before.SEATS_HOLD, ("THEN p.people ELSE", "THEN coalesce(r.people, p.people) ELSE"))

# That the party has moved in says nothing of those who ride later; and where these were there first, nothing of the first.
STAY_ARRIVES = anew(
    before.STAY_ARRIVES,
    (
        "AND arrived_at IS NULL AND ended_at IS NULL",
        """AND arrived_at IS NULL AND ended_at IS NULL AND rest_of_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM accommodation_passenger later
      WHERE later.rest_of_id = accommodation_passenger.id AND later.arrived_at IS NOT NULL)""",
    ),
)

# Who runs the centre says of each part of a party, in their own name, that it is there: the stay says it of one alone.
SEAT_KEPT = anew(
    before.SEAT_KEPT,
    (
        "OLD.moved_why, OLD.arrived_at, OLD.arrived_by_id)",
        "OLD.moved_why, OLD.rest_of_id, OLD.people, OLD.behind, OLD.behind_why, OLD.behind_by_id)",
    ),
    (
        "NEW.moved_why, NEW.arrived_at, NEW.arrived_by_id)",
        """NEW.moved_why, NEW.rest_of_id, NEW.people, NEW.behind, NEW.behind_why, NEW.behind_by_id)
      OR (OLD.arrived_at, OLD.arrived_by_id) IS DISTINCT FROM (NEW.arrived_at, NEW.arrived_by_id)
        AND NOT ((NEW.rest_of_id IS NOT NULL OR EXISTS (SELECT 1 FROM accommodation_passenger later
            WHERE later.rest_of_id = NEW.id AND later.arrived_at IS NOT NULL)) AND OLD.arrived_at IS NULL AND NEW.arrived_at IS NOT NULL
          AND NEW.arrived_by_id IS NOT DISTINCT FROM havre_member())""",
    ),
)

SEAT_ERASED = anew(
    before.SEAT_ERASED,
    (
        "explained_why = CASE explained_why WHEN '' THEN '' ELSE '-' END",
        """explained_why = CASE explained_why WHEN '' THEN '' ELSE '-' END,
    behind_why = CASE behind_why WHEN '' THEN '' ELSE '-' END""",
    ),
)

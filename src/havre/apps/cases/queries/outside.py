# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an answer is worth that was given outside of Havre: every element that it lacks, by the rule for decisions."""

import json
from collections.abc import Iterable

from django.db import connection

from havre.apps.cases.models import OutsideAnswer

NEVER_THERE = (("agreed_by", "needed"), ("telling", "needed"))
"""A second person, and that the child was told: nothing that is read in says so."""


def lacks_of(answer: OutsideAnswer, route: str) -> tuple[tuple[str, str], ...]:
    """(place, lack) of each element of a decision that the answer does not have; ``route`` is that of the request."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, lack FROM cases_lacks(%s::jsonb) ORDER BY place, lack",
            [json.dumps(_said(answer, route), default=str)],
        )
        # That no criterion fails is said by each that was not tested.
        found = [(place, lack) for place, lack in cursor.fetchall() if lack != "fails_nothing"]
    return (*found, *NEVER_THERE)


def lacks_of_all(answers: Iterable[OutsideAnswer]) -> list[tuple[str, str, int]]:
    """(place, lack, how many) over answers to requests of which nobody said the route, the most frequent first."""
    said = [_said(answer, "") for answer in answers]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, lack, count(*) FROM jsonb_array_elements(%s::jsonb) AS each, LATERAL cases_lacks(each)"
            " GROUP BY place, lack ORDER BY count(*) DESC, place, lack",
            [json.dumps(said, default=str)],
        )
        found = [(str(place), str(lack), int(n)) for place, lack, n in cursor.fetchall()]
    return [*((place, lack, len(said)) for place, lack in NEVER_THERE if said), *found]


def _said(answer: OutsideAnswer, route: str) -> dict[str, object]:
    return {
        "answer": answer.answer,
        "route": route,
        "in_short": answer.words,
        "decided_on": answer.answered_on,
    }

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers: what was handed in, and what a row of one answers."""

from uuid import UUID, uuid5

from django.db.models import QuerySet

from havre.apps.cases.enums import Answer
from havre.apps.cases.models import AnswerSheet, OutsideAnswer
from havre.apps.cases.queries.outside import lacks_of_all
from havre.core.exchange import AnsweredRow


class AnswerSheets(QuerySet[AnswerSheet]):
    """Sheets of the own organisation."""

    def newest_first(self) -> "AnswerSheets":
        """Each with who handed it in, and its file without the content."""
        return (
            self.select_related("member__account", "file")
            .defer("file__content")
            .order_by("-recorded_at", "-pk")
        )


def key_of(sheet: AnswerSheet, line: str) -> UUID:
    """What makes a line of a sheet one act, however often it is written."""
    return uuid5(sheet.pk, line)


def worth_of(sheet: AnswerSheet) -> list[tuple[str, str, int]]:
    """(place, lack, answers) for each element that answers of a sheet do not have, the most frequent first."""
    keys = [key_of(sheet, line) for line in sheet.written]
    answers = OutsideAnswer.objects.filter(idempotency_key__in=keys)
    return lacks_of_all(answers)


def sheets() -> AnswerSheets:
    """All that may be read."""
    return AnswerSheets(AnswerSheet)


def answer_of(row: AnsweredRow, sheet: AnswerSheet) -> Answer | None:
    """What a row answers; None where neither it nor whoever handed the sheet in says it."""
    said = row.answer or sheet.unsaid
    return Answer(said) if said else None

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers: what was handed in, and what a row of one answers."""

from django.db.models import QuerySet

from havre.apps.cases.enums import Answer, SheetState
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

    def to_look_at(self) -> "AnswerSheets":
        """Read, and waiting for a member to say whose children the rows are."""
        return self.filter(state=SheetState.PREVIEWED)


def worth_of(sheet: AnswerSheet) -> list[tuple[str, str, int]]:
    """(place, lack, answers) for each element that answers of a sheet do not have, the most frequent first."""
    answers = OutsideAnswer.objects.filter(
        case__in=set(sheet.written.values()), source_said__startswith=sheet.name
    )
    return lacks_of_all(answers)


def sheets() -> AnswerSheets:
    """All that may be read."""
    return AnswerSheets(AnswerSheet)


def answer_of(row: AnsweredRow, sheet: AnswerSheet) -> Answer | None:
    """What a row answers; None where neither it nor whoever handed the sheet in says it."""
    said = row.answer or sheet.unsaid
    return Answer(said) if said else None

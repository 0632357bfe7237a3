# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases and decisions that may be read."""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from havre.apps.cases.models import Case, Decision, Telling
from havre.apps.registry.queries import person_of_reference
from havre.core.access import current_actor


class Cases(QuerySet[Case]):
    """Cases that may be read: of a child of ours, of one whom we are asked for, of the ward."""

    def with_events(self) -> "Cases":
        """With what their state and their clocks follow from, in three queries however many there are."""
        answers = Decision.objects.select_related("telling").only(
            "case_id", "agreed_on", "decided_on", "telling__id"
        )
        return self.prefetch_related("events", Prefetch("decisions", queryset=answers))

    def whole(self) -> "Cases":
        """The same, with whom it is of."""
        return self.with_events().with_people()

    def with_people(self) -> "Cases":
        """With what shows child and relative, and who asks whom."""
        return self.select_related(
            "pair__organisation_a", "pair__organisation_b", "organisation", "other_organisation"
        )

    def of_pair(self, pair_id: UUID) -> "Cases":
        """Opened from this pair."""
        return self.filter(pair=pair_id)


def cases() -> Cases:
    """All that may be read."""
    return Cases(Case)


def case_of_reference(text: str) -> UUID | None:
    """The case of the own organisation of the child whose reference somebody typed; None where there is none."""
    person = person_of_reference(text)
    if person is None:
        return None
    own = cases().filter(organisation=current_actor().organisation_id, registration__person=person)
    return own.values_list("pk", flat=True).first()


class Decisions(QuerySet[Decision]):
    """Decisions that may be read; drafts by the organisation alone that writes them."""

    def agreed(self) -> "Decisions":
        """That are decisions, and no drafts."""
        return self.filter(agreed_by__isnull=False)

    def drafts(self) -> "Decisions":
        """That wait for a second person."""
        return self.filter(agreed_by=None, set_aside_by=None)

    def waiting_for_me(self) -> "Decisions":
        """Drafts of colleagues."""
        actor = current_actor()
        return (
            self.drafts().filter(organisation=actor.organisation_id).exclude(member__account=actor.account_id)
        )

    def not_told(self) -> "Decisions":
        """That no child has heard of, as far as anybody said."""
        return self.agreed().filter(~Exists(Telling.objects.filter(decision=OuterRef("pk"))))


def decisions() -> Decisions:
    """All that may be read, with who wrote and who agreed."""
    return Decisions(Decision).select_related(
        "case__pair__organisation_a",
        "case__pair__organisation_b",
        "case__organisation",
        "case__other_organisation",
        "organisation",
        "member__account",
        "agreed_by__account",
        "telling__organisation",
    )


def handed_over() -> list[UUID]:
    """The own registrations whose case was transferred, and is led by another organisation now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_handed_over()")
        return [row[0] for row in cursor.fetchall()]

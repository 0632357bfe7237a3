# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reunification list: pairs that both shores verified, and what has become of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from havre.apps.registry.queries import registrations
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Verdict
from havre.apps.tracing.queries.lines import halves
from havre.apps.tracing.queries.pairs import pairs
from havre.apps.tracing.queries.reasons import relation_said, years_said
from havre.words import Language


@dataclass(frozen=True, slots=True)
class ReunificationRow:
    """One child and one relative. No phone, no address: whoever travels with the list needs none of them on it."""

    pair_id: UUID
    registrations: tuple[UUID, UUID]
    """Of the child and the relative; on no list."""
    state: PairState
    child_reference: str
    child: str
    child_born: str
    nationality: str
    child_organisation: str
    relation: str
    relative_reference: str
    relative: str
    relative_organisation: str
    verified_on: date | None
    reunited_on: date | None


def reunification(language: Language) -> tuple[ReunificationRow, ...]:
    """Verified and reunited pairs that the acting member may read, by the names of the children."""
    found = list(
        pairs()
        .in_state(PairState.VERIFIED, PairState.REUNITED)
        .annotate(verified_at=_last(Act.VERIFY, "recorded_at"), reunited_on=_last(Act.REUNITE, "true_on"))
    )
    ids = {key for pair in found for key in (pair.registration_a_id, pair.registration_b_id)}
    references = dict(registrations().filter(id__in=ids).values_list("id", "person__reference"))
    rows = (_row(pair, references, language) for pair in found)
    return tuple(sorted(rows, key=lambda row: (row.child, row.child_reference, str(row.pair_id))))


def _last(act: Act, column: str) -> Subquery:
    verdicts = Verdict.objects.filter(pair=OuterRef("pk"), kind=act).order_by("-recorded_at", "-id")
    return Subquery(verdicts.values(column)[:1])


def _row(pair: Any, references: dict[UUID, str], language: Language) -> ReunificationRow:
    child, relative = halves(pair)
    reunited = pair.state == PairState.REUNITED
    relation = child.glimpse.relation or relative.glimpse.relation
    return ReunificationRow(
        pair_id=pair.pk,
        registrations=(child.registration_id, relative.registration_id),
        state=PairState(pair.state),
        child_reference=references.get(child.registration_id, ""),
        child=child.glimpse.names or relative.glimpse.names_said,
        child_born=years_said(child.glimpse.born, language) if child.glimpse.born else "",
        nationality=child.glimpse.nationality,
        child_organisation=child.organisation.name,
        relation=relation_said(relation, language),
        relative_reference=references.get(relative.registration_id, ""),
        relative=relative.glimpse.names or child.glimpse.names_said,
        relative_organisation=relative.organisation.name,
        verified_on=pair.verified_at.date() if pair.verified_at else None,
        reunited_on=pair.reunited_on if reunited else None,
    )

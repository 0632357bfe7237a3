# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pair as one line of a list."""

from dataclasses import dataclass
from uuid import UUID

from havre.apps.tracing.enums import PairState
from havre.apps.tracing.models import Pair
from havre.apps.tracing.models.glimpses import Glimpse
from havre.apps.tracing.queries.reasons import relation_said
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.engines.linkage import Band
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a pair, as it may be seen from the other, and whose it is."""

    glimpse: Glimpse
    organisation: Organisation
    shore: Shore
    registration_id: UUID
    link_id: UUID | None


@dataclass(frozen=True, slots=True)
class PairLine:
    """What a list shows of a pair. Names are as written; empty where the pair shows nothing any more."""

    pair_id: UUID
    state: PairState
    band: Band
    probability: float
    child: str
    child_born: tuple[int, int] | None
    relative: str
    relation: str
    """What the child calls the relative; where the child has named nobody, what the relative calls the child."""
    relation_is_childs: bool
    nationality: str
    child_organisation: Organisation
    relative_organisation: Organisation
    rivals: int
    came_back: bool
    version: int


def line_of(pair: Pair, language: Language) -> PairLine:
    """The line of a pair that came with its organisations."""
    child, relative = halves(pair)
    relation = child.glimpse.relation or relative.glimpse.relation
    return PairLine(
        pair_id=pair.id,
        state=PairState(pair.state),
        band=Band(pair.band),
        probability=pair.probability,
        child=child.glimpse.names or relative.glimpse.names_said,
        child_born=child.glimpse.born,
        relative=relative.glimpse.names or child.glimpse.names_said,
        relation=relation_said(relation, language),
        relation_is_childs=bool(child.glimpse.relation),
        nationality=child.glimpse.nationality or relative.glimpse.nationality,
        child_organisation=child.organisation,
        relative_organisation=relative.organisation,
        rivals=pair.rivals,
        came_back=pair.came_back and pair.state == PairState.PROPOSED,
        version=pair.version,
    )


def halves(pair: Pair) -> tuple[Half, Half]:
    """The child's side and the relative's."""
    a = Half(
        Glimpse.of(pair.glimpse_a), pair.organisation_a, Shore.FRANCE, pair.registration_a_id, pair.link_a_id
    )
    b = Half(
        Glimpse.of(pair.glimpse_b), pair.organisation_b, Shore.BRITAIN, pair.registration_b_id, pair.link_b_id
    )
    return (a, b) if pair.child_shore == Shore.FRANCE else (b, a)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pair as the acting member may see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.apps.registry.queries import family_links, registrations
from havre.apps.tracing.enums import Agreement
from havre.apps.tracing.models import Pair
from havre.apps.tracing.models.glimpses import Glimpse
from havre.apps.tracing.queries.lines import Half, PairLine, halves, line_of
from havre.apps.tracing.queries.pairs import pairs, rivals_of, siblings_of
from havre.apps.tracing.queries.reasons import ReasonSaid, agreements, reasons_in_words
from havre.apps.tracing.queries.verdicts import VerdictSaid, verdicts_of
from havre.core.access import current_actor
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.core.audit import record_read
from havre.engines.linkage import Bits
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Side:
    """One side. Whether there is more than a glimpse is the row policies' decision, not this one's."""

    glimpse: Glimpse
    organisation: Organisation
    shore: Shore
    own: bool
    registration: Any
    """The row of the registry with all that hangs on it; None where only the glimpse may be seen."""
    link: Any
    """The row of the family link; None where this side has named nobody, or where it may not be read."""


@dataclass(frozen=True, slots=True)
class PairView:
    """Everything that the review page shows of a pair."""

    pair: Pair
    child: Side
    relative: Side
    reasons: tuple[ReasonSaid, ...]
    bits: Bits
    agreements: dict[str, Agreement]
    rivals: tuple[PairLine, ...]
    """Other pairs of the same family link: at most one of them is true."""
    others_of_child: tuple[PairLine, ...]
    """Pairs of the same child's other links, and of whoever may name this child."""
    siblings: tuple[PairLine, ...]
    """Other children's pairs with the same relative; who competes for the same link is no sibling."""
    verdicts: tuple[VerdictSaid, ...]

    @property
    def full(self) -> bool:
        """Whether both sides are open to the acting member."""
        return bool(self.child.registration and self.relative.registration)


def pair_view(pair_id: UUID, language: Language) -> PairView | None:
    """The pair with both sides; None where there is none that may be read. The read is put on record."""
    pair = pairs().filter(pk=pair_id).first()
    if pair is None:
        return None
    child, relative = _sides(pair)
    beside = rivals_of(pair)
    rivals = [each for each in beside if _share_a_link(each, pair)]
    record_read("tracing_pair", pair.id, _subject(pair))
    return PairView(
        pair=pair,
        child=child,
        relative=relative,
        reasons=reasons_in_words(pair, language),
        bits=Bits(**pair.bits),
        agreements=agreements(pair),
        rivals=tuple(line_of(each, language) for each in rivals),
        others_of_child=tuple(line_of(each, language) for each in beside if each not in rivals),
        siblings=tuple(line_of(each, language) for each in siblings_of(pair) if each not in rivals),
        verdicts=verdicts_of(pair, language),
    )


def _share_a_link(one: Pair, two: Pair) -> bool:
    a, b = one.link_a_id is not None, one.link_b_id is not None
    return (a and one.link_a_id == two.link_a_id) or (b and one.link_b_id == two.link_b_id)


def _subject(pair: Pair) -> UUID:
    """The child's registration: who reads many children's pairs reads many children."""
    return pair.registration_a_id if pair.child_shore == Shore.FRANCE else pair.registration_b_id


def _sides(pair: Pair) -> tuple[Side, Side]:
    found = halves(pair)
    people = registrations().with_details().in_bulk([half.registration_id for half in found])
    links = family_links().in_bulk([half.link_id for half in found if half.link_id])
    own = current_actor().organisation_id

    def side(half: Half) -> Side:
        return Side(
            glimpse=half.glimpse,
            organisation=half.organisation,
            shore=half.shore,
            own=half.organisation.pk == own,
            registration=people.get(half.registration_id),
            link=links.get(half.link_id) if half.link_id else None,
        )

    return side(found[0]), side(found[1])

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a match run does to each pair: pure rules, from what is known and what was found to what becomes of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from havre.apps.tracing.actions.finding import Found, Key, Whose, evidence
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries.rules import RULES
from havre.core.accounts.enums import Shore

UNDECIDED = frozenset({PairState.PROPOSED, PairState.WITHDRAWN})
_CLOSABLE = UNDECIDED | {PairState.REJECTED}
Combination = tuple[UUID, UUID]
"""A registration of list a and one of list b."""


@dataclass(frozen=True, slots=True)
class Known:
    """A pair that is in the table."""

    id: UUID
    key: Key
    people: tuple[UUID, UUID]
    child_shore: Shore
    state: PairState
    fingerprint: str
    evidence: float

    @property
    def combination(self) -> Combination:
        """Its two registrations."""
        return self.key.registration_a, self.key.registration_b


class Fate(StrEnum):
    """What becomes of a pair that was found."""

    NEW = "new"
    WEIGH = "weigh"
    """It stays what it is, and is weighed anew."""
    RETURN = "return"
    COME_BACK = "come_back"
    FADE = "fade"
    LEAVE = "leave"


def fate_of(known: Known | None, found: Found, fingerprint: Callable[[], str], *, closed: bool) -> Fate:
    """What becomes of a pair; ``closed`` says that its child or a link of it was reunited by another pair.

    A decision stays. Rejected pairs come back only where what was compared has changed and says more than before.
    """
    if known is None:
        return Fate.LEAVE if closed else Fate.NEW
    if closed and known.state in _CLOSABLE:
        return Fate.FADE if known.state is PairState.PROPOSED else Fate.LEAVE
    match known.state:
        case PairState.ELSEWHERE:
            return Fate.LEAVE
        case PairState.WITHDRAWN:
            return Fate.RETURN
        case PairState.REJECTED:
            risen = evidence(found.pair) - known.evidence >= RULES.come_back_bits
            return Fate.COME_BACK if risen and fingerprint() != known.fingerprint else Fate.LEAVE
    return Fate.WEIGH


class Reunited:
    """Children and links that are reunited: what else is proposed of them is closed."""

    def __init__(self, known: Iterable[Known], whose: Mapping[UUID, Whose]) -> None:
        reunited = [each for each in known if each.state is PairState.REUNITED]
        self._keys = {each.key for each in reunited}
        self._links = {link for each in reunited for link in (each.key.link_a, each.key.link_b) if link}
        self._children = {_child(each, whose) for each in reunited}

    def closes(self, found: Found, child_shore: Shore) -> bool:
        """Whether the child, or a link, was reunited by another pair."""
        if found.key in self._keys:
            return False
        child = found.people[0 if child_shore is Shore.FRANCE else 1]
        return child in self._children or not self._links.isdisjoint((found.key.link_a, found.key.link_b))


def _child(known: Known, whose: Mapping[UUID, Whose]) -> UUID:
    """The person who is the child, as grouped today; as it was, where the registration is not compared any more."""
    side = 0 if known.child_shore is Shore.FRANCE else 1
    now = whose.get(known.combination[side])
    return now.person if now else known.people[side]


def one_for_each(
    found: Sequence[Found], known: Mapping[Key, Known], whose: Mapping[UUID, Whose]
) -> list[Found]:
    """``found``, the most probable first, with one pair of registrations for each two people.

    The engine compares registrations. Where several were grouped as one person, two people would be proposed once
    for each: kept are the registrations that were decided on, so that a rejected pair does not come back through
    another registration of the same child; else those that are proposed already; else the most probable ones.
    """
    seen: dict[tuple[UUID, UUID], list[Combination]] = defaultdict(list)
    for each in found:
        seen[each.people].append(each.combination)
    before: dict[tuple[UUID, UUID], list[Known]] = defaultdict(list)
    for pair in known.values():
        before[_people_now(pair, whose)].append(pair)
    kept = {people: _chosen(combinations, before[people]) for people, combinations in seen.items()}
    return [each for each in found if each.combination in kept[each.people]]


def _people_now(known: Known, whose: Mapping[UUID, Whose]) -> tuple[UUID, UUID]:
    a, b = (whose.get(registration) for registration in known.combination)
    return (a.person if a else known.people[0], b.person if b else known.people[1])


def _chosen(combinations: Sequence[Combination], before: Iterable[Known]) -> set[Combination]:
    decided = {known.combination for known in before if known.state not in UNDECIDED}
    if decided:
        return decided
    proposed = {known.combination for known in before if known.state is PairState.PROPOSED}
    return {next((each for each in combinations if each in proposed), combinations[0])}

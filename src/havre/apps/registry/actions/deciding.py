# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two registrations are of one person. A program proposes, a person decides, and any decision is taken back."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.once import once
from havre.apps.registry.actions.said import clean
from havre.apps.registry.actions.telling import tell_organisation
from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping, Person, Registration
from havre.apps.registry.policies import GROUP
from havre.apps.registry.queries import groupings, registrations, shore_list
from havre.core.access import check, current_actor
from havre.core.clock import now
from havre.engines.linkage import Band, Pair, match_self

MAY_BECOME: dict[GroupingState, frozenset[GroupingState]] = {
    GroupingState.PROPOSED: frozenset({GroupingState.GROUPED, GroupingState.KEPT_APART}),
    GroupingState.GROUPED: frozenset({GroupingState.UNDONE}),
    GroupingState.KEPT_APART: frozenset({GroupingState.UNDONE}),
    GroupingState.UNDONE: frozenset({GroupingState.GROUPED, GroupingState.KEPT_APART}),
}
"""What a member may decide, from what was decided before."""
BATCH = 1000


def propose_grouping(
    registration_a: UUID, registration_b: UUID, *, idempotency_key: UUID | None = None
) -> Grouping:
    """Puts two registrations that a member takes for one person's up for decision; what is there already stays."""
    actor = check(GROUP)
    first, second = sorted((registration_a, registration_b))
    if first == second:
        raise RegistryError("one_registration")
    _check_sides(first, second, actor.organisation_id)
    made = once("propose_grouping", idempotency_key)
    known = groupings().filter(registration_a=first, registration_b=second).first()
    return known or Grouping.objects.create(
        id=made.made, registration_a_id=first, registration_b_id=second, organisation_id=actor.organisation_id
    )


def group(grouping_id: UUID, *, reasons: str) -> Grouping:
    """Both are of one person: they and all that were grouped with them get the oldest of their references."""
    return _decide(grouping_id, GroupingState.GROUPED, reasons)


def keep_apart(grouping_id: UUID, *, reasons: str) -> Grouping:
    """They are two people: no later run proposes them again, and no other decision makes them one."""
    return _decide(grouping_id, GroupingState.KEPT_APART, reasons)


def undo_grouping(grouping_id: UUID, *, reasons: str) -> Grouping:
    """Takes a decision back. Everything is as if it had not been made; no later run proposes them again."""
    return _decide(grouping_id, GroupingState.UNDONE, reasons)


def join(registration: Registration, person: Person) -> None:
    """Groups a new registration with a person that the one who registers has found."""
    known = registrations().of_person(person.id).standing().exclude(id=registration.id).first()
    if known is None:
        raise RegistryError("no_such_person")
    actor = current_actor()
    first, second = sorted((registration.id, known.id))
    decision = Grouping.objects.create(
        registration_a_id=first,
        registration_b_id=second,
        organisation_id=actor.organisation_id,
        state=GroupingState.GROUPED,
        decided_by_id=actor.member_id,
        decided_at=now(),
    )
    _regroup(decision)
    registration.refresh_from_db(fields=["person"])


def propose_groupings(progress: Callable[[float], None]) -> int:
    """Proposes all own and shared registrations that may be of one person; how many are new.

    What was decided stays decided; what is still open gets the probability of this run.
    """
    actor = check(GROUP)
    progress(0.0)
    listed = shore_list(registrations().filter(withdrawn_at=None))
    progress(0.2)
    pairs = match_self(listed, progress=lambda share: progress(0.2 + share * 0.7))
    worth = _worth_a_look(pairs)
    before = groupings().count()
    while batch := [_proposal(pair, actor.organisation_id) for pair in islice(worth, BATCH)]:
        Grouping.objects.bulk_create(batch, ignore_conflicts=True)
        _refresh(batch)
    progress(1.0)
    return groupings().count() - before


def _worth_a_look(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Not faint, not of one person already, and not both of others."""
    person_of = {str(key): person for key, person in registrations().values_list("id", "person")}
    own = {str(key) for key in registrations().own().values_list("id", flat=True)}
    for pair in pairs:
        one_already = person_of[pair.person_a] == person_of[pair.person_b]
        if pair.band is not Band.FAINT and not one_already and {pair.person_a, pair.person_b} & own:
            yield pair


def _proposal(pair: Pair, organisation_id: UUID) -> Grouping:
    first, second = sorted((UUID(pair.person_a), UUID(pair.person_b)))
    return Grouping(
        registration_a_id=first,
        registration_b_id=second,
        organisation_id=organisation_id,
        probability=pair.probability,
        bits=pair.bits.parts(),
    )


def _refresh(proposals: list[Grouping]) -> None:
    """Gives proposals that stood open already what this run found."""
    seen = {(each.registration_a_id, each.registration_b_id): each for each in proposals}
    standing = groupings().open().filter(registration_a__in=[first for first, _ in seen])
    changed = []
    for known in standing:
        found = seen.get((known.registration_a_id, known.registration_b_id))
        if found and (found.probability, found.bits) != (known.probability, known.bits):
            known.probability, known.bits = found.probability, found.bits
            changed.append(known)
    Grouping.objects.bulk_update(changed, ["probability", "bits"], batch_size=BATCH)


def _check_sides(first: UUID, second: UUID, organisation_id: UUID) -> None:
    sides = (
        registrations().standing().filter(id__in=(first, second)).values_list("organisation_id", flat=True)
    )
    if len(sides) != 2 or organisation_id not in sides:
        raise RegistryError("no_such_registration")


@transaction.atomic
def _decide(grouping_id: UUID, state: GroupingState, reasons: str) -> Grouping:
    actor = check(GROUP)
    said = clean(reasons, "reasons")
    if not said:
        raise RegistryError("reasons_needed", "reasons")
    decision = groupings().filter(id=grouping_id).select_for_update().first()
    if decision is None:
        raise RegistryError("no_such_grouping")
    if state not in MAY_BECOME[GroupingState(decision.state)]:
        raise RegistryError("decided_already")
    decision.state, decision.reasons = state, said
    decision.decided_by_id, decision.decided_at = actor.member_id, now()
    decision.save(update_fields=["state", "reasons", "decided_by", "decided_at"])
    _regroup(decision)
    _tell_the_other(decision)
    return decision


def _tell_the_other(decision: Grouping) -> None:
    """Where one of both is another organisation's, it hears that something was decided of its registration."""
    sides = registrations().filter(id__in=(decision.registration_a_id, decision.registration_b_id))
    for side in sides.shared_with_us():
        tell_organisation(side.organisation_id, "notice_grouping", side.id)


def _regroup(decision: Grouping) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT registry_regroup(%s)", [decision.id])
    except IntegrityError:
        raise RegistryError("kept_apart") from None

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members do to a pair: one action for each act, all along the table of the life."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import OperationalError, transaction

from havre.apps.tracing.actions.errors import (
    DayNeeded,
    KeyWasUsed,
    NeedsOtherShore,
    NeedsSameMember,
    NoSuchPair,
    NotPossible,
    Outdated,
    ReasonNeeded,
    TracingRefused,
)
from havre.apps.tracing.actions.life import Need, Step, step_of, steps_from
from havre.apps.tracing.actions.notifying import tell_of
from havre.apps.tracing.actions.runs import lock_pairs
from havre.apps.tracing.enums import Act, PairState, reason_of
from havre.apps.tracing.models import Pair, Verdict, VerdictNote
from havre.apps.tracing.policies import DECIDE
from havre.core.access import Actor, check, current_actor, may
from havre.core.clock import now, today

MOST_WORDS = 4000
"""Characters of a note."""


@transaction.atomic
def decide(
    pair_id: UUID,
    act: Act,
    *,
    version: int,
    reason: str = "",
    words: str = "",
    true_on: date | None = None,
    idempotency_key: UUID | None = None,
) -> Verdict:
    """Does ``act`` to the pair that was seen at ``version``; the verdict that it leaves.

    ``reason`` is a key of the vocabulary, ``words`` are read by the own organisation only, ``true_on`` is the day of
    a reunion. With a key that was used before, the first verdict. TracingRefused, with nothing changed.
    """
    actor = check(DECIDE)
    pair = _held(pair_id, act)
    if idempotency_key and (first := _first(idempotency_key, actor)):
        return _same(first, pair_id, act)
    if pair.version != version:
        raise _outdated(pair)
    step = _step(pair, act)
    _look_at_needs(step, pair, actor, reason, true_on)
    verdict = _verdict(pair, step, actor)
    verdict.reason, verdict.true_on, verdict.idempotency_key = reason, true_on, idempotency_key
    _record(verdict, words)
    if step.becomes is not step.was:
        _take(pair, step)
    tell_of(verdict, confirmed_by=pair.confirmed_by_id)
    return verdict


_OF_MANY = frozenset({Act.REUNITE, Act.UNDO})
"""Acts that change the rivals of the pair too."""


def possible_acts(pair: Pair) -> tuple[Act, ...]:
    """What the acting member may do with a pair as it is now, in the order of the table; nothing for a guardian."""
    actor = current_actor()
    own = actor.organisation_id in (pair.organisation_a_id, pair.organisation_b_id)
    steps = steps_from(PairState(pair.state)) if own else ()
    return tuple(
        step.act for step in steps if step.right and may(actor, step.right) and not _unmet(step, pair, actor)
    )


def _first(key: UUID, actor: Actor) -> Verdict | None:
    return Verdict.objects.filter(organisation_id=actor.organisation_id, idempotency_key=key).first()


def _same(first: Verdict, pair_id: UUID, act: Act) -> Verdict:
    if (first.pair_id, first.kind) != (pair_id, act):
        raise KeyWasUsed
    return first


@contextmanager
def _in_time() -> Iterator[None]:
    """A page that waits for ever is a page that fails: who cannot have the pair now is told to try again."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in _HELD_BY_OTHERS:
            raise TracingRefused("busy") from error
        raise


_HELD_BY_OTHERS = ("55P03", "40P01")
"""Of PostgreSQL: a lock was not to be had in time; or two waited for each other."""


def _held(pair_id: UUID, act: Act) -> Pair:
    """The pair, which nobody else changes until the transaction ends."""
    with _in_time():
        if act in _OF_MANY:
            lock_pairs()
        held = Pair.objects.select_for_update(of=("self",)).select_related("confirmed_by")
        pair = held.filter(pk=pair_id).first()
    if pair is None:
        raise NoSuchPair
    return pair


def _outdated(pair: Pair) -> Outdated:
    """By whom: the organisation of the last verdict that led to the state the pair is in, if it was a member's."""
    last = (
        Verdict.objects.filter(pair=pair)
        .exclude(kind__in=[Act.ASK, Act.SKIP])
        .select_related("organisation")
        .last()
    )
    if last is None or last.pair_state_after != pair.state:
        return Outdated(None, "", None)
    return Outdated(Act(last.kind), last.organisation.name, last.recorded_at)


def _step(pair: Pair, act: Act) -> Step:
    step = step_of(PairState(pair.state), act)
    if step is None or step.right is None:
        raise NotPossible(act, PairState(pair.state))
    check(step.right)
    return step


def _look_at_needs(step: Step, pair: Pair, actor: Actor, reason: str, true_on: date | None) -> None:
    known = reason_of(reason)
    if (Need.REASON in step.needs or reason) and (known is None or step.act not in known.acts):
        raise ReasonNeeded(step.act)
    if Need.DAY in step.needs and (true_on is None or true_on > today()):
        raise DayNeeded(step.act)
    if refused := _unmet(step, pair, actor):
        raise refused


def _unmet(step: Step, pair: Pair, actor: Actor) -> TracingRefused | None:
    """What keeps this member, of all members, from a step."""
    if Need.OTHER_SHORE in step.needs and (actor.shore == pair.confirmed_shore or _confirmed(pair, actor)):
        return NeedsOtherShore(step.act)
    if Need.SAME_MEMBER in step.needs and actor.member_id != pair.confirmed_by_id:
        return NeedsSameMember(step.act)
    return None


def _confirmed(pair: Pair, actor: Actor) -> bool:
    """Whether it is the same person who confirmed, were it as a member of another organisation."""
    return pair.confirmed_by is not None and pair.confirmed_by.account_id == actor.account_id


def _verdict(pair: Pair, step: Step, actor: Actor) -> Verdict:
    return Verdict(
        pair=pair,
        member_id=actor.member_id,
        organisation_id=actor.organisation_id,
        shore=actor.shore,
        kind=step.act,
        version=pair.version,
        pair_state_before=step.was,
        pair_state_after=step.becomes,
    )


def _record(verdict: Verdict, words: str) -> None:
    words = words.strip()
    if len(words) > MOST_WORDS:
        raise TracingRefused("words_too_long", most=MOST_WORDS)
    verdict.save(force_insert=True)
    if words:
        pair, own = verdict.pair, verdict.organisation_id
        of = pair.registration_a_id if own == pair.organisation_a_id else pair.registration_b_id
        VerdictNote.objects.create(verdict=verdict, organisation_id=own, registration_id=of, words=words)


def _take(pair: Pair, step: Step) -> None:
    """The trigger writes who confirmed, and what follows; here stands only the step."""
    with _in_time():
        Pair.objects.filter(pk=pair.pk).update(state=step.becomes, version=pair.version + 1, decided_at=now())

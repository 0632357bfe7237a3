# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match runs: asked for by a member, done by a job that shows nobody a row."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from havre.apps.tracing.actions.finding import Clerk, Found, Key, Lists, still_comparable
from havre.apps.tracing.actions.judging import Fate, Known, Reunited, fate_of, one_for_each
from havre.apps.tracing.actions.writing import add, fade, known_pairs, weigh
from havre.apps.tracing.enums import PairState, RunState
from havre.apps.tracing.models import Run
from havre.apps.tracing.policies import MATCH, RUN_MATCH
from havre.apps.tracing.queries.rules import RULES
from havre.core.access import NotAllowed, acting_as, check
from havre.core.clock import now
from havre.core.database.ids import uuid7
from havre.core.jobs import defer
from havre.engines.linkage import Band, Pair

JOB = "tracing.match"
CHANGES = ("new", "changed", "unchanged", "gone", "returned", "came_back", "ended")
Progress = Callable[[float, str], None]


@transaction.atomic
def ask_for_run(*, idempotency_key: UUID | None = None) -> Run:
    """Has the lists of both shores compared; the run of the same key, if there is one."""
    actor = check(RUN_MATCH)
    if idempotency_key and (known := _asked(idempotency_key, actor.organisation_id).first()):
        return known
    run = Run(
        id=uuid7(),
        asked_by_id=actor.member_id,
        organisation_id=actor.organisation_id,
        idempotency_key=idempotency_key,
    )
    with acting_as(actor.member_id, MATCH.purpose, request_id=actor.request_id):
        run.job = defer(JOB, run.id)
    run.save(force_insert=True)
    return run


def _asked(key: UUID, organisation: UUID) -> QuerySet[Run]:
    return Run.objects.filter(idempotency_key=key, organisation_id=organisation)


def lock_pairs() -> None:
    """Waits until nobody else writes many pairs at once, and holds that off until the transaction ends.

    Taken before any row is locked, so that a match, a reunion and an erasure cannot wait for each other in a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('havre tracing pairs'))")


def do_run(run_id: UUID, progress: Progress) -> Run:
    """Compares the lists and writes the pairs, in the caller's transaction; a run that is done is left as it is."""
    if check(MATCH).purpose is not MATCH.purpose:
        raise NotAllowed(MATCH)
    _one_at_a_time()
    run = Run.objects.get(pk=run_id)
    if run.state == RunState.DONE:
        return run
    run.started_at = now()
    progress(0.0, "progress_reading")
    lists = Lists()
    clerk = Clerk(lists)
    found = [
        each
        for each in lists.pairs(lambda share: progress(0.1 + 0.75 * share, "progress_comparing"))
        if each.pair.probability >= RULES.least_probability
    ]
    lock_pairs()
    changes = _Writing(run, lists, clerk, progress).write(found)
    _close(run, lists, found, changes)
    return run


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('havre tracing run'))")


class _Writing:
    """What a run changes, with all rivals of the lock held off."""

    def __init__(self, run: Run, lists: Lists, clerk: Clerk, progress: Progress) -> None:
        self._run, self._lists, self._clerk, self._progress = run, lists, clerk, progress

    def write(self, found: Sequence[Found]) -> Counter[str]:
        """Writes all; what became of how many."""
        ended = self._end_expired()
        open_now = still_comparable()
        known = known_pairs()
        found = [each for each in found if open_now.issuperset(each.combination)]
        found = one_for_each(found, known, self._lists.whose)
        self._progress(0.88, "progress_writing")
        judged = self._judged(found, known)
        changes = Counter({**dict.fromkeys(CHANGES, 0), "ended": ended})
        changes["new"] = add(self._run.id, self._new(judged[Fate.NEW]))
        self._progress(0.94, "progress_writing")
        self._weigh(judged, known, changes)
        staying = {known[each.key].id for each in found if each.key in known}
        staying -= {known[each.key].id for each in judged[Fate.FADE]}
        gone = [
            pair.id for pair in known.values() if pair.state is PairState.PROPOSED and pair.id not in staying
        ]
        changes["gone"] = fade(self._run.id, gone)
        return changes

    def _end_expired(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tracing_end_expired()")
            return int((cursor.fetchone() or (0,))[0])

    def _judged(self, found: Sequence[Found], known: dict[Key, Known]) -> dict[Fate, list[Found]]:
        reunited = Reunited(known.values(), self._lists.whose)
        judged: dict[Fate, list[Found]] = {fate: [] for fate in Fate}
        for each in found:
            closed = reunited.closes(each, self._lists.child_shore)
            pair = each.pair
            fate = fate_of(known.get(each.key), each, partial(self._clerk.fingerprint, pair), closed=closed)
            judged[fate].append(each)
        return judged

    def _new(self, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
        for each in found:
            key = {f"{name}_id": str(value) if value else None for name, value in each.key._asdict().items()}
            organisations = {
                "organisation_a_id": str(each.a.organisation),
                "organisation_b_id": str(each.b.organisation),
            }
            yield {**key, **organisations, **self._clerk.weighed(each)}

    def _weigh(self, judged: dict[Fate, list[Found]], known: dict[Key, Known], changes: Counter[str]) -> None:
        fates = (Fate.WEIGH, Fate.RETURN, Fate.COME_BACK)
        rows = ((known[each.key], fate, self._clerk.weighed(each)) for fate in fates for each in judged[fate])
        done = weigh(self._run.id, rows)
        changes["changed"] = done[Fate.WEIGH]
        changes["returned"], changes["came_back"] = done[Fate.RETURN], done[Fate.COME_BACK]
        changes["unchanged"] = sum(len(judged[fate]) for fate in fates) - done.total()


def _close(run: Run, lists: Lists, found: Sequence[Found], changes: Counter[str]) -> None:
    run.state, run.ended_at = RunState.DONE, now()
    run.took_part = lists.organisations
    run.people_a, run.people_b = len(lists.a.people), len(lists.b.people)
    run.links_a, run.links_b = len(lists.a.links), len(lists.b.links)
    bands = Counter(each.pair.band for each in found)
    run.counts = {band.value: bands[band] for band in Band}
    run.changes = dict(changes)
    run.engine_version = version("havre")
    run.weights = _priors(each.pair for each in found)
    run.save(force_update=True)


def _priors(pairs: Iterator[Pair]) -> dict[str, float]:
    """Bits before anything was seen of a pair, by what it joins."""
    priors: dict[str, float] = {}
    for pair in pairs:
        kind = "link_and_person" if not pair.link_b else "person_and_link" if not pair.link_a else "links"
        priors.setdefault(kind, pair.bits.prior)
    return priors

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tracing for programs: pairs, verdicts, match runs. The same actions and queries as the pages, the same rights."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from havre.apps.registry.queries import page_after as page_by_time
from havre.apps.tracing.actions import ask_for_run, decide
from havre.apps.tracing.api.schemas import (
    Cursor,
    LineOut,
    LinesOut,
    PairOut,
    Questions,
    RunIn,
    RunOut,
    RunsOut,
    Taken,
    VerdictIn,
)
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair
from havre.apps.tracing.policies import DECIDE, READ_PAIRS, READ_RUNS, RUN_MATCH
from havre.apps.tracing.queries import line_of, page_after, pair_view, runs
from havre.apps.tracing.queries import run as one_run
from havre.core.access.api import CHANGING, refusals, signed_in
from havre.core.ui import language_of

router = Router()


@router.get("/pairs", response={200: LinesOut, **refusals()}, auth=signed_in(READ_PAIRS))
def list_pairs(request: HttpRequest, asked: Query[Questions]) -> LinesOut:
    """Pairs that the acting member may see, the most probable first."""
    shown, language = page_after(asked.found(), asked.at, asked.size), language_of(request)
    lines = [LineOut.of(line_of(pair, language)) for pair in shown.rows]
    return LinesOut(pairs=lines, next=shown.next, previous=shown.previous)


@router.get("/pairs/{pk}", response={200: PairOut, **refusals(404)}, auth=signed_in(READ_PAIRS))
def get_pair(request: HttpRequest, pk: UUID) -> PairOut:
    """One pair, as its page shows it. The read is on record."""
    language = language_of(request)
    view = pair_view(pk, language)
    if view is None:
        raise Http404
    return PairOut.of_view(view, line_of(view.pair, language))


@router.post(
    "/pairs/{pk}/verdicts", response={200: Taken, **refusals(404, *CHANGING)}, auth=signed_in(DECIDE)
)
def post_verdict(request: HttpRequest, pk: UUID, said: VerdictIn) -> Taken:
    """Takes a verdict on the pair as it was seen; 409 where somebody was quicker. The same key: the same verdict."""
    given = said.model_dump(include={"version", "reason", "words", "true_on", "idempotency_key"})
    verdict = decide(pk, Act(said.act.value), **given)
    pair = Pair.objects.get(pk=pk)
    return Taken(pair=pk, act=Act(verdict.kind), state=PairState(pair.state), version=pair.version)


@router.get("/runs", response={200: RunsOut, **refusals()}, auth=signed_in(READ_RUNS))
def list_runs(request: HttpRequest, at: Cursor = "") -> RunsOut:
    """The match runs in which the own list took part, newest first."""
    shown = page_by_time(runs(), at)
    return RunsOut(runs=[RunOut.of(run) for run in shown.rows], next=shown.next, previous=shown.previous)


@router.get("/runs/{pk}", response={200: RunOut, **refusals(404)}, auth=signed_in(READ_RUNS))
def get_run(request: HttpRequest, pk: UUID) -> RunOut:
    """One match run."""
    run = one_run(pk)
    if run is None:
        raise Http404
    return RunOut.of(run)


@router.post("/runs", response={202: RunOut, **refusals(*CHANGING)}, auth=signed_in(RUN_MATCH))
def post_run(request: HttpRequest, said: RunIn) -> Status[RunOut]:
    """Has the lists of both shores compared; the same key again: the same run."""
    return Status(202, RunOut.of(ask_for_run(idempotency_key=said.idempotency_key)))

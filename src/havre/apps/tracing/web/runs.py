# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match runs: how many pairs, how sure, and what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.registry.queries import page_after
from havre.apps.tracing.actions import ask_for_run
from havre.apps.tracing.enums import RunState
from havre.apps.tracing.models import Run
from havre.apps.tracing.policies import READ_RUNS, RUN_MATCH
from havre.apps.tracing.queries import run as one_run
from havre.apps.tracing.queries import runs
from havre.apps.tracing.web.pages import page
from havre.apps.tracing.web.pictures import bands_figure
from havre.apps.tracing.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.database.ids import key_of, uuid7
from havre.core.jobs.enums import State
from havre.core.jobs.models import Job
from havre.core.jobs.views import JobView, job_view
from havre.core.ui import by_script, language_of
from havre.core.ui.context import url
from havre.words import Language

SHOWN = 50
CHANGES = ("new", "came_back", "returned", "changed", "gone", "ended", "unchanged")


@dataclass(frozen=True, slots=True)
class Change:
    """How many pairs a run did something to, and what that means."""

    text: str
    why: str
    n: int


@needs(READ_RUNS)
@require_GET
def runs_list(request: HttpRequest) -> HttpResponse:
    """The runs in which the own list took part, newest first."""
    shown = page_after(runs(), request.GET.get("at", ""), SHOWN)
    jobs = _jobs(shown.rows, language_of(request))
    return page(
        request,
        "runs",
        runs=shown.rows,
        states={each.pk: state_of(each, jobs.get(each.pk)) for each in shown.rows},
        may_run=may(current_actor(), RUN_MATCH),
        key=uuid7(),
        previous=url("tracing:runs", query={"at": shown.previous}) if shown.previous else None,
        following=url("tracing:runs", query={"at": shown.next}) if shown.next else None,
    )


@needs(READ_RUNS)
@require_GET
def run_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run, or how far it is."""
    language, shown = language_of(request), one_run(pk)
    if shown is None:
        raise Http404
    job = _jobs([shown], language).get(shown.pk)
    is_done = shown.state == RunState.DONE
    return page(
        request,
        "run",
        run=shown,
        job=job,
        state=state_of(shown, job),
        just_over=is_done and by_script(request),
        figure=bands_figure(shown.counts, language) if is_done else None,
        changes=[_change(name, shown, language) for name in CHANGES],
        seconds=round((shown.ended_at - shown.started_at).total_seconds())
        if shown.ended_at and shown.started_at
        else 0,
    )


@needs(RUN_MATCH)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Has the lists compared, and shows the run."""
    asked = ask_for_run(idempotency_key=key_of(request.POST.get("key", "")))
    messages.success(request, WORDS.say(language_of(request), "run_asked"))
    return HttpResponseRedirect(reverse("tracing:run", args=[asked.pk]))


def _jobs(shown: Iterable[Run], language: Language) -> dict[UUID, JobView]:
    """How far each run is that is not done; a run of another organisation does not tell."""
    under_way = {each.job: each.pk for each in shown if each.state != RunState.DONE and each.job}
    if not under_way:
        return {}
    found = Job.objects.select_related("run").filter(id__in=under_way)
    return {under_way[job.pk]: job_view(job, language) for job in found}


def _change(name: str, shown: Run, language: Language) -> Change:
    return Change(
        text=WORDS.say(language, f"change_{name}"),
        why=WORDS.say(language, f"change_why_{name}"),
        n=shown.changes.get(name, 0),
    )


def state_of(shown: Run, job: JobView | None) -> State:
    """How far a run is; that of another organisation is under way until it is done."""
    if shown.state == RunState.DONE:
        return State.DONE
    return job.state if job else State.WAITING

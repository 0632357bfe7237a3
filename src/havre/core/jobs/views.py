# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a job is shown: in a part that asks for itself again until the job is over (``parts.progress``)."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from havre.core.access import Purpose, Right, needs
from havre.core.accounts.enums import Role
from havre.core.jobs.enums import WORDS, State
from havre.core.jobs.models import Job
from havre.core.jobs.tasks import UnknownJob, task_of
from havre.core.ui import language_of, page
from havre.words import Language

SEE_PROGRESS = Right("jobs.see_progress", frozenset(Role), Purpose.CARE)
"""Every role: the row policy shows a member their own jobs and those of their organisation."""


@dataclass(frozen=True, slots=True)
class JobView:
    """What a page shows of a job."""

    id: UUID
    title: str
    state: State
    state_said: str
    share: float
    """From 0 to 1."""
    said: str
    """A sentence of the job on what it does now, or of ours on why it failed; may be empty."""
    url: str
    """The page that shows it, which the part asks for again."""

    @property
    def percent(self) -> int:
        """The share in whole percent: 100 only when all is done."""
        return 100 if self.state is State.DONE else min(int(self.share * 100), 99)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state.is_over

    @property
    def has_failed(self) -> bool:
        """Whether it ended with an error."""
        return self.state is State.FAILED


def job_view(job: Job, language: Language) -> JobView:
    """``job`` as a page shows it, in the reader's language."""
    state = State(job.run.state)
    return JobView(
        id=job.id,
        title=_title(job, language),
        state=state,
        state_said=state.label(language),
        share=job.run.share,
        said=_said(job, language),
        url=reverse("jobs:progress", args=[job.id]),
    )


def visible_job(job: UUID) -> Job:
    """The job, if the acting member may see it; else Http404."""
    found = Job.objects.select_related("run").filter(id=job).first()
    if found is None:
        raise Http404
    return found


@needs(SEE_PROGRESS)
@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The progress of one job."""
    view = job_view(visible_job(pk), language_of(request))
    return page(request, "jobs/progress.html.jinja", WORDS, job=view)


def _title(job: Job, language: Language) -> str:
    try:
        task = task_of(job.name)
    except UnknownJob:  # deferred by another version of Havre
        return WORDS.say(language, "job_unnamed")
    return (
        task.words.say(language, task.title)
        if task.words and task.title
        else WORDS.say(language, "job_unnamed")
    )


def _said(job: Job, language: Language) -> str:
    if job.run.state == State.FAILED:
        return WORDS.say(language, "failed_because", error=job.run.error)
    if not job.run.said:
        return ""
    try:
        words = task_of(job.name).words
    except UnknownJob:
        return ""
    return words.say(language, job.run.said, **job.run.said_values) if words else ""

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for a job."""

from uuid import UUID

from django.db import IntegrityError, transaction

from havre.core.access import Actor, current_actor
from havre.core.jobs import marks
from havre.core.jobs.models import Job
from havre.core.jobs.queue import Order, enqueue
from havre.core.jobs.tasks import task_of


def defer(name: str, *ids: UUID, key: UUID | None = None) -> UUID:
    """Lets a worker do ``name`` with ``ids``, as the acting member and for their purpose; the id of the job.

    It is enqueued in the caller's transaction: no job comes of a change that is rolled back. With a ``key`` that
    the organisation has used before, nothing is enqueued and the id of that job is returned. UnknownJob,
    TypeError for anything that is no id, NobodyActs.
    """
    task_of(name)
    for each in ids:
        if not isinstance(each, UUID):
            raise TypeError(f"a job is given ids only, not a {type(each).__name__}")
    actor = current_actor()
    if key is not None and (known := _deferred(actor, key)) is not None:
        return known
    job = Job(
        name=name,
        ids=list(ids),
        member_id=actor.member_id,
        organisation_id=actor.organisation_id,
        purpose=actor.purpose,
        idempotency_key=key,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:  # another request with the same key was quicker
        if key is None or (known := _deferred(actor, key)) is None:
            raise
        return known
    marks.waits(job.id, alias="default")
    enqueue(Order(job.id, actor.member_id, actor.purpose))
    return job.id


def _deferred(actor: Actor, key: UUID) -> UUID | None:
    found = Job.objects.filter(organisation_id=actor.organisation_id, idempotency_key=key)
    return found.values_list("id", flat=True).first()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A job, as it was deferred, and how its run stands."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.access import Purpose
from havre.core.accounts.models import Member, Organisation
from havre.core.database.models import Row, choices
from havre.core.jobs.enums import State


class Job(Row):
    """Work that somebody asked for: by name, with ids and nothing else, as one member for one purpose.

    It never changes. Members of the organisation see it; what it does lies in ``run``.
    """

    name = models.CharField(max_length=100)
    ids = ArrayField(models.UUIDField())
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="job_deferred_once"),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]), name="job_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """How far a job is: numbers, ids and keys of sentences. Written by gate functions only (``jobs_begin`` ...)."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="run")
    state = models.CharField(max_length=10, choices=choices(State))
    share = models.FloatField(default=0)
    """How much is done, from 0 to 1."""
    said = models.CharField(max_length=100, blank=True)
    """The key of a sentence in the words of the job."""
    said_values = models.JSONField(default=dict)
    """Numbers for that sentence."""
    result = models.JSONField(null=True)
    """What the job returned: numbers and ids."""
    error = models.CharField(max_length=100, blank=True)
    """The kind of the error that ended it; never its text, which might hold a name."""
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]), name="run_state_known"
            ),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="run_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.state}"

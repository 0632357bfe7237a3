# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match runs: numbers only, so that every organisation whose list took part may read them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.apps.tracing.enums import RunState
from havre.core.database.models import Row, choices


class Run(Row):
    """The lists of both shores compared once: how many, how sure, what changed."""

    asked_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That of the member who asked for it."""
    job = models.UUIDField(null=True)
    """Of ``havre.core.jobs``, which tells how far it is."""
    idempotency_key = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=choices(RunState), default=RunState.ASKED)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    took_part = ArrayField(models.UUIDField(), default=list)
    """The organisations that have registrations on one of the lists."""
    people_a = models.PositiveIntegerField(default=0)
    people_b = models.PositiveIntegerField(default=0)
    links_a = models.PositiveIntegerField(default=0)
    links_b = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    """Band to how many pairs it proposed."""
    changes = models.JSONField(default=dict)
    """What became of the pairs: new, changed, unchanged, gone, returned, came_back, ended; each to how many."""
    engine_version = models.CharField(max_length=40, blank=True)
    weights = models.JSONField(default=dict)
    """The shares of possible pairs that it took for true before it saw any: numbers by name."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-recorded_at", "-id"], name="run_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="run_asked_once"),
            models.CheckConstraint(condition=Q(state__in=list(RunState)), name="run_is_asked_or_done"),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d} {self.state}"

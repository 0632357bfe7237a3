# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match runs."""

from uuid import UUID

from django.db.models import QuerySet

from havre.apps.tracing.models import Run


def runs() -> QuerySet[Run]:
    """Those in which the own list took part or that the own organisation asked for, newest first."""
    return Run.objects.select_related("organisation").order_by("-recorded_at", "-id")


def run(run_id: UUID) -> Run | None:
    """One of them; None where there is none that may be read."""
    return runs().filter(pk=run_id).first()

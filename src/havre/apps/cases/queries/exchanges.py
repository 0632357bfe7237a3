# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What went from one shore to the other, and what shows it."""

from dataclasses import dataclass

from django.db.models import Prefetch

from havre.apps.cases.models import Case, Event, Exchange
from havre.core.files.models import File

SHOWN = frozenset({"sent", "received"})
"""Of these the law counts from the day: somebody will ask what shows it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An event, and what shows it."""

    event: Event
    proofs: tuple[Exchange, ...]

    @property
    def lacks(self) -> bool:
        """Whether nothing shows what a date is counted from."""
        return self.event.kind in SHOWN and not self.proofs


def exchanges_of(case: Case) -> list[Exchange]:
    """What shows the events of a case, as it was recorded; ``file`` is None where it may not be opened."""
    found = case.exchanges.select_related("organisation")
    return list(found.prefetch_related(Prefetch("file", queryset=File.objects.all())))


def shown_of(case: Case) -> list[Shown]:
    """Every event of a case with what shows it, the newest first."""
    proofs = exchanges_of(case)
    return [
        Shown(event, tuple(each for each in proofs if each.event_id == event.pk))
        for event in sorted(case.events.all(), key=lambda event: event.position, reverse=True)
    ]

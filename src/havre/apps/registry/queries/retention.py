# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due for erasure, by ``retention.toml``: told to a person, who erases or does not."""

import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db.models import Max, OuterRef, Subquery

from havre.apps.registry.enums import WORDS
from havre.apps.registry.models import Registration
from havre.apps.registry.queries.people import registrations
from havre.core.audit.models import Entry
from havre.words import Language


class Why(StrEnum):
    """Why a registration is due; each is a section of ``retention.toml``."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    INACTIVE = "inactive"

    def label(self, language: Language) -> str:
        """The reason in words."""
        return WORDS.say(language, f"due_{self.value}", n=months()[self])


@dataclass(frozen=True, slots=True)
class Due:
    """A registration that is due."""

    registration: Registration
    why: Why
    since: date
    """From when its months count."""
    due_on: date


@dataclass(frozen=True, slots=True)
class Use:
    """What another app does with a registration: still, or until a day."""

    registration_id: UUID
    ended_on: date | None


Source = Callable[[], Iterable[Use]]
_sources: list[Source] = []


def register_uses(source: Source) -> None:
    """Adds what an app uses registrations for; called in its ``ready``, once."""
    if source not in _sources:
        _sources.append(source)


@cache
def months() -> dict[Why, int]:
    """``retention.toml``."""
    said = tomllib.loads((files("havre.apps.registry") / "retention.toml").read_text("utf-8"))
    return {why: int(said[why.value]["months"]) for why in Why}


def due_for_erasure(on: date) -> list[Due]:
    """Own registrations that are due on a day, the longest due first; what is in use is not, whatever its age."""
    ended, used = _uses()
    found = [
        *_due(_withdrawn(on, used), Why.WITHDRAWN),
        *_due(_closed(on, ended, used), Why.CLOSED),
        *_due(_inactive(on, {*used, *ended}), Why.INACTIVE),
    ]
    first: dict[UUID, Due] = {}
    for each in sorted(found, key=lambda each: (each.due_on, each.registration.pk)):
        first.setdefault(each.registration.pk, each)
    return list(first.values())


def _uses() -> tuple[dict[UUID, date], set[UUID]]:
    """When the last use of each ended, and what is still in use."""
    ended: dict[UUID, date] = {}
    used: set[UUID] = set()
    for use in (use for source in _sources for use in source()):
        if use.ended_on is None:
            used.add(use.registration_id)
        else:
            ended[use.registration_id] = max(use.ended_on, ended.get(use.registration_id, date.min))
    return {key: day for key, day in ended.items() if key not in used}, used


Since = Iterable[tuple[Registration, date]]


def _due(found: Since, why: Why) -> Iterable[Due]:
    return (Due(each, why, since, _later(since, months()[why])) for each, since in found)


def _withdrawn(on: date, used: set[UUID]) -> Since:
    before = _end_of(_later(on, -months()[Why.WITHDRAWN]))
    found = (
        registrations().own().standing().with_names().filter(withdrawn_at__lte=before).exclude(pk__in=used)
    )
    return ((each, each.withdrawn_at.date()) for each in found if each.withdrawn_at)


def _closed(on: date, ended: dict[UUID, date], used: set[UUID]) -> Since:
    before = _later(on, -months()[Why.CLOSED])
    old = [key for key, day in ended.items() if day <= before and key not in used]
    return (
        (each, ended[each.pk]) for each in registrations().own().standing().with_names().filter(pk__in=old)
    )


def _inactive(on: date, known: set[UUID]) -> Since:
    """By the record of changes, which knows them all; where it knows none, by the day of the row."""
    before = _end_of(_later(on, -months()[Why.INACTIVE]))
    changes = Entry.objects.filter(subject=OuterRef("pk"), kind__in=("insert", "update"))
    last = changes.order_by().values("subject").annotate(at=Max("at")).values("at")
    old = registrations().own().standing().with_names().filter(recorded_at__lte=before, withdrawn_at=None)
    found = old.exclude(pk__in=known).annotate(changed_at=Subquery(last))
    for each in found:
        at: datetime = max(each.recorded_at, getattr(each, "changed_at", None) or each.recorded_at)
        if at <= before:
            yield each, at.date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def _later(day: date, n: int) -> date:
    """So many months after a day (before it, if negative): the same date, or the last one of a shorter month."""
    month = day.year * 12 + day.month - 1 + n
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

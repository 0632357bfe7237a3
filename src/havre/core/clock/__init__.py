# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Today and now, as a demo or a test may set them, and the two clocks that people of both shores look at.

What happened is stored in UTC. A day is a day of UTC too, so that both shores count a child's age alike; a legal
deadline is computed on the calendar of its own shore.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

PARIS = ZoneInfo("Europe/Paris")
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class BothClocks:
    """One moment as the clocks of both shores show it."""

    france: datetime
    britain: datetime

    @property
    def same_day(self) -> bool:
        """Whether both shores write the same date."""
        return self.france.date() == self.britain.date()


def now() -> datetime:
    """This moment in UTC; on the day that ``HAVRE_TODAY`` names, where it names one."""
    stands: date | None = settings.HAVRE_TODAY
    if isinstance(stands, datetime):
        return stands
    moment = datetime.now(UTC)
    return moment if stands is None else datetime.combine(stands, moment.timetz())


def today() -> date:
    """The day of ``now``."""
    return now().date()


@contextmanager
def standing_on(day: date) -> Iterator[None]:
    """``today`` is ``day`` as long as the block lasts: for a story that is told day by day, in this process alone.

    A moment (a datetime with its time zone) is the day as well, and ``now`` that moment.
    """
    before: date | None = settings.HAVRE_TODAY
    settings.HAVRE_TODAY = day
    try:
        yield
    finally:
        settings.HAVRE_TODAY = before


def both_clocks(moment: datetime) -> BothClocks:
    """``moment`` on both clocks; ValueError where it does not say its time zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone is on no clock")
    return BothClocks(moment.astimezone(PARIS), moment.astimezone(LONDON))

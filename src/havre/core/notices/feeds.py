# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's calendar by a secret link: made, ended, and read by whoever holds the link.

The link is shown once. What is kept is its SHA-256: 256 random bits need no slow hash. Each reading is on record.
"""

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from havre.core.access import NobodyActs, Purpose, acting_as, current_actor
from havre.core.audit import done_lately, record
from havre.core.clock import now
from havre.core.notices import ics
from havre.core.notices.calendar import entries
from havre.core.notices.models import Feed
from havre.core.notices.words import WORDS
from havre.words import Language

OCTETS = 32
"""Of a link's secret."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many readings within so many seconds (``limits.toml``)."""

    most: int
    seconds: int


LIMIT = Limit(**tomllib.loads((files(__package__) / "limits.toml").read_text("utf-8"))["feed"])


class ReadTooOften(Exception):
    """More readings than ``LIMIT`` allows."""


@transaction.atomic
def make_feed(language: Language) -> str:
    """A new secret for the acting member's calendar; the one before opens nothing any more."""
    end_feed()
    secret = token_urlsafe(OCTETS)
    Feed.objects.create(member_id=current_actor().member_id, hashed=_hashed(secret), language=language)
    return secret


def end_feed() -> None:
    """The acting member's link opens nothing any more."""
    Feed.objects.filter(member_id=current_actor().member_id, ended_at=None).update(ended_at=timezone.now())


def feed_of_mine() -> Feed | None:
    """The acting member's link, as far as it is kept."""
    return Feed.objects.filter(member_id=current_actor().member_id, ended_at=None).first()


def read_feed(secret: str, site: str) -> bytes | None:
    """The calendar that a secret opens, with addresses on ``site``; None where it opens none.

    Read as the member who made it, by the rights that they have now; None too once they are a member no more.
    ReadTooOften.
    """
    owner = _owner(secret)
    if owner is None:
        return None
    try:
        with acting_as(owner, Purpose.CARE):
            return _calendar(site)
    except NobodyActs:
        return None


def _calendar(site: str) -> bytes | None:
    feed = feed_of_mine()
    if feed is None:  # ended a moment ago
        return None
    if done_lately("feed", LIMIT.seconds) >= LIMIT.most:
        raise ReadTooOften
    language = Language(feed.language)
    found = entries(language)
    record("feed", table="notices_feed", row=feed.pk, entries=len(found))
    return ics.calendar(
        found,
        name=WORDS.say(language, "calendar_name"),
        site=site,
        origin=settings.HAVRE_ORIGIN,
        made_at=now(),
    )


def _owner(secret: str) -> UUID | None:
    """Nobody acts yet, so that a gate function is asked, which tells of a hash whose it is and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT notices_feed_owner(%s)", [_hashed(secret)])
        row = cursor.fetchone()
    return row[0] if row else None


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days as iCalendar writes them (RFC 5545), as far as deadlines need it: all-day events, UTC, folded lines."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from havre.core.notices.calendar import Entry

LONGEST = 75
"""Octets of a line (3.1); what is longer goes on in the next one, behind a space."""
END = "\r\n"
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which no text may hold (3.3.11)."""
# A calendar has one component at least (3.6): of one in which nothing is due, this is it.
_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(entries: Iterable[Entry], *, name: str, site: str, origin: str, made_at: datetime) -> bytes:
    """The calendar called ``name``: an all-day event for each entry, its address on ``site``.

    The same entry has the same UID in whatever calendar it stands: its key at ``origin``. ``made_at`` says its zone.
    """
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    events = [line for each in entries for line in _event(each, site, origin, stamp)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Havre//Havre//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{text(name)}",  # RFC 7986
        f"X-WR-CALNAME:{text(name)}",  # before it
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(events or _NOTHING),
        "END:VCALENDAR",
    ]
    return "".join(part + END for line in lines for part in folded(line)).encode()


def text(said: str) -> str:
    """A value of type TEXT (3.3.11): backslash, semicolon, comma and line end are written with a backslash."""
    plain = _UNSAID.sub("", said).replace(END, "\n").replace("\r", "\n")
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """``line`` in pieces of at most ``LONGEST`` octets (3.1), no letter cut; all but the first begin with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece


def day(value: date) -> str:
    """A value of type DATE (3.3.4)."""
    return value.strftime("%Y%m%d")


def _event(entry: Entry, site: str, origin: str, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(entry.key)}@{origin}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day(entry.day)}"
    yield f"DTEND;VALUE=DATE:{day(entry.day + timedelta(days=1))}"
    yield f"SUMMARY:{text(entry.title)}"
    yield f"DESCRIPTION:{text(entry.text)}"
    yield f"URL:{site}{entry.address}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"

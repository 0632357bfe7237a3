# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar keeps to RFC 5545, read by a reader of our own that knows its rules and nothing of the writer."""

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.notices import ics
from havre.core.notices.calendar import Entry

MADE = datetime(2016, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ENTRY = Entry(
    "case-reply-2017-01-07", date(2017, 1, 7), "Britain, case 1", "answer; art. 22(1), now", "/cases/1"
)
NAME = re.compile(r"[A-Z][A-Z0-9-]*")


def made(*entries: Entry) -> bytes:
    return ics.calendar(
        entries, name="Havre: deadlines", site="https://havre.example", origin="calais", made_at=MADE
    )


def lines_of(content: bytes) -> list[str]:
    """Content lines, unfolded (3.1); AssertionError where a line is too long, cut within a letter or ends wrongly."""
    assert content.endswith(b"\r\n")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    raw = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in raw)
    assert all(line.decode() for line in raw)
    return re.sub("\r\n[ \t]", "", content.decode()).split("\r\n")[:-1]


def properties(lines: list[str]) -> dict[str, str]:
    """The properties of one event, with their parameters: each at most once."""
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        assert NAME.fullmatch(name.partition(";")[0]), line
        assert name not in found, f"{name} stands twice"
        found[name] = value
    return found


def events_of(content: bytes) -> list[dict[str, str]]:
    lines = lines_of(content)
    starts = [place for place, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    return [properties(lines[start + 1 : lines.index("END:VEVENT", start)]) for start in starts]


def plain(value: str) -> str:
    """A TEXT value as it was meant (3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_a_calendar_begins_and_ends_and_names_version_and_maker() -> None:
    lines = lines_of(made(ENTRY))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("VERSION:2.0") == 1
    assert len([line for line in lines if line.startswith("PRODID:")]) == 1
    opened: list[str] = []
    for line in lines:
        if line.startswith("BEGIN:"):
            opened.append(line[6:])
        elif line.startswith("END:"):
            assert opened.pop() == line[4:]
    assert opened == []


def test_a_deadline_is_an_event_of_one_whole_day() -> None:
    (event,) = events_of(made(ENTRY))
    assert event["DTSTART;VALUE=DATE"] == "20170107"
    assert event["DTEND;VALUE=DATE"] == "20170108"  # the day after: the end is not part of it (3.6.1)
    assert event["DTSTAMP"] == "20161121T083000Z"  # UTC (3.8.7.2)
    assert event["UID"] == "case-reply-2017-01-07@calais"
    assert event["URL"] == "https://havre.example/cases/1"
    assert plain(event["DESCRIPTION"]) == ENTRY.text


def test_the_same_deadline_keeps_its_uid_and_two_have_two() -> None:
    other = Entry("case-transfer-2017-01-07", ENTRY.day, ENTRY.title, ENTRY.text, ENTRY.address)
    first, second = events_of(made(ENTRY, other))
    assert first["UID"] != second["UID"]
    assert events_of(made(other, ENTRY))[1]["UID"] == first["UID"]


def test_a_calendar_without_deadlines_still_has_a_component() -> None:
    lines = lines_of(made())
    assert not events_of(made())
    assert "BEGIN:VTIMEZONE" in lines


@pytest.mark.parametrize("length", [73, 74, 75, 76, 150, 151])
@pytest.mark.parametrize("letter", ["a", "é", "ع", "😀"])
def test_a_long_line_is_folded_between_letters(length: int, letter: str) -> None:
    line = "X:" + letter * length
    pieces = list(ics.folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(), st.text())
def test_whatever_a_text_holds_it_is_read_back(title: str, said: str) -> None:
    entry = Entry("key", date(2016, 12, 31), title, said, "/")
    (event,) = events_of(made(entry))
    for name, value in (("SUMMARY", title), ("DESCRIPTION", said)):
        kept = (
            re.sub("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]", "", value).replace("\r\n", "\n").replace("\r", "\n")
        )
        assert plain(event[name]) == kept
    assert event["DTEND;VALUE=DATE"] == "20170101"

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notices of a member: read on sight, and opened from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from havre.core.access import Purpose, Right, current_actor, needs
from havre.core.accounts.enums import Role
from havre.core.notices.models import Notice
from havre.core.notices.telling import UnknownSentence, count_anew, said, unread
from havre.core.notices.words import WORDS
from havre.core.ui import language_of, page
from havre.core.ui.work import Tile
from havre.words import Language

READ_NOTICES = Right("notices.read", frozenset(Role), Purpose.CARE)
"""Everybody, their own: a row policy shows no other."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as the list shows it."""

    id: UUID
    said: str
    at: datetime
    is_new: bool


@needs(READ_NOTICES)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list, newest first; ``before`` is the id where the last page ended."""
    found = Notice.objects.filter(member_id=current_actor().member_id).order_by("-id")
    if before := _uuid(request.GET.get("before", "")):
        found = found.filter(id__lt=before)
    shown = list(found[: PAGE + 1])
    more = shown[PAGE - 1].id if len(shown) > PAGE else None
    return page(
        request,
        "notices/notices.html.jinja",
        WORDS,
        lines=[_line(notice, language_of(request)) for notice in shown[:PAGE]],
        unread=unread(),
        newest=reverse("notices:notices") if before else None,
        older=f"{reverse('notices:notices')}?before={more}" if more else None,
    )


@needs(READ_NOTICES)
@require_POST
def open_notice(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """Notes that it was read, and goes where it leads."""
    notice = get_object_or_404(Notice, id=pk, member_id=current_actor().member_id)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
        count_anew()
    return HttpResponseRedirect(notice.link)


@needs(READ_NOTICES)
@require_POST
def all_read(_request: HttpRequest) -> HttpResponse:
    """Notes that all of them were read."""
    mine = Notice.objects.filter(member_id=current_actor().member_id, read_at=None)
    mine.update(read_at=timezone.now())
    count_anew()
    return HttpResponseRedirect(reverse("notices:notices"))


def waiting(language: Language) -> Iterator[Tile]:
    """What the first page says of the notices that the acting member has not read."""
    if n := unread():
        yield Tile(
            n, WORDS.say(language, "notices_wait", n=n), reverse("notices:notices"), "attention", order=10
        )


def _line(notice: Notice, language: Language) -> Line:
    try:
        text = said(notice, language)
    except UnknownSentence:
        text = WORDS.say(language, "notice_of_the_past")
    return Line(notice.id, text, notice.recorded_at, notice.read_at is None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

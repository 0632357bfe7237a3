# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a member is told outside of Havre: a calendar by a secret link, a mail a day; and the calendar itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.core.access import needs, public
from havre.core.notices.digests import ask_for_digest, digest_is_asked, mail_is_set_up, stop_digest
from havre.core.notices.feeds import LIMIT, ReadTooOften, end_feed, feed_of_mine, make_feed, read_feed
from havre.core.notices.views import READ_NOTICES
from havre.core.notices.words import WORDS
from havre.core.ui import language_of, page


@needs(READ_NOTICES)
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """What the member has chosen, and the buttons to choose otherwise."""
    return _shown(request)


@needs(READ_NOTICES)
@require_POST
def feed_made(request: HttpRequest) -> HttpResponse:
    """A new link, shown this once; the one before opens nothing any more."""
    secret = make_feed(language_of(request))
    return _shown(request, request.build_absolute_uri(reverse("notices:feed", args=[secret])))


@needs(READ_NOTICES)
@require_POST
def feed_ended(request: HttpRequest) -> HttpResponse:
    """The link opens nothing any more."""
    end_feed()
    return _back(request, "feed_ended")


@needs(READ_NOTICES)
@require_POST
def digest_chosen(request: HttpRequest) -> HttpResponse:
    """With ``wanted`` a mail a day, without it none."""
    if request.POST.get("wanted"):
        ask_for_digest(language_of(request))
        return _back(request, "digest_wanted")
    stop_digest()
    return _back(request, "digest_stopped")


@public  # for the calendar program of whoever holds the link, which signs in nowhere
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of a secret link."""
    try:
        found = read_feed(token, f"{request.scheme}://{request.get_host()}")
    except ReadTooOften:
        return HttpResponse(status=429, headers={"Retry-After": str(LIMIT.seconds)})
    if found is None:
        raise Http404
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="havre.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers=headers)


def _shown(request: HttpRequest, link: str = "") -> HttpResponse:
    return page(
        request,
        "notices/told.html.jinja",
        WORDS,
        link=link,
        feed=feed_of_mine(),
        digest=digest_is_asked(),
        mail=mail_is_set_up(),
    )


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, WORDS.say(language_of(request), said))
    return HttpResponseRedirect(reverse("notices:told"))

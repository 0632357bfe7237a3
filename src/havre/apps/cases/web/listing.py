# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases that a member may read, what is due first comes first; and the children whose case can be opened."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.cases.actions import AlreadyOpen, CaseRefused, NoSuchCase, open_case
from havre.apps.cases.models import Case
from havre.apps.cases.policies import OPEN_CASE, READ_CASES
from havre.apps.cases.queries import (
    When,
    briefs_of,
    cases,
    decisions,
    handed_over,
    how_many,
    lines_of_briefs,
    stock,
    who_is_waited_for,
    who_said,
)
from havre.apps.cases.web.words import WORDS
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries import PairLine, line_of, pairs
from havre.core.access import current_actor, may, needs
from havre.core.clock import today
from havre.core.ui import language_of, page, page_number
from havre.core.ui.context import url
from havre.words import Language

A_PAGE = 50
MOST_TO_OPEN = 20


@needs(READ_CASES)
@require_GET
def cases_list(request: HttpRequest) -> HttpResponse:
    """Every case that may be read, by what is due first; with ``who`` or ``when`` those in which that is due."""
    return _listed(request)


@needs(OPEN_CASE)
@require_POST
def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opens the case of a verified pair and shows it; where the child has one, shows that."""
    return shown_or_listed(request, lambda: open_case(pk))


def shown_or_listed(request: HttpRequest, opening: Callable[[], Case]) -> HttpResponse:
    """The case that ``opening`` opens, or the one that the child has; the list with the reason where it is refused."""
    language = language_of(request)
    try:
        case_id = opening().pk
        messages.success(request, WORDS.say(language, "said_opened"))
    except AlreadyOpen as refused:
        case_id = refused.case_id
        messages.info(request, refused.say(language))
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        return _listed(request, refused)
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]))


def tabs(language: Language, current: str) -> list[tuple[str, str, bool]]:
    """Three ways to look at the same cases: one by one, by what is late, all at once."""
    return [
        (WORDS.say(language, f"tab_{each}"), url(f"cases:{each}"), each == current)
        for each in ("cases", "overdue", "cohort")
    ]


def _listed(request: HttpRequest, refused: CaseRefused | None = None) -> HttpResponse:
    language, day, there = language_of(request), today(), stock()
    authorities = who_is_waited_for(day)
    who, when = _asked(request, {each.who for each in authorities})
    here = page_number(request)
    briefs = briefs_of(day, (here - 1) * A_PAGE, A_PAGE + 1, who=who, when=when, of=there.cases)
    asked = {"who": who, "when": when}
    n = how_many(day, who, when) if who or when else there.cases
    return page(
        request,
        "cases/cases.html.jinja",
        WORDS,
        status=refused.status if refused else 200,
        refused=refused.say(language) if refused else "",
        tabs=tabs(language, "cases"),
        lines=lines_of_briefs(briefs[:A_PAGE], language, day),
        who_said=lambda each: who_said(each, language),
        authorities=authorities,
        asked=_narrowed(who, when, language),
        count=WORDS.say(language, "cases_shown", n=n),
        previous=url("cases:cases", query={**asked, "page": here - 1}) if here > 1 else None,
        following=url("cases:cases", query={**asked, "page": here + 1}) if briefs[A_PAGE:] else None,
        drafts=list(decisions().waiting_for_me()) if there.drafts and may(current_actor(), OPEN_CASE) else [],
        to_open=[] if who or when else _to_open(language),
        may_open=may(current_actor(), OPEN_CASE),
    )


def _asked(request: HttpRequest, known: set[str]) -> tuple[str, When | None]:
    """Who is waited for and how near it is due, where the address says so and it is such a word."""
    who, when = request.GET.get("who", ""), request.GET.get("when", "")
    return who if who in known else "", When(when) if when in list(When) else None


def _narrowed(who: str, when: When | None, language: Language) -> str:
    """What is shown, where it is not everything."""
    parts = [who_said(who, language)] if who else []
    parts += [WORDS.say(language, f"when_{when.value}")] if when else []
    return " · ".join(parts)


def _to_open(language: Language) -> list[PairLine]:
    """Verified pairs of our own children who have no case."""
    actor = current_actor()
    if not may(actor, OPEN_CASE):
        return []
    ours = pairs().of_our_organisation().in_state(PairState.VERIFIED).filter(child_shore=actor.shore)
    opened = cases().filter(pair__isnull=False).values("pair")
    elsewhere = handed_over()
    gone = Q(registration_a__in=elsewhere) | Q(registration_b__in=elsewhere)
    waiting = ours.exclude(pk__in=opened).exclude(gone).most_probable_first()
    return [line_of(pair, language) for pair in waiting[:MOST_TO_OPEN]]

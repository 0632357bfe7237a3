# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases that a member may read, what is due first comes first; and the children whose case can be opened."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.cases.actions import AlreadyOpen, CaseRefused, NoSuchCase, open_case
from havre.apps.cases.policies import OPEN_CASE, READ_CASES
from havre.apps.cases.queries import briefs_of, cases, decisions, lines_of_cases, waits_for
from havre.apps.cases.web.words import WORDS
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.queries import PairLine, line_of, pairs
from havre.core.access import current_actor, may, needs
from havre.core.clock import today
from havre.core.ui import language_of, page
from havre.words import Language

A_PAGE = 50
MOST_TO_OPEN = 20


@needs(READ_CASES)
@require_GET
def cases_list(request: HttpRequest) -> HttpResponse:
    """Every case that may be read, by what is due first."""
    return _listed(request)


@needs(OPEN_CASE)
@require_POST
def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opens the case of a verified pair and shows it; where the child has one, shows that."""
    language = language_of(request)
    try:
        case_id = open_case(pk).pk
        messages.success(request, WORDS.say(language, "said_opened"))
    except AlreadyOpen as refused:
        case_id = refused.case_id
        messages.info(request, refused.say(language))
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        return _listed(request, refused)
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]))


def _listed(request: HttpRequest, refused: CaseRefused | None = None) -> HttpResponse:
    language = language_of(request)
    board = briefs_of(cases(), today())
    number = request.GET.get("page", "")
    first = (int(number) - 1) * A_PAGE if number.isdecimal() and 0 < len(number) < 7 and int(number) else 0
    here = first // A_PAGE + 1
    shown = lines_of_cases([each.case_id for each in board[first : first + A_PAGE]], language)
    address = reverse("cases:cases")
    return page(
        request,
        "cases/cases.html.jinja",
        WORDS,
        status=refused.status if refused else 200,
        refused=refused.say(language) if refused else "",
        lines=shown,
        waits={line.case.pk: waits_for(line.standing, language) for line in shown},
        count=WORDS.say(language, "cases_shown", n=len(board)),
        previous=f"{address}?page={here - 1}" if here > 1 else None,
        following=f"{address}?page={here + 1}" if board[first + A_PAGE :] else None,
        drafts=list(decisions().waiting_for_me()) if may(current_actor(), OPEN_CASE) else [],
        to_open=_to_open(language),
    )


def _to_open(language: Language) -> list[PairLine]:
    """Verified pairs of our own children who have no case."""
    actor = current_actor()
    if not may(actor, OPEN_CASE):
        return []
    ours = pairs().of_our_organisation().in_state(PairState.VERIFIED).filter(child_shore=actor.shore)
    waiting = ours.exclude(pk__in=cases().values("pair")).most_probable_first()
    return [line_of(pair, language) for pair in waiting[:MOST_TO_OPEN]]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of pairs: by what waits for the reader, by filters, by key."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.tracing.enums import PairState
from havre.apps.tracing.models import Pair
from havre.apps.tracing.policies import DECIDE, READ_PAIRS
from havre.apps.tracing.queries import PairQuerySet, line_of, my_work, page_after, pairs
from havre.apps.tracing.web.forms import NameForm, PairFilter
from havre.apps.tracing.web.pages import page
from havre.apps.tracing.web.words import WORDS
from havre.core.access import Actor, current_actor, may, needs
from havre.core.ui import language_of
from havre.core.ui.context import url
from havre.engines.linkage import Band
from havre.words import Language

COUNTED = 1000
"""Nobody reads further: more pairs than these are not counted."""
PAGE = 50
"""Pairs on a page. Of those with a name no more are shown: who looks for somebody types on rather than reads on."""


class Tab(StrEnum):
    """For whom the pairs wait."""

    DECIDE = "decide"
    VERIFY = "verify"
    ASKED = "asked"
    """The other shore asks for more."""
    OTHER_SHORE = "other_shore"
    ALL = "all"


BEGINS = (Tab.DECIDE, Tab.VERIFY)
"""Where one can begin with the first pair and be handed the next ones."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found, as far as anybody would count."""

    n: int

    def said(self, language: Language) -> str:
        """In words."""
        if self.n > COUNTED:
            return WORDS.say(language, "pairs_found_more", n=COUNTED)
        return WORDS.say(language, "pairs_found", n=self.n)


@needs(READ_PAIRS)
@require_GET
def pairs_list(request: HttpRequest) -> HttpResponse:
    """Pairs that the reader may see; those who decide begin with what waits for them."""
    tab = _tab(request.GET.get("tab", ""), current_actor())
    form = PairFilter(request.GET, language=language_of(request))
    found = filtered(_waiting(tab), form.chosen)
    shown = page_after(found, request.GET.get("at", ""), PAGE)
    asked = {"tab": tab.value, **form.asked}
    return _shown(
        request,
        tab,
        shown.rows,
        filter=form,
        count=count_of(found),
        previous=_page_url(asked, shown.previous),
        following=_page_url(asked, shown.next),
    )


@needs(READ_PAIRS)
@require_http_methods(["GET", "POST"])
def looked_for(request: HttpRequest) -> HttpResponse:
    """The pairs in which a name may stand, in whatever script it is written; the list, where none was sent."""
    if request.method == "GET":
        return HttpResponseRedirect(url("tracing:pairs"))
    tab = _tab(request.POST.get("tab", ""), current_actor())
    form = NameForm(request.POST)
    names = form.cleaned_data.get("names", "") if form.is_valid() else ""
    found = _waiting(tab).named(names) if names else _waiting(tab)
    shown = list(found.most_probable_first()[:PAGE])
    count = count_of(found)
    return _shown(
        request, tab, shown, search=form, count=count, looked_for=bool(names), more=count.n > len(shown)
    )


def _shown(request: HttpRequest, tab: Tab, rows: list[Pair], *, count: Count, **more: Any) -> HttpResponse:
    language, actor = language_of(request), current_actor()
    base: dict[str, Any] = {
        "search": NameForm(),
        "filter": PairFilter({}, language=language),
        "looked_for": False,
        "more": False,
        "previous": None,
        "following": None,
    }
    return page(
        request,
        "pairs",
        tab=tab,
        tabs=_tabs(tab, actor, language),
        begin=tab in BEGINS and bool(rows),
        count=count.said(language),
        lines=[line_of(pair, language) for pair in rows],
        **(base | more),
    )


def filtered(found: PairQuerySet, chosen: dict[str, Any]) -> PairQuerySet:
    """Those of ``found`` that all chosen filters let through."""
    if state := chosen.get("state"):
        found = found.in_state(PairState(state))
    if band := chosen.get("band"):
        found = found.in_band(Band(band))
    if relation := chosen.get("relation"):
        found = found.with_relation(relation)
    if organisation := chosen.get("organisation"):
        found = found.with_organisation(UUID(organisation))
    if run := chosen.get("run"):
        found = found.of_run(run)
    return found.that_came_back() if chosen.get("came_back") else found


def count_of(found: PairQuerySet) -> Count:
    """How many there are, up to one more than is told."""
    return Count(found.order_by()[: COUNTED + 1].count())


def _tab(asked: str, actor: Actor) -> Tab:
    if not may(actor, DECIDE):
        return Tab.ALL
    return Tab(asked) if asked in set(Tab) else Tab.DECIDE


def _waiting(tab: Tab) -> PairQuerySet:
    match tab:
        case Tab.DECIDE:
            return pairs().waiting_for_my_decision()
        case Tab.VERIFY:
            return pairs().waiting_for_my_verification()
        case Tab.ASKED:
            return pairs().that_we_are_asked_about()
        case Tab.OTHER_SHORE:
            return pairs().waiting_for_the_other_shore()
    return pairs()


def _tabs(current: Tab, actor: Actor, language: Language) -> list[tuple[str, str, bool]]:
    """The tabs with what waits in them; none for those who only read."""
    if not may(actor, DECIDE):
        return []
    work = my_work()
    waits = {
        Tab.DECIDE: work.to_decide,
        Tab.VERIFY: work.to_verify,
        Tab.ASKED: work.asked_of_us,
        Tab.OTHER_SHORE: work.with_the_other_shore,
    }
    return [
        (
            WORDS.say(language, f"tab_{tab.value}", **({"n": waits[tab]} if tab in waits else {})),
            url("tracing:pairs", query={"tab": tab.value}),
            tab is current,
        )
        for tab in Tab
    ]


def _page_url(asked: dict[str, str], cursor: str) -> str | None:
    return url("tracing:pairs", query={**asked, "at": cursor}) if cursor else None

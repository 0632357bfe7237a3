# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stayed behind when a coach left: on which coach they ride, how else they came, or that they stay."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from havre.apps.accommodation.actions.departing import explain_behind, ride_later, stay_behind
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.policies import BOARD, DISPATCH
from havre.apps.accommodation.queries.departing.behind import behind_of, rides_for
from havre.apps.accommodation.web.departing.doing import say
from havre.apps.accommodation.web.departing.forms import LaterForm, StayForm, WhyForm
from havre.apps.accommodation.web.departing.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.core.access import current_actor, may, needs
from havre.core.ui import language_of, page
from havre.core.ui.telling import both_clocks
from havre.words import Language


@needs(BOARD)
@require_http_methods(["GET", "POST"])
def behind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those of a party whom a coach left without; what became of them is said here. The read is on record."""
    found = behind_of(pk)
    if found is None:
        raise Http404
    language, how = language_of(request), request.POST.get("how", "")
    typed = {name: request.POST if name == how else None for name in ("later", "explain", "stay")}
    coaches = rides_for(found.seat)
    forms: dict[str, Any] = {
        "later": LaterForm(language, [_coach(each, language) for each in coaches], typed["later"]),
        "explain": WhyForm(language, typed["explain"], auto_id="explain_%s"),
        "stay": StayForm(language, typed["stay"]),
    }
    form = forms.get(how)
    if form is not None and form.is_right():
        try:
            _does(how, pk, form.cleaned_data)()
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, say(request, f"said_behind_{how}"))
            return HttpResponseRedirect(reverse("accommodation:departures"))
    return page(
        request,
        "accommodation/behind.html.jinja",
        WORDS,
        status=200 if request.method == "GET" else 422,
        behind=found,
        coaches=coaches,
        may_plan=may(current_actor(), DISPATCH),
        spoken=spoken_in(language),
        **{f"{name}_form": each for name, each in forms.items()},
    )


def _does(how: str, pk: UUID, said: dict[str, Any]) -> Callable[[], object]:
    return {
        "later": lambda: ride_later(pk, UUID(said["departure"])),
        "explain": lambda: explain_behind(pk, said["why"]),
        "stay": lambda: stay_behind(pk, said["wristband"], PartyKind(said["party_kind"]), said["why"]),
    }[how]


def _coach(departure: Any, language: Language) -> tuple[str, str]:
    name = WORDS.say(language, "coach", number=departure.number)
    return str(departure.pk), f"{name} · {both_clocks(departure.leaves_at, language)}"

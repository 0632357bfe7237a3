# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One pair: everything that speaks for and against it, and the verdict; then the next pair comes by itself."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.tracing.actions import NoSuchPair, Outdated, TracingRefused, decide, possible_acts
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.policies import DECIDE, READ_PAIRS
from havre.apps.tracing.queries import line_of, next_pair, pair_view
from havre.apps.tracing.web.acts import choices, quick_undo
from havre.apps.tracing.web.compared import aids_reading, blocks_of
from havre.apps.tracing.web.forms import VerdictForm
from havre.apps.tracing.web.history import events_of
from havre.apps.tracing.web.pages import page
from havre.apps.tracing.web.pictures import evidence_figure
from havre.apps.tracing.web.words import WORDS
from havre.core.access import current_actor, may, needs
from havre.core.accounts.enums import Shore
from havre.core.database.ids import key_of
from havre.core.ui import language_of
from havre.core.ui.context import url

ON_WARDS = frozenset({Act.CONFIRM, Act.REJECT, Act.ASK, Act.SKIP, Act.VERIFY, Act.REFUSE_VERIFICATION})
"""Acts after which the next pair comes; after the others one stays with the pair."""
VERIFYING = frozenset({Act.VERIFY, Act.REFUSE_VERIFICATION})


@needs(READ_PAIRS)
@require_GET
def pair_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pair as the reader may see it. The read is on record."""
    return _shown(request, pk)


@needs(DECIDE)
@require_http_methods(["GET", "POST"])
def verdict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a verdict on the pair as it was seen; who comes second is told so and sees it anew.

    Whoever comes back to the address of a refused one, as after changing the language, finds the pair.
    """
    if request.method == "GET":
        return HttpResponseRedirect(reverse("tracing:pair", args=[pk]))
    form = VerdictForm(request.POST)
    if form.is_damaged:
        raise BadRequest
    act = Act(form.cleaned_data["act"])
    form = VerdictForm.of(act, language_of(request), request.POST)
    if not form.is_valid():
        return _shown(request, pk, status=422, form=form)
    said = form.cleaned_data
    given = {name: said[name] for name in ("version", "reason", "words", "true_on")}
    try:
        decide(pk, act, idempotency_key=said["key"], **given)
    except NoSuchPair as refused:
        raise Http404 from refused
    except Outdated as refused:
        return _shown(request, pk, status=409, refused=refused)
    except TracingRefused as refused:
        if refused.field:
            form.add_error(refused.field, refused.say(language_of(request)))
        return _shown(request, pk, status=422, refused=refused, form=form if refused.field else None)
    return _onwards(request, pk, act)


@needs(DECIDE)
@require_GET
def next_one(request: HttpRequest) -> HttpResponse:
    """The most probable pair that waits for the reader; the list where none does."""
    verifying = request.GET.get("verifying") == "1"
    following = next_pair(key_of(request.GET.get("after", "")), verifying=verifying)
    return HttpResponseRedirect(_address(following.pk if following else None, verifying=verifying))


def _onwards(request: HttpRequest, pk: UUID, act: Act) -> HttpResponse:
    """Says what was done, with the way back; then the next pair, or the same where there is more to do with it."""
    language, here = language_of(request), reverse("tracing:pair", args=[pk])
    said = WORDS.say(language, f"said_{act.value}")
    if act not in ON_WARDS:
        messages.success(request, said)
        return HttpResponseRedirect(here)
    back = WORDS.say(language, "back_to_it" if act in (Act.ASK, Act.SKIP) else "undo")
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, here, back))
    following = next_pair(pk, verifying=act in VERIFYING)
    return HttpResponseRedirect(_address(following.pk if following else None, verifying=act in VERIFYING))


def _address(pk: UUID | None, *, verifying: bool) -> str:
    if pk:
        return reverse("tracing:pair", args=[pk])
    return url("tracing:pairs", query={"tab": "verify" if verifying else "decide"})


def _shown(
    request: HttpRequest,
    pk: UUID,
    *,
    status: int = 200,
    refused: TracingRefused | None = None,
    form: VerdictForm | None = None,
) -> HttpResponse:
    """The pair as it is now; with ``form`` as it has to be put right, or what ``refused`` says."""
    language, actor = language_of(request), current_actor()
    view = pair_view(pk, language)
    if view is None:
        raise Http404
    acts, blocks = possible_acts(view.pair), blocks_of(view, language)
    offered = choices(acts, language, form)
    again = next((choice for choice in offered if form and choice.form is form), None)
    return page(
        request,
        "pair",
        status=status,
        view=view,
        line=line_of(view.pair, language),
        state=PairState(view.pair.state),
        blocks=blocks,
        has_aids=any(aids_reading(block) for block in blocks),
        heads=[shore.label(language) for shore in Shore],
        evidence=evidence_figure(view.bits, view.reasons, language) if view.pair.bits else None,
        events=events_of(view.verdicts, language),
        choices=offered,
        again=again,
        form=form if again else None,
        can_undo=quick_undo(acts, view.verdicts),
        refused="" if again or not refused else refused.say(language),
        outdated=refused if isinstance(refused, Outdated) else None,
        may_decide=may(actor, DECIDE),
        verifying=Act.VERIFY in acts,
    )

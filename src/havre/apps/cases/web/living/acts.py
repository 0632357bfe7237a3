# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts on a case: each with its form, and when it is offered."""

from collections.abc import Callable
from dataclasses import dataclass

from havre.apps.cases.enums import Answer, CaseState
from havre.apps.cases.queries import CaseView, Life, answering_outside, event_rules
from havre.apps.cases.web.living.beginning import (
    AddressForm,
    CloseForm,
    JoinForm,
    OutsideForm,
    PairForm,
    PartForm,
    ReopenForm,
)
from havre.apps.cases.web.living.caring import AssessForm, DetermineForm, LanguageForm, RepresentativeForm
from havre.apps.cases.web.living.forms import ActForm
from havre.apps.cases.web.living.travelling import FollowUpForm, PlanForm, StepForm


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a member does with a case. What it is called stands in the words: ``do_KEY``, ``did_KEY``."""

    form: type[ActForm]
    is_offered: Callable[[CaseView, Life], bool]


def _always(_view: CaseView, _life: Life) -> bool:
    return True


def _asks(view: CaseView, _life: Life) -> bool:
    return view.asks


def _outside(view: CaseView, _life: Life) -> bool:
    state = view.standing.state
    return view.asks and any(answering_outside(each, state, dated=True) for each in Answer)


ACTS: dict[str, Act] = {
    "pair": Act(PairForm, lambda _, life: bool(life.to_join)),
    "address": Act(
        AddressForm, lambda view, _: view.asks and not view.case.pair_id and not view.standing.route
    ),
    "plan": Act(PlanForm, lambda view, _: view.standing.state in event_rules()["planned"].within),
    "step": Act(StepForm, lambda _, life: life.plan is not None),
    "follow_up": Act(FollowUpForm, lambda view, _: any(not each.made for each in view.standing.visits)),
    "outside": Act(OutsideForm, _outside),
    "join": Act(JoinForm, _asks),
    "part": Act(PartForm, lambda view, life: view.asks and bool(life.siblings or life.elsewhere)),
    "representative": Act(RepresentativeForm, _always),
    "spoken": Act(LanguageForm, _always),
    "assess": Act(AssessForm, _always),
    "determine": Act(DetermineForm, _always),
    "close": Act(CloseForm, _asks),
}
"""By the word that stands in the address, in the order in which the nearest is offered first."""
REOPEN = "reopen"
ACTS_OF_CLOSED = {REOPEN: Act(ReopenForm, _asks)}
FIRST = ("pair", "address", "follow_up", "plan", REOPEN)
"""What a case waits for most, before all else that can be done; the first that is offered has the main button."""


def offered(view: CaseView, life: Life) -> list[str]:
    """The acts that make sense as the case stands, for whoever acts."""
    acts = ACTS_OF_CLOSED if view.standing.state is CaseState.CLOSED else ACTS
    return [key for key, act in acts.items() if act.is_offered(view, life)]


def first_of(keys: list[str]) -> str:
    """What the case waits for most, of the acts that are offered; empty where it waits for none."""
    return next((key for key in FIRST if key in keys), "")


def act_of(key: str) -> Act | None:
    """The act of an address."""
    return ACTS.get(key) or ACTS_OF_CLOSED.get(key)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Referrals: where each stands, what may be done to it and by which side, and what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from havre.apps.cases.enums import ExtractField, ReferralAct, ReferralKind, ReferralState
from havre.apps.cases.models import Case, Extract, Referral, ReferralStep
from havre.apps.cases.queries.cases import cases
from havre.apps.registry.queries import registrations
from havre.core.access import current_actor
from havre.core.audit import record_read


@dataclass(frozen=True, slots=True)
class Referable:
    """A child whom the own organisation may refer: it registered them, or leads their case."""

    case: Case | None
    registration: Any
    """With details. None of a case whose child has taken back that we may read them."""


def referable(registration_id: UUID) -> Referable | None:
    """The child of a registration, if the own organisation may refer them."""
    own = current_actor().organisation_id
    case = cases().filter(registration=registration_id, organisation=own).first()
    registration = registrations().with_details().filter(pk=registration_id).first()
    is_gone = registration is not None and registration.erased_at is not None
    is_ours = case is not None or (registration is not None and registration.organisation_id == own)
    return Referable(case, registration) if is_ours and not is_gone else None


def may_be_referred(registration_id: UUID) -> bool:
    """Whether the own organisation may refer the child of a registration that may be read."""
    of_ours = registrations().own().standing().filter(pk=registration_id)
    led = cases().filter(registration=registration_id, organisation=current_actor().organisation_id)
    return of_ours.exists() or led.exists()


def referable_of(person_id: UUID) -> UUID | None:
    """Under which registration a person is referred: that of the case which the own organisation leads, or its own."""
    own = current_actor().organisation_id
    of_person = registrations().standing().of_person(person_id)
    led = cases().filter(organisation=own, registration__in=of_person.values("pk"))
    return (
        led.values_list("registration", flat=True).first()
        or of_person.own().values_list("pk", flat=True).first()
    )


class Side(StrEnum):
    """Who may do something to a referral."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an act asks for, and what comes of it. The database holds the same (``cases_referral_rules``)."""

    act: ReferralAct
    by: Side
    within: frozenset[ReferralState]
    becomes: ReferralState
    reason: bool


_WAITING = frozenset(state for state in ReferralState if state.waits)
RULES_OF_REFERRALS = {
    rule.act: rule
    for rule in (
        Rule(
            ReferralAct.RECEIVE,
            Side.RECIPIENT,
            frozenset({ReferralState.SENT}),
            ReferralState.RECEIVED,
            reason=False,
        ),
        Rule(ReferralAct.ACCEPT, Side.RECIPIENT, _WAITING, ReferralState.ACCEPTED, reason=False),
        Rule(ReferralAct.REFUSE, Side.RECIPIENT, _WAITING, ReferralState.REFUSED, reason=True),
        Rule(ReferralAct.TAKE_BACK, Side.SENDER, _WAITING, ReferralState.TAKEN_BACK, reason=True),
        Rule(
            ReferralAct.END,
            Side.EITHER,
            frozenset({ReferralState.ACCEPTED}),
            ReferralState.ENDED,
            reason=True,
        ),
    )
}
ANSWERS = [act for act, rule in RULES_OF_REFERRALS.items() if not rule.becomes.waits]
"""After which a referral waits no more."""


class Referrals(QuerySet[Referral]):
    """Referrals that may be read: those that the own organisation made, and those that were made to it.

    And the transfers by which a case came to it, or went on from it: between whom, and when.
    """

    def whole(self) -> "Referrals":
        """Each with what a line shows."""
        # Nothing of the registration: a join would hide the referral from whom it may be read by, and it may not.
        return self.select_related("organisation", "recipient", "case").prefetch_related(
            "steps__organisation"
        )

    def of_ours(self) -> "Referrals":
        """That the own organisation made, or that were made to it; not those by which a case of it went on."""
        own = current_actor().organisation_id
        return self.filter(Q(organisation=own) | Q(recipient=own))

    def that_handed_over(self, cases: Iterable[UUID]) -> "Referrals":
        """The transfers that were accepted of any of these cases, the first one first."""
        done = ReferralStep.objects.filter(referral=OuterRef("pk"), act=ReferralAct.ACCEPT)
        wanted = Q(case__in=[*cases]) | Q(along__overlap=[*cases])
        return self.filter(Exists(done), wanted, kind=ReferralKind.TRANSFER).order_by("recorded_at", "id")

    def waiting(self) -> "Referrals":
        """That nobody has answered, and nobody took back."""
        answered = ReferralStep.objects.filter(referral=OuterRef("pk"), act__in=ANSWERS)
        return self.filter(~Exists(answered))


def referrals() -> Referrals:
    """All that may be read."""
    return Referrals(Referral)


def state_of_referral(steps: Iterable[ReferralStep]) -> ReferralState:
    """The state that the last thing that was done has led to."""
    done = [RULES_OF_REFERRALS[ReferralAct(step.act)].becomes for step in steps]
    return done[-1] if done else ReferralState.SENT


def acts_of(referral: Referral) -> list[ReferralAct]:
    """What the acting member's organisation may do to it now."""
    own, state = current_actor().organisation_id, state_of_referral(referral.steps.all())
    if own not in (referral.organisation_id, referral.recipient_id):
        return []
    sides = {Side.EITHER, Side.SENDER if own == referral.organisation_id else Side.RECIPIENT}
    return [
        act
        for act, rule in RULES_OF_REFERRALS.items()
        if rule.by in sides and state in rule.within and not _of_no_transfer(act, referral)
    ]


def _of_no_transfer(act: ReferralAct, referral: Referral) -> bool:
    """What was handed over is not ended: the case is another's by then."""
    return act is ReferralAct.END and referral.kind == ReferralKind.TRANSFER


def is_late(referral: Referral, on: date) -> bool:
    """Whether an answer should have come by now."""
    return state_of_referral(referral.steps.all()).waits and referral.answer_by < on


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many referrals wait."""

    to_answer: int
    late: int


def waiting_referrals(on: date) -> Waiting:
    """What waits for the own organisation to answer, and what is late on either side; one query."""
    own = current_actor().organisation_id
    found = referrals().waiting().order_by()
    counts = found.aggregate(
        to_answer=Count("pk", filter=Q(recipient=own)), late=Count("pk", filter=Q(answer_by__lt=on))
    )
    return Waiting(**counts)


@dataclass(frozen=True, slots=True)
class ReferralView:
    """Everything that the page of a referral shows."""

    referral: Referral
    state: ReferralState
    extract: Extract | None
    """None where the acting member may not read it, or no longer."""
    acts: Sequence[ReferralAct]
    own: bool
    """Whether the acting member's organisation made it."""
    siblings: Sequence[tuple[UUID, str]]
    """Id and reference of those whose registration may be read."""
    unseen_siblings: int
    cases: Sequence[tuple[UUID, bool]]
    """That a transfer hands over together, the child's first; and whether each may be read."""
    chain: Sequence[Referral]
    """The transfers by which these cases went from one organisation to the next; empty while there is no other."""

    @property
    def takes_part(self) -> bool:
        """Whether the acting member's organisation made it, or it was made to it."""
        return current_actor().organisation_id in (self.referral.organisation_id, self.referral.recipient_id)

    @property
    def registered_here(self) -> bool:
        """Whether the acting member's organisation registered the child."""
        return registrations().own().filter(pk=self.referral.registration_id).exists()

    @property
    def fields(self) -> list[tuple[ExtractField, str]]:
        """What went along, as it was written."""
        return [(ExtractField(name), value) for name, value in (self.extract.fields if self.extract else [])]


def referral_view(referral_id: UUID) -> ReferralView | None:
    """The referral; None where there is none that may be read. The read is put on record."""
    referral = referrals().whole().filter(pk=referral_id).first()
    if referral is None:
        return None
    record_read("cases_referral", referral.pk, referral.registration_id)
    extract = Extract.objects.filter(referral=referral_id).first()
    ids = [UUID(key) for key in extract.siblings] if extract else []
    known = registrations().filter(pk__in=ids).values_list("pk", "person__reference")
    siblings = sorted(known, key=lambda each: each[1])
    together = [referral.case_id, *referral.along] if referral.case_id else []
    moved = together if referral.kind == ReferralKind.TRANSFER else []
    readable = set(cases().filter(pk__in=moved).values_list("pk", flat=True))
    chain = list(referrals().that_handed_over(together).whole()) if together else []
    return ReferralView(
        referral=referral,
        state=state_of_referral(referral.steps.all()),
        extract=extract,
        acts=acts_of(referral),
        own=referral.organisation_id == current_actor().organisation_id,
        siblings=siblings,
        unseen_siblings=len(ids) - len(siblings),
        cases=[(key, key in readable) for key in moved],
        chain=chain if [each.pk for each in chain] != [referral.pk] else [],
    )

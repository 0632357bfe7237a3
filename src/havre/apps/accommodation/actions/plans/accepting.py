# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan is accepted, whole or in part: what it proposes becomes a promise. Of minors two members say so.

What has changed since the plan was made is left out and told; nobody's units are given twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from havre.apps.accommodation.actions.plans.asking import done_plan
from havre.apps.accommodation.actions.promising import Given, end_promises, give_places
from havre.apps.accommodation.enums import OfferState, PartyKind, PromiseEnd
from havre.apps.accommodation.models import Acceptance, Assignment, Offer, Plan, Promise, Stay
from havre.apps.accommodation.policies import ACCEPT_PLAN
from havre.apps.accommodation.queries.ages import wrong_ages
from havre.apps.accommodation.queries.departing import is_closed, on_board
from havre.apps.accommodation.queries.plans import is_open
from havre.core.access import Actor, check
from havre.core.clock import now, today
from havre.core.jobs import defer

JOB = "accommodation.accept"


@dataclass(frozen=True, slots=True)
class AcceptedNow:
    """What came of it, in parties."""

    promised: int
    second: int
    """Wait for a second member."""
    changed: int
    """Were left out: since the plan was made they left, arrived, said no, or were promised something else."""
    taken_back: int
    """Lost their promise, since its centre is closed and the plan has no place for them."""
    wrong_age: int = 0
    """Were left out: they are not what they were taken for, by age evidence that came later."""


@transaction.atomic
def accept_soon(plan_id: UUID) -> Plan:
    """Lets a worker accept the whole plan in the name of whoever asks: thousands of promises outlast a page.

    PlanRefused. What came of it, the job of the plan leaves behind: AcceptedNow, or the centre without room.
    """
    check(ACCEPT_PLAN)
    plan = done_plan(plan_id)
    plan.acceptance_job = defer(JOB, plan.pk)
    plan.save(update_fields=["acceptance_job"])
    return plan


@transaction.atomic
def accept_plan(plan_id: UUID, *, centre: UUID | None = None, party: UUID | None = None) -> AcceptedNow:
    """Accepts what a plan proposes: of everybody, of those it sends to a centre, or of one party.

    PlanRefused, NoRoom where the units of a centre were given to others meanwhile: then nothing is accepted.
    """
    actor = check(ACCEPT_PLAN)
    plan = done_plan(plan_id)
    wanted = _of(plan, centre, party)
    open_now = _promises(wanted)
    fresh = [each for each in wanted if not _is_kept(each, open_now)]
    elsewhere = set(Stay.objects.filter(ends=None).values_list("party", flat=True)) | _had_it(plan)
    elsewhere |= {seat.party_id for seat in on_board() if not is_closed(seat.stop)}
    still = [each for each in fresh if each.party_id not in elsewhere and _still(each, open_now)]
    wrong = wrong_ages()
    placed = [each for each in still if each.place_id and each.party_id not in wrong]
    _say(plan, placed, actor)
    ready = list(_ready(plan, placed, actor))
    lost = [each for each in still if each.place_id is None and each.was and not is_open(each.was, today())]
    end_promises((open_now[each.party_id].pk for each in lost), PromiseEnd.CLOSED)
    end_promises(
        (open_now[given.party.pk].pk for given in ready if given.party.pk in open_now), PromiseEnd.MOVED
    )
    give_places(ready, max(plan.day, today()), plan=plan)
    _lapse_offers(given.party.pk for given in ready)
    return AcceptedNow(
        promised=len(ready),
        second=len(placed) - len(ready),
        changed=len(fresh) - len(still),
        taken_back=len(lost),
        wrong_age=sum(each.place_id is not None and each.party_id in wrong for each in still),
    )


def _of(plan: Plan, centre: UUID | None, party: UUID | None) -> Sequence[Assignment]:
    """What is accepted."""
    found = Assignment.objects.filter(plan=plan).select_related("party", "was__centre")
    if party:
        found = found.filter(party=party)
    if centre:
        found = found.filter(place__centre=centre)
    return list(found)


def _lapse_offers(parties: Iterable[UUID]) -> None:
    """What the desk offered to them stands no more: a late yes to it would take back what two members said."""
    standing = Q(state=OfferState.OPEN) | Q(state=OfferState.ACCEPTED, promise=None)
    offers = Offer.objects.filter(standing, party__in=list(parties))
    offers.update(state=OfferState.LAPSED, answered_at=now(), chosen=None)


def _had_it(plan: Plan) -> set[UUID]:
    """Who was promised a place by this plan, and said no or did not come: the same plan promises it to nobody twice."""
    return set(Promise.objects.filter(plan=plan, ended_at__isnull=False).values_list("party", flat=True))


def _promises(wanted: Iterable[Assignment]) -> dict[UUID, Promise]:
    ids = [each.party_id for each in wanted]
    return {each.party_id: each for each in Promise.objects.filter(party__in=ids, ended_at=None)}


def _is_kept(each: Assignment, open_now: dict[UUID, Promise]) -> bool:
    """Whether they have it already, or have nothing to be given or taken."""
    promise = open_now.get(each.party_id)
    if promise is None:
        return each.place_id is None
    return promise.place_id == each.place_id


def _still(each: Assignment, open_now: dict[UUID, Promise]) -> bool:
    """Whether they are where the plan found them."""
    promise = open_now.get(each.party_id)
    as_before = (promise.place_id if promise else None) == each.was_id
    return as_before and each.party.ended_on is None


def _say(plan: Plan, placed: Iterable[Assignment], actor: Actor) -> None:
    said = set(Acceptance.objects.filter(plan=plan, member=actor.member_id).values_list("party", "place"))
    Acceptance.objects.bulk_create(
        (
            Acceptance(plan=plan, party=each.party, place_id=each.place_id, member_id=actor.member_id)
            for each in placed
            if each.place_id and (each.party_id, each.place_id) not in said
        ),
        batch_size=1000,
    )


def _ready(plan: Plan, placed: Sequence[Assignment], actor: Actor) -> Iterable[Given]:
    """Those of whom enough members have said it."""
    others = Acceptance.objects.filter(plan=plan).exclude(member__account=actor.account_id)
    by = {(party, place): member for party, place, member in others.values_list("party", "place", "member")}
    for each in placed:
        if each.place_id is None:
            continue
        needs_two = each.party.kind == PartyKind.MINOR
        second = by.get((each.party_id, each.place_id)) if needs_two else None
        if second or not needs_two:
            yield Given(each.party, each.place_id, each.on_day, second)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's camp is emptied in days of coaches, the last of which is today: a few coaches wait for whoever looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation import actions as accommodation
from havre.apps.accommodation.actions import departing, desk
from havre.apps.accommodation.actions.desk import Explained
from havre.apps.accommodation.actions.plans import accept_plan
from havre.apps.accommodation.enums import DepartureState
from havre.apps.accommodation.models import Departure, Offer, Party, Plan
from havre.apps.accommodation.queries import parties
from havre.apps.accommodation.queries.departing import is_closed, seats, stops, travelling
from havre.conf.demo_story import Hands
from havre.core.access import Purpose, acting_as
from havre.core.clock import PARIS, now, standing_on, today
from havre.core.jobs import run_jobs
from havre.core.notices.models import Notice
from havre.scenario.leaving import Days

STAYING = 6
"""Coaches of the last day that nobody has boarded yet."""
FAR_STOPS = 3
"""Centres that a coach with two drivers calls at: who empties a camp in days joins far ways."""
EVENING, NOON = time(20), time(12)
CLOSED = "The town takes the building back."


def first_day(days: Days) -> date:
    """On which the first coaches leave."""
    return today() - timedelta(days=days.number - 1)


def empty_camp(plan: Plan, days: Days, hands: Hands, told: Callable[[float], None]) -> None:
    """Accepts the plan, and has everybody told of it leave. What a run that was interrupted left undone is done now."""
    if not _coaches_of(first_day(days), hands):
        with standing_on(_evening_before(first_day(days))):
            _accept(plan, hands)
            for wristband in days.refusing:
                _refuses_first(wristband, hands)
    told(0.2)
    for n in range(days.number):
        _one_day(n, days, hands, partial(_told_of_day, told, n, days.number))
    with acting_as(hands.member.pk, Purpose.CARE):  # what centres were told of coaches that are long there
        Notice.objects.filter(key="accommodation.notice_coach", read_at=None).update(read_at=now())
    told(1.0)


def _told_of_day(told: Callable[[float], None], n: int, number: int, share: float) -> None:
    told(0.2 + 0.8 * (n + share) / number)


def _one_day(n: int, days: Days, hands: Hands, told: Callable[[float], None]) -> None:
    """Of the last day some coaches stand there yet, one is under way, and somebody of another has not arrived."""
    day = first_day(days) + timedelta(days=n)
    _fill(day, days, hands)
    coaches, is_last = _coaches_of(day, hands), day == today()
    if n == 1 and coaches:
        _stands_before_a_closed_door(coaches[-1], hands)
    going = coaches[:-STAYING] if is_last else coaches
    for done, coach in enumerate(going, 1):
        has_left = _goes(coach, days, hands)
        if has_left and not (is_last and done == len(going)):
            _arrives(coach, hands, lost=is_last and done == 1)
        told(done / len(going))


def _evening_before(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=1), EVENING, PARIS)


def _accept(plan: Plan, hands: Hands) -> None:
    """Both say yes: of children two members do."""
    for member in (hands.colleague, hands.member):
        with acting_as(member.pk, Purpose.CARE):
            accept_plan(plan.pk)


def _refuses_first(wristband: str, hands: Hands) -> None:
    """They say no to two regions, and take one of the next two."""
    with acting_as(hands.member.pk, Purpose.CARE):
        party = parties().get(wristband=wristband)
        if party.offers.exists():
            return
        said = _explained(party)
        offer = desk.offer_regions(party.pk)
        if isinstance(offer, Offer):
            desk.refuse_offer(offer.pk, said)
        _takes(party.pk, said)


def _explained(party: Party) -> Explained:
    return Explained(language=party.language or "eng")


def _takes(party: UUID, said: Explained) -> None:
    """They take the first region that they are offered; nobody, where none is."""
    offer = desk.offer_regions(party)
    if isinstance(offer, Offer):
        desk.take_offer(offer.pk, offer.place_1_id, said)


def _fill(day: date, days: Days, hands: Hands) -> None:
    """On the evening before; once."""
    if _coaches_of(day, hands):
        return
    with standing_on(_evening_before(day)):
        with acting_as(hands.member.pk, Purpose.CARE):
            if not travelling(day).promises:
                return
            departing.ask_departures(day, most=days.coaches, far_stops=FAR_STOPS)
        run_jobs()


def _coaches_of(day: date, hands: Hands) -> list[Departure]:
    """In the order in which they leave."""
    start = datetime.combine(day, time(), PARIS)
    with acting_as(hands.member.pk, Purpose.CARE):
        found = Departure.objects.filter(leaves_at__gte=start, leaves_at__lt=start + timedelta(days=1))
        return list(found.order_by("leaves_at", "number"))


def _goes(coach: Departure, days: Days, hands: Hands) -> bool:
    """A coach is boarded and leaves, once; who is late stays behind. Whether it has left: not where nobody may."""
    if coach.state != DepartureState.PLANNED:
        return coach.state != DepartureState.CANCELLED
    with _at(coach.leaves_at, hands):
        riding = [each for each in seats().filter(stop__departure=coach) if not is_closed(each.stop)]
        comes = [each for each in riding if each.party.wristband not in days.late] or riding[:1]
        if not comes:
            departing.cancel_departure(coach.pk, CLOSED)
            return False
        for each in comes:
            departing.board(coach.pk, each.party.wristband)
        departing.depart(coach.pk)
        return True


def _arrives(coach: Departure, hands: Hands, *, lost: bool = False) -> None:
    """Everybody is taken in at each stop, once; ``lost``: but the first party of the first one."""
    with acting_as(hands.member.pk, Purpose.CARE):
        open_now = list(stops().filter(departure=coach, everybody_in_at=None).order_by("position"))
    for stop in open_now:
        with _at(stop.expected_at, hands):
            there = departing.stop_reached(stop.pk)
            for each in there[1 if lost and stop.position == 1 else 0 :]:
                departing.confirm_arrival(each.pk)
            departing.everybody_in(stop.pk)


def _stands_before_a_closed_door(coach: Departure, hands: Hands) -> None:
    """At noon the last centre of a coach closes: who was to go there is offered another, and leaves the next day."""
    with _at(datetime.combine(coach.leaves_at.astimezone(PARIS).date(), NOON, PARIS), hands):
        stop = stops().filter(departure=coach).order_by("position").last()
        if stop is None or stop.centre.closes_at is not None:
            return
        accommodation.close_centre(stop.centre_id, now(), why=CLOSED)
        for each in seats().filter(stop=stop):
            _takes(each.party_id, _explained(each.party))


@contextmanager
def _at(moment: datetime, hands: Hands) -> Iterator[None]:
    """The member acts in one transaction at that moment; now, where it is yet to come."""
    with standing_on(min(moment, now())), acting_as(hands.member.pk, Purpose.CARE), transaction.atomic():
        yield

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches of a day are asked for, and filled by a job: everybody who was promised a place gets a seat."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from havre.apps.accommodation.actions.plans.computing import PlanBroken
from havre.apps.accommodation.actions.plans.errors import BadInput
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import DepartureState
from havre.apps.accommodation.models import Departure, Dispatch, Passenger, Promise, Stop
from havre.apps.accommodation.policies import DISPATCH
from havre.apps.accommodation.queries.departing import Travelling, travelling
from havre.core.access import check, current_actor
from havre.core.clock import PARIS, now, today
from havre.core.database.ids import uuid7
from havre.core.jobs import defer
from havre.engines.placement import Remark, Source
from havre.engines.placement.coaches import (
    Coach,
    Coaches,
    Task,
    Wish,
    coaches_text,
    default_policy,
    default_policy_text,
    read_policy,
    read_task,
    solve,
)
from havre.engines.placement.coaches import check as check_coaches

JOB = "accommodation.coaches"
SHOWN = 20
"""Lines that are told of what is wrong."""

Progress = Callable[[float, str], None]


@transaction.atomic
def ask_departures(day: date, *, most: int | None = None, far_stops: int | None = None) -> Dispatch:
    """Lets a worker fill coaches for all who were promised a place and have no seat.

    ``most``: coaches that there are that day; ``far_stops``: centres that a coach with two drivers may call at. None of
    either: as the policy of coaches says. Refused for a day that is over and where nobody travels; BadInput with one
    line for everything that is wrong.
    """
    actor = check(DISPATCH)
    if day < today():
        raise Refused("day_is_over", field="day")
    asked = Dispatch(
        id=uuid7(),
        organisation_id=actor.organisation_id,
        member_id=actor.member_id,
        day=day,
        most=most,
        far_stops=far_stops,
    )
    _ready(asked)
    asked.job = defer(JOB, asked.pk)
    asked.save(force_insert=True)
    return asked


def do_departures(dispatch_id: UUID, progress: Progress) -> Dispatch:
    """Fills the coaches, in the caller's transaction. What is done is left as it is."""
    check(DISPATCH)
    asked = Dispatch.objects.get(pk=dispatch_id)
    if asked.ended_at is not None:
        return asked
    _one_at_a_time()
    if not travelling(asked.day).promises:  # somebody pressed twice
        return _ended(asked, coaches=0, bound=0, people=0, parted=0, without_seat=0)
    ready = _ready(asked)
    made = solve(ready.task, Wish(asked.day.isoformat()), at=lambda done: progress(done, "progress_coaches"))
    seated = [coach for coach in made.coaches if coach.day]
    ready.judge(made)
    _keep(asked, sorted(seated, key=lambda coach: coach.leaves), ready.found.promises)
    return _ended(
        asked,
        coaches=len(seated),
        bound=made.bound,
        people=sum(coach.people for coach in seated),
        parted=ready.parted,
        without_seat=ready.too_far + sum(coach.people for coach in made.coaches if not coach.day),
    )


def _ended(asked: Dispatch, **figures: int) -> Dispatch:
    for name, n in figures.items():
        setattr(asked, name, n)
    asked.ended_at = now()
    asked.save(update_fields=[*figures, "ended_at"])
    return asked


@dataclass(frozen=True, slots=True)
class _Ready:
    """Who travels, as a task of the engine, and by which policy."""

    found: Travelling
    task: Task
    policy: str
    too_far: int
    """People who do not: no coach reaches their centre that day any more."""
    parted: int
    """Parties that wished to travel with others whose centre lies elsewhere, and ride apart."""

    def judge(self, made: Coaches) -> None:
        """PlanBroken where the independent checker finds that a rule is broken."""
        found = self.found
        texts = {"plan": found.plan, "parties": found.parties, "places": found.places, "policy": self.policy}
        verdict = check_coaches(coaches_text(made, version("havre"), texts), **texts)
        if verdict.broken:
            raise PlanBroken(sorted({each.rule for each in verdict.broken}))


def _ready(asked: Dispatch) -> _Ready:
    """Without the centres that no coach reaches, and without ties across centres where not all can be kept."""
    policy, day = _policy(asked), asked.day
    everybody = found = travelling(day)
    far: set[UUID] = set()
    near = False
    while True:
        task, remarks = _read(found, policy)
        if task is not None:
            out = [each.party.people for each in everybody.promises if each.place.centre_id in far]
            return _Ready(found, task, policy, sum(out), everybody.ties - found.ties if near else 0)
        wrong = [remark for remark in remarks if not remark.note]
        too_far = {each.place.centre_id for each in _too_far(wrong, found)}
        tied = not near and any(remark.column == "travels_with" for remark in wrong)
        far, near = far | too_far, near or tied
        rest = travelling(day, far, near=near)
        if not (too_far or tied) or not rest.promises:
            raise BadInput(list(_named(wrong[:SHOWN], found)), more=max(0, len(wrong) - SHOWN))
        found = rest


def _policy(asked: Dispatch) -> str:
    """What coaches obey on that day: those that go already count, and none leaves in the past."""
    usual, day = default_policy(), asked.day
    left = asked.most or usual.departures
    left -= _own_departures(day).exclude(state=DepartureState.CANCELLED).count()
    begun = max(0, math.ceil((now() - _moment(day, usual.leave_from)) / timedelta(minutes=usual.every)))
    first = usual.leave_from + begun * usual.every
    if left < 1 or first > usual.leave_until:
        raise Refused("no_departure_left", field="day", status=409)
    said = {
        "departures": str(left),
        "leave_from": f'"{first // 60:02}:{first % 60:02}"',
        "second_stops": str(min(usual.stops, asked.far_stops or usual.second_stops)),
    }
    text = default_policy_text()
    for name, value in said.items():
        text = re.sub(rf'(?m)^{name} = ("[^"]*"|\d+)', f"{name} = {value}", text)
    return text


def _read(found: Travelling, policy: str) -> tuple[Task | None, list[Remark]]:
    if not found.promises:
        raise Refused("nobody_travels", status=409)
    rules, wrong = read_policy(policy)
    if rules is None:
        return None, wrong
    return read_task(found.plan, found.parties, found.places, rules)


def _too_far(remarks: Sequence[Remark], found: Travelling) -> Iterator[Promise]:
    """Somebody of each centre that no coach reaches."""
    known = list({each.place_id: each for each in found.promises}.values())
    for remark in remarks:
        if remark.source is Source.PLACES and remark.problem == "too_far":
            yield known[remark.line - 2]


def _named(remarks: Sequence[Remark], found: Travelling) -> Iterator[tuple[Remark, str]]:
    """Each remark with what its line is about: a wristband, or the code of a centre."""
    places = list({each.place_id: each.place for each in found.promises}.values())
    for remark in remarks:
        row = remark.line - 2
        if remark.source is Source.PARTIES and 0 <= row < len(found.promises):
            yield remark, found.promises[row].party.wristband
        elif remark.source is Source.PLACES and 0 <= row < len(places):
            yield remark, places[row].centre.code
        else:
            yield remark, ""


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('havre accommodation coaches'))")


def _keep(asked: Dispatch, coaches: Sequence[Coach], promises: Sequence[Promise]) -> None:
    """A seat of who was promised another place meanwhile ends; then everybody sits where the engine says."""
    of_party = {str(each.party_id): each for each in promises}
    old = Passenger.objects.filter(party__in=[each.party_id for each in promises], boarded_at=None)
    old.filter(ended_at=None, arrived_at=None).update(ended_at=now())
    first = _next_number(asked.day)
    departures, stops, passengers = [], [], []
    for number, coach in enumerate(coaches, first):
        departure = _departure(asked, coach, number)
        departures.append(departure)
        for stop, parties in _stops(departure, coach, of_party):
            stops.append(stop)
            passengers += [_seat(stop, of_party[party]) for party in parties]
    Departure.objects.bulk_create(departures)
    Stop.objects.bulk_create(stops)
    Passenger.objects.bulk_create(passengers, batch_size=1000)


def _next_number(day: date) -> int:
    """After the highest that stands on a coach of that day."""
    there = _own_departures(day).values_list("number", flat=True)
    return 1 + max((int(n) for n in there if n.isdecimal()), default=0)


def _own_departures(day: date) -> QuerySet[Departure]:
    start = _moment(day, 0)
    there = Departure.objects.filter(leaves_at__gte=start, leaves_at__lt=start + timedelta(days=1))
    return there.filter(organisation_id=current_actor().organisation_id)


def _departure(asked: Dispatch, coach: Coach, number: int) -> Departure:
    policy = default_policy()
    return Departure(
        id=uuid7(),
        organisation_id=asked.organisation_id,
        number=str(number),
        leaves_at=_moment(asked.day, coach.leaves),
        seats=policy.seats,
        escorts=policy.escorts * policy.escort_seats,
        why=dict(coach.why.counts) if coach.why else {},
        drivers=coach.drivers,
        dispatch=asked,
        member_id=asked.member_id,
    )


def _stops(
    departure: Departure, coach: Coach, of_party: dict[str, Promise]
) -> Iterator[tuple[Stop, Sequence[str]]]:
    """Each centre once, with all who get off there."""
    parties: dict[str, list[str]] = {}
    arrives: dict[str, int] = {}
    for load, minute in zip(coach.loads, coach.arrives, strict=True):
        parties.setdefault(load.centre, []).extend(load.parties)
        arrives.setdefault(load.centre, minute)
    day = departure.dispatch.day if departure.dispatch else departure.leaves_at.date()
    for position, (centre, riding) in enumerate(parties.items(), 1):
        place = of_party[riding[0]].place
        stop = Stop(
            id=uuid7(),
            departure=departure,
            position=position,
            centre_id=UUID(centre),
            organisation_id=place.centre.organisation_id,
            desk_id=place.centre.desk_id,
            expected_at=_moment(day, arrives[centre]),
        )
        yield stop, riding


def _seat(stop: Stop, promise: Promise) -> Passenger:
    return Passenger(
        id=uuid7(),
        stop=stop,
        organisation_id=stop.organisation_id,
        desk_id=stop.desk_id,
        party_id=promise.party_id,
        promise=promise,
    )


def _moment(day: date, minute: int) -> datetime:
    """A minute of the day at the camp; beyond midnight it counts on."""
    return datetime.combine(day, time(), PARIS) + timedelta(minutes=minute)

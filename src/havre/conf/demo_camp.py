# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's camp on its way: centres all over the country, who travels together, a plan, and days of coaches."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid5

from havre.apps.accommodation.actions.parties import MemberSaid, change_party, said_of
from havre.apps.accommodation.actions.plans import PlanSaid, ask_plan
from havre.apps.accommodation.actions.sheets import write_file
from havre.apps.accommodation.enums import PartyKind, SheetKind
from havre.apps.accommodation.models import Party, PartyMember
from havre.apps.accommodation.queries import centres, parties
from havre.apps.accommodation.queries.kin import OVER
from havre.apps.cases.queries import cases, siblings_of_cases, state_of
from havre.apps.registry.models import Registration
from havre.apps.registry.queries import MAJORITY, registrations
from havre.conf.demo_leaving import empty_camp, first_day
from havre.conf.demo_story import Hands
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.clock import standing_on, today
from havre.core.exchange.reading.ages import years_before
from havre.core.jobs import run_jobs
from havre.scenario import Leaving
from havre.scenario.leaving import PARTY_COLUMNS, PLACE_COLUMNS, Row, csv_of

SECONDS = 20
"""For the search of the plan."""
TOGETHER = 200
"""Rows of one transaction."""
COLUMNS = {SheetKind.CENTRES: PLACE_COLUMNS, SheetKind.PARTIES: PARTY_COLUMNS}


def fill_camp(leaving: Leaving, hands: Hands, told: Callable[[float], None]) -> None:
    """Centres, parties and a plan of the member's organisation, and its days of coaches; run again it goes on."""
    member, day = hands.member, first_day(leaving.days)
    with acting_as(member.pk, Purpose.CARE):
        known = set(centres().values_list("code", flat=True))
        worn = set(parties().values_list("wristband", flat=True))
    _take_in(SheetKind.CENTRES, [row for row in leaving.places if row["centre_id"] not in known], member)
    told(0.1)
    missing = [row for row in leaving.parties if row["party_id"] not in worn]
    for done, rows in enumerate(_batches(missing), 1):
        _take_in(SheetKind.PARTIES, rows, member)
        told(0.1 + 0.2 * min(1.0, done * TOGETHER / len(missing)))
    _recognise(leaving, member)
    with standing_on(day - timedelta(days=1)), acting_as(member.pk, Purpose.CARE):
        said = PlanSaid(day=day, seconds=SECONDS)
        plan = ask_plan(said, idempotency_key=uuid5(member.pk, "demo plan"))
    run_jobs()
    told(0.4)
    empty_camp(plan, leaving.days, hands, lambda share: told(0.4 + 0.6 * share))


def _take_in(kind: SheetKind, rows: Sequence[Row], member: Member) -> None:
    """Writes rows as a sheet of theirs would be written."""
    with TemporaryDirectory(prefix="havre-camp-") as folder, acting_as(member.pk, Purpose.CARE):
        path = Path(folder) / "rows.csv"
        path.write_text(csv_of(COLUMNS[kind], rows), "utf-8")
        write_file(kind, path)


def _recognise(leaving: Leaving, member: Member) -> None:
    """Children whom the organisation registered wear wristbands of minors of their nationality, each one of them."""
    nationality = {row["party_id"]: row["nationality"] for row in leaving.parties}
    with acting_as(member.pk, Purpose.CARE):
        lone: defaultdict[object, list[Party]] = defaultdict(list)
        minors = parties().of_our_desk().present().filter(kind=PartyKind.MINOR, people=1, members=None)
        for each in minors.select_related("wish").order_by("wristband"):
            lone[nationality.get(each.wristband)].append(each)
        for child in _children():
            if lone[child.nationality]:
                party = lone[child.nationality].pop(0)
                change_party(party.pk, replace(said_of(party), members=(MemberSaid(child.pk),)))


def _children() -> Iterable[Registration]:
    """Who is in no party, has no brothers or sisters to stay with, and has not gone to their family."""
    own = registrations().own().standing()
    children = own.surely_born_after(years_before(today(), MAJORITY)).order_by("recorded_at", "pk")
    known = cases().filter(person__in=children.values("person")).prefetch_related("events")
    gone = {each.person for each in known if state_of(each.events.all()) in OVER}
    kin = siblings_of_cases([each.pk for each in known])
    gone |= {each.person for each in known if kin.get(each.pk)}
    gone |= set(PartyMember.objects.filter(left_on=None).values_list("registration__person", flat=True))
    for each in children.exclude(person__in=gone):
        if each.person_id not in gone:
            gone.add(each.person_id)
            yield each


def _batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, TOGETHER)):
        yield batch

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's camp on its way: centres all over the country, who travels together, a plan, and days of coaches."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid5

from havre.apps.accommodation.actions.plans import PlanSaid, ask_plan
from havre.apps.accommodation.actions.sheets import write_file
from havre.apps.accommodation.enums import SheetKind
from havre.apps.accommodation.queries import centres, parties
from havre.conf.demo_leaving import empty_camp, first_day
from havre.conf.demo_story import Hands
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.clock import standing_on
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


def _batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, TOGETHER)):
        yield batch

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Dunes has of accommodation in the small world: a row of each table, and what another one beside it needs."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from apps.accommodation.camp import new_centre, new_party, new_place
from cast import Cast
from django.db.models import Model

from havre.apps.accommodation.actions.plans import SHORTEST, PlanSaid, ask_plan, do_plan
from havre.apps.accommodation.enums import (
    AgeSaid,
    BlockReason,
    LockRule,
    OfferState,
    PartyKind,
    QueueReason,
    SheetKind,
)
from havre.apps.accommodation.models import (
    Absence,
    Acceptance,
    ArrivalNotice,
    Block,
    Departure,
    Dispatch,
    Inspection,
    Intake,
    KindChange,
    Lock,
    Offer,
    Override,
    Party,
    PartyMember,
    PartyWish,
    Passenger,
    Place,
    Plan,
    PlanNote,
    Pledge,
    PledgeConfirmation,
    Promise,
    QueueEntry,
    Separation,
    Sheet,
    Stay,
    Stop,
    UnitUse,
)
from havre.apps.registry.models import Registration
from havre.core.accounts.models import Member
from havre.core.clock import now, today


class Accommodated:
    """Rows under the names of their models, in small letters; made by a caseworker of Dunes, who acts."""

    def __init__(self, cast: Cast, child: Registration) -> None:
        self.cast, self.me = cast, cast.member(cast.dunes)
        self.rows: dict[str, Model] = {}
        self._centres()
        self._parties(child)
        self._stays()
        self._desk()
        self._coach()
        self._plan()

    def keep(self, row: Model) -> Any:
        """The row, once it is found by the name of its model."""
        return self.rows.setdefault(row._meta.model_name or "", row)

    def _centres(self) -> None:
        self.centre = self.keep(new_centre(self.me, "C1"))
        self.other_centre = new_centre(self.me, "C2")
        self.place = self.keep(new_place(self.centre, "P1", PartyKind.FAMILY, PartyKind.ADULT))
        self.place_of_minors = new_place(self.centre, "P2", PartyKind.MINOR)
        self.keep(Intake.objects.create(centre=self.centre, on_day=today(), people=20))
        block = self.keep(
            Block.objects.create(
                place=self.place, units=1, starts=today(), reason=BlockReason.WORKS, member=self.me
            )
        )
        UnitUse.objects.create(place=self.place, number=9, starts=today(), block=block)
        self.keep(
            Inspection.objects.create(
                centre=self.centre, on_day=today(), seen_by="Amina", found="clean", member=self.me
            )
        )
        pledge = self.keep(
            Pledge.objects.create(
                organisation=self.cast.dunes,
                region="FR-HDF",
                units=40,
                said_by="the prefect",
                said_on=date(2016, 10, 21),
                source="a letter",
                member=self.me,
            )
        )
        self.keep(
            PledgeConfirmation.objects.create(
                pledge=pledge,
                place=self.place,
                units=9,
                confirmed_on=today(),
                source="a telephone call",
                member=self.me,
            )
        )

    def _parties(self, child: Registration) -> None:
        self.party = self.keep(new_party(self.me, "0001", PartyKind.FAMILY, 2))
        self.other_party = new_party(self.me, "0002", PartyKind.ADULT)
        self.third_party = new_party(self.me, "0003", PartyKind.ADULT)
        self.keep(
            PartyMember.objects.create(party=self.party, organisation=self.cast.dunes, registration=child)
        )
        self.keep(PartyWish.objects.create(party=self.party, region_1="FR-BRE"))
        self.keep(
            KindChange.objects.create(
                organisation=self.cast.dunes,
                party=self.party,
                was=PartyKind.WOMAN,
                becomes=PartyKind.FAMILY,
                why="her son has come",
                member=self.me,
            )
        )
        self.keep(
            Lock.objects.create(
                organisation=self.cast.dunes,
                party=self.party,
                rule=LockRule.NEVER,
                centre=self.other_centre,
                reason="somebody is there",
                member=self.me,
            )
        )
        self.keep(
            Separation.objects.create(
                organisation=self.cast.dunes,
                party_a=self.party,
                party_b=self.other_party,
                reason="a quarrel",
                member=self.me,
            )
        )

    def _stays(self) -> None:
        minor = new_party(self.me, "0004", PartyKind.MINOR)
        PartyMember.objects.create(
            party=minor, organisation=self.cast.dunes, wristband="0004a", age=AgeSaid.MINOR
        )
        second = self.cast.member(self.cast.dunes, nth=2)
        self.promise = self.keep(self._promise(minor, self.place_of_minors, second))
        UnitUse.objects.create(
            place=self.place_of_minors, number=1, starts=today(), party=minor, promise=self.promise
        )
        self.promised = self._promise(self.third_party, self.place)
        stay = self.keep(
            Stay.objects.create(
                organisation=self.cast.dunes,
                desk=self.cast.dunes,
                party=self.party,
                place=self.place,
                starts=today(),
                checked_in_at=now(),
                checked_in_by=self.me,
            )
        )
        self.keep(Absence.objects.create(stay=stay, starts=today(), ends=today(), member=self.me))
        self.keep(
            UnitUse.objects.create(place=self.place, number=1, starts=today(), party=self.party, stay=stay)
        )

    def _promise(self, party: Party, place: Place, second: Member | None = None) -> Promise:
        return Promise.objects.create(
            organisation=self.cast.dunes,
            party=party,
            place=place,
            on_day=today(),
            member=self.me,
            second=second,
        )

    def _desk(self) -> None:
        self.keep(
            Offer.objects.create(
                organisation=self.cast.dunes,
                party=self.other_party,
                region_1="FR-HDF",
                place_1=self.place,
                language="pus",
                state=OfferState.REFUSED,
                answered_at=now(),
                member=self.me,
            )
        )
        self.keep(
            QueueEntry.objects.create(
                organisation=self.cast.dunes,
                party=self.other_party,
                reason=QueueReason.REFUSED,
                since=now(),
                ended_at=now(),
                member=self.me,
            )
        )
        handed_in = {"organisation": self.cast.dunes, "member": self.me, "language": "en"}
        self.keep(Sheet.objects.create(kind=SheetKind.CENTRES, name="liste.csv", **handed_in))
        self.list_of_parties = Sheet.objects.create(kind=SheetKind.PARTIES, name="liste.csv", **handed_in)

    def _coach(self) -> None:
        self.keep(Dispatch.objects.create(organisation=self.cast.dunes, day=today(), member=self.me))
        departure = self.keep(
            Departure.objects.create(
                organisation=self.cast.dunes,
                number="7",
                leaves_at=now() + timedelta(hours=1),
                seats=50,
                escorts=2,
                member=self.me,
            )
        )
        self.stop = self.keep(
            Stop.objects.create(
                departure=departure,
                position=1,
                centre=self.centre,
                organisation=self.cast.dunes,
                desk=self.cast.dunes,
                expected_at=now() + timedelta(hours=9),
            )
        )
        self.keep(
            Passenger.objects.create(
                stop=self.stop,
                organisation=self.cast.dunes,
                desk=self.cast.dunes,
                party=self.promise.party,
                promise=self.promise,
            )
        )
        self.keep(
            ArrivalNotice.objects.create(
                stop=self.stop,
                organisation=self.cast.dunes,
                desk=self.cast.dunes,
                told_at=now(),
                member=self.me,
            )
        )

    def _plan(self) -> None:
        """Of the party that waits at the desk; made in this process. And one that nobody has made yet."""
        said = PlanSaid(day=today(), seconds=SHORTEST)
        bare = {"policy": "", "hashes": {}, "seconds": 1, "parties": 0, "people": 0}
        self.bare_plan = Plan.objects.create(
            organisation=self.cast.dunes, asked_by=self.me, day=today(), **bare
        )
        plan = self.keep(do_plan(ask_plan(said).pk, lambda _share, _said: None))
        for row in (plan.best, plan.inputs.get(kind="places"), plan.assignments.get(party=self.other_party)):
            self.keep(row)
        here = {"plan": plan, "party": self.other_party, "member": self.me}
        self.spare_lock = Lock.objects.create(
            organisation=self.cast.dunes,
            party=self.third_party,
            rule=LockRule.NEVER,
            place=self.place_of_minors,
            reason="no minor",
            member=self.me,
        )
        lock = self.rows["lock"]
        self.keep(Override.objects.create(place=self.place, lock=lock, wins=1, costs=0, kept=False, **here))
        self.keep(Acceptance.objects.create(place=self.place, **here))
        self.keep(PlanNote.objects.create(words="They asked twice.", **here))

    def beside(self, table: str) -> dict[str, Any]:
        """What differs in a row that could stand beside the sample of a table."""
        return {
            "centre": {"code": "C9"},
            "place": {"code": "P9"},
            "intake": {"on_day": (today() + timedelta(days=1)).isoformat()},
            "pledgeconfirmation": {"place_id": self.place_of_minors.pk},
            "party": {"wristband": uuid4().hex, "idempotency_key": None},
            "partymember": {"registration_id": None, "wristband": uuid4().hex},
            "partywish": {"party_id": self.other_party.pk},
            "separation": {"party_b_id": self.third_party.pk},
            "promise": {"party_id": self.other_party.pk, "place_id": self.place.pk},
            "stay": {"party_id": self.other_party.pk},
            "unituse": {"number": 2},
            "plan": {"idempotency_key": None},
            "planinput": {"plan_id": self.bare_plan.pk},
            "planbest": {"plan_id": self.bare_plan.pk},
            "assignment": {"party_id": self.third_party.pk},
            "override": {"lock_id": self.spare_lock.pk},
            "acceptance": {"party_id": self.third_party.pk},
            "stop": {"position": 2, "centre_id": self.other_centre.pk},
            "passenger": {"party_id": self.promised.party_id, "promise_id": self.promised.pk},
        }.get(table, {})

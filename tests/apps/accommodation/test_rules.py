# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What PostgreSQL holds: a unit is one party's at a time, minors live apart, and each sees what is theirs."""

from datetime import timedelta

import pytest
from apps.accommodation.camp import Camp, new_centre, new_party, new_place
from apps.tracing.shores import CHILD, registered
from django.db import DatabaseError, transaction
from django.db.models import Model

from havre.apps.accommodation.enums import AgeSaid, BlockReason, PartyKind, PromiseEnd, UnitKind
from havre.apps.accommodation.models import (
    Block,
    Centre,
    Party,
    PartyMember,
    PartyWish,
    Place,
    Promise,
    Stay,
    UnitUse,
)
from havre.apps.registry import actions as registry
from havre.apps.registry.models import AgeEvidence
from havre.core.accounts.enums import Role
from havre.core.clock import now, today


def sees(model: type[Model]) -> int:
    return model._default_manager.count()


# --- one unit, one party -----------------------------------------------------------------------------------------


def test_a_unit_is_never_given_twice(camp: Camp) -> None:
    first, second = camp.party("0001"), camp.party("0002")
    camp.promised(first, camp.place)
    with pytest.raises(DatabaseError, match="one_use_at_a_time"):
        camp.promised(second, camp.place)


def test_a_unit_may_be_another_s_on_the_day_it_is_left(camp: Camp) -> None:
    promise = camp.promised(camp.party("0001"), camp.place)
    with camp.acts(camp.desk):
        UnitUse.objects.filter(promise=promise).update(ends=today())
    camp.promised(camp.party("0002"), camp.place)
    with camp.acts(camp.desk):
        assert sees(UnitUse) == 2


def test_a_blocked_unit_is_given_to_nobody(camp: Camp) -> None:
    with camp.acts(camp.desk):
        block = Block.objects.create(
            place=camp.place, units=1, starts=today(), reason=BlockReason.UNSAFE, member=camp.desk
        )
        UnitUse.objects.create(place=camp.place, number=1, starts=today(), block=block)
    with pytest.raises(DatabaseError, match="one_use_at_a_time"):
        camp.promised(camp.party(), camp.place)


@pytest.mark.parametrize(
    ("number", "broken"), [(11, "no such unit"), (0, "use_of_some_days")], ids=["beyond", "before"]
)
def test_a_unit_has_a_number_of_its_place(camp: Camp, number: int, broken: str) -> None:
    party = camp.party()
    promise = camp.promised(party, camp.place)
    with camp.acts(camp.desk), pytest.raises(DatabaseError, match=broken), transaction.atomic():
        UnitUse.objects.create(place=camp.place, number=number, starts=today(), party=party, promise=promise)


def test_a_unit_is_used_by_what_is_of_its_place(camp: Camp) -> None:
    party = camp.party()
    promise = camp.promised(party, camp.place)
    with camp.acts(camp.desk):
        other = new_place(camp.centre, "P9", PartyKind.ADULT)
        with pytest.raises(DatabaseError, match="of its place"), transaction.atomic():
            UnitUse.objects.create(place=other, number=1, starts=today(), party=party, promise=promise)


def test_a_room_is_not_given_to_more_than_it_is_for(camp: Camp) -> None:
    with camp.acts(camp.desk):
        room = new_place(camp.centre, "R1", PartyKind.FAMILY, unit=UnitKind.ROOM, unit_size=3, units=2)
        four = new_party(camp.desk, "0004", PartyKind.FAMILY, 4)
    with pytest.raises(DatabaseError, match="does not take them"):
        camp.promised(four, room)


# --- minors live apart -------------------------------------------------------------------------------------------


def test_a_place_of_minors_takes_nobody_else(camp: Camp) -> None:
    with camp.acts(camp.desk), pytest.raises(DatabaseError, match="takes_nobody_else"), transaction.atomic():
        new_place(camp.centre, "P3", PartyKind.MINOR, PartyKind.ADULT)


@pytest.mark.parametrize(("kind", "at"), [(PartyKind.ADULT, "place_of_minors"), (PartyKind.MINOR, "place")])
def test_adults_and_minors_are_not_placed_together(camp: Camp, kind: PartyKind, at: str) -> None:
    second = camp.cast.member(camp.cast.dunes, nth=2)
    with pytest.raises(DatabaseError, match="does not take them"):
        camp.promised(camp.party(kind=kind), getattr(camp, at), second)


def test_nobody_grown_up_is_in_a_party_of_minors(camp: Camp) -> None:
    party = camp.party(kind=PartyKind.MINOR, people=2)
    with camp.acts(camp.desk):
        PartyMember.objects.create(party=party, organisation=camp.cast.dunes, age=AgeSaid.MINOR)
        with pytest.raises(DatabaseError, match="minors"), transaction.atomic():
            PartyMember.objects.create(party=party, organisation=camp.cast.dunes, age=AgeSaid.ADULT)


def test_minors_alone_are_no_party_of_adults(camp: Camp) -> None:
    party = camp.party(kind=PartyKind.ADULT)
    with camp.acts(camp.desk), pytest.raises(DatabaseError, match="minors"), transaction.atomic():
        PartyMember.objects.create(party=party, organisation=camp.cast.dunes, age=AgeSaid.MINOR)


def test_the_registry_s_evidence_goes_before_what_was_merely_said(camp: Camp) -> None:
    child = registered(camp.desk, CHILD)
    born = today() - timedelta(days=365 * 30)
    with camp.acts(camp.desk):
        AgeEvidence.objects.filter(registration=child).update(earliest=born, latest=born)
        party = new_party(camp.desk, "0001", PartyKind.MINOR)
        with pytest.raises(DatabaseError, match="minors"), transaction.atomic():
            PartyMember.objects.create(
                party=party, organisation=camp.cast.dunes, registration=child, age=AgeSaid.MINOR
            )
        AgeEvidence.objects.filter(registration=child).update(latest=today() - timedelta(days=365 * 12))
        PartyMember.objects.create(party=party, organisation=camp.cast.dunes, registration=child)


def test_two_people_place_a_minor(camp: Camp) -> None:
    minor = camp.party(kind=PartyKind.MINOR)
    with pytest.raises(DatabaseError, match="two people"):
        camp.promised(minor, camp.place_of_minors)
    with pytest.raises(DatabaseError, match="two people"):
        camp.promised(minor, camp.place_of_minors, camp.desk)
    camp.promised(minor, camp.place_of_minors, camp.cast.member(camp.cast.dunes, nth=2))
    with camp.acts(camp.desk):
        assert Promise.objects.get().second is not None


# --- who sees what -----------------------------------------------------------------------------------------------


def test_whoever_runs_a_centre_sees_who_is_expected_and_no_other_party(camp: Camp) -> None:
    expected, elsewhere = camp.party("0001"), camp.party("0002")
    with camp.acts(camp.desk):
        PartyWish.objects.create(party=expected, relative_town="Nantes")
    promise = camp.promised(expected, camp.place)
    with camp.acts(camp.runner):
        assert list(Party.objects.all()) == [expected]
        assert list(Promise.objects.all()) == [promise]
        assert sees(PartyWish) == 0
        assert not Party.objects.filter(pk=elsewhere.pk).exists()
        assert Party.objects.update(people=9) == 0


def test_a_party_that_has_left_is_read_no_more(camp: Camp) -> None:
    promise = camp.promised(camp.party(), camp.place)
    with camp.acts(camp.desk):
        yesterday = today() - timedelta(days=1)
        UnitUse.objects.filter(promise=promise).update(starts=yesterday, ends=yesterday)
    with camp.acts(camp.runner):
        assert sees(Party) == 0


@pytest.mark.parametrize("who", ["stranger", "other_shore"])
def test_others_see_nothing(camp: Camp, who: str) -> None:
    camp.promised(camp.party(), camp.place)
    with camp.acts(getattr(camp, who)):
        assert [sees(each) for each in (Centre, Place, UnitUse, Party, Promise, Stay)] == [0] * 6


def test_a_centre_is_run_by_an_organisation_of_the_same_shore(camp: Camp) -> None:
    with camp.acts(camp.desk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        new_centre(camp.desk, "C7", runner=camp.other_shore)


def test_an_erasure_takes_along_what_the_party_said(camp: Camp) -> None:
    child = registered(camp.desk, CHILD)
    with camp.acts(camp.desk):
        party = new_party(camp.desk, "0001", PartyKind.FAMILY, 2)
        PartyMember.objects.create(
            party=party, organisation=camp.cast.dunes, registration=child, wristband="0001a"
        )
        PartyWish.objects.create(party=party, relative_town="Nantes", note="an aunt")
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.SUPERVISOR)):
        registry.erase(child.pk)
        wish, member = PartyWish.objects.get(), PartyMember.objects.get()
    assert (wish.relative_town, wish.note, member.wristband) == ("", "", "")


# --- a promise is the desk's --------------------------------------------------------------------------------------


def test_who_runs_the_centre_takes_no_promise_back(camp: Camp) -> None:
    promise = camp.promised(camp.party(), camp.place)
    ended = {"ended_at": now(), "ended_why": PromiseEnd.WITHDRAWN}
    forbidden = [
        lambda: UnitUse.objects.filter(promise=promise).delete(),
        lambda: UnitUse.objects.filter(promise=promise).update(ends=today()),
        lambda: Promise.objects.filter(pk=promise.pk).update(**ended),
        lambda: Promise.objects.filter(pk=promise.pk).update(**{**ended, "ended_why": PromiseEnd.KEPT}),
    ]
    with camp.acts(camp.runner):
        for act in forbidden:
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
    with camp.acts(camp.desk):
        UnitUse.objects.filter(promise=promise).delete()
        assert Promise.objects.filter(pk=promise.pk).update(**ended) == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Promise.objects.filter(pk=promise.pk).update(ended_at=None, ended_why="")

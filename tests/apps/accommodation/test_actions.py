# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members do with centres, parties and stays: the desk, who runs the centre, a stranger, the other shore."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from apps.accommodation.camp import Camp, new_place
from apps.tracing.shores import CHILD, registered

from havre.apps.accommodation.actions import (
    CentreSaid,
    InspectionSaid,
    MemberSaid,
    PartySaid,
    PlaceSaid,
    PledgeSaid,
    Refused,
    WishSaid,
    add_place,
    block_units,
    change_centre,
    change_place,
    check_in,
    check_out,
    close_centre,
    come_back,
    confirm_pledge,
    end_party,
    go_away,
    inspect,
    lift_block,
    open_centre,
    record_pledge,
    register_party,
    take_in,
    transfer,
)
from havre.apps.accommodation.enums import (
    AgeSaid,
    BlockReason,
    CentreKind,
    EndWhy,
    PartyKind,
    PromiseEnd,
    UnitKind,
)
from havre.apps.accommodation.models import Centre, Intake, Party, PledgeConfirmation, Stay, UnitUse
from havre.apps.accommodation.queries import Filled, filled_places, free_units, parties
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.clock import now, today
from havre.words import Language

CENTRE = CentreSaid("C1", "Les Tilleuls", CentreKind.ORIENTATION, "FR-BRE", 48.1, -1.68, town="Rennes")
BEDS = PlaceSaid("P1", UnitKind.BED, 10, (PartyKind.FAMILY, PartyKind.ADULT))
ADULT = PartySaid("0001", 1, PartyKind.ADULT, language="pus", wish=WishSaid(region_1="FR-BRE"))


def refusal(does: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        does()
    return refused.value.key


# --- centres -----------------------------------------------------------------------------------------------------


def test_a_desk_opens_a_centre_and_another_organisation_runs_it(camp: Camp) -> None:
    with camp.acts(camp.desk):
        centre = open_centre(CENTRE, run_by=camp.runner.organisation_id)
    with camp.acts(camp.runner):
        place = add_place(centre.pk, BEDS)
        change_place(place.pk, PlaceSaid("P1", UnitKind.BED, 12, (PartyKind.ADULT,), step_free=True))
        change_centre(centre.pk, CentreSaid("C1", "Les Tilleuls", CentreKind.OTHER, "FR-BRE", 48.1, -1.7))
        place.refresh_from_db()
    assert (place.units, place.takes, place.step_free) == (12, ["adult"], True)
    with camp.acts(camp.desk):
        assert Centre.objects.get().kind == CentreKind.OTHER


def test_a_code_is_given_once(camp: Camp) -> None:
    with camp.acts(camp.desk):
        open_centre(CENTRE)
        assert refusal(lambda: open_centre(CENTRE)) == "broken_centre_once_a_list"
        assert Centre.objects.count() == 1


def test_nobody_of_the_other_shore_runs_a_centre(camp: Camp) -> None:
    with camp.acts(camp.desk):
        assert refusal(lambda: open_centre(CENTRE, run_by=camp.cast.harbour.pk)) == "cannot_run_it"


@pytest.mark.parametrize("who", ["stranger", "other_shore"])
def test_others_do_nothing_with_a_centre(camp: Camp, who: str) -> None:
    place, centre = camp.place, camp.centre
    with camp.acts(getattr(camp, who)):
        assert refusal(lambda: close_centre(centre.pk, now(), why="no")) == "no_such_centre"
        assert refusal(lambda: add_place(centre.pk, BEDS)) == "no_such_centre"
        assert refusal(lambda: block_units(place.pk, 1, reason=BlockReason.WORKS)) == "no_such_place"


def test_a_registrar_runs_no_centre(camp: Camp) -> None:
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        open_centre(CENTRE)


def test_a_centre_of_minors_has_no_other_places(camp: Camp) -> None:
    with camp.acts(camp.desk):
        centre = open_centre(CentreSaid("C2", "Les Ormes", CentreKind.MINORS, "FR-BRE", 48.1, -1.68))
        assert refusal(lambda: add_place(centre.pk, BEDS)) == "not_all_for_minors"
        mixed = PlaceSaid("P2", UnitKind.BED, 4, (PartyKind.MINOR, PartyKind.WOMAN))
        assert refusal(lambda: add_place(centre.pk, mixed)) == "broken_place_of_minors_takes_nobody_else"


def test_a_place_keeps_the_units_that_somebody_has(camp: Camp) -> None:
    party = camp.party(people=4, kind=PartyKind.FAMILY)
    camp.promised(party, camp.place)
    with camp.acts(camp.runner):
        fewer = PlaceSaid("P1", UnitKind.BED, 3, (PartyKind.FAMILY,))
        assert refusal(lambda: change_place(camp.place.pk, fewer)) == "broken_unit_exists"
        others = PlaceSaid("P1", UnitKind.BED, 10, (PartyKind.WOMAN,))
        assert refusal(lambda: change_place(camp.place.pk, others)) == "broken_place_takes_party"


def test_how_many_a_centre_takes_in_on_a_day_is_said_and_unsaid(camp: Camp) -> None:
    with camp.acts(camp.runner):
        take_in(camp.centre.pk, today(), 20)
        take_in(camp.centre.pk, today(), 30)
        assert [each.people for each in Intake.objects.all()] == [30]
        take_in(camp.centre.pk, today(), None)
        assert not Intake.objects.exists()


# --- units -------------------------------------------------------------------------------------------------------


def test_units_are_counted_as_they_stand(camp: Camp) -> None:
    family = camp.party("0001", PartyKind.FAMILY, 3)
    camp.promised(family, camp.place)
    with camp.acts(camp.runner):
        block = block_units(camp.place.pk, 2, reason=BlockReason.WORKS, words="a pipe")
        check_in(family.pk)
        assert filled_places(today()) == {camp.place.pk: Filled(10, 3, 0, 2)}
        assert free_units(today()) == {camp.place.pk: 5}
        lift_block(block.pk)
        assert filled_places(today())[camp.place.pk].free == 7
        assert refusal(lambda: lift_block(block.pk)) == "block_has_ended"


def test_no_more_units_are_blocked_than_are_free(camp: Camp) -> None:
    camp.promised(camp.party("0001", PartyKind.FAMILY, 9), camp.place)
    with camp.acts(camp.desk):
        assert refusal(lambda: block_units(camp.place.pk, 2, reason=BlockReason.STAFF)) == "fewer_free"
        assert not UnitUse.objects.filter(block__isnull=False).exists()


def test_a_centre_that_has_closed_has_nothing_free(camp: Camp) -> None:
    place = camp.place.pk
    with camp.acts(camp.desk):
        assert free_units(today()) == {place: 10}
        close_centre(camp.centre.pk, now() - timedelta(minutes=1), why="the lease has ended")
        assert free_units(today()) == {place: 0}
        party = register_party(ADULT)
        assert refusal(lambda: check_in(party.pk, camp.place.pk)) == "centre_is_closed"
        close_centre(camp.centre.pk, None, why="it goes on")
        assert free_units(today()) == {camp.place.pk: 10}


def test_an_inspection_says_what_was_seen_and_changes_no_unit(camp: Camp) -> None:
    seen = InspectionSaid(today(), "Amina", "No heating", camp.place.pk, units_usable=6)
    with camp.acts(camp.runner):
        assert inspect(camp.centre.pk, seen).units_usable == 6
        assert free_units(today()) == {camp.place.pk: 10}
        tomorrow = InspectionSaid(today() + timedelta(days=1), "Amina", "No heating")
        assert refusal(lambda: inspect(camp.centre.pk, tomorrow)) == "not_yet"


def test_what_was_pledged_and_what_exists_are_two_figures(camp: Camp) -> None:
    said = PledgeSaid(7000, "the minister", date(2016, 10, 21), "a press release")
    with camp.acts(camp.desk):
        pledge = record_pledge(said)
        confirm_pledge(pledge.pk, camp.place.pk, 8, source="a call with the centre")
        assert sum(each.units for each in PledgeConfirmation.objects.all()) == 8
        more = record_pledge(said)
        assert (
            refusal(lambda: confirm_pledge(more.pk, camp.place.pk, 3, source="a letter"))
            == "more_than_there_are"
        )
        assert (
            refusal(lambda: confirm_pledge(uuid4(), camp.place.pk, 1, source="a letter")) == "no_such_pledge"
        )
        assert pledge.units == 7000
    with camp.acts(camp.runner):
        assert not PledgeConfirmation.objects.exists()


# --- parties -----------------------------------------------------------------------------------------------------


def test_a_party_is_made_once_of_a_key(camp: Camp) -> None:
    key = uuid4()
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.REGISTRAR)):
        first = register_party(ADULT, idempotency_key=key)
        assert register_party(ADULT, idempotency_key=key) == first
        assert first.wish.region_1 == "FR-BRE"
        assert refusal(lambda: register_party(ADULT)) == "broken_party_once_a_wristband"


def test_somebody_of_the_registry_is_in_one_party(camp: Camp) -> None:
    child = registered(camp.desk, CHILD)
    with camp.acts(camp.desk):
        said = PartySaid("0001", 2, PartyKind.FAMILY, members=(MemberSaid(child.pk),))
        register_party(said)
        again = PartySaid("0002", 2, PartyKind.FAMILY, members=(MemberSaid(child.pk),))
        assert refusal(lambda: register_party(again)) == "broken_person_in_one_party"
        assert Party.objects.count() == 1


def test_nobody_is_put_into_a_party_who_may_not_be_read(camp: Camp) -> None:
    child = registered(camp.stranger, CHILD)
    with camp.acts(camp.desk):
        said = PartySaid("0001", 1, PartyKind.FAMILY, members=(MemberSaid(child.pk),))
        assert refusal(lambda: register_party(said)) == "no_such_person"


def test_minors_alone_are_said_to_be_minors(camp: Camp) -> None:
    alone = (MemberSaid(wristband="0001a", age=AgeSaid.MINOR),)
    with camp.acts(camp.desk):
        assert (
            refusal(lambda: register_party(PartySaid("0001", 1, PartyKind.ADULT, members=alone)))
            == "broken_minors_apart"
        )
        assert register_party(PartySaid("0001", 1, PartyKind.MINOR, members=alone)).kind == PartyKind.MINOR


def test_who_has_left_for_good_waits_for_no_place(camp: Camp) -> None:
    with camp.acts(camp.desk):
        party = register_party(ADULT)
        assert list(parties().waiting()) == [party]
        stay = check_in(party.pk, camp.place.pk)
        assert refusal(lambda: end_party(party.pk, EndWhy.LEFT)) == "party_is_somewhere"
        check_out(stay.pk, EndWhy.LEFT)
        end_party(party.pk, EndWhy.LEFT)
        assert not parties().waiting().exists()


# --- stays -------------------------------------------------------------------------------------------------------


def test_who_was_expected_is_checked_in_by_whoever_runs_the_centre(camp: Camp) -> None:
    family = camp.party("0001", PartyKind.FAMILY, 3)
    promise = camp.promised(family, camp.place)
    with camp.acts(camp.runner):
        stay = check_in(family.pk)
        promise.refresh_from_db()
        assert (stay.promise, promise.ended_why) == (promise, PromiseEnd.KEPT)
        assert [each.number for each in stay.uses.all()] == [1, 2, 3]
        assert refusal(lambda: check_in(family.pk, camp.place.pk)) == "broken_one_stay_a_party"


def test_another_place_may_be_given_at_the_door(camp: Camp) -> None:
    family = camp.party("0001", PartyKind.FAMILY, 3)
    promise = camp.promised(family, camp.place)
    with camp.acts(camp.runner):
        rooms = new_place(camp.centre, "R1", PartyKind.FAMILY, unit=UnitKind.ROOM, unit_size=4, units=1)
        stay = check_in(family.pk, rooms.pk)
        promise.refresh_from_db()
        assert promise.ended_why == PromiseEnd.MOVED
        assert stay.uses.count() == 1
        assert free_units(today()) == {camp.place.pk: 10, rooms.pk: 0}


@pytest.mark.parametrize("who", ["stranger", "other_shore"])
def test_others_check_nobody_in_or_out(camp: Camp, who: str) -> None:
    party = camp.party()
    camp.promised(party, camp.place)
    with camp.acts(camp.runner):
        stay = check_in(party.pk)
    with camp.acts(getattr(camp, who)):
        assert refusal(lambda: check_in(party.pk, camp.place.pk)) == "no_such_party"
        assert refusal(lambda: check_out(stay.pk, EndWhy.LEFT)) == "no_such_stay"
        assert refusal(lambda: go_away(stay.pk)) == "no_such_stay"


def test_a_full_place_takes_nobody_in(camp: Camp) -> None:
    camp.promised(camp.party("0001", PartyKind.FAMILY, 9), camp.place)
    with camp.acts(camp.desk):
        two = register_party(PartySaid("0002", 2, PartyKind.FAMILY))
        with pytest.raises(Refused) as refused:
            check_in(two.pk, camp.place.pk)
        assert refused.value.key == "no_room_at"
        assert camp.centre.name in refused.value.say(Language.FRENCH)
        assert not Stay.objects.exists()


def test_whoever_is_away_keeps_the_bed(camp: Camp) -> None:
    with camp.acts(camp.desk):
        stay = check_in(register_party(ADULT).pk, camp.place.pk)
        assert refusal(lambda: come_back(stay.pk)) == "not_away"
        go_away(stay.pk, words="at an aunt's")
        assert refusal(lambda: go_away(stay.pk)) == "broken_away_once"
        assert free_units(today()) == {camp.place.pk: 9}
        come_back(stay.pk)
        assert stay.absences.get().ends == today()


def test_a_transfer_ends_one_stay_and_begins_another(camp: Camp) -> None:
    with camp.acts(camp.desk):
        stay = check_in(register_party(ADULT).pk, camp.place.pk)
        assert refusal(lambda: transfer(stay.pk, camp.place.pk)) == "same_place"
        second = open_centre(CentreSaid("C5", "Les Ormes", CentreKind.OTHER, "FR-BRE", 48.1, -1.68))
        there = add_place(second.pk, BEDS)
        moved = transfer(stay.pk, there.pk)
        stay.refresh_from_db()
        assert (stay.ended_why, stay.transferred_to, moved.place) == (EndWhy.TRANSFERRED, second, there)
        assert free_units(today()) == {camp.place.pk: 10, there.pk: 9}
        assert refusal(lambda: check_out(stay.pk, EndWhy.LEFT)) == "stay_has_ended"


def test_a_transfer_that_is_refused_changes_nothing(camp: Camp) -> None:
    with camp.acts(camp.desk):
        stay = check_in(register_party(ADULT).pk, camp.place.pk)
        assert refusal(lambda: transfer(stay.pk, camp.place_of_minors.pk)) == "broken_place_takes_party"
        stay.refresh_from_db()
        assert stay.ends is None

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nobody moves in where nobody is taken in, where another desk places people, or after they left for good."""

from datetime import timedelta

import pytest
from apps.accommodation.camp import Camp, new_centre, new_place
from django.db import DatabaseError, transaction

from havre.apps.accommodation.actions import (
    NoRoom,
    Refused,
    check_in,
    close_centre,
    confirm_stay,
    end_party,
    transfer,
)
from havre.apps.accommodation.enums import EndWhy, PartyKind
from havre.apps.accommodation.models import Stay, UnitUse
from havre.core.clock import now, today


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    return why.value.key


def test_who_has_left_for_good_moves_in_nowhere(camp: Camp) -> None:
    party, place = camp.party(), camp.place
    with camp.acts(camp.desk):
        end_party(party.pk, EndWhy.LEFT)
        assert refused(lambda: check_in(party.pk, place.pk)) == "party_has_left"


def test_a_closed_centre_takes_in_whom_it_was_promised_to_and_nobody_else(camp: Camp) -> None:
    promised, other, staying = camp.party("0001"), camp.party("0002"), camp.party("0003")
    camp.promised(promised, camp.place)
    with camp.acts(camp.desk):
        elsewhere = new_place(new_centre(camp.desk, "C2"), "P9", PartyKind.ADULT)
    camp.promised(other, elsewhere)
    with camp.acts(camp.desk):
        stay = check_in(staying.pk, elsewhere.pk)
        close_centre(camp.centre.pk, now() - timedelta(minutes=1), why="the lease has ended")
        assert refused(lambda: check_in(other.pk, camp.place.pk)) == "centre_is_closed"
        assert refused(lambda: transfer(stay.pk, camp.place.pk)) == "centre_is_closed"
        assert check_in(promised.pk).place_id == camp.place.pk


def test_a_promise_whose_units_are_gone_is_no_bed(camp: Camp) -> None:
    party = camp.party()
    promise = camp.promised(party, camp.place)
    with camp.acts(camp.desk):
        UnitUse.objects.filter(promise=promise).delete()
        with pytest.raises(NoRoom):
            check_in(party.pk)


def test_who_comes_before_their_day_has_the_unit_from_today_on(camp: Camp) -> None:
    party = camp.party()
    promise = camp.promised(party, camp.place)
    with camp.acts(camp.desk):
        UnitUse.objects.filter(promise=promise).update(starts=today() + timedelta(days=3))
        stay = check_in(party.pk)
        assert UnitUse.objects.get(stay=stay).starts == today()


# --- two people, where a child is placed --------------------------------------------------------------------------


def test_a_child_taken_in_without_a_promise_is_looked_at_by_a_second_member(camp: Camp) -> None:
    minor = camp.party("0001", PartyKind.MINOR)
    with camp.acts(camp.desk):
        stay = check_in(minor.pk, camp.place_of_minors.pk)
        assert stay.needs_second
        with pytest.raises(Refused, match="second_of_another_account"):
            confirm_stay(stay.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            Stay.objects.filter(pk=stay.pk).update(second=camp.cast.member(camp.cast.dunes, nth=2))
    with camp.acts(camp.stranger), pytest.raises(Refused, match="no_such_stay"):
        confirm_stay(stay.pk)
    with camp.acts(camp.runner):
        assert not confirm_stay(stay.pk).needs_second
    with camp.acts(camp.desk), pytest.raises(DatabaseError), transaction.atomic():
        Stay.objects.filter(pk=stay.pk).update(second=None)

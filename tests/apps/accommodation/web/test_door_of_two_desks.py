# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two desks use one number on a wristband: at the door nobody is taken in for somebody else."""

import re
from uuid import uuid4

import pytest
from apps.accommodation.camp import Camp, new_centre, new_party, new_place
from cast import Cast
from django.test import Client
from house.clients import signed_in

from havre.apps.accommodation.actions.promising import Given, give_places
from havre.apps.accommodation.enums import EndWhy, PartyKind
from havre.apps.accommodation.models import Party, PartyMember, Stay
from havre.core.accounts.models import Member
from havre.core.clock import today

AT = "/accommodation/centres"


@pytest.fixture
def camp(cast: Cast) -> Camp:
    return Camp(cast)


@pytest.fixture
def other(camp: Camp) -> Member:
    """A second desk, for which Refuge runs a centre too."""
    return camp.cast.member(camp.cast.organisation("Guichet du littoral"))


@pytest.fixture
def same(camp: Camp, other: Member) -> tuple[Party, Party]:
    """A party of each desk, with one number, each expected at a centre that Refuge runs."""
    mine = camp.party("0417", PartyKind.FAMILY, 3)
    camp.promised(mine, camp.place)
    with camp.acts(other):
        place = new_place(new_centre(other, "C2", runner=camp.runner), "P1", PartyKind.ADULT)
        theirs = new_party(other, "0417", PartyKind.ADULT, 1)
        give_places([Given(theirs, place.pk)], today())
    return mine, theirs


def enters(client: Client, camp: Camp, **said: object) -> tuple[int, str]:
    address = f"{AT}/{camp.centre.pk}/enter"
    response = client.post(address, {"wristband": "0417", "key": uuid4(), **said})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Parties of two desks wear this number"),
        ("fr", "Des groupes de deux guichets portent ce numéro"),
    ],
)
def test_it_is_asked_whose_it_is(camp: Camp, same: tuple[Party, Party], language: str, said: str) -> None:
    client = signed_in(camp.runner, language)
    status, shown = enters(client, camp)
    assert status == 409
    assert said in shown
    assert all(shown.count(name) >= 2 for name in ("Guichet du littoral", camp.cast.dunes.name))
    assert {str(each.pk) for each in same} <= set(re.findall(r'<option value="([^"]+)"', shown))
    with camp.acts(camp.runner):
        assert not Stay.objects.exists()
    assert enters(client, camp, party=same[0].pk)[0] == 302
    with camp.acts(camp.runner):
        assert Stay.objects.get().party_id == same[0].pk


def test_who_is_of_the_other_desk_is_not_taken_in_here(camp: Camp, same: tuple[Party, Party]) -> None:
    client = signed_in(camp.runner)
    assert enters(client, camp, party=same[1].pk)[0] == 422
    status, shown = enters(client, camp, party=same[1].pk, place=camp.place.pk)
    assert status == 409
    assert "Another organisation places people in this centre" in shown
    with camp.acts(camp.runner):
        assert not Stay.objects.exists()


def test_the_button_of_who_is_expected_means_them_alone(camp: Camp, same: tuple[Party, Party]) -> None:
    client = signed_in(camp.runner)
    shown = client.get(f"{AT}/{camp.centre.pk}/door").content.decode()
    assert f'name="party" value="{same[0].pk}"' in shown
    assert str(same[1].pk) not in shown


def test_nobody_is_asked_where_one_desk_uses_it(camp: Camp, other: Member) -> None:
    camp.promised(camp.party("0417", PartyKind.FAMILY, 3), camp.place)
    with camp.acts(other):
        new_party(other, "0417", PartyKind.ADULT, 1)  # which Refuge knows nothing of
    client = signed_in(camp.runner)
    assert enters(client, camp, party=uuid4())[0] == 302


def test_a_wristband_of_one_of_them_takes_the_party_in(camp: Camp, same: tuple[Party, Party]) -> None:
    with camp.acts(camp.desk):
        PartyMember.objects.create(party=same[0], organisation=camp.cast.dunes, wristband="0999")
        PartyMember.objects.create(
            party=same[0], organisation=camp.cast.dunes, wristband="0998", left_on=today()
        )
    client = signed_in(camp.runner)
    assert enters(client, camp, wristband="0998")[0] == 404
    assert enters(client, camp, wristband="0999")[0] == 302


def test_who_has_left_for_good_is_not_asked_for(camp: Camp, same: tuple[Party, Party], other: Member) -> None:
    with camp.acts(other):
        Party.objects.filter(pk=same[1].pk).update(ended_on=today(), ended_why=EndWhy.LEFT)
    assert enters(signed_in(camp.runner), camp)[0] == 302

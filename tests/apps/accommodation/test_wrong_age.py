# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Age evidence changes after a party was made: its pages say so, and what it is can be said anew."""

from dataclasses import replace

import pytest
from apps.accommodation.camp import Camp
from apps.tracing.shores import CHILD, registered, year
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions import Refused
from havre.apps.accommodation.actions.desk import Explained, offer_regions, refuse_offer, take_offer
from havre.apps.accommodation.actions.parties import MemberSaid, PartySaid, change_party, register_party
from havre.apps.accommodation.actions.staying import check_in, transfer
from havre.apps.accommodation.enums import AgeSaid, PartyKind
from havre.apps.accommodation.models import KindChange, Offer, Party, Stay
from havre.apps.accommodation.queries.ages import wrong_age, wrong_ages
from havre.apps.registry.models import AgeEvidence, Registration
from havre.core.clock import now, today


@pytest.fixture
def child(camp: Camp) -> Registration:
    """Of whom the registry says now that they are ten."""
    return registered(camp.desk, replace(CHILD, birth=year(today().year - 10)))


def disputed(camp: Camp, child: Registration, *, is_disputed: bool) -> None:
    with camp.acts(camp.desk):
        AgeEvidence.objects.filter(registration=child).update(disputed=is_disputed)


def said(kind: PartyKind, child: Registration, people: int = 1, age: AgeSaid | None = None) -> PartySaid:
    members = (MemberSaid(child.pk, age=age),)
    return PartySaid("W1", people, kind, members=members, kind_why="Her birth certificate has come.")


def test_a_child_who_was_taken_for_an_adult_is_told_and_becomes_a_party_of_minors(
    camp: Camp, child: Registration
) -> None:
    disputed(camp, child, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.ADULT, child))
        assert wrong_age(party) is None
    disputed(camp, child, is_disputed=False)
    for page, title in (
        (reverse("accommodation:party", args=[party.pk]), "They are children without an adult"),
        (reverse("accommodation:at_desk", args=[party.pk]), "They are children without an adult"),
    ):
        assert title in signed_in(camp.desk).get(page).content.decode()
    assert "Ce sont des enfants sans adulte" in signed_in(camp.desk, "fr").get(page).content.decode()
    with camp.acts(camp.desk):
        assert wrong_age(party) is AgeSaid.MINOR
        change_party(party.pk, said(PartyKind.MINOR, child))
        assert wrong_age(Party.objects.get()) is None


def test_an_adult_in_a_party_of_minors_is_told(camp: Camp) -> None:
    grown = registered(camp.desk, replace(CHILD, birth=year(today().year - 30)))
    disputed(camp, grown, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.MINOR, grown, 2))
        assert wrong_age(party) is None
    disputed(camp, grown, is_disputed=False)
    with camp.acts(camp.desk):
        assert wrong_age(party) is AgeSaid.ADULT
        change_party(party.pk, said(PartyKind.FAMILY, grown, 2))
        assert wrong_age(Party.objects.get()) is None


@pytest.mark.parametrize("kind", PartyKind)
@pytest.mark.parametrize("age", AgeSaid)
def test_where_the_registry_knows_nothing_what_was_said_counts(
    camp: Camp, child: Registration, kind: PartyKind, age: AgeSaid
) -> None:
    disputed(camp, child, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(kind, child, 2, age if kind != PartyKind.MINOR else AgeSaid.MINOR))
        assert wrong_age(party) is None


def test_who_may_be_either_is_taken_for_neither(camp: Camp) -> None:
    maybe = registered(camp.desk, replace(CHILD, birth=year(today().year - 18)))
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.MINOR, maybe))
        assert wrong_age(party) is None
        change_party(party.pk, said(PartyKind.ADULT, maybe))
        assert wrong_age(Party.objects.get()) is None


def test_another_kind_is_said_for_a_reason_that_the_desk_reads_and_no_centre(
    camp: Camp, child: Registration
) -> None:
    disputed(camp, child, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.ADULT, child))
        with pytest.raises(Refused, match="kind_needs_reason"):
            change_party(party.pk, replace(said(PartyKind.MINOR, child), kind_why=" "))
        with pytest.raises(IntegrityError, match="for a reason"), transaction.atomic():
            Party.objects.update(kind=PartyKind.MINOR)
        change_party(party.pk, said(PartyKind.MINOR, child))
        with pytest.raises(IntegrityError, match="for a reason"), transaction.atomic():
            Party.objects.update(kind=PartyKind.ADULT)
        assert [(each.was, each.becomes) for each in KindChange.objects.all()] == [("adult", "minor")]
    page = signed_in(camp.desk).get(reverse("accommodation:party", args=[party.pk])).content.decode()
    assert "Her birth certificate has come." in page
    camp.promised(party, camp.place_of_minors, camp.cast.member(camp.cast.dunes, nth=2))
    page = signed_in(camp.runner).get(reverse("accommodation:party", args=[party.pk])).content.decode()
    assert "W1" in page
    assert "birth certificate" not in page
    with camp.acts(camp.runner):
        assert not KindChange.objects.exists()


def test_a_form_without_a_reason_keeps_what_was_typed(camp: Camp, child: Registration) -> None:
    with camp.acts(camp.desk):
        party = register_party(PartySaid("W2", 1, PartyKind.ADULT))
    address = reverse("accommodation:change_party", args=[party.pk])
    typed = {"wristband": "W2", "party_kind": "woman", "people": 1, "key": "2" * 32}
    refused = signed_in(camp.desk, "fr").post(address, typed)
    assert refused.status_code == 422
    assert "Indiquez pourquoi" in refused.content.decode()
    assert signed_in(camp.desk).post(address, {**typed, "kind_why": "She said so."}).status_code == 302
    with camp.acts(camp.desk):
        assert Party.objects.get().kind == PartyKind.WOMAN


def taken_for_adult(camp: Camp, child: Registration) -> Party:
    """Promised a place of adults, before it is known that she is a child."""
    disputed(camp, child, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.ADULT, child))
    camp.promised(party, camp.place)
    disputed(camp, child, is_disputed=False)
    return party


def test_nobody_is_turned_away_at_the_door_that_was_promised_to_them(camp: Camp, child: Registration) -> None:
    party = taken_for_adult(camp, child)
    with camp.acts(camp.runner):
        stay = check_in(party.pk)
    with camp.acts(camp.desk):
        assert wrong_ages() == {party.pk: AgeSaid.MINOR}
        change_party(party.pk, said(PartyKind.MINOR, child))
        assert wrong_ages() == {}
    with camp.acts(camp.runner):
        moved = transfer(stay.pk, camp.place_of_minors.pk)
        assert moved.place_id == camp.place_of_minors.pk


def test_without_a_promise_no_child_moves_in_among_adults(camp: Camp, child: Registration) -> None:
    disputed(camp, child, is_disputed=True)
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.ADULT, child))
    disputed(camp, child, is_disputed=False)
    camp.place  # noqa: B018 - made while the desk acts
    with camp.acts(camp.desk), pytest.raises(Refused, match="minors_apart"):
        check_in(party.pk, camp.place.pk)


def test_who_turns_eighteen_where_they_live_may_stay(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    now_grown = registered(camp.desk, replace(CHILD, birth=year(today().year - 17)))
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.MINOR, now_grown))
    camp.promised(party, camp.place_of_minors, camp.cast.member(camp.cast.dunes, nth=2))
    with camp.acts(camp.desk):
        check_in(party.pk)
    monkeypatch.setattr(settings, "HAVRE_TODAY", today().replace(year=today().year + 3, day=1))
    with camp.acts(camp.desk):
        assert wrong_ages() == {}
        Stay.objects.update(ends=today(), ended_why="left", checked_out_at=now(), checked_out_by=camp.desk)
        assert wrong_ages() == {party.pk: AgeSaid.ADULT}


def test_they_are_on_the_first_page_and_in_a_list_of_their_own(camp: Camp, child: Registration) -> None:
    party = taken_for_adult(camp, child)
    camp.party("fine")
    home = signed_in(camp.desk).get(reverse("home")).content.decode()
    assert "not what it was taken for" in home
    assert "not what it was taken for" not in signed_in(camp.runner).get(reverse("home")).content.decode()
    listed = signed_in(camp.desk).get(reverse("accommodation:parties"), {"tab": "wrong_age"}).content.decode()
    assert party.wristband in listed
    assert "fine" not in listed
    for page in ("new_plan", "departures"):
        assert (
            "is not what it was taken for"
            in signed_in(camp.desk).get(reverse(f"accommodation:{page}")).content.decode()
        )


def test_no_offer_takes_them_and_what_was_offered_can_be_refused(camp: Camp, child: Registration) -> None:
    disputed(camp, child, is_disputed=True)
    camp.place  # noqa: B018
    with camp.acts(camp.desk):
        party = register_party(said(PartyKind.ADULT, child))
        offer = offer_regions(party.pk)
    assert isinstance(offer, Offer)
    disputed(camp, child, is_disputed=False)
    with camp.acts(camp.desk):
        for act in (
            lambda: offer_regions(party.pk),
            lambda: take_offer(offer.pk, offer.place_1_id, Explained("pus")),
        ):
            with pytest.raises(Refused, match="age_first"):
                act()
        refuse_offer(offer.pk, Explained("pus"))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Age evidence changes after a party was made: its pages say so, and what it is can be said anew."""

from dataclasses import replace

import pytest
from apps.accommodation.camp import Camp
from apps.tracing.shores import CHILD, registered, year
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions.parties import MemberSaid, PartySaid, change_party, register_party
from havre.apps.accommodation.enums import AgeSaid, PartyKind
from havre.apps.accommodation.models import Party
from havre.apps.accommodation.queries.ages import wrong_age
from havre.apps.registry.models import AgeEvidence, Registration
from havre.core.clock import today


@pytest.fixture
def child(camp: Camp) -> Registration:
    """Of whom the registry says now that they are ten."""
    return registered(camp.desk, replace(CHILD, birth=year(today().year - 10)))


def disputed(camp: Camp, child: Registration, *, is_disputed: bool) -> None:
    with camp.acts(camp.desk):
        AgeEvidence.objects.filter(registration=child).update(disputed=is_disputed)


def said(kind: PartyKind, child: Registration, people: int = 1, age: AgeSaid | None = None) -> PartySaid:
    return PartySaid("W1", people, kind, members=(MemberSaid(child.pk, age=age),))


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

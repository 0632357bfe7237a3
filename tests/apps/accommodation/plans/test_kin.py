# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters in two parties: pages say so, plans and the desk keep them together, a member parts them."""

import pytest
from apps.accommodation.plans.camp import NORTH, SOUTH, Camp
from apps.tracing.shores import CHILD, SISTER, UNCLE_SAID, registered
from cast import Cast
from django.urls import reverse
from house.clients import signed_in

from havre.apps.accommodation.actions.desk import offer_regions
from havre.apps.accommodation.actions.parties import MemberSaid, PartySaid, end_party, register_party
from havre.apps.accommodation.actions.plans import override
from havre.apps.accommodation.actions.promising import Given, give_places
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import EndWhy, PartyKind, WhyNot
from havre.apps.accommodation.models import Offer, PartyMember
from havre.apps.accommodation.queries.kin import kin_of
from havre.apps.accommodation.queries.plans import explained
from havre.apps.cases.actions import join_siblings, open_case_of_link
from havre.apps.cases.models import Case
from havre.core.access import Purpose, acting_as
from havre.core.clock import today

TOGETHER = "Both say so, and their accounts agree."


def case_of(camp: Camp, described: object) -> Case:
    """The case of a child who asks for an uncle in Britain."""
    child = registered(camp.member, described, ("uncle", UNCLE_SAID))  # type: ignore[arg-type]
    with acting_as(camp.member.pk, Purpose.TRACING):
        return open_case_of_link(child.links.get().pk)


@pytest.fixture
def cases(cast: Cast) -> tuple[Camp, Case, Case]:
    """A brother in a party of his own, and his sister; two centres take minors."""
    camp = Camp.of(cast)
    camp.place("Near", 2, takes=("minor",))
    camp.place("Far", 3, region=SOUTH, takes=("minor",))
    brother, sister = case_of(camp, CHILD), case_of(camp, SISTER)
    for wristband, case in (("M1", brother), ("M2", sister)):
        camp.party(wristband, kind="minor", wish={"region_1": SOUTH})
        with camp.acts():
            PartyMember.objects.create(
                party=camp.parties[wristband],
                organisation=camp.cast.dunes,
                registration_id=case.registration_id,
            )
    return camp, brother, sister


def join(camp: Camp, one: Case, other: Case) -> None:
    """A member finds out that they are brother and sister, when each has a party already."""
    with acting_as(camp.member.pk, Purpose.TRACING):
        join_siblings(one.pk, other.pk, reasons=TOGETHER)


def lives(camp: Camp, wristband: str, code: str) -> None:
    """A place there is promised to the party."""
    with camp.acts():
        given = Given(camp.parties[wristband], camp.places[code].pk, second_id=camp.second().pk)
        give_places([given], today())


def test_a_plan_brings_the_sister_to_the_brother_and_says_why_not_elsewhere(
    cases: tuple[Camp, Case, Case],
) -> None:
    camp, brother, sister = cases
    lives(camp, "M1", "Near")
    assert camp.at(camp.planned()) == {"M2": "Far"}
    join(camp, brother, sister)
    plan = camp.planned()
    assert camp.at(plan) == {"M2": "Near"}
    with camp.acts():
        said = explained(plan, camp.key("M2"))
        assert said
        assert [each.why for each in said.closed] == [(WhyNot.KIN,)]
        # A soft lock: a member may have a reason, and every later plan and the desk keep to it.
        assert override(plan.pk, camp.key("M2"), camp.places["Far"].pk, reason="He asks for it himself.").kept
    assert camp.at(camp.planned()) == {"M2": "Far"}
    with camp.acts():
        offer = offer_regions(camp.key("M2"))
    assert isinstance(offer, Offer)
    assert (offer.region_1, offer.region_2) == (SOUTH, "")


def test_the_desk_offers_the_centre_of_the_brother(cases: tuple[Camp, Case, Case]) -> None:
    camp, brother, sister = cases
    lives(camp, "M1", "Near")
    join(camp, brother, sister)
    with camp.acts():
        offer = offer_regions(camp.key("M2"))
    assert isinstance(offer, Offer)
    assert (offer.region_1, offer.region_2) == (NORTH, "")


def test_where_the_centre_of_the_brother_is_full_none_is_closed(cases: tuple[Camp, Case, Case]) -> None:
    camp, brother, sister = cases
    join(camp, brother, sister)
    lives(camp, "M1", "Near")
    camp.party("M3", kind="minor")
    lives(camp, "M3", "Near")
    assert camp.at(camp.planned()) == {"M2": "Far"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A brother or sister is in another party"),
        ("fr", "Un frère ou une sœur est dans un autre groupe"),
    ],
)
def test_the_pages_of_both_parties_say_it(cases: tuple[Camp, Case, Case], language: str, words: str) -> None:
    camp, brother, sister = cases
    lives(camp, "M1", "Near")
    plan = camp.planned()
    client = signed_in(camp.member, language)
    pages = [
        reverse("accommodation:party", args=[camp.key("M2")]),
        reverse("accommodation:at_desk", args=[camp.key("M2")]),
        reverse("accommodation:plan_party", args=[plan.pk, camp.key("M2")]),
    ]
    for page in pages:
        assert words not in client.get(page).content.decode()
    join(camp, brother, sister)
    for page in pages:
        shown = client.get(page).content.decode()
        assert words in shown, page
        assert "M1" in shown
        assert "Near" in shown
    assert words in client.get(reverse("accommodation:party", args=[camp.key("M1")])).content.decode()


def test_all_are_asked_for_in_few_queries(
    cases: tuple[Camp, Case, Case], django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    camp, brother, sister = cases
    join(camp, brother, sister)
    with camp.acts(), django_assert_max_num_queries(8):
        found = kin_of(camp.parties.values())
    assert {key: [each.party.wristband for each in kin] for key, kin in found.items()} == {
        camp.key("M1"): ["M2"],
        camp.key("M2"): ["M1"],
    }


# --- a party is made ---------------------------------------------------------------------------------------------


def made(camp: Camp, wristband: str, case: Case) -> None:
    with camp.acts():
        one = MemberSaid(registration_id=case.registration_id)
        register_party(PartySaid(wristband, 1, PartyKind.MINOR, members=(one,)))


def test_a_brother_in_another_party_is_named_with_the_party(cases: tuple[Camp, Case, Case]) -> None:
    camp, brother, sister = cases
    join(camp, brother, sister)
    with camp.acts():
        end_party(camp.key("M2"), EndWhy.MISTAKE)
    with pytest.raises(Refused, match="sibling_in_party"):
        made(camp, "M9", sister)


def test_a_brother_who_has_left_for_good_is_not_waited_for(cases: tuple[Camp, Case, Case]) -> None:
    camp, brother, sister = cases
    join(camp, brother, sister)
    with camp.acts():
        end_party(camp.key("M1"), EndWhy.LEFT)
        end_party(camp.key("M2"), EndWhy.MISTAKE)
    made(camp, "M9", sister)


def test_a_brother_who_is_here_without_a_party_is_not_left_out(cases: tuple[Camp, Case, Case]) -> None:
    camp, brother, sister = cases
    join(camp, brother, sister)
    with camp.acts():
        end_party(camp.key("M2"), EndWhy.MISTAKE)
        PartyMember.objects.filter(party=camp.key("M1")).update(left_on=today())
    with pytest.raises(Refused, match="sibling_left_out"):
        made(camp, "M9", sister)

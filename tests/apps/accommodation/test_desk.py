# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk: two regions are offered, one is taken or both refused; refusing costs nothing, nothing is given twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from apps.accommodation.plans.camp import NORTH, SOUTH, WHERE, Camp
from cast import Cast
from django.db import Error, transaction

from havre.apps.accommodation.actions import check_in, end_party
from havre.apps.accommodation.actions.desk import (
    Explained,
    confirm_choice,
    end_waiting,
    offer_regions,
    queue_party,
    refuse_offer,
    take_offer,
)
from havre.apps.accommodation.actions.promising import Given, give_places
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import EndWhy, LockRule, OfferState, PromiseEnd, QueueReason
from havre.apps.accommodation.models import Intake, Lock, Offer, Promise, QueueEntry, Separation, UnitUse
from havre.apps.accommodation.queries.desk import waiting_line
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.clock import today
from havre.core.notices.models import Notice

IN_PASHTO = Explained("pus", "Zarmina", "They have a cousin there.")
WEST = "R03"


@pytest.fixture
def camp(cast: Cast) -> Camp:
    """A lone adult who asks for the north, and two regions with room."""
    made = Camp.of(cast)
    made.place("Nord", 2)
    made.place("Sud", 4, region=SOUTH)
    made.party("A1", language="pus", wish={"region_1": NORTH, "relative_lat": 50.63, "relative_lon": 3.06})
    return made


def offered(camp: Camp, wristband: str = "A1", **more: bool) -> Offer:
    """What the desk offers; a test that expects none fails here."""
    found = offer_regions(camp.key(wristband), **more)
    assert isinstance(found, Offer)
    return found


# --- offering ----------------------------------------------------------------------------------------------------


def test_two_regions_are_offered_each_with_what_it_would_mean(camp: Camp) -> None:
    with camp.acts():
        offer = offered(camp)
    assert (offer.region_1, offer.region_2) == (NORTH, SOUTH)
    assert offer.place_1 == camp.places["Nord"]
    assert offer.means_1["km"] == 0
    assert offer.means_2["km"] > 700
    assert offer.means_1["goals"]["region_1"] > 0
    assert offer.means_2["below_best"] == offer.means_1["points"] - offer.means_2["points"]
    assert (offer.means_1["speaks"], offer.state) == (False, OfferState.OPEN)


def test_asked_again_the_same_offer_stands(camp: Camp) -> None:
    key = uuid4()
    with camp.acts():
        first = offer_regions(camp.key("A1"), idempotency_key=key)
        assert offer_regions(camp.key("A1"), idempotency_key=key) == first
        assert offer_regions(camp.key("A1")) == first
        assert Offer.objects.count() == 1


def test_where_one_region_alone_has_room_it_alone_is_offered(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Nord", 1)
    camp.party("A1")
    with camp.acts():
        offer = offered(camp)
    assert (offer.region_2, offer.place_2) == ("", None)


def test_where_nothing_has_room_they_wait_with_the_reason(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Familles", 4, takes=("family",))
    camp.party("A1")
    with camp.acts():
        entry = offer_regions(camp.key("A1"))
        assert isinstance(entry, QueueEntry)
        assert (entry.reason, Offer.objects.count()) == (QueueReason.NO_PLACE, 0)


def test_room_is_kept_for_a_family_that_can_go_nowhere_else(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Both", 4, takes=("adult", "family"))
    camp.party("A1")
    camp.party("F1", 4, kind="family")
    with camp.acts():
        assert isinstance(offer_regions(camp.key("A1")), QueueEntry)
        assert offered(camp, "F1").place_1 == camp.places["Both"]


def test_what_was_laid_down_and_who_is_kept_apart_are_heeded(camp: Camp) -> None:
    other = camp.party("A2")
    with camp.acts():
        give_places([Given(other, camp.places["Nord"].pk)], today())
        one, two = sorted((camp.key("A1"), other.pk))
        Separation.objects.create(
            organisation=camp.cast.dunes,
            party_a_id=one,
            party_b_id=two,
            reason="a quarrel",
            member=camp.member,
        )
        offer = offered(camp)
    assert (offer.region_1, offer.region_2) == (SOUTH, "")


def test_who_stays_by_hand_is_offered_that_place_alone(camp: Camp) -> None:
    camp.party("A2")
    with camp.acts():
        Lock.objects.create(
            organisation=camp.cast.dunes,
            party=camp.parties["A1"],
            rule=LockRule.STAYS,
            place=camp.places["Sud"],
            reason="a brother is there",
            member=camp.member,
        )
        offer = offered(camp)
    assert (offer.place_1, offer.place_2) == (camp.places["Sud"], None)


# --- taking ------------------------------------------------------------------------------------------------------


def test_who_takes_a_region_has_numbered_units_and_waits_no_longer(camp: Camp) -> None:
    with camp.acts():
        queue_party(camp.key("A1"), QueueReason.ASKED)
        offer = offered(camp)
        done = take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        assert take_offer(offer.pk, offer.place_1_id, IN_PASHTO).offer.promise_id == done.offer.promise_id
        assert [each.number for each in UnitUse.objects.filter(promise=done.offer.promise)] == [1]
        assert waiting_line() == []
        kept = Offer.objects.get()
    assert (kept.language, kept.interpreter, kept.state) == ("pus", "Zarmina", OfferState.ACCEPTED)
    assert camp.promised() == {"A1": "Nord"}


def test_where_a_centre_counts_its_days_they_are_expected_on_one_with_room(cast: Cast) -> None:
    camp = Camp.of(cast)
    place = camp.place("Nord", 4, takes=("family",))
    camp.party("F1", 3, kind="family")
    days = [today() + timedelta(days=n) for n in (1, 2)]
    with camp.acts():
        for day, people in zip(days, (2, 5), strict=True):
            Intake.objects.create(centre=place.centre, on_day=day, people=people)
        offer = offered(camp, "F1")
        done = take_offer(offer.pk, place.pk, IN_PASHTO)
        assert done.offer.promise is not None
        assert done.offer.promise.on_day == days[1]


def test_a_family_takes_one_room(cast: Cast) -> None:
    camp = Camp.of(cast)
    place = camp.place("Nord", 1, takes=("family",), unit="room", unit_size=4)
    camp.party("F1", 3, kind="family")
    camp.party("F2", 3, kind="family")
    with camp.acts():
        take_offer(offered(camp, "F1").pk, place.pk, IN_PASHTO)
        assert UnitUse.objects.count() == 1
        assert isinstance(offer_regions(camp.key("F2")), QueueEntry)


def test_what_was_promised_stays_until_another_is_taken(camp: Camp) -> None:
    with camp.acts():
        (before,) = give_places([Given(camp.parties["A1"], camp.places["Nord"].pk)], today())
        offer = offered(camp)
        assert (offer.region_1, offer.region_2) == (SOUTH, "")
        assert camp.promised() == {"A1": "Nord"}
        take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        before.refresh_from_db()
        assert before.ended_why == PromiseEnd.MOVED
    assert camp.promised() == {"A1": "Sud"}


def test_nobody_takes_what_was_not_offered_nor_without_the_language(camp: Camp) -> None:
    with camp.acts():
        offer = offered(camp)
        with pytest.raises(Refused, match="not_offered"):
            take_offer(offer.pk, uuid4(), IN_PASHTO)
        with pytest.raises(Refused, match="words_needed"):
            take_offer(offer.pk, offer.place_1_id, Explained())
        with pytest.raises(Refused, match="no_such_offer"):
            take_offer(uuid4(), offer.place_1_id, IN_PASHTO)
    assert camp.promised() == {}


def test_a_place_that_is_gone_lapses_and_the_next_is_offered(camp: Camp) -> None:
    with camp.acts():
        offer = offered(camp)
        others = [camp.party(f"B{n}") for n in (1, 2)]
        give_places([Given(each, camp.places["Nord"].pk) for each in others], today())
        done = take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        assert isinstance(done.instead, Offer)
        assert (done.offer.state, done.offer.chosen) == (OfferState.LAPSED, None)
        assert done.instead.region_1 == SOUTH
        assert Promise.objects.filter(party=camp.key("A1")).count() == 0


def test_an_offer_of_which_a_place_is_gone_is_made_anew_when_it_is_opened(camp: Camp) -> None:
    with camp.acts():
        first = offered(camp)
        others = [camp.party(f"B{n}") for n in (1, 2)]
        give_places([Given(each, camp.places["Nord"].pk) for each in others], today())
        second = offered(camp)
        first.refresh_from_db()
    assert (first.state, second.region_1) == (OfferState.LAPSED, SOUTH)


def test_two_desks_never_give_the_last_bed_twice(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Nord", 1)
    camp.party("A1")
    with camp.acts():
        first = offered(camp)
        camp.party("A2")
        give_places([Given(camp.parties["A2"], camp.places["Nord"].pk)], today())
        done = take_offer(first.pk, first.place_1_id, IN_PASHTO)
        assert isinstance(done.instead, QueueEntry)
    assert camp.promised() == {"A2": "Nord"}


# --- refusing ----------------------------------------------------------------------------------------------------


def test_refusing_costs_neither_the_turn_nor_the_promise(camp: Camp) -> None:
    with camp.acts():
        give_places([Given(camp.parties["A1"], camp.places["Nord"].pk)], today())
        since = queue_party(camp.key("A1"), QueueReason.ASKED).since
        entry = refuse_offer(offered(camp).pk, IN_PASHTO)
        assert (entry.since, entry.reason) == (since, QueueReason.REFUSED)
        assert QueueEntry.objects.count() == 1
    assert camp.promised() == {"A1": "Nord"}


def test_the_next_offer_leaves_out_what_was_refused_at_the_same_prices(
    camp: Camp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WHERE, WEST, (48.1, -1.7))
    camp.place("Ouest", 1, region=WEST)
    camp.party("A2", wish={"region_1": NORTH})
    camp.party("A3", wish={"region_1": WEST})
    with camp.acts():
        first = offered(camp)
        refuse_offer(first.pk, IN_PASHTO)
        second = offered(camp)
        assert {second.region_1} == {NORTH, SOUTH, WEST} - {first.region_1, first.region_2}
        assert second.region_2 == ""
        refuse_offer(second.pk, IN_PASHTO)
        entry = offer_regions(camp.key("A1"))
        assert isinstance(entry, QueueEntry)
        assert entry.reason == QueueReason.REFUSED
        again = offered(camp, anew=True)
    assert (again.means_1, again.means_2) == (first.means_1, first.means_2)


def test_everybody_is_told_the_same_prices(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Nord", 1)
    camp.place("Sud", 2, region=SOUTH)
    for n in (1, 2, 3):
        camp.party(f"A{n}", wish={"region_1": NORTH})
    with camp.acts():
        refuse_offer(offered(camp, "A1").pk, IN_PASHTO)
        told = [offered(camp, each, anew=True) for each in ("A1", "A2", "A3")]
    assert len({(each.means_1["costs"], each.means_2["costs"]) for each in told}) == 1


def test_in_the_queue_the_most_vulnerable_come_first_then_who_waits_longest(camp: Camp) -> None:
    camp.party("A2")
    camp.party("F1", 3, kind="family")
    with camp.acts():
        for each in ("A1", "A2", "F1"):
            queue_party(camp.key(each), QueueReason.ASKED, words="asks for a doctor")
        assert [each.party.wristband for each in waiting_line()] == ["F1", "A1", "A2"]


def test_who_is_given_a_place_elsewhere_or_has_come_waits_no_longer(camp: Camp) -> None:
    camp.party("A2")
    camp.party("A3")
    with camp.acts():
        for each in ("A1", "A2", "A3"):
            queue_party(camp.key(each), QueueReason.ASKED)
        give_places([Given(camp.parties["A1"], camp.places["Sud"].pk)], today())
        check_in(camp.key("A2"), camp.places["Sud"].pk)
        assert [each.party.wristband for each in waiting_line()] == ["A3"]
        end_waiting(camp.key("A3"))
        assert waiting_line() == []
        with pytest.raises(Refused, match="transfer_instead"):
            offer_regions(camp.key("A2"))


def test_who_has_left_is_offered_nothing(camp: Camp) -> None:
    with camp.acts():
        offer = offered(camp)
        end_party(camp.key("A1"), EndWhy.LEFT)
        for asks in (
            lambda: offer_regions(camp.key("A1")),
            lambda: take_offer(offer.pk, offer.place_1_id, IN_PASHTO),
            lambda: queue_party(camp.key("A1"), QueueReason.ASKED),
        ):
            with pytest.raises(Refused, match="party_has_left"):
                asks()


# --- minors ------------------------------------------------------------------------------------------------------


@pytest.fixture
def children(cast: Cast) -> Camp:
    camp = Camp.of(cast)
    camp.place("Minors", 2, takes=("minor",))
    camp.party("M1", 2, kind="minor")
    return camp


def test_of_minors_a_colleague_is_told_and_says_yes(children: Camp) -> None:
    children.second()
    with children.acts():
        offer = offered(children, "M1")
        done = take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        assert done.waits
        with pytest.raises(Refused, match="colleague_says_yes"):
            confirm_choice(offer.pk)
    assert children.promised() == {}
    with children.acts(children.second()):
        assert [each.key for each in Notice.objects.filter(member=children.second())] == [
            "accommodation.notice_second"
        ]
        assert confirm_choice(offer.pk).offer.promise is not None
        promise = Promise.objects.get()
    assert {promise.member_id, promise.second_id} == {children.member.pk, children.second().pk}


def test_a_colleague_who_records_the_choice_of_minors_is_the_second(children: Camp) -> None:
    with children.acts():
        offer = offered(children, "M1")
    with children.acts(children.second()):
        assert not take_offer(offer.pk, offer.place_1_id, IN_PASHTO).waits
    assert children.promised() == {"M1": "Minors"}


def test_until_then_minors_may_change_their_mind(children: Camp) -> None:
    with children.acts():
        offer = offered(children, "M1")
        take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        refuse_offer(offer.pk, IN_PASHTO)
    with children.acts(children.second()):
        with pytest.raises(Refused, match="offer_is_answered"):
            confirm_choice(offer.pk)
        assert offered(children, "M1", anew=True).state == OfferState.OPEN
    assert children.promised() == {}


# --- who may -----------------------------------------------------------------------------------------------------


def test_a_registrar_offers_and_records(camp: Camp) -> None:
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.REGISTRAR)):
        offer = offered(camp)
        take_offer(offer.pk, offer.place_2_id or UUID(int=0), IN_PASHTO)
    assert camp.promised() == {"A1": "Sud"}


@pytest.mark.parametrize("who", ["runner", "stranger", "other_shore"])
def test_nobody_else_offers_answers_or_reads(cast: Cast, who: str) -> None:
    camp = Camp.of(cast)
    runner = cast.member(cast.organisation("Refuge"))
    camp.place("Nord", 2, runner=runner)
    camp.party("A1")
    with camp.acts():
        give_places([Given(camp.parties["A1"], camp.places["Nord"].pk)], today())
        camp.place("Sud", 2, region=SOUTH)
        offer = offered(camp)
        queue_party(camp.key("A1"), QueueReason.ASKED)
    them = {"runner": runner, "stranger": cast.member(cast.maraude), "other_shore": cast.member(cast.harbour)}
    with camp.acts(them[who]):
        assert not Offer.objects.exists()
        assert waiting_line() == []
        with pytest.raises(Refused, match="no_such_party"):
            offer_regions(camp.key("A1"))
        with pytest.raises(Refused, match="no_such_offer"):
            take_offer(offer.pk, offer.place_1_id, IN_PASHTO)
        with pytest.raises(Refused, match="no_such_party"):
            queue_party(camp.key("A1"), QueueReason.ASKED)


def test_an_auditor_offers_nothing(camp: Camp) -> None:
    with camp.acts(camp.cast.member(camp.cast.dunes, Role.ADMINISTRATOR)), pytest.raises(NotAllowed):
        offer_regions(camp.key("A1"))


def test_what_was_offered_is_never_rewritten(camp: Camp) -> None:
    with camp.acts():
        offer = offered(camp)
        with pytest.raises(Error), transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(region_1=WEST)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one pair: what it shows to whom, every button, who comes second, and the next pair by itself."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from apps.tracing.shores import (
    A_DAY,
    CHILD,
    CHILD_SAID,
    UNCLE,
    UNCLE_SAID,
    Shores,
    acts,
    day,
    does,
    matched,
    raw,
    registered,
    state_of,
)
from apps.tracing.web.conftest import Counted, Desk, forms_of, site_of, text
from cast import Cast
from django.test import Client

from havre.apps.registry import actions as registry
from havre.apps.tracing.enums import Act, PairState, reasons_for
from havre.apps.tracing.models import Pair, Verdict
from havre.apps.tracing.queries import next_pair
from havre.core.access import Purpose
from havre.core.accounts.enums import Role
from havre.words import Language

S = PairState


def buttons(page: str) -> set[str]:
    """The acts that a page offers."""
    return set(re.findall(r'name="act" value="([a-z_]+)"', page))


# --- what is shown -----------------------------------------------------------------------------------------------


def test_both_sides_stand_in_their_own_script_and_in_latin_letters(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    assert '<bdi lang="und-Arab" dir="rtl">احمد ولي خان</bdi>' in shown
    assert '<p class="latin">Ahmad Wali Khan</p>' in shown
    assert "Ahmed Wali Khan" in shown
    assert "aid to reading" in shown


def test_a_line_says_whether_both_agree_and_why(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    names = shown[shown.index(">Names<") : shown.index(">Sex<")]
    assert "agrees" in names
    assert "≈" in names


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_other_shore_sees_no_phone_no_town_and_no_day_of_birth(desk: Desk, language: str) -> None:
    for member, hidden in (
        (desk.shores.harbour, (CHILD.phone, "39 98 00 11", "Calais", "17 May 2001", "17 mai 2001", "05-17")),
        (desk.shores.dunes, (UNCLE.phone, "8 March 1979", "8 mars 1979", "03-08")),
    ):
        shown = text(desk.page(site_of(member, language)))
        assert not [each for each in hidden if each in shown]
        assert ("shown after verification" if language == "en" else "montré après vérification") in shown


def test_verified_the_two_sides_are_open_to_both(desk: Desk) -> None:
    desk.shores.verified()
    shown = text(desk.page(desk.harbour))
    assert CHILD.phone in shown
    assert "17 May 2001" in shown
    assert "shown after verification" not in shown


def test_the_evidence_stands_as_a_picture_and_as_a_table(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    assert "<svg viewBox=" in shown
    assert "The evidence in bits" in shown
    assert "relative&#39;s phone number agrees" in shown or "relative's phone number agrees" in shown


def test_siblings_and_rivals_stand_beside_the_pair(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    beside = shown[shown.index("<aside") :]
    assert "Zarmina Wali Khan" in beside
    assert "Gul Agha" in beside


def test_the_other_shore_is_named_by_organisation_and_day_and_its_words_stay_with_it(desk: Desk) -> None:
    pair = desk.pair()
    does(desk.shores.harbour, Act.ASK, pair, words="She says the uncle has a scar.")
    shown, own = text(desk.page(desk.dunes)), text(desk.page(desk.harbour))
    history = shown[shown.index("History") :]
    assert "Asked for more" in history
    assert "Harbour, Britain" in history
    assert desk.shores.harbour.account.full_name not in history
    assert "scar" not in shown
    assert "scar" in own


def test_reading_a_pair_is_on_record(desk: Desk) -> None:
    pair = desk.pair()
    text(desk.page(desk.dunes, pair))
    with acts(desk.shores.dunes):
        assert raw("SELECT count(*) FROM audit_entry WHERE kind = 'read' AND row = %s", [pair.pk]) == [(1,)]


def test_a_pair_that_came_back_says_so(cast: Cast) -> None:
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    child = registered(dunes, replace(CHILD, birth=None), ("uncle", UNCLE_SAID))
    uncle = registered(harbour, UNCLE, ("nephew", replace(CHILD_SAID, birth=day("2001-05-17"))))
    matched(dunes)
    pair = Shores(dunes, harbour, child, uncle).pair()
    does(dunes, Act.REJECT, pair)
    address, client = f"/tracing/pairs/{pair.pk}", site_of(dunes)
    assert "It was rejected before" not in text(client.get(address))
    with acts(dunes, Purpose.CARE):
        registry.amend(child.pk, ages=[registry.AgeSaid(birth=day("2001-05-17"), true_on=A_DAY)])
    matched(dunes)
    assert "It was rejected before" in text(client.get(address))
    assert "came back" in text(client.get("/tracing/pairs?tab=decide&came_back=on"))


def test_a_page_asks_the_database_no_more_than_it_must(desk: Desk, counted: Counted) -> None:
    text(desk.page(desk.dunes))
    pair = desk.pair()
    with counted() as asked:
        text(desk.page(desk.dunes, pair))
    assert len(asked) <= 40, "\n".join(asked)


# --- who may what ------------------------------------------------------------------------------------------------


def test_each_button_has_its_key(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    assert buttons(shown) == {"confirm", "reject", "ask", "skip"}
    for key in "cras":
        assert f'data-key="{key}"' in shown


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN])
def test_who_decides_nothing_reads_only(desk: Desk, role: Role) -> None:
    ward = desk.shores.child.person_id if role is Role.GUARDIAN else None
    client = site_of(desk.cast.member(desk.cast.dunes, role, ward=ward))
    pair = desk.pair()
    assert not buttons(text(desk.page(client, pair)))
    assert client.post(f"/tracing/pairs/{pair.pk}/verdict", {"act": "confirm"}).status_code == 403


def test_a_guardian_sees_the_other_side_as_the_other_shore_would(desk: Desk) -> None:
    ward = desk.shores.child.person_id
    client = site_of(desk.cast.member(desk.cast.dunes, Role.GUARDIAN, ward=ward))
    shown = text(desk.page(client))
    assert CHILD.phone in shown
    assert UNCLE.phone not in shown
    assert "8 March 1979" not in shown


@pytest.mark.parametrize("who", ["maraude", "kin"])
def test_a_stranger_finds_no_such_page(desk: Desk, who: str) -> None:
    client = site_of(desk.cast.member(getattr(desk.cast, who)))
    pair = desk.pair()
    assert desk.page(client, pair).status_code == 404
    form = forms_of(desk.page(desk.dunes, pair))["confirm"]
    assert client.post(form.pop(""), form).status_code == 404


def test_nobody_is_asked_to_sign_in(desk: Desk) -> None:
    assert desk.page(Client()).status_code == 302


# --- deciding ----------------------------------------------------------------------------------------------------


def test_confirming_brings_the_next_pair_and_a_way_back(desk: Desk) -> None:
    pair = desk.pair()
    with acts(desk.shores.dunes):
        following = next_pair(pair.pk)
    done = desk.press(desk.dunes, "confirm", pair)
    assert following is not None
    assert done.url == f"/tracing/pairs/{following.pk}"
    assert state_of(desk.shores.dunes, pair) is S.CONFIRMED
    shown = text(desk.dunes.get(done.url))
    assert "Confirmed." in shown
    assert f'href="/tracing/pairs/{pair.pk}">Undo</a>' in shown
    desk.press(desk.dunes, "withdraw", pair)
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED


def test_after_the_last_pair_comes_the_list(desk: Desk) -> None:
    seen = 0
    answer = desk.dunes.get("/tracing/pairs/next")
    while (address := answer.url).startswith("/tracing/pairs/"):
        form = forms_of(desk.dunes.get(address))["skip"]
        answer = desk.dunes.post(form.pop(""), form)
        seen += 1
        assert seen < 20
    assert address == "/tracing/pairs?tab=decide"
    with acts(desk.shores.dunes):
        assert seen == Pair.objects.filter(state=S.PROPOSED).count()


def test_rejecting_asks_for_a_reason_and_keeps_what_was_typed(desk: Desk) -> None:
    refused = desk.press(desk.dunes, "reject", words="They do not look alike.")
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert 'class="summary"' in shown
    assert "They do not look alike." in shown
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED
    desk.press(desk.dunes, "reject", reason="names_differ", words="They do not look alike.")
    assert state_of(desk.shores.dunes, desk.pair()) is S.REJECTED


def test_a_reason_of_another_act_is_none(desk: Desk) -> None:
    assert desk.press(desk.dunes, "reject", reason="ask_names").status_code == 422
    assert desk.press(desk.dunes, "reject", reason="because").status_code == 422
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED


def test_words_that_are_too_long_are_not_lost(desk: Desk) -> None:
    refused = desk.press(desk.dunes, "reject", reason="names_differ", words="so " * 2000)
    assert refused.status_code == 422
    assert "so so so" in refused.content.decode()
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED


def test_every_reason_is_offered_with_a_digit_as_far_as_digits_go(desk: Desk) -> None:
    shown = text(desk.page(desk.dunes))
    dialog = shown[shown.index('id="form-reject"') :]
    for n, reason in enumerate(reasons_for(Act.REJECT), 1):
        assert f'value="{reason.key}"' in dialog
        assert n > 9 or f'data-key="{n}"' in dialog


def test_a_slip_is_undone_with_one_press(desk: Desk) -> None:
    pair = desk.pair()
    desk.press(desk.dunes, "reject", pair, reason="names_differ")
    shown = text(desk.page(desk.dunes, pair))
    assert "Undo: a slip" in shown
    desk.press(desk.dunes, "reopen", pair, reason="mistake")
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED


def test_a_skipped_pair_stays_and_does_not_come_again(desk: Desk) -> None:
    pair = desk.pair()
    done = desk.press(desk.dunes, "skip", pair)
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED
    assert str(pair.pk) not in done.url
    assert str(pair.pk) not in desk.dunes.get("/tracing/pairs/next").url


def test_the_second_member_verifies_on_the_other_shore(desk: Desk) -> None:
    pair = desk.pair()
    desk.press(desk.dunes, "confirm", pair)
    assert buttons(text(desk.page(desk.dunes, pair))) == {"withdraw", "ask", "skip"}
    assert buttons(text(desk.page(desk.harbour, pair))) == {"verify", "refuse_verification", "ask", "skip"}
    done = desk.press(desk.harbour, "verify", pair)
    assert done.url == "/tracing/pairs?tab=verify"
    assert state_of(desk.shores.harbour, pair) is S.VERIFIED


def test_refusing_to_verify_rejects_the_pair(desk: Desk) -> None:
    pair = desk.pair()
    desk.press(desk.dunes, "confirm", pair)
    desk.press(desk.harbour, "refuse_verification", pair, reason="family_differs")
    assert state_of(desk.shores.dunes, pair) is S.REJECTED


def test_a_reunion_has_a_day_and_can_be_undone(desk: Desk) -> None:
    pair = desk.shores.verified()
    refused = desk.press(desk.dunes, "reunite", pair)
    assert refused.status_code == 422
    assert desk.press(desk.dunes, "reunite", pair, true_on="yesterday").status_code == 422
    desk.press(desk.dunes, "reunite", pair, true_on=A_DAY.isoformat())
    assert state_of(desk.shores.dunes, pair) is S.REUNITED
    assert "3 November 2016" in text(desk.page(desk.dunes, pair))
    desk.press(desk.harbour, "undo", pair, reason="mistake")
    assert state_of(desk.shores.dunes, pair) is S.VERIFIED
    desk.press(desk.dunes, "revoke", pair, reason="test_says_no")
    assert state_of(desk.shores.dunes, pair) is S.REJECTED


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_comes_second_is_told_by_whom_and_when_and_nothing_is_saved(desk: Desk, language: str) -> None:
    pair, late = desk.pair(), site_of(desk.shores.harbour, language)
    form = forms_of(desk.page(late, pair))["reject"]
    desk.press(desk.dunes, "confirm", pair)
    refused = late.post(form.pop(""), form | {"reason": "names_differ"})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert ("Decided meanwhile" if language == "en" else "Décidé entre-temps") in shown
    assert "Dunes" in shown
    assert "verify" in buttons(shown)
    assert state_of(desk.shores.dunes, pair) is S.CONFIRMED


def test_the_same_press_twice_is_one_verdict(desk: Desk) -> None:
    pair = desk.pair()
    form = forms_of(desk.page(desk.dunes, pair))["confirm"]
    action = form.pop("")
    answers = [desk.dunes.post(action, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    with acts(desk.shores.dunes):
        assert Verdict.objects.filter(pair=pair).count() == 1


@pytest.mark.parametrize(
    "damaged",
    [{"version": "x"}, {"version": "0"}, {"version": "9" * 30}, {"key": "x"}, {"act": "fade"}, {"act": ""}],
)
def test_a_damaged_form_is_no_verdict(desk: Desk, damaged: dict[str, str]) -> None:
    form = forms_of(desk.page(desk.dunes))["confirm"]
    assert desk.dunes.post(form.pop(""), form | damaged).status_code == 400
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED


def test_an_act_that_is_not_possible_is_said(desk: Desk) -> None:
    form = forms_of(desk.page(desk.dunes))["confirm"]
    refused = desk.dunes.post(form.pop(""), form | {"act": "verify"})
    assert refused.status_code == 422
    assert "This was not saved" in refused.content.decode()


def test_a_refused_verdict_leads_back_to_its_pair(desk: Desk) -> None:
    address = f"/tracing/pairs/{desk.pair().pk}"
    assert desk.dunes.get(f"{address}/verdict").url == address
    assert desk.dunes.get("/tracing/pairs/search").url == "/tracing/pairs"


def test_there_is_no_page_of_no_pair(desk: Desk) -> None:
    assert desk.dunes.get(f"/tracing/pairs/{uuid4()}").status_code == 404
    assert desk.dunes.get("/tracing/pairs/next?after=x").status_code == 302


def test_the_page_speaks_french(desk: Desk) -> None:
    shown = text(desk.page(site_of(desk.shores.dunes, "fr")))
    assert "Pourquoi il est proposé" in shown
    assert reasons_for(Act.REJECT)[0].label(Language.FRENCH).replace("'", "&#39;") in shown

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Referrals on the site: made, answered, late, and closed to whoever is not concerned."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.test_referrals import said, to_be_referred
from apps.registry.people import acts, registered, sharing_with
from apps.tracing.web.conftest import site_of
from cast import Cast

from havre.apps.cases.actions.referring import refer
from havre.apps.cases.models import Referral
from havre.apps.registry.models import Registration
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today

DAY = timedelta(days=1)


@pytest.fixture
def dunes(cast: Cast) -> Member:
    return cast.member(cast.dunes)


@pytest.fixture
def maraude(cast: Cast) -> Member:
    return cast.member(cast.maraude)


@pytest.fixture
def child(cast: Cast, dunes: Member) -> Registration:
    with acts(dunes):
        return to_be_referred(cast.maraude)


def read(member: Member, place: str, language: str = "en") -> str:
    answer: Any = site_of(member, language).get(place)
    assert answer.status_code == 200, place
    return str(answer.content.decode())


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "kind": "referral",
        "recipient": str(cast.maraude.pk),
        "asked": "Please find him a bed for the winter",
        "answer_by": (today() + 3 * DAY).isoformat(),
        "fields_named": ["names", "nationality", "sex", "birth", "phone"],
        "siblings_named": "",
        "siblings_said": "",
        **more,
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_reference_to_the_answer(
    cast: Cast, dunes: Member, maraude: Member, child: Registration, language: str
) -> None:
    home = site_of(dunes, language)
    found: Any = home.post("/cases/referrals", {"reference": child.person.reference.lower()})
    assert found.url == f"/cases/registrations/{child.pk}/refer"
    assert child.person.reference in read(dunes, found.url, language)
    made: Any = home.post(found.url, typed(cast))
    assert made.status_code == 302, made.content.decode()
    for member in (dunes, maraude):
        shown = read(member, made.url, language)
        assert "Ahmad Khan" in shown
        assert "Afghan" in shown
        assert "+33 6 39 98 00 11" in shown
        assert "Jalalabad" not in shown, "what was not named"
    assert "Maraude" in read(dunes, "/cases/referrals", language)
    assert "Dunes" in read(maraude, "/cases/referrals", language)
    answer = site_of(maraude, language).post(
        f"{made.url}/act", {"key": str(uuid4()), "act": "refuse", "referral_words": "no"}
    )
    assert answer.status_code == 422
    for act, words in (("receive", ""), ("refuse", "We have no bed for him")):
        answer = site_of(maraude, language).post(
            f"{made.url}/act", {"key": str(uuid4()), "act": act, "referral_words": words}
        )
        assert answer.status_code == 302
    assert "We have no bed for him" in read(dunes, made.url, language)
    assert "Ahmad Khan" not in read(maraude, made.url, language)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"asked": "a bed"}, "at least 3 words"),
        ({"answer_by": "2016-01-01"}, "a day to come"),
        ({"siblings_named": "H-2222-22, nobody"}, "registered nobody under"),
        ({"kind": "transfer", "siblings_said": "He has none at all"}, "reads the whole registration"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    cast: Cast, dunes: Member, child: Registration, more: dict[str, str], error: str
) -> None:
    answer: Any = site_of(dunes).post(f"/cases/registrations/{child.pk}/refer", typed(cast, **more))
    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_siblings_are_named_by_their_references(cast: Cast, dunes: Member, child: Registration) -> None:
    with acts(dunes):
        sister = registered()
    place = f"/cases/registrations/{child.pk}/refer"
    made: Any = site_of(dunes).post(place, typed(cast, siblings_named=f" {sister.person.reference} "))
    assert sister.person.reference in read(dunes, made.url)


def test_what_is_late_shows_in_my_work_on_both_sides(
    cast: Cast, dunes: Member, maraude: Member, child: Registration, settings: Any
) -> None:
    with acts(dunes):
        refer(child.pk, said(cast.maraude))
    assert "referral to answer" in read(maraude, "/")
    assert "without an answer in time" not in read(dunes, "/")
    settings.HAVRE_TODAY = today() + 8 * DAY
    for member in (dunes, maraude):
        assert "without an answer in time" in read(member, "/")
    assert "referral" not in read(cast.member(cast.kin), "/").split("<main")[1].lower()


def test_a_stranger_finds_nothing(cast: Cast, dunes: Member, child: Registration) -> None:
    with acts(dunes):
        made: Referral = refer(child.pk, said(cast.maraude))
    for member in (cast.member(cast.kin), cast.member(cast.harbour, Role.SUPERVISOR)):
        site = site_of(member)
        assert site.get(f"/cases/referrals/{made.pk}").status_code == 404
        sent = site.post(f"/cases/referrals/{made.pk}/act", {"key": str(uuid4()), "act": "accept"})
        assert sent.status_code == 404
        assert site.get(f"/cases/registrations/{child.pk}/refer").status_code == 404
        found = site.post("/cases/referrals", {"reference": child.person.reference})
        assert found.status_code == 422
    registrar = site_of(cast.member(cast.dunes, Role.REGISTRAR))
    assert registrar.get("/cases/referrals").status_code == 403


# --- the ways to it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "text"), [("en", "Refer"), ("fr", "Orienter")])
def test_the_page_of_a_person_leads_to_the_form(
    cast: Cast, dunes: Member, child: Registration, language: str, text: str
) -> None:
    place = f"/cases/registrations/{child.pk}/refer"
    page = f"/people/{child.person_id}"
    shown = read(dunes, page, language)
    assert re.search(rf'href="{place}".*?{text}', shown.split("<main")[1], re.DOTALL)
    assert child.person.reference in read(dunes, place, language)
    assert place not in read(cast.member(cast.dunes, Role.REGISTRAR), page, language)


def test_whom_the_child_was_shared_with_is_shown_no_way_to_refer_them(
    cast: Cast, dunes: Member, maraude: Member
) -> None:
    with acts(dunes):
        child = registered(consents=[sharing_with(cast.maraude.pk)])
    page = read(maraude, f"/people/{child.person_id}")
    assert f"/cases/registrations/{child.pk}/refer" not in page
    assert site_of(maraude).get(f"/cases/registrations/{child.pk}/refer").status_code == 404


def test_the_list_has_pages_that_hold_each_referral_once(
    cast: Cast, dunes: Member, maraude: Member, child: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("havre.apps.cases.web.referring.A_PAGE", 2)
    with acts(dunes):
        made = [refer(child.pk, said(cast.maraude)).pk for _ in range(5)]
    for member in (dunes, maraude):
        place, seen = "/cases/referrals", []
        while place:
            shown = read(member, place)
            assert "5 referrals" in shown
            seen += re.findall(r"/cases/referrals/([0-9a-f-]{36})", shown)
            onward = re.search(r'rel="next" href="([^"]+)"', shown)
            place = html.unescape(onward[1]) if onward else ""
        assert seen == [str(key) for key in reversed(made)]

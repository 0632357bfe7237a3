# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of people, and the search that comes before registering."""

from dataclasses import replace
from datetime import date

import pytest
from apps.registry.people import AHMAD, UNCLE, answered, registered, sharing_with
from apps.registry.web.conftest import House, queries_of, site_of, text_of

from havre.apps.registry.enums import ConsentFor
from havre.core.accounts.enums import Role
from havre.engines.linkage.records import BirthInterval, BirthKind, Sex, Unsaid

SAMUEL = replace(AHMAD, names="Samuel Tesfay", other_names="", nationality="ERI", town="Dunkerque")
ADULT = BirthInterval(date(1980, 5, 1), date(1980, 5, 1), BirthKind.DAY)


def test_a_list_shows_own_and_shared_people_and_nobody_else(house: House) -> None:
    house.does(lambda: registered())
    harbour = house.cast.harbour
    house.does(lambda: registered(SAMUEL, consents=(sharing_with(harbour.pk),)))
    own, other = text_of(house.caseworker.get("/people")), text_of(house.stranger.get("/people"))
    assert "Ahmad Khan" in own
    assert "Samuel Tesfay" in own
    assert "Samuel Tesfay" in other
    assert "shared by Dunes" in other
    assert "Ahmad Khan" not in other


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"nationality": "Erythrée"}, {"Samuel"}),
        ({"nationality": "afghan"}, {"Ahmad", "Yusuf"}),
        ({"nationality": "not asked"}, {"Hamid"}),
        ({"age": "child"}, {"Ahmad"}),
        ({"age": "adult"}, {"Samuel"}),
        ({"age": "maybe"}, {"Yusuf"}),
        ({"age": "unknown"}, {"Hamid"}),
        ({"links": "with"}, {"Ahmad"}),
        ({"links": "without"}, {"Samuel", "Yusuf", "Hamid"}),
        ({"consent": "tracing"}, {"Ahmad", "Samuel"}),
        ({"consent": "none"}, {"Yusuf", "Hamid"}),
        ({"consent": "ending"}, {"Samuel"}),
        ({"links": "without", "nationality": "Afghanistan"}, {"Yusuf"}),
    ],
)
def test_a_filter_stands_in_the_address(
    house: House, settings: pytest.FixtureRequest, asked: dict[str, str], shown: set[str]
) -> None:
    settings.HAVRE_TODAY = date(2016, 11, 22)
    maybe = BirthInterval(date(1998, 1, 1), date(1998, 12, 31), BirthKind.YEAR)
    tracing, soon = answered(ConsentFor.TRACING), answered(ConsentFor.TRACING, until=date(2016, 12, 1))
    house.does(
        lambda: registered(replace(AHMAD, names="Ahmad", other_names=""), links=(UNCLE,), consents=(tracing,))
    )
    house.does(lambda: registered(replace(SAMUEL, names="Samuel", birth=ADULT), consents=(soon,)))
    house.does(lambda: registered(replace(AHMAD, names="Yusuf", other_names="", birth=maybe)))
    house.does(
        lambda: registered(
            replace(
                AHMAD,
                names="Hamid",
                other_names="",
                birth=None,
                nationality="",
                unsaid={"nationality": Unsaid.NOT_ASKED},
            )
        )
    )
    said = text_of(house.caseworker.get("/people", asked))
    assert {name for name in ("Ahmad", "Samuel", "Yusuf", "Hamid") if name in said} == shown


def test_who_shared_a_registration_is_a_filter(house: House) -> None:
    house.does(lambda: registered(SAMUEL, consents=(sharing_with(house.cast.harbour.pk),)))
    house.does(lambda: registered(), of="harbour")
    said = text_of(house.stranger.get("/people", {"organisation": house.cast.dunes.pk}))
    assert "Samuel" in said
    assert "Ahmad" not in said


def test_a_filter_that_cannot_be_shows_everybody_and_a_remark(house: House) -> None:
    house.does(lambda: registered())
    answer = house.caseworker.get("/people", {"nationality": "Narnia"})
    assert answer.status_code == 200
    assert "no country that we know" in text_of(answer)


def test_pages_go_on_by_key_and_keep_their_filters(house: House) -> None:
    for n in range(60):
        house.does(lambda n=n: registered(replace(SAMUEL, names=f"Somebody {n:02}x")))
    first = house.caseworker.get("/people", {"nationality": "Eritrea"})
    assert "Somebody 59x" in text_of(first)
    assert "Somebody 09x" not in text_of(first)
    (following,) = [part.split('"')[0] for part in first.content.decode().split('rel="next" href="')[1:]]
    second = house.caseworker.get(following.replace("&amp;", "&"))
    assert "nationality=Eritrea" in following
    assert "Somebody 09x" in text_of(second)
    assert "Somebody 59x" not in text_of(second)


def test_a_longer_list_asks_no_more_queries(house: House) -> None:
    house.does(lambda: registered(links=(UNCLE,)))
    few = queries_of(house.caseworker, "/people")
    for n in range(20):
        house.does(lambda n=n: registered(replace(SAMUEL, names=f"Somebody {n}"), links=(UNCLE,)))
    assert queries_of(house.caseworker, "/people") == few == 12


def test_a_search_shows_own_people_with_detail_and_of_others_only_whom_to_ask(house: House) -> None:
    findable = answered(ConsentFor.FINDABLE)
    house.does(lambda: registered(replace(AHMAD, names="Zarghuna", other_names="")))
    hers = replace(AHMAD, names="زرغونه وردکزی", other_names="")
    elsewhere = house.does(lambda: registered(hers, consents=(findable,)), of="harbour")
    said = text_of(house.registrar.post("/people/search", {"names": "Zarghoona Wardakzai"}))
    assert "Zarghuna" in said
    assert "Harbour (Britain) has somebody like this" in said
    assert elsewhere.person.reference not in said
    assert str(elsewhere.pk) not in said


@pytest.mark.parametrize("typed", ["Ahmad Khan", "احمد خان", "ahmed xan", "AHMAD"])
def test_a_name_is_found_in_whatever_script_it_is_typed(house: House, typed: str) -> None:
    made = house.does(lambda: registered())
    assert made.person.reference in text_of(house.registrar.post("/people/search", {"names": typed}))


def test_a_search_that_finds_nobody_says_so_and_offers_to_register_the_name(house: House) -> None:
    answer = house.registrar.post("/people/search", {"names": "Kidane Weldu"})
    assert "Nobody like this is known" in text_of(answer)
    assert 'value="Kidane Weldu"' in answer.content.decode()


def test_the_reference_on_a_paper_leads_to_its_person(house: House) -> None:
    made = house.does(lambda: registered())
    typed = made.person.reference.lower().replace("-", " ")
    assert house.registrar.post("/people/search", {"names": typed}).url == f"/people/{made.person_id}"
    scripted = house.registrar.post("/people/search", {"names": typed}, headers={"HX-Request": "true"})
    assert scripted["HX-Redirect"] == f"/people/{made.person_id}"


def test_a_name_is_written_into_no_address(house: House) -> None:
    assert house.registrar.get("/people/search", {"names": "Ahmad"}).status_code == 405


def test_too_many_searches_are_refused_in_words(house: House) -> None:
    for _ in range(30):
        house.registrar.post("/people/search", {"names": "Ahmad Khan"})
    assert "You have searched often" in text_of(
        house.registrar.post("/people/search", {"names": "Ahmad Khan"})
    )


def test_a_guardian_sees_the_ward_alone_and_no_search(house: House) -> None:
    ward = house.does(lambda: registered())
    house.does(lambda: registered(SAMUEL))
    said = text_of(house.guardian(ward.person_id).get("/people"))
    assert "Ahmad Khan" in said
    assert "Samuel" not in said
    assert "Register somebody" not in said
    assert house.guardian(ward.person_id).post("/people/search", {"names": "Ahmad"}).status_code == 403


def test_french_says_all_of_it(house: House) -> None:
    house.does(lambda: registered(replace(AHMAD, sex=Sex.FEMALE)))
    client = site_of(house.cast.member(house.cast.dunes, Role.REGISTRAR), "fr")
    said = text_of(client.get("/people"))
    assert "féminin" in said
    assert "Afghanistan" in said
    assert "female" not in said

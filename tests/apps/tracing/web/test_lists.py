# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of pairs: what waits for whom, filters in the address, names in no address."""

import re

import pytest
from apps.tracing.shores import acts, does
from apps.tracing.web.conftest import Counted, Desk, site_of, text
from django.test import Client

from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair
from havre.apps.tracing.queries import pairs
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.ui.work import tiles
from havre.engines.linkage import Band
from havre.words import Language

LIST = "/tracing/pairs"


def lines(page: str) -> list[str]:
    """The ids of the pairs that a page lists, in its order."""
    listed = page[page.index('id="results"') :]
    return re.findall(r'href="/tracing/pairs/([0-9a-f-]{36})"', listed)


def listed(client: Client, query: str = "tab=all") -> list[str]:
    return lines(text(client.get(f"{LIST}?{query}")))


def all_pairs(desk: Desk) -> list[Pair]:
    with acts(desk.shores.dunes):
        return list(pairs().most_probable_first())


def test_a_caseworker_begins_with_what_waits_for_a_decision(desk: Desk) -> None:
    does(desk.shores.dunes, Act.CONFIRM, desk.pair())
    shown = text(desk.dunes.get(LIST))
    waiting = [str(pair.pk) for pair in all_pairs(desk) if pair.state == PairState.PROPOSED]
    assert lines(shown) == waiting
    assert f"To decide ({len(waiting)})" in shown
    assert "With the other shore (1)" in shown


def test_what_was_confirmed_waits_for_the_other_shore_alone(desk: Desk) -> None:
    pair = desk.pair()
    does(desk.shores.dunes, Act.CONFIRM, pair)
    assert listed(desk.harbour, "tab=verify") == listed(desk.dunes, "tab=other_shore") == [str(pair.pk)]
    assert listed(desk.harbour, "tab=other_shore") == listed(desk.dunes, "tab=verify") == []


def test_what_the_other_shore_asks_about_has_a_tab(desk: Desk) -> None:
    pair = desk.pair()
    does(desk.shores.harbour, Act.ASK, pair)
    assert listed(desk.dunes, "tab=asked") == [str(pair.pk)]
    assert listed(desk.harbour, "tab=asked") == []


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN])
def test_who_decides_nothing_sees_no_tabs(desk: Desk, role: Role) -> None:
    ward = desk.shores.child.person_id if role is Role.GUARDIAN else None
    client = site_of(desk.cast.member(desk.cast.dunes, role, ward=ward))
    shown = text(client.get(LIST))
    assert "To decide" not in shown
    assert str(desk.pair().pk) in lines(shown)


def test_a_line_tells_who_how_sure_and_what_became_of_it(desk: Desk) -> None:
    shown = text(desk.dunes.get(LIST))
    assert '<bdi lang="und-Arab" dir="rtl">احمد ولي خان</bdi>' in shown
    assert "Ahmad Wali Khan" in shown
    assert "Gul Agha Khan" in shown
    assert "uncle" in shown
    assert "strong" in shown
    assert "proposed" in shown


def test_filters_live_in_the_address_and_hold_together(desk: Desk) -> None:
    pair = desk.pair()
    does(desk.shores.dunes, Act.REJECT, pair)
    harbour = desk.shores.harbour.organisation_id
    assert listed(desk.dunes, "tab=all&state=rejected") == [str(pair.pk)]
    assert listed(
        desk.dunes, f"tab=all&state=rejected&band=strong&relation=uncle&organisation={harbour}"
    ) == [str(pair.pk)]
    assert listed(desk.dunes, "tab=all&state=rejected&relation=grandmother") == []
    bands = {str(each.pk) for each in all_pairs(desk) if each.band == Band.STRONG}
    assert set(listed(desk.dunes, "tab=all&band=strong")) == bands
    assert listed(desk.dunes, "tab=decide&came_back=on") == []
    assert set(listed(desk.dunes, f"tab=all&run={pair.last_run_id}")) == {
        str(each.pk) for each in all_pairs(desk)
    }


def test_a_filter_that_is_none_is_said_and_filters_nothing(desk: Desk) -> None:
    shown = text(desk.dunes.get(f"{LIST}?tab=all&band=sure&organisation=x&run=x&at=%00"))
    assert lines(shown) == [str(pair.pk) for pair in all_pairs(desk)]
    assert "Select a valid choice" in shown


@pytest.mark.parametrize("typed", ["Ahmed", "احمد", "ahmad wali"])
def test_a_pair_is_found_by_a_name_in_any_script(desk: Desk, typed: str) -> None:
    found = lines(text(desk.dunes.post(f"{LIST}/search", {"names": typed, "tab": "all"})))
    assert str(desk.pair().pk) in found


def test_a_name_that_nobody_has_finds_nobody(desk: Desk) -> None:
    shown = text(desk.dunes.post(f"{LIST}/search", {"names": "Xylophon", "tab": "all"}))
    assert lines(shown) == []
    assert "No pair with such a name" in shown


def test_no_page_asks_for_a_name_in_an_address(desk: Desk) -> None:
    shown = text(desk.dunes.get(LIST))
    forms = re.findall(r'<form[^>]*method="get".*?</form>', shown, re.DOTALL)
    assert forms
    assert not [form for form in forms if 'type="text"' in form or 'type="search"' in form]


def test_the_list_goes_on_by_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from havre.apps.tracing.web import lists

    monkeypatch.setattr(lists, "PAGE", 2)
    wanted, found, address = [str(pair.pk) for pair in all_pairs(desk)], [], f"{LIST}?tab=all"
    while address:
        shown = text(desk.dunes.get(address))
        found += lines(shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = following[1].replace("&amp;", "&") if following else ""
    assert found == wanted


def test_a_stranger_sees_no_pair(desk: Desk) -> None:
    for organisation in (desk.cast.maraude, desk.cast.kin):
        assert listed(site_of(desk.cast.member(organisation))) == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_list_is_closed_to_who_traces_nobody(desk: Desk, role: Role) -> None:
    organisation = desk.cast.watch if role is Role.AUDITOR else desk.cast.dunes
    assert site_of(desk.cast.member(organisation, role)).get(LIST).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_pairs_as_for_few(desk: Desk, counted: Counted) -> None:
    text(desk.dunes.get(LIST))  # the first page of a session asks more
    with counted() as few:
        text(desk.dunes.get(f"{LIST}?tab=all&state=withdrawn"))
    with counted() as many:
        text(desk.dunes.get(f"{LIST}?tab=all"))
    assert len(many) == len(few)
    assert len(many) <= 20, "\n".join(many)


def test_the_first_page_counts_what_waits(desk: Desk) -> None:
    pair = desk.pair()
    strong = sum(each.band == Band.STRONG for each in all_pairs(desk))
    with acting_as(desk.shores.dunes.pk, Purpose.CARE):
        told = {tile.text: tile for tile in tiles(Language.ENGLISH)}
    assert next(tile.count for text, tile in told.items() if text.startswith("strong pair")) == strong
    does(desk.shores.dunes, Act.CONFIRM, pair)
    with acting_as(desk.shores.harbour.pk, Purpose.CARE):
        told = {tile.text: tile for tile in tiles(Language.FRENCH)}
    verify = told["rapprochement à vérifier"]
    assert (verify.count, verify.address) == (1, f"{LIST}?tab=verify")
    registrar = desk.cast.member(desk.cast.dunes, Role.REGISTRAR)
    with acting_as(registrar.pk, Purpose.CARE):
        assert not [tile for tile in tiles(Language.ENGLISH) if tile.address.startswith("/tracing")]

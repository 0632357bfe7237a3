# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ways through the house: by role, in order, with the one marked that one is on."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from havre.core.accounts.enums import Role
from havre.core.ui import navigation
from havre.core.ui.context import WORDS, url, url_if
from havre.core.ui.navigation import Item, Onward, onward, register, register_onward, ways
from havre.words import Language


@dataclass(frozen=True)
class Right:
    roles: frozenset[Role]


CASEWORK = Right(frozenset({Role.CASEWORKER, Role.SUPERVISOR}))
ADMINISTRATION = Right(frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    register(Item(WORDS, "sessions", "usersessions_list", icon="devices", right=CASEWORK, order=30))
    register(Item(WORDS, "security", "mfa_index", icon="lock", right=ADMINISTRATION, order=20))
    register(Item(WORDS, "passkeys", "mfa_list_webauthn", icon="key", right=CASEWORK, order=20))
    register(Item(WORDS, "go_home", "home", icon="home", right=CASEWORK, order=10))


@pytest.mark.usefixtures("registered")
def test_a_role_sees_the_ways_that_open_for_it_in_order(somebody: navigation.Actor) -> None:
    assert [way.icon for way in ways(somebody, "/", Language.ENGLISH)] == ["home", "key", "devices"]
    assert ways(somebody, "/", Language.FRENCH)[1].text == "Clés d’accès"


@pytest.mark.usefixtures("registered")
def test_nobody_sees_no_way() -> None:
    assert ways(None, "/", Language.ENGLISH) == ()


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("path", "current"), [("/", ["home"]), ("mfa_list_webauthn", ["key"]), ("/elsewhere", [])]
)
def test_the_way_that_one_is_on_is_marked(somebody: navigation.Actor, path: str, current: list[str]) -> None:
    path = url_if(path) + "7/" if path.startswith("mfa") else path
    assert [way.icon for way in ways(somebody, path, Language.ENGLISH) if way.is_current] == current


@pytest.mark.usefixtures("registered")
def test_what_is_unread_is_counted_once_where_an_item_counts(somebody: navigation.Actor) -> None:
    asked: list[int] = []
    register(
        Item(
            WORDS,
            "menu",
            "account_logout",
            icon="bell",
            right=CASEWORK,
            order=5,
            unread=lambda: asked.append(1) or 3,  # type: ignore[func-returns-value]
        )
    )
    assert [way.unread for way in ways(somebody, "/", Language.ENGLISH)] == [3, 0, 0, 0]
    assert len(asked) == 1


def test_an_address_carries_its_query_without_what_is_empty() -> None:
    assert url("home", query={"q": "عمر", "after": None, "band": ""}) == "/?q=%D8%B9%D9%85%D8%B1"
    assert url("mfa_edit_webauthn", pk=7).endswith("/7/edit/")
    assert url_if("no such route") == ""


def test_from_the_page_of_a_thing_one_goes_on_where_one_may_and_it_leads_somewhere(
    monkeypatch: pytest.MonkeyPatch, somebody: navigation.Actor
) -> None:
    monkeypatch.setattr(navigation, "_onward", {})
    here, elsewhere = uuid4(), uuid4()
    for key, right, order in (("go_home", CASEWORK, 20), ("security", ADMINISTRATION, 10)):
        way = Item(WORDS, key, "registry:person", icon=key, right=right, order=order)
        for _ in range(2):
            register_onward("thing", Onward(way, here.__eq__))
    found = onward("thing", here, somebody, Language.ENGLISH)
    assert [(way.icon, way.address) for way in found] == [("go_home", f"/people/{here}")]
    assert onward("thing", elsewhere, somebody, Language.ENGLISH) == ()
    assert onward("another", here, somebody, Language.ENGLISH) == ()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in as people do it: a password and a second step, or a passkey; both languages, desktop and phone."""

import re

import pytest
from browser.entrance import code_of, fill_in
from browser.windows import PHONE, OpenPage, axe, spills
from cast import PASSWORD, Cast
from playwright.sync_api import Page, expect

from havre.core.accounts.models import Member

PASSKEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone that always finds the right finger."""
OWN_PAGES = ["/account/2fa/", "/account/2fa/webauthn/", "/account/password/change/", "/account/sessions/"]
ENTRANCES = ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/nowhere"]


@pytest.fixture
def member(committed_database: None) -> Member:
    cast = Cast()
    made = cast.member(cast.dunes)
    made.account.email = "amelie@dunes.example"
    made.account.save()
    return made


def say_who_again(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def test_a_wrong_password_is_told_in_the_readers_language(open_page: OpenPage, member: Member) -> None:
    page = open_page("/account/login/", language="fr", width=PHONE)
    fill_in(page, member.account.email, "not a harbour at all", language="fr")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".summary")).to_contain_text("Il y a quelque chose à corriger")
    assert axe(page) == []


def test_a_member_sets_up_an_app_and_is_asked_for_it_from_then_on(
    open_page: OpenPage, member: Member
) -> None:
    page = open_page("/account/login/")
    fill_in(page, member.account.email, PASSWORD)
    expect(page.get_by_role("heading", name="Security of my sign-in")).to_be_visible()
    expect(page.get_by_text("A second step is missing")).to_be_visible()
    page.get_by_role("link", name="Set up the app").click()
    say_who_again(page)
    assert axe(page) == []
    page.get_by_label("Code").fill(code_of(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Set up the app").click()
    spare = page.locator(".codes code").first.inner_text()
    assert axe(page) == []

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    fill_in(page, member.account.email, PASSWORD)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".acting")).to_contain_text("Dunes")


def test_a_member_signs_in_with_a_passkey_alone(open_page: OpenPage, member: Member) -> None:
    page = open_page("/account/2fa/", member=member, width=PHONE)
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS})

    page.get_by_role("link", name="Add a passkey").click()
    say_who_again(page)
    page.get_by_label("Name").fill("work phone")
    page.get_by_label(re.compile("Sign in with it alone")).check()
    assert axe(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("row", name="work phone")).to_contain_text("sign-in by itself")

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".acting")).to_contain_text("Dunes")


def test_a_passkey_that_is_not_read_is_told_in_the_page(open_page: OpenPage, member: Member) -> None:
    page = open_page("/account/login/", language="fr")
    page.route("**/webauthn/login/", lambda route: route.abort())
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page.get_by_role("alert").filter(has_text="La clé d’accès n’a pas été lue")).to_be_visible()


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.soak), "fr"])
def test_axe_finds_nothing_on_the_pages_of_signing_in(
    open_page: OpenPage, member: Member, language: str
) -> None:
    page = open_page("/account/login/", language=language, width=PHONE)
    for path in ENTRANCES:
        page.goto(path)
        assert axe(page) == [], path
        assert spills(page) <= 0, path
    page = open_page("/account/2fa/", language=language, member=member)
    for path in OWN_PAGES:
        page.goto(path)
        assert axe(page) == [], path
        assert spills(page) <= 0, path

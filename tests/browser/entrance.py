# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in by the form, as people do it."""

from allauth.mfa.totp.internal import auth as totp
from cast import PASSWORD
from playwright.sync_api import Page, expect

from havre.core.accounts.models import Member
from havre.core.ui.context import WORDS
from havre.words import Language


def fill_in(page: Page, email: str, password: str, *, language: str = "en") -> None:
    """Types address and password, and sends them."""
    said = Language(language)
    page.get_by_label(WORDS.say(said, "email")).fill(email)
    page.get_by_label(WORDS.say(said, "password")).fill(password)
    page.get_by_role("button", name=WORDS.say(said, "sign_in"), exact=True).click()


def code_of(secret: str) -> str:
    """What an app would show now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def enter(page: Page, member: Member, *, language: str = "en") -> None:
    """Signs the member in with a password and the code of an app that they have set up before."""
    said, secret = Language(language), totp.generate_totp_secret()
    totp.TOTP.activate(member.account, secret)
    page.goto("/account/login/")
    fill_in(page, member.account.email, PASSWORD, language=language)
    page.get_by_label(WORDS.say(said, "code"), exact=True).fill(code_of(secret))
    page.get_by_role("button", name=WORDS.say(said, "continue"), exact=True).click()
    expect(page.locator(".acting")).to_contain_text(member.organisation.name)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in, staying in and going out: who gets through the door, and who does not."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from cast import PASSWORD, Cast
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from house.clients import signed_in

from havre.core.accounts.actions import MemberRefused, dismiss, invite
from havre.core.accounts.enums import OrganisationKind, Role
from havre.core.accounts.models import Account, Member
from havre.words import Language

LOGIN = "/account/login/"
SECURITY = "/account/2fa/"
ANOTHER_PASSWORD = "a lighthouse at dawn"  # noqa: S105 - of a member who does not exist


@pytest.fixture(autouse=True)
def second_step_offered(settings: Any) -> None:
    """Not required, but where a test says so."""
    settings.HAVRE_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def enters(email: str, password: str = PASSWORD, client: Client | None = None, **more: Any) -> Client:
    """A browser in which somebody has typed an address and a password."""
    client = client or Client()
    client.said = client.post(LOGIN, {"login": email, "password": password}, **more)  # type: ignore[attr-defined]
    return client


def is_in(client: Client) -> bool:
    """Whether the first page opens."""
    return client.get("/").status_code == 200


def sent_to(client: Client, place: str = "/") -> str:
    """Where a page leads that does not open."""
    return client.get(place).headers.get("Location", "")


# --- the password ------------------------------------------------------------------------------------------------


def test_the_right_password_opens_and_signing_out_shuts(member: Member) -> None:
    client = enters(member.account.email)
    assert client.said["Location"] == "/"  # type: ignore[attr-defined]
    assert is_in(client)
    client.get("/account/logout/")
    assert is_in(client), "a link must not sign anybody out"
    client.post("/account/logout/")
    assert sent_to(client).startswith(LOGIN)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(member: Member) -> None:
    told = []
    for email, password in (
        (member.account.email, "not a harbour at all"),
        ("nobody@dunes.example", PASSWORD),
    ):
        client = enters(email, password)
        assert not is_in(client)
        html = client.said.content.decode()  # type: ignore[attr-defined]
        told.append(re.sub(r'value="[^"]*"', "", html).replace(email, ""))
    assert told[0] == told[1]


def test_an_account_without_a_password_cannot_sign_in(cast: Cast) -> None:
    Account.objects.create_user("new@dunes.example", full_name="New")
    for password in ("", "!", "None"):
        assert not is_in(enters("new@dunes.example", password))


def test_havre_itself_cannot_sign_in(cast: Cast) -> None:
    for password in ("", "!", "!!"):
        assert not is_in(enters("havre@invalid", password))


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast, member: Member) -> None:
    for nth in range(5):
        enters(member.account.email, "wrong", REMOTE_ADDR=f"192.0.2.{nth}")
    assert not is_in(enters(member.account.email, REMOTE_ADDR="192.0.2.9"))
    colleague = cast.member(cast.dunes, Role.SUPERVISOR)
    assert is_in(enters(colleague.account.email, REMOTE_ADDR="192.0.2.9"))


def test_one_place_tries_thirty_times_a_minute_and_no_more(cast: Cast, member: Member) -> None:
    client, statuses = Client(), []
    for nth in range(31):
        enters(f"nobody{nth}@dunes.example", client=client)
        statuses.append(client.said.status_code)  # type: ignore[attr-defined]
    assert set(statuses[:30]) == {200}
    assert statuses[30] == 429


def test_behind_a_proxy_one_place_does_not_keep_another_out(settings: Any, member: Member) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for nth in range(11):
        enters(f"nobody{nth}@dunes.example", headers={"x-forwarded-for": f"{nth}.1.1.1, 192.0.2.1"})
    assert is_in(enters(member.account.email, headers={"x-forwarded-for": "192.0.2.2"}))


def test_a_sign_in_leads_to_no_other_site(member: Member) -> None:
    for place in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        client = Client()
        said = client.post(f"{LOGIN}?next={place}", {"login": member.account.email, "password": PASSWORD})
        assert said["Location"] == "/"
        said = client.post("/language/setlang/", {"language": "fr", "next": place})
        assert "elsewhere" not in said["Location"]


def test_a_sign_in_goes_on_where_one_was_sent_from(member: Member) -> None:
    client = Client()
    place = sent_to(client, "/people?links=with")
    assert place == f"{LOGIN}?next=/people%3Flinks%3Dwith"
    assert (
        client.post(place, {"login": member.account.email, "password": PASSWORD})["Location"]
        == "/people?links=with"
    )


def test_the_key_of_a_session_is_new_after_signing_in_and_no_script_reads_it(member: Member) -> None:
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["kept"] = True
    session.save()
    client.cookies[site_settings.SESSION_COOKIE_NAME] = before = session.session_key
    enters(member.account.email, client=client)
    cookie = client.cookies[site_settings.SESSION_COOKIE_NAME]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not is_in(_with_session(before or ""))


def _with_session(key: str) -> Client:
    client = Client()
    client.cookies[site_settings.SESSION_COOKIE_NAME] = key
    return client


# --- the second step ---------------------------------------------------------------------------------------------


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    return str(
        totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    )


def enrol(client: Client) -> str:
    """Sets up the app, which asks for the password once more; its secret."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    html = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', html)
    assert secret
    said = client.post("/account/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert said["Location"] == "/account/2fa/recovery-codes/"
    cache.clear()  # so that the code of this half minute may be used once more
    return secret[1]


def test_who_has_a_second_step_is_asked_for_it_before_anything_opens(member: Member) -> None:
    secret = enrol(enters(member.account.email))
    client = enters(member.account.email)
    assert client.said["Location"] == "/account/2fa/authenticate/"  # type: ignore[attr-defined]
    assert sent_to(client).startswith(LOGIN)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    code = code_of(secret)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(client)
    other = enters(member.account.email)
    other.post("/account/2fa/authenticate/", {"code": code})
    assert not is_in(other), "a code that somebody saw being typed is worth nothing"


def test_a_recovery_code_opens_once(member: Member) -> None:
    first = enters(member.account.email)
    enrol(first)
    spare = re.findall(r"<code>(\w{8,})</code>", first.get("/account/2fa/recovery-codes/").content.decode())[
        0
    ]
    for opens in (True, False):
        client = enters(member.account.email)
        client.post("/account/2fa/authenticate/", {"code": spare})
        assert is_in(client) is opens


def test_where_a_second_step_is_required_nothing_opens_before_it_is_set_up(
    settings: Any, member: Member
) -> None:
    settings.HAVRE_SECOND_FACTOR_REQUIRED = True
    client = enters(member.account.email)
    for place in ("/", "/people", "/notices/", "/tracing/pairs"):
        assert sent_to(client, place) == SECURITY
    refused = client.get("/api/session")
    assert (refused.status_code, "second" in refused.json()["detail"]) == (403, True)
    enrol(client)
    assert is_in(client)


def test_where_it_is_required_taking_it_away_shuts_at_once(settings: Any, member: Member) -> None:
    settings.HAVRE_SECOND_FACTOR_REQUIRED = True
    client = enters(member.account.email)
    enrol(client)
    assert is_in(client)
    client.post("/account/2fa/totp/deactivate/")
    assert sent_to(client) == SECURITY


def test_the_second_step_is_not_changed_by_who_finds_a_desk_unlocked(settings: Any, member: Member) -> None:
    client = signed_in(member)  # long ago: no password was typed in this session
    for place in (
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/generate/",
    ):
        assert sent_to(client, place).startswith("/account/reauthenticate/")


# --- membership --------------------------------------------------------------------------------------------------


def test_who_is_dismissed_is_out_at_once(member: Member) -> None:
    client = enters(member.account.email)
    assert is_in(client)
    dismiss(member)
    assert sent_to(client) == "/members/choose"
    assert sent_to(client, "/people") == "/members/choose"
    assert client.get("/api/session").status_code == 401
    assert client.post("/members/choose", {"member": str(member.pk)}).status_code == 404


def test_an_account_that_was_closed_is_out_at_once(member: Member) -> None:
    client = enters(member.account.email)
    Account.objects.filter(pk=member.account_id).update(is_active=False)
    assert sent_to(client).startswith(LOGIN)
    assert not is_in(enters(member.account.email))


def test_a_role_that_was_taken_holds_from_the_next_page_on(member: Member) -> None:
    client = enters(member.account.email)
    assert client.get("/groupings").status_code == 200
    Member.objects.filter(pk=member.pk).update(role=Role.REGISTRAR)
    assert client.get("/groupings").status_code == 403


def test_nobody_acts_as_a_member_of_another_account(cast: Cast, member: Member) -> None:
    colleague = cast.member(cast.dunes, Role.SUPERVISOR)
    client = enters(member.account.email)
    assert client.post("/members/choose", {"member": str(colleague.pk)}).status_code == 404
    session = client.session
    session["member"] = str(colleague.pk)
    session.save()
    assert sent_to(client) == "/members/choose"
    assert is_in(client)
    assert client.get("/api/session").json()["member"] == str(member.pk)


def test_who_acts_for_two_organisations_says_for_which(cast: Cast, member: Member) -> None:
    second = Member.objects.create(account=member.account, organisation=cast.harbour, role=Role.CASEWORKER)
    client = enters(member.account.email)
    assert client.get("/api/session").json()["organisation"] == "Dunes"
    client.post("/members/choose", {"member": str(second.pk)})
    assert client.get("/api/session").json()["organisation"] == "Harbour"


def test_an_account_without_a_membership_sees_nothing(cast: Cast) -> None:
    Account.objects.create_user("alone@dunes.example", PASSWORD, full_name="Alone")
    client = enters("alone@dunes.example")
    for place in ("/", "/people", "/members/members", "/oversight/", "/notices/"):
        assert sent_to(client, place) == "/members/choose"


def test_sessions_are_listed_and_ended_from_another(member: Member) -> None:
    here, elsewhere = enters(member.account.email), enters(member.account.email)
    assert is_in(elsewhere)
    listed = here.get("/account/sessions/").content.decode()
    assert listed.count("127.0.0.1") >= 2
    here.post("/account/sessions/")
    assert is_in(here)
    assert sent_to(elsewhere).startswith(LOGIN)


def test_a_new_password_ends_the_other_sessions(member: Member) -> None:
    here, elsewhere = enters(member.account.email), enters(member.account.email)
    said = {"oldpassword": PASSWORD, "password1": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD}
    here.post("/account/password/change/", said)
    assert is_in(here)
    assert sent_to(elsewhere).startswith(LOGIN)
    assert is_in(enters(member.account.email, ANOTHER_PASSWORD))


# --- accounts are made by administrators -------------------------------------------------------------------------


def test_nobody_signs_up(cast: Cast) -> None:
    for name in ("account_signup", "account_signup_by_passkey", "account_email", "account_confirm_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    before = Account.objects.count()
    said = {"email": "me@elsewhere.example", "password1": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD}
    for place in ("/account/signup/", "/account/2fa/webauthn/signup/", "/account/signup/passkey/"):
        assert Client().post(place, said).status_code == 404
    assert Account.objects.count() == before


def test_a_forgotten_password_tells_nobody_who_has_an_account(member: Member) -> None:
    told = []
    for email in (member.account.email, "nobody@dunes.example"):
        said = Client().post("/account/password/reset/", {"email": email}, follow=True)
        told.append(re.sub(r'value="[^"]*"', "", said.content.decode()).replace(email, ""))
    assert told[0] == told[1]
    assert [each.to for each in mail.outbox] == [[member.account.email]]


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return signed_in(cast.member(cast.dunes, Role.ADMINISTRATOR))


def invited(administrator: Client, email: str, role: Role = Role.CASEWORKER) -> str | None:
    """The address that the administrator is shown; None where there is none."""
    said = administrator.post(
        "/members/members", {"email": email, "full_name": "Nadia", "role": role.value, "ward": ""}
    )
    assert said.status_code == 200
    found = re.search(r"<code>http://testserver(/[^<]+)</code>", said.content.decode())
    return found[1] if found else None


def chooses(path: str, password: str) -> Any:
    """What comes of opening the address and typing a password."""
    client = Client()
    form = client.get(path, follow=True)
    place = form.redirect_chain[-1][0] if form.redirect_chain else path
    return client.post(place, {"password1": password, "password2": password})


def test_an_invitation_lets_somebody_choose_a_password_once(administrator: Client, cast: Cast) -> None:
    path = invited(administrator, "Nadia@Dunes.example")
    assert path is not None
    chooses(path, ANOTHER_PASSWORD)
    assert is_in(enters("nadia@dunes.example", ANOTHER_PASSWORD))
    chooses(path, "somebody else's words")
    assert not is_in(enters("nadia@dunes.example", "somebody else's words"))


def test_a_password_that_is_short_or_common_or_ones_address_is_none(administrator: Client) -> None:
    path = invited(administrator, "nadia@dunes.example")
    assert path is not None
    for password in ("fourteen signs", "123456789987654321", "nadia@dunes.example", ""):
        chooses(path, password)
        assert not is_in(enters("nadia@dunes.example", password))


def test_an_invitation_opens_no_account_that_is_somebodys_already(administrator: Client, cast: Cast) -> None:
    """Or else any administrator could sign in as anybody, and read what their role does not let them read."""
    for victim in (
        cast.member(cast.harbour, Role.SUPERVISOR),
        cast.member(cast.dunes, Role.SUPERVISOR),
        cast.auditor,
    ):
        assert invited(administrator, victim.account.email, Role.REGISTRAR) is None
        assert Member.objects.filter(
            account=victim.account, organisation=cast.dunes, role=Role.REGISTRAR
        ).exists()
        assert is_in(enters(victim.account.email))


def test_nor_one_that_another_organisation_has_invited(administrator: Client, cast: Cast) -> None:
    waiting = invite(
        cast.harbour, "nadia@harbour.example", "Nadia", Role.SUPERVISOR, language=Language.ENGLISH
    )
    assert invited(administrator, "nadia@harbour.example") is None
    chooses(waiting.path, ANOTHER_PASSWORD)
    assert is_in(enters("nadia@harbour.example", ANOTHER_PASSWORD))


@pytest.mark.parametrize("role", [*Role])
def test_no_role_reads_children_or_the_record_for_an_enforcement_body(cast: Cast, role: Role) -> None:
    assert cast.police.kind == OrganisationKind.ENFORCEMENT
    if role is Role.ADMINISTRATOR:
        invite(cast.police, "chief@police.example", "Chief", role, language=Language.FRENCH)
        return
    with pytest.raises(MemberRefused) as refused:
        invite(cast.police, "chief@police.example", "Chief", role, language=Language.FRENCH)
    assert refused.value.say(Language.FRENCH)


def test_an_administrator_ends_no_membership_of_another_organisation(
    administrator: Client, cast: Cast
) -> None:
    stranger = cast.member(cast.harbour)
    assert administrator.post(f"/members/members/{stranger.pk}/end").status_code == 404
    assert Member.objects.get(pk=stranger.pk).active

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site as members see it, without scripts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from apps.registry.people import acts
from cast import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havre.apps.registry.models import Registration
from havre.apps.registry.queries import registrations
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def site_of(member: Member, language: str = "en", **options: Any) -> Client:
    """The site as this member sees it, signed in."""
    client = Client(headers={"accept-language": language}, **options)
    client.force_login(member.account, BACKEND)
    session = client.session
    session.update({"member": str(member.id), "second_factor": True})
    session.save()
    return client


@dataclass
class House:
    """Members of two organisations, and the site as each sees it."""

    cast: Cast

    @cached_property
    def registrar(self) -> Client:
        return site_of(self.cast.member(self.cast.dunes, Role.REGISTRAR))

    @cached_property
    def caseworker(self) -> Client:
        return site_of(self.cast.member(self.cast.dunes))

    @cached_property
    def supervisor(self) -> Client:
        return site_of(self.cast.member(self.cast.dunes, Role.SUPERVISOR))

    @cached_property
    def stranger(self) -> Client:
        """A caseworker of another organisation."""
        return site_of(self.cast.member(self.cast.harbour))

    def guardian(self, person: UUID) -> Client:
        return site_of(self.cast.member(self.cast.dunes, Role.GUARDIAN, ward=person))

    def does(self, act: Callable[[], Any], *, of: str = "dunes") -> Any:
        """What a caseworker of an organisation does, without the site."""
        with acts(self.cast.member(getattr(self.cast, of))):
            return act()

    def again(self, registration: Registration, *, of: str = "dunes") -> Registration:
        """The registration as it is kept now."""
        return self.does(lambda: registrations().with_details().get(pk=registration.pk), of=of)


def queries_of(client: Client, address: str) -> int:
    """How many statements a page asks for, those of session, member and transaction among them.

    It is opened once before, since the first page of a session writes the session.
    """
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def text_of(answer: Any) -> str:
    """The page as somebody reads it: its main part, without tags."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main, answer.content.decode()[:500]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main[0]).split()))


@pytest.fixture
def house(cast: Cast) -> House:
    """The members, and their browsers."""
    return House(cast)

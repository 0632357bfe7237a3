# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two shores with a few families, matched, and browsers without scripts for whoever acts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from apps.tracing.shores import CHILD, SISTER, SISTER_SAID, STRANGER, UNCLE_SAID, Shores, matched, registered
from cast import Cast
from django.db import connection
from django.test import Client

from havre.apps.tracing.models import Pair
from havre.core.accounts.models import Member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def site_of(member: Member, language: str = "en") -> Client:
    """The site as this member sees it, signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(member.account, BACKEND)
    session = client.session
    session.update({"member": str(member.id), "second_factor": True})
    session.save()
    return client


def text(page: Any) -> str:
    """The page as it was sent."""
    assert page.status_code == 200, page
    return str(page.content.decode())


Counted = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def counted() -> Counted:
    """``with counted() as asked``: the statements that Django sends to PostgreSQL meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(execute: Any, sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            yield asked

    return counting


class _Forms(HTMLParser):
    """The hidden fields of every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"": said.get("action", "")})
        elif tag == "input" and said.get("type") == "hidden" and self.forms:
            self.forms[-1][said["name"]] = said.get("value", "")


def forms_of(page: Any) -> dict[str, dict[str, str]]:
    """What the form of each act carries, by act; the first one of an act counts."""
    parser = _Forms()
    parser.feed(page.content.decode())
    found: dict[str, dict[str, str]] = {}
    for form in parser.forms:
        if "act" in form:
            found.setdefault(form["act"], form)
    return found


@dataclass
class Desk:
    """The shores, and who looks at them."""

    cast: Cast
    shores: Shores

    def __post_init__(self) -> None:
        self.dunes = site_of(self.shores.dunes)
        self.harbour = site_of(self.shores.harbour)

    def pair(self) -> Pair:
        return self.shores.pair()

    def page(self, client: Client, pair: Pair | None = None) -> Any:
        return client.get(f"/tracing/pairs/{(pair or self.pair()).pk}")

    def press(self, client: Client, act: str, pair: Pair | None = None, **more: Any) -> Any:
        """Opens the page of the pair and presses the button of ``act``, with what is typed into its form."""
        form = forms_of(self.page(client, pair))[act]
        action = form.pop("")
        return client.post(action, form | more)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """A child and a sister with their uncle, somebody whom nobody looks for, and a rival of the uncle; matched once."""
    shores = Shores.of(cast)
    registered(shores.dunes, SISTER, ("uncle", UNCLE_SAID))
    registered(shores.dunes, replace(CHILD, names="Ahmad Wali", phone="", birth=None), ("uncle", UNCLE_SAID))
    registered(shores.dunes, STRANGER, ("brother", replace(STRANGER, names="Yonas Gebremedhin")))
    registered(shores.harbour, replace(SISTER_SAID, names="Gul Agha"), ("niece", SISTER_SAID))
    matched(shores.dunes)
    return Desk(cast, shores)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the registry waits for whom."""

from datetime import date, timedelta

import pytest
from apps.registry.people import answered, registered
from apps.registry.web.conftest import House, text_of

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor, ImportState
from havre.apps.registry.models import ListImport
from havre.words import Language

TODAY = date(2016, 11, 22)


@pytest.fixture
def waiting(house: House, settings: pytest.FixtureRequest) -> None:
    """One of each."""
    settings.HAVRE_TODAY = TODAY
    for days in (3, 40):
        soon = answered(ConsentFor.TRACING, until=TODAY + timedelta(days=days))
        house.does(lambda soon=soon: registered(consents=(soon,)))
    one, two = (house.does(registered) for _ in range(2))
    house.does(lambda: actions.propose_grouping(one.pk, two.pk))
    listed = house.does(
        lambda: actions.start_import(name="l.csv", content=b"a,b", source="x", language=Language.ENGLISH)
    )
    house.does(lambda: ListImport.objects.filter(pk=listed.pk).update(state=ImportState.PREVIEWED))


def test_a_caseworker_sees_what_waits_and_goes_there(house: House, waiting: None) -> None:
    page = house.caseworker.get("/")
    said = text_of(page)
    assert "1 proposal that two registrations are one person" in said
    assert "1 list to look at and accept" in said
    assert "1 consent ends within 14 days" in said
    assert 'href="/people?consent=ending"' in page.content.decode()


def test_a_registrar_sees_only_what_they_may_do_something_about(house: House, waiting: None) -> None:
    said = text_of(house.registrar.get("/"))
    assert "1 consent ends within 14 days" in said
    assert "proposal" not in said
    assert "list to look at" not in said


def test_nothing_of_it_waits_for_a_stranger(house: House, waiting: None) -> None:
    assert "consent" not in text_of(house.stranger.get("/"))

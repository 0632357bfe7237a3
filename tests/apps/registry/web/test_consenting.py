# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consent on the site: who was asked what, and what follows at once."""

from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import registered, sharing_with
from apps.registry.web.conftest import House, text_of

from havre.apps.registry.models import Registration

YES = {"answer": "yes", "given_by": "child", "how": "interpreter", "given_on": "2016-10-01"}


@pytest.fixture
def made(house: House) -> Registration:
    return house.does(lambda: registered())


def answered(house: House, made: Registration, **said: Any) -> Any:
    return house.registrar.post(f"/registrations/{made.pk}/consent", {"key": str(uuid4()), **YES, **said})


def test_a_yes_to_tracing_lets_it_be_compared(house: House, made: Registration) -> None:
    assert answered(house, made, for_what="tracing").status_code == 302
    assert house.again(made).traceable


def test_a_yes_to_sharing_opens_it_to_that_organisation_and_taking_it_back_closes_it(
    house: House, made: Registration
) -> None:
    address = f"/people/{made.person_id}"
    assert house.stranger.get(address).status_code == 404
    answered(house, made, for_what="sharing", recipient=str(house.cast.harbour.pk))
    assert house.stranger.get(address).status_code == 200
    assert "Harbour" in text_of(house.registrar.get(address))
    (consent,) = house.again(made).consents.all()
    assert house.registrar.post(f"/consents/{consent.pk}/withdraw").status_code == 302
    assert house.stranger.get(address).status_code == 404


def test_a_form_that_is_sent_twice_records_one_answer(house: House, made: Registration) -> None:
    key = str(uuid4())
    for _ in range(2):
        answered(house, made, for_what="tracing", key=key)
    assert len(house.again(made).consents.all()) == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"for_what": "sharing"}, "with which organisation"),
        ({"for_what": ""}, "This field is required"),
        ({"for_what": "tracing", "given_by": ""}, "This field is required"),
        ({"for_what": "tracing", "given_on": "2999-01-01"}, "has not come yet"),
        ({"for_what": "tracing", "until": "2016-01-01"}, "The last day lies before the first"),
        ({"for_what": "sharing", "recipient": str(uuid4())}, "Select a valid choice"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    house: House, made: Registration, said: dict[str, str], error: str
) -> None:
    answer = answered(house, made, **said)
    assert answer.status_code == 422
    assert error in text_of(answer)
    assert not house.again(made).consents.all()


def test_nobody_shares_with_enforcement_nor_with_themselves(house: House, made: Registration) -> None:
    police, dunes = house.cast.police, house.cast.dunes
    page = house.registrar.get(f"/registrations/{made.pk}/consent").content.decode()
    assert str(police.pk) not in page
    assert str(dunes.pk) not in page
    assert answered(house, made, for_what="sharing", recipient=str(police.pk)).status_code == 422


def test_sharing_is_ended_by_who_may(house: House) -> None:
    made = house.does(lambda: registered(consents=(sharing_with(house.cast.harbour.pk),)))
    (share,) = house.again(made).shares.all()
    assert house.registrar.post(f"/shares/{share.pk}/end").status_code == 403
    assert house.caseworker.post(f"/shares/{share.pk}/end").status_code == 302
    assert house.stranger.get(f"/people/{made.person_id}").status_code == 404


def test_another_organisation_records_and_takes_back_nothing(house: House, made: Registration) -> None:
    answered(house, made, for_what="tracing")
    (consent,) = house.again(made).consents.all()
    assert house.stranger.get(f"/registrations/{made.pk}/consent").status_code == 404
    assert house.stranger.post(f"/consents/{consent.pk}/withdraw").status_code == 404
    assert house.again(made).traceable

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consent ledger, what is due, and letting a list bring somebody back: on the site."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import acts, registered
from apps.registry.test_import import LIST, imported
from apps.registry.web.conftest import House, site_of, text_of

from havre.apps.registry import actions
from havre.apps.registry.models import Registration
from havre.core.accounts.enums import Role
from havre.core.clock import today

YES = {
    "answer": "yes",
    "given_by": "guardian",
    "how": "interpreter",
    "given_on": "2016-10-01",
    "legal_basis": "vital_interest",
    "purpose": "to find the uncle",
    "interpreter": "Amina",
}


@pytest.fixture
def made(house: House) -> Registration:
    return house.does(lambda: registered())


def shared(house: House, made: Registration) -> str:
    """The id of the answer that shares it with Harbour."""
    recipient = str(house.cast.harbour.pk)
    said = {"key": str(uuid4()), **YES, "for_what": "sharing", "recipient": recipient}
    assert house.registrar.post(f"/registrations/{made.pk}/consent", said).status_code == 302
    (consent,) = house.again(made).consents.all()
    return str(consent.pk)


def test_the_ledger_says_of_each_answer_what_for_on_which_basis_and_who_wrote_it_down(
    house: House, made: Registration
) -> None:
    shared(house, made)
    said = text_of(house.caseworker.get(f"/registrations/{made.pk}/ledger"))
    for part in ("Harbour", "to find the uncle", "art. 6(1)(d)", "Amina", "guardian", "Dunes registrar 1"):
        assert part in said
    assert "On record, nothing." in said
    french = text_of(
        site_of(house.cast.member(house.cast.dunes), "fr").get(f"/registrations/{made.pk}/ledger")
    )
    assert "Registre des consentements" in french
    assert "RGPD" in french


def test_a_withdrawal_closes_at_once_and_says_plainly_what_it_cannot_call_back(
    house: House, made: Registration
) -> None:
    consent = shared(house, made)
    address = f"/people/{made.person_id}"
    assert house.stranger.get(address).status_code == 200
    answer: Any = house.registrar.post(f"/consents/{consent}/withdraw")
    assert house.stranger.get(address).status_code == 404
    assert house.stranger.get(f"/registrations/{made.pk}/ledger").status_code == 404
    said = text_of(house.registrar.get(answer.url))
    assert "cannot be recalled" in said
    assert "Harbour" in said.split("What other organisations were given", 1)[1]


def test_where_nobody_read_it_a_withdrawal_says_so(house: House, made: Registration) -> None:
    answer: Any = house.registrar.post(f"/consents/{shared(house, made)}/withdraw")
    assert "no other organisation has read" in text_of(house.registrar.get(answer.url))


def test_whoever_it_is_shared_with_reads_the_answers_and_not_who_else_was_given_what(
    house: House, made: Registration
) -> None:
    shared(house, made)
    said = text_of(house.stranger.get(f"/registrations/{made.pk}/ledger"))
    assert "to find the uncle" in said
    assert "Dunes registrar 1" not in said
    assert "What other organisations were given" not in said
    elsewhere = site_of(house.cast.member(house.cast.kin))
    assert elsewhere.get(f"/registrations/{made.pk}/ledger").status_code == 404


def test_supervisors_see_what_is_due_and_go_on_to_erase_it(
    house: House, made: Registration, settings: Any
) -> None:
    assert "Nothing is due" in text_of(house.supervisor.get("/retention"))
    settings.HAVRE_TODAY = today() + timedelta(days=3 * 366)
    page = house.supervisor.get("/retention")
    assert made.person.reference in text_of(page)
    assert f"/registrations/{made.pk}/erase" in page.content.decode()
    elsewhere = site_of(house.cast.member(house.cast.harbour, Role.SUPERVISOR))
    assert made.person.reference not in text_of(elsewhere.get("/retention"))
    assert house.caseworker.get("/retention").status_code == 403


def test_who_was_erased_is_let_back_by_whoever_says_why(house: House, tmp_path: Path) -> None:
    supervisor = house.cast.member(house.cast.dunes, Role.SUPERVISOR)
    imported(supervisor, LIST, tmp_path)
    with acts(supervisor):
        erased = Registration.objects.get(source_id="F-1")
        actions.erase(erased.pk)
    address = f"/registrations/{erased.pk}/lift"
    assert address in house.caseworker.get(f"/people/{erased.person_id}").content.decode()
    assert house.registrar.get(address).status_code == 403
    assert house.stranger.get(address).status_code == 404
    assert house.caseworker.post(address, {"reason": "why not"}).status_code == 422
    assert house.caseworker.post(address, {"reason": "She asked for it herself"}).status_code == 302
    assert address not in house.caseworker.get(f"/people/{erased.person_id}").content.decode()
    assert house.caseworker.get(address).status_code == 302


def test_nobody_is_let_back_who_was_never_erased(house: House, made: Registration) -> None:
    assert house.caseworker.get(f"/registrations/{made.pk}/lift").status_code == 302


def test_nobody_is_referred_to_enforcement(house: House, made: Registration) -> None:
    said = {"key": str(uuid4()), **YES, "for_what": "referral", "recipient": str(house.cast.police.pk)}
    assert house.registrar.post(f"/registrations/{made.pk}/consent", said).status_code == 422
    assert not house.again(made).consents.all()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a registration: withdrawn, or erased for good."""

from apps.registry.people import registered, sharing_with
from apps.registry.web.conftest import House, site_of, text_of

from havre.core.accounts.enums import Role


def test_what_is_withdrawn_is_kept_and_no_longer_shared(house: House) -> None:
    made = house.does(lambda: registered(consents=(sharing_with(house.cast.harbour.pk),)))
    address = f"/registrations/{made.pk}/withdraw"
    assert "neither compared nor shared" in text_of(house.caseworker.get(address))
    assert house.again(made).withdrawn_at is None
    assert house.caseworker.post(address).status_code == 302
    assert house.again(made).withdrawn_at
    assert house.stranger.get(f"/people/{made.person_id}").status_code == 404
    assert "Ahmad Khan" in text_of(house.caseworker.get(f"/people/{made.person_id}"))


def test_erasing_says_what_goes_and_what_stays_and_asks_for_the_reference(house: House) -> None:
    made = house.does(lambda: registered())
    address = f"/registrations/{made.pk}/erase"
    said = text_of(house.supervisor.get(address))
    assert "What is erased" in said
    assert "What stays" in said
    for typed in ("", "H-2222-22", "Ahmad Khan"):
        assert house.supervisor.post(address, {"typed": typed}).status_code == 422
    assert house.again(made).names.all()
    answer = house.supervisor.post(address, {"typed": made.person.reference.lower()})
    assert answer.url == "/people"
    assert not house.again(made).names.all()


def test_supervisors_alone_erase(house: House) -> None:
    made = house.does(lambda: registered())
    for client in (house.registrar, house.caseworker):
        assert client.get(f"/registrations/{made.pk}/erase").status_code == 403
    elsewhere = site_of(house.cast.member(house.cast.harbour, Role.SUPERVISOR))
    assert elsewhere.get(f"/registrations/{made.pk}/erase").status_code == 404

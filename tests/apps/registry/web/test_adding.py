# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding to a registration adds; nothing that stands there is overwritten."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import registered
from apps.registry.web.conftest import House, text_of
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.apps.registry import actions
from havre.apps.registry.models import Registration
from havre.core.files import content_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
Kept = Callable[[Registration], Any]


@pytest.fixture
def made(house: House) -> Registration:
    return house.does(lambda: registered())


def sent(house: House, made: Registration, what: str, /, **said: Any) -> Any:
    return house.registrar.post(f"/registrations/{made.pk}/{what}", {"key": str(uuid4()), **said})


GOOD: dict[str, tuple[dict[str, Any], Kept]] = {
    "name": (
        {
            "written": "Ahmad Khan Durrani",
            "kind": "spelling",
            "written_by": "document",
            "own": "Ahmad",
            "family": "durrani",
        },
        lambda kept: (
            [(name.written, name.written_by, len(name.parts)) for name in kept.names.all()][-1]
            == ("Ahmad Khan Durrani", "document", 2)
        ),
    ),
    "age": (
        {"birth": "about 16", "true_on": "2016-10-01", "method": "assessed", "assessor": "Dr Blanc"},
        lambda kept: [(age.method, age.assessor) for age in kept.ages.all()][-1] == ("assessed", "Dr Blanc"),
    ),
    "contact": (
        {"kind": "phone", "value": "+93 70 000 0000", "since": ""},
        lambda kept: (
            [contact.value for contact in kept.contacts.all()] == ["+33 6 39 98 00 11", "+93 70 000 0000"]
        ),
    ),
    "document": (
        {"kind": "tazkera", "number": "4711", "issued_by": "Jalalabad"},
        lambda kept: (
            [(document.kind, document.number) for document in kept.documents.all()] == [("tazkera", "4711")]
        ),
    ),
    "link": (
        {
            "relation": "aunt",
            "names": "زرغونه",
            "birth": "unknown",
            "country": "Royaume-Uni",
            "phone": "refused",
        },
        lambda kept: (
            [(link.relation, link.country, link.unsaid) for link in kept.links.all()]
            == [("aunt", "GB", {"birth": "unknown", "phone": "refused"})]
        ),
    ),
    "details": (
        {
            "sex": "female",
            "nationality": "Afghanistan",
            "town": "refused",
            "country": "France",
            "interpreter": "yes",
        },
        lambda kept: (
            (kept.sex, kept.town, kept.country, kept.unsaid, kept.interpreter)
            == ("female", "", "FR", {"town": "refused"}, True)
        ),
    ),
}


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_added_beside_what_stands_there(house: House, made: Registration, kind: str) -> None:
    said, is_kept = GOOD[kind]
    answer = sent(house, made, kind, **said)
    assert answer.url == f"/people/{made.person_id}?registration={made.pk}"
    kept = house.again(made)
    assert is_kept(kept)
    assert [name.written for name in kept.names.all()][:2] == ["احمد خان", "Ahmad Khan"]


@pytest.mark.parametrize("kind", ["name", "age", "contact", "document", "link"])
def test_a_form_that_is_sent_twice_adds_once(house: House, made: Registration, kind: str) -> None:
    related = {
        "name": "names",
        "age": "ages",
        "contact": "contacts",
        "document": "documents",
        "link": "links",
    }[kind]
    before = len(getattr(house.again(made), related).all())
    key = str(uuid4())
    for _ in range(2):
        sent(house, made, kind, **GOOD[kind][0], key=key)
    assert len(getattr(house.again(made), related).all()) == before + 1


@pytest.mark.parametrize(
    ("kind", "said", "error"),
    [
        ("name", {"written": ""}, "This field is required"),
        ("name", {"written": "Ahmad", "father": "Gul"}, "do not stand in the name"),
        ("age", {"birth": "sometime"}, "neither a date nor an age"),
        ("age", {"true_on": "2999-01-01"}, "has not come yet"),
        ("age", {"assessor": ""}, "Say who assessed"),
        ("age", {"birth": "2015", "true_on": "2014-01-01"}, "Nobody born then"),
        ("contact", {"value": ""}, "This field is required"),
        ("document", {"kind": ""}, "This field is required"),
        ("link", {"relation": "", "names": "", "phone": ""}, "Say at least the relation"),
        ("link", {"nationality": "Narnia"}, "no country"),
        ("details", {"country": "Narnia"}, "no country"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(
    house: House, made: Registration, kind: str, said: dict[str, str], error: str
) -> None:
    before = text_of(house.registrar.get(f"/people/{made.person_id}"))
    answer = sent(house, made, kind, **{**GOOD[kind][0], **said})
    assert answer.status_code == 422
    assert error in text_of(answer)
    assert text_of(house.registrar.get(f"/people/{made.person_id}")) == before


@pytest.mark.parametrize("kind", GOOD)
def test_only_the_own_organisation_adds(house: House, made: Registration, kind: str) -> None:
    assert house.stranger.get(f"/registrations/{made.pk}/{kind}").status_code == 404
    assert house.stranger.post(f"/registrations/{made.pk}/{kind}", GOOD[kind][0]).status_code == 404


def test_a_picture_is_kept_with_its_document(house: House, made: Registration) -> None:
    picture = SimpleUploadedFile("tazkera.png", PNG, "image/png")
    assert sent(house, made, "document", kind="tazkera", file=picture).status_code == 302
    (document,) = house.again(made).documents.all()
    assert house.does(lambda: content_of(document.file)).startswith(b"\x89PNG")
    assert document.file.subject == made.pk


def test_a_file_that_is_not_taken_is_said_beside_its_field(house: House, made: Registration) -> None:
    program = SimpleUploadedFile("tazkera.png", b"MZ\x90\x00 not a picture", "image/png")
    answer = sent(house, made, "document", kind="tazkera", file=program)
    assert answer.status_code == 422
    assert not house.again(made).documents.all()


def test_a_form_that_changes_nothing_changes_nothing(house: House, made: Registration) -> None:
    page = house.registrar.get(f"/registrations/{made.pk}/details").content.decode()
    assert 'value="Afghanistan"' in page
    said = {
        "sex": "male",
        "nationality": "Afghanistan",
        "birthplace": "Jalalabad",
        "town": "Calais",
        "country": "France",
    }
    sent(house, made, "details", **said)
    kept = house.again(made)
    assert (kept.sex, kept.nationality, kept.town, kept.country) == ("male", "AFG", "Calais", "FR")


def test_a_language_that_a_list_brought_survives_the_form(house: House) -> None:
    made = house.does(lambda: registered(language="rmy"))
    assert 'value="rmy" selected' in house.registrar.get(f"/registrations/{made.pk}/details").content.decode()


def test_age_evidence_is_disputed_with_reasons_and_stays(house: House, made: Registration) -> None:
    (age,) = house.again(made).ages.all()
    assert house.registrar.post(f"/ages/{age.pk}/dispute", {"note": ""}).status_code == 422
    assert (
        house.registrar.post(f"/ages/{age.pk}/dispute", {"note": "The tazkera says 1999"}).status_code == 302
    )
    (kept,) = house.again(made).ages.all()
    assert kept.disputed
    assert kept.note == "The tazkera says 1999"
    assert house.stranger.get(f"/ages/{age.pk}/dispute").status_code == 404


def test_a_family_link_is_taken_back_and_stays_on_the_page(house: House, made: Registration) -> None:
    sent(house, made, "link", **GOOD["link"][0])
    (link,) = house.again(made).links.all()
    assert house.registrar.get(f"/links/{link.pk}/withdraw").status_code == 405
    assert house.stranger.post(f"/links/{link.pk}/withdraw").status_code == 404
    assert house.registrar.post(f"/links/{link.pk}/withdraw").status_code == 302
    assert "زرغونه" in text_of(house.registrar.get(f"/people/{made.person_id}"))
    assert house.again(made).links.all()[0].withdrawn_at


def test_what_was_erased_takes_nothing_more(house: House, made: Registration) -> None:
    house.supervisor.post(f"/registrations/{made.pk}/erase", {"typed": made.person.reference})
    assert house.registrar.get(f"/registrations/{made.pk}/name").status_code == 404
    with pytest.raises(actions.RegistryError):
        house.does(lambda: actions.amend(made.pk))

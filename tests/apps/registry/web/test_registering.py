# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quick registration: looked for first, registered once, and unknown is a value."""

import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import AHMAD, answered, registered, sharing_with
from apps.registry.web.conftest import House, queries_of, site_of, text_of
from django.test import Client

from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Registration
from havre.apps.registry.queries import described, registrations
from havre.core.accounts.enums import Role
from havre.engines.linkage.records import BirthKind, Sex, Unsaid

ZARGHUNA = replace(AHMAD, names="زرغونه وردکزی", other_names="")
KIDANE = {"names": "Kidane Weldu", "sex": "male", "birth": "16", "nationality": "Eritrean"}


def sent(client: Client, said: dict[str, Any], **more: Any) -> Any:
    """The form, filled in and sent."""
    return client.post("/people/new", {"key": str(uuid4()), **said, **more})


def kept(house: House) -> list[Registration]:
    return house.does(lambda: list(registrations().own().with_details()))


def seen_in(answer: Any) -> str:
    """The mark that says that these candidates have been shown."""
    (mark,) = re.findall(r'name="seen" value="(\w*)"', answer.content.decode())
    return mark


def test_somebody_unknown_is_registered_in_one_step(house: House) -> None:
    answer = sent(house.registrar, KIDANE, place="gate 3")
    (made,) = kept(house)
    said = described(made)
    assert answer.url == f"/registrations/{made.pk}/registered"
    assert (said.names, said.sex, said.nationality) == ("Kidane Weldu", Sex.MALE, "ERI")
    assert said.birth is not None
    assert said.birth.kind is BirthKind.AGE
    assert made.person.reference in text_of(house.registrar.get(answer.url))


def test_a_form_that_is_sent_twice_registers_once(house: House) -> None:
    key = str(uuid4())
    first, second = (sent(house.registrar, KIDANE, key=key) for _ in range(2))
    assert first.url == second.url
    assert len(kept(house)) == 1


def test_a_likely_candidate_is_shown_before_anything_is_registered(house: House) -> None:
    known = house.does(lambda: registered())
    answer = sent(house.registrar, {"names": "Ahmed Khan", "sex": "male"})
    assert answer.status_code == 422
    assert known.person.reference in text_of(answer)
    assert len(kept(house)) == 1
    again = sent(house.registrar, {"names": "Ahmed Khan", "sex": "male"}, seen=seen_in(answer))
    assert again.status_code == 302
    assert len(kept(house)) == 2


def test_candidates_that_were_seen_for_another_name_do_not_count(house: House) -> None:
    house.does(lambda: registered())
    seen = seen_in(sent(house.registrar, {"names": "Ahmed Khan"}, look="1"))
    assert sent(house.registrar, {"names": "Ahmad Khan Durrani"}, seen=seen).status_code == 422


def test_somebody_like_this_elsewhere_stops_too(house: House) -> None:
    house.does(lambda: registered(ZARGHUNA, consents=(answered(ConsentFor.FINDABLE),)), of="harbour")
    answer = sent(house.registrar, {"names": "Zarghoona Wardakzai", "birth": "2001", "nationality": "afghan"})
    assert answer.status_code == 422
    assert "Harbour (Britain) has somebody like this" in text_of(answer)


def test_a_further_registration_of_a_shared_person_is_grouped_with_them(house: House) -> None:
    shared = house.does(lambda: registered(consents=(sharing_with(house.cast.harbour.pk),)))
    site = site_of(house.cast.member(house.cast.harbour, Role.REGISTRAR))
    answer = sent(site, {"names": "Ahmad Khan"})
    assert str(shared.person_id) in answer.content.decode()
    sent(site, {"names": "Ahmad Khan"}, seen=seen_in(answer), person=str(shared.person_id))
    (made,) = house.does(lambda: list(registrations().own()), of="harbour")
    assert made.person_id == house.again(shared).person_id


def test_looking_while_one_types_says_nothing_of_what_is_missing(house: House) -> None:
    known = house.does(lambda: registered())
    answer = sent(house.registrar, {"names": "احمد خ"}, look="1")
    assert answer.status_code == 200
    assert known.person.reference in text_of(answer)
    assert "Something has to be corrected" not in text_of(answer)
    assert len(kept(house)) == 1


def test_two_letters_are_not_looked_for(house: House) -> None:
    house.does(lambda: registered())
    assert "Ahmad Khan" not in text_of(sent(house.registrar, {"names": "Ah"}, look="1"))


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"names": ""}, "Write the name, or why there is none"),
        ({"birth": "yesterday"}, "neither a date nor an age"),
        ({"birth": "3021"}, "Nobody born then"),
        ({"nationality": "Afganistn"}, "Did you mean Afghanistan"),
        ({"nationality": "Narnia"}, "no country that we know"),
        ({"tracing": "yes"}, "Say who was asked"),
        ({"tracing": "no", "tracing_by": "child"}, "Say how they were asked"),
        ({"relation": "uncle"}, "Name the relative"),
        ({"names": "Kid\x00ane"}, "characters that cannot be shown"),
        ({"names": "Kid\x07ane"}, "characters that cannot be shown"),
        ({"names": "x" * 301}, "at most 300 characters"),
        ({"relation": "overlord"}, "Select a valid choice"),
        ({"key": "no key"}, ""),
    ],
)
def test_what_cannot_be_is_refused_with_a_summary_and_nothing_is_lost(
    house: House, said: dict[str, str], error: str
) -> None:
    answer = sent(house.registrar, {**KIDANE, **said})
    assert answer.status_code == 422
    assert error in text_of(answer)
    assert "Eritrean" in answer.content.decode() or "nationality" in said
    assert not kept(house)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("why", [Unsaid.UNKNOWN, Unsaid.REFUSED, Unsaid.NOT_ASKED])
def test_unknown_refused_and_not_asked_are_values(house: House, why: Unsaid, language: str) -> None:
    words = {
        "en": {"unknown": "unknown", "refused": "refused", "not_asked": "not asked"},
        "fr": {"unknown": "inconnu", "refused": "refusé", "not_asked": "non demandé"},
    }
    word = words[language][why]
    site = site_of(house.cast.member(house.cast.dunes, Role.REGISTRAR), language)
    sent(site, {"names": word, "sex": why.value, "birth": word, "nationality": word})
    (made,) = kept(house)
    assert made.unsaid == dict.fromkeys(("names", "sex", "birth", "nationality"), why.value)
    assert not made.names.all()


def test_an_empty_field_says_nothing_at_all(house: House) -> None:
    sent(house.registrar, {"names": "Kidane"})
    (made,) = kept(house)
    assert made.unsaid == {}
    assert (made.sex, made.nationality, made.interpreter) == ("", "", None)


def test_consent_to_tracing_and_a_family_link_are_kept(house: House) -> None:
    asked = {"tracing": "yes", "tracing_by": "child", "tracing_how": "interpreter", "tracing_language": "ti"}
    family = {"relation": "uncle", "link_names": "ተስፋይ", "link_town": "Leeds"}
    sent(house.registrar, {**KIDANE, **asked, **family})
    (made,) = kept(house)
    (consent,), (link,) = made.consents.all(), made.links.all()
    assert (consent.for_what, consent.given_by, consent.refused) == (ConsentFor.TRACING, "child", False)
    assert (made.traceable, made.interpreter, made.language) == (True, True, "ti")
    assert (link.relation, link.names, link.town) == ("uncle", "ተስፋይ", "Leeds")


def test_a_no_is_kept_too(house: House) -> None:
    sent(house.registrar, {**KIDANE, "tracing": "no", "tracing_by": "child", "tracing_how": "spoken"})
    (made,) = kept(house)
    assert made.consents.all()[0].refused
    assert not made.traceable


def test_a_sibling_begins_with_what_both_have_in_common(house: House) -> None:
    first = house.does(lambda: registered(replace(AHMAD, other_names="")))
    page = house.registrar.get("/people/new", {"sibling": first.pk}).content.decode()
    assert 'value="Afghanistan"' in page
    assert 'value="احمد خان"' in page
    assert re.search(r'<option value="sibling" selected', page)


@pytest.mark.parametrize("sibling", ["nobody", "00000000-0000-7000-8000-0000000000ff"])
def test_a_sibling_that_is_not_there_changes_nothing(house: House, sibling: str) -> None:
    assert house.registrar.get("/people/new", {"sibling": sibling}).status_code == 200


def test_the_next_form_remembers_the_place(house: House) -> None:
    sent(house.registrar, {**KIDANE, "place": "gate 3"})
    assert 'value="gate 3"' in house.registrar.get("/people/new").content.decode()


def test_another_organisations_registration_is_not_said_to_be_registered(house: House) -> None:
    made = house.does(lambda: registered())
    assert house.stranger.get(f"/registrations/{made.pk}/registered").status_code == 404


def test_the_form_asks_few_queries(house: House) -> None:
    assert queries_of(house.registrar, "/people/new") == 8

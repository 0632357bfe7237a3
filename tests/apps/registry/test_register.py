# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registering somebody, and adding to what was said."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from apps.registry.people import AHMAD, BORN_2001, UNCLE, acts, answered, refused, registered
from cast import Cast
from django.db import connection

from havre.apps.registry import actions
from havre.apps.registry.enums import AgeMethod, ConsentFor, ContactKind, Extent, NameKind, PartRole, Writer
from havre.apps.registry.models import FamilyLink, Person, Registration
from havre.apps.registry.queries import described, registrations
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid


def test_what_was_said_comes_back_as_it_was_said(caseworker: Member) -> None:
    registration = registered(links=(UNCLE,), place="Jules Ferry", language="ps", interpreter=True)
    found = registrations().with_details().get(id=registration.id)
    assert described(found) == AHMAD
    assert (found.place, found.language, found.interpreter) == ("Jules Ferry", "ps", True)
    assert (found.organisation_id, found.registered_by_id) == (caseworker.organisation_id, caseworker.id)
    [link] = found.links.all()
    assert (link.relation, link.described, link.note) == ("uncle", UNCLE.described, UNCLE.note)


def test_every_spelling_knows_its_script_and_who_wrote_it(caseworker: Member) -> None:
    names = registered().names.values_list("written", "script", "kind", "written_by")
    assert list(names) == [
        ("احمد خان", "und-Arab", NameKind.OWN, Writer.MEMBER),
        ("Ahmad Khan", "und-Latn", NameKind.SPELLING, Writer.MEMBER),
    ]


def test_a_name_alone_is_enough(caseworker: Member) -> None:
    registration = registered(Description(names="Selam"))
    assert described(registration) == Description(names="Selam")
    assert (registration.extent, registration.said_on) == (Extent.QUICK, today())


def test_a_spelling_that_is_told_twice_is_written_once(caseworker: Member) -> None:
    assert registered(replace(AHMAD, names="Ahmad Khan", other_names=" Ahmad  Khan")).names.count() == 1


def test_somebody_without_a_name_needs_a_reason(caseworker: Member) -> None:
    with refused("names"):
        registered(Description(sex=Sex.FEMALE))
    why = Description(sex=Sex.FEMALE, unsaid={"names": Unsaid.REFUSED})
    assert described(registered(why)) == why


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(AHMAD, nationality="XQZ"), "nationality"),
        (replace(AHMAD, country="AFG"), "country"),
        (replace(AHMAD, town="Ca\x00lais"), "town"),
        (replace(AHMAD, names="\ud800"), "names"),
        (replace(AHMAD, birthplace="x" * 10_001), "birthplace"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(
    caseworker: Member, wrong: Description, field: str
) -> None:
    with refused(field):
        registered(wrong)
    assert not Registration.objects.exists()
    assert not Person.objects.exists()


def test_nobody_is_registered_on_a_day_to_come(caseworker: Member) -> None:
    with refused("said_on"):
        registered(said_on=today() + timedelta(days=1))


def test_the_same_key_twice_registers_once(caseworker: Member) -> None:
    key = uuid4()
    first = registered(idempotency_key=key)
    assert registered(idempotency_key=key) == first
    assert registered(idempotency_key=uuid4()) != first
    assert Registration.objects.count() == 2


def test_a_key_belongs_to_one_action(caseworker: Member) -> None:
    key = uuid4()
    registration = registered(idempotency_key=key)
    with refused():
        actions.add_family_link(registration.id, UNCLE, idempotency_key=key)
    assert not FamilyLink.objects.exists()


def test_two_organisations_may_use_one_key(cast: Cast) -> None:
    key = uuid4()
    with acts(cast.member(cast.dunes)):
        first = registered(idempotency_key=key)
    with acts(cast.member(cast.kin)):
        assert registered(idempotency_key=key) != first


def test_an_auditor_and_an_administrator_register_nobody(cast: Cast) -> None:
    for member in (cast.auditor, cast.member(cast.dunes, Role.ADMINISTRATOR)):
        with acts(member), pytest.raises(NotAllowed):
            registered()


def test_a_further_spelling_and_age_are_added_and_nothing_is_overwritten(caseworker: Member) -> None:
    registration = registered()
    assessed = actions.AgeSaid(
        birth=BirthInterval(date(1999, 1, 1), date(2000, 6, 30), BirthKind.AGE),
        true_on=today(),
        method=AgeMethod.ASSESSED,
        assessor="two social workers",
    )
    spelling = actions.NameSaid(
        written="Ahmed Kan", kind=NameKind.NICKNAME, parts=(("Ahmed", PartRole.OWN), ("Kan", PartRole.FAMILY))
    )
    actions.amend(registration.id, names=[spelling], ages=[assessed])
    assert [name.written for name in registration.names.all()] == ["احمد خان", "Ahmad Khan", "Ahmed Kan"]
    assert registration.names.last().parts[1] == {"text": "Kan", "role": "family"}
    assert [age.method for age in registration.ages.all()] == [AgeMethod.CLAIMED, AgeMethod.ASSESSED]
    assert described(registration).birth == BORN_2001


def test_what_is_there_already_is_not_added_again(caseworker: Member) -> None:
    registration = registered()
    again = actions.ContactSaid(kind=ContactKind.PHONE, value=AHMAD.phone)
    actions.amend(registration.id, names=[actions.NameSaid(written="Ahmad  Khan ")], contacts=[again])
    assert registration.names.count() == 2
    assert registration.contacts.count() == 1


def test_what_is_put_right_stays_readable_in_the_record(caseworker: Member) -> None:
    registration = registered()
    actions.amend(registration.id, values={"town": "Dunkerque"}, unsaid={"birthplace": Unsaid.UNKNOWN})
    registration.refresh_from_db()
    assert registration.town == "Dunkerque"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_held(id) -> 'town' FROM audit_entry WHERE kind = 'update' AND row = %s"
            " ORDER BY id DESC LIMIT 1",
            [registration.id],
        )
        assert cursor.fetchone() == ('["Calais", "Dunkerque"]',)


def test_a_value_that_is_said_ends_the_reason_why_it_was_not(caseworker: Member) -> None:
    registration = registered(Description(names="Selam", unsaid={"town": Unsaid.NOT_ASKED}))
    assert registration.unsaid == {"town": "not_asked"}
    assert actions.amend(registration.id, values={"town": "Calais"}).unsaid == {}


def test_what_nobody_may_put_right_is_refused(caseworker: Member) -> None:
    registration = registered()
    with pytest.raises(TypeError):
        actions.amend(registration.id, values={"organisation_id": uuid4()})
    with refused("nationality"):
        actions.amend(registration.id, values={"nationality": "Afghan"})


def test_another_organisation_amends_nothing(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        registration = registered(consents=[answered(ConsentFor.SHARING, recipient_id=cast.harbour.id)])
    for organisation in (cast.harbour, cast.kin):
        with acts(cast.member(organisation)), refused():
            actions.amend(registration.id, values={"town": "Dover"})


def test_a_disputed_age_stays_and_is_compared_last(caseworker: Member) -> None:
    registration = registered()
    other = actions.AgeSaid(
        birth=BirthInterval(date(1998, 1, 1), date(2002, 12, 31), BirthKind.AGE), true_on=today()
    )
    actions.amend(registration.id, ages=[other])
    [claimed, wider] = registration.ages.all()
    actions.dispute_age(claimed.id, note="the paper says otherwise")
    assert registration.ages.count() == 2
    assert described(registration).birth == BirthInterval(wider.earliest, wider.latest, BirthKind.AGE)


def test_a_family_link_is_taken_back_and_stays_on_record(caseworker: Member) -> None:
    key = uuid4()
    registration = registered()
    link = actions.add_family_link(registration.id, UNCLE, idempotency_key=key)
    assert actions.add_family_link(registration.id, UNCLE, idempotency_key=key) == link
    actions.withdraw_link(link.id)
    assert FamilyLink.objects.get().withdrawn_at is not None


def test_a_relation_outside_the_vocabulary_is_refused(caseworker: Member) -> None:
    registration = registered()
    with refused("relation"):
        actions.add_family_link(registration.id, replace(UNCLE, relation="boss"))


def test_a_birth_is_understood_as_people_write_it() -> None:
    on = date(2016, 10, 1)
    assert actions.understood_birth("12/5/2001", on).earliest == date(2001, 5, 12)
    assert actions.understood_birth("about 16", on).kind is BirthKind.AGE
    for wrong in ("soon", "2017", "150"):
        with refused("birth"):
            actions.understood_birth(wrong, on)


def test_a_further_registration_of_somebody_known_joins_their_person(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        first = registered()
        second = registered(person_id=first.person_id)
        assert second.person == first.person
        assert second.own_person != first.person
        with refused():
            registered(person_id=uuid4())
    with acts(cast.member(cast.kin)), refused():
        registered(person_id=first.person_id)

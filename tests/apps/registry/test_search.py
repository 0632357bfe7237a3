# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search before registering: own records with detail, others' as an organisation and a band, in whatever script."""

from dataclasses import fields, replace
from datetime import date
from itertools import count

import pytest
from apps.registry.people import AHMAD, BORN_2001, acts, answered, registered, sharing_with
from cast import Cast
from django.db import DatabaseError, connection, transaction

from havre.apps.registry import actions
from havre.apps.registry.actions.indexing import index_names
from havre.apps.registry.actions.searching import Elsewhere, evidence
from havre.apps.registry.enums import AgeMethod, ConsentFor
from havre.apps.registry.models import AgeEvidence, Consent, Name, Person, Registration
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.audit import LIMITS
from havre.engines.linkage import Band
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex
from havre.words import Language

ONE_CHILD = {
    "Arabic": "محمد رحیمی",
    "Latin, as in Calais": "Mohamed Rahimi",
    "Latin, as in Dover": "Muhammad Raheemi",
    "Ethiopic": "መሓመድ ራሂሚ",
}
FINDABLE = answered(ConsentFor.FINDABLE)


def found(names: str, **more: object) -> list[str]:
    """The names of the candidates, the most like first."""
    return [candidate.name for candidate in actions.search(names, **more).candidates]


def elsewhere(names: str, **more: object) -> list[tuple[str, Band]]:
    return [(each.organisation.name, each.band) for each in actions.search(names, **more).elsewhere]


@pytest.mark.parametrize("written", ONE_CHILD.values(), ids=ONE_CHILD)
@pytest.mark.parametrize("typed", ONE_CHILD.values(), ids=ONE_CHILD)
def test_a_name_is_found_in_whatever_script_it_is_typed(caseworker: Member, written: str, typed: str) -> None:
    registered(Description(names=written))
    registered(Description(names="Tesfay Gebre"))
    assert found(typed + " ")[:1] == [written]


def test_the_most_like_comes_first_and_says_why(caseworker: Member) -> None:
    registered(Description(names="Mohamed Karimi"))
    best = registered(Description(names="Muhammad Raheemi", other_names="Moha"))
    [first, *_] = actions.search("Mohamed Rahimi ").candidates
    assert (first.registration, first.name, first.own) == (best, "Muhammad Raheemi", True)
    assert first.registration.person.reference
    for language in Language:
        assert "Raheemi" in first.explanation.why(language)


def test_what_else_is_known_moves_candidates(caseworker: Member) -> None:
    girl = registered(Description(names="Nur Ahmadi", sex=Sex.FEMALE, birth=BORN_2001, nationality="AFG"))
    boy = registered(Description(names="Nur Ahmadi", sex=Sex.MALE, nationality="SDN"))
    [first, second] = actions.search(
        "Nur Ahmadi ", sex=Sex.FEMALE, born=BORN_2001, nationality="AFG"
    ).candidates
    assert (first.registration, second.registration) == (girl, boy)
    assert first.agrees == {"sex": True, "birth": True, "nationality": True}
    assert second.agrees == {"sex": False, "birth": None, "nationality": False}
    assert first.bits > second.bits


def test_a_birth_a_year_off_neither_agrees_nor_differs(caseworker: Member) -> None:
    registered(Description(names="Nur Ahmadi", birth=BORN_2001))
    for year, agrees in ((2001, True), (2002, None), (2005, False)):
        born = BirthInterval(date(year, 3, 1), date(year, 9, 1), BirthKind.AGE)
        [candidate] = actions.search("Nur Ahmadi ", born=born).candidates
        assert candidate.agrees["birth"] is agrees


@pytest.mark.parametrize("typed", ["Raheem", "Rahim", "Mohamed Ra", "Mohamed R"])
def test_somebody_is_found_while_the_name_is_being_typed(caseworker: Member, typed: str) -> None:
    registered(Description(names="Mohamed Rahimi"))
    assert found(typed) == ["Mohamed Rahimi"]


def test_a_new_spelling_is_found_at_once(caseworker: Member) -> None:
    registration = registered(Description(names="Selam"))
    actions.amend(registration.id, names=[actions.NameSaid(written="Tsehay")])
    assert found("Tsehai ") == ["Tsehay"]


@pytest.mark.parametrize("nothing", ["", " ", "...", "123", "\x00", "ـ"])
def test_typing_nothing_finds_nobody(caseworker: Member, nothing: str) -> None:
    registered()
    assert actions.search(nothing) == actions.Found()


CROWD = 2050
"""More than are read of one key."""


@pytest.fixture
def namesakes(caseworker: Member) -> list[Registration]:
    """A crowd of one name, born in 1980."""
    of = {"organisation_id": caseworker.organisation_id}
    people = [Person(reference=f"C{n}", **of) for n in range(CROWD)]
    crowd = [
        Registration(person=one, own_person=one, registered_by=caseworker, said_on=date(2016, 10, 1), **of)
        for one in people
    ]
    born = {"earliest": date(1980, 5, 1), "latest": date(1980, 5, 1), "kind": BirthKind.DAY}
    ages = [
        AgeEvidence(registration=each, true_on=each.said_on, method=AgeMethod.CLAIMED, **born)
        for each in crowd
    ]
    names = [
        Name(registration=each, written="Nur Ahmadi", script="und-Latn", said_on=each.said_on)
        for each in crowd
    ]
    for kind, rows in ((Person, people), (Registration, crowd), (AgeEvidence, ages), (Name, names)):
        kind.objects.bulk_create(rows)
    index_names({each.id: ["Nur Ahmadi"] for each in crowd})
    return crowd


def test_of_a_name_that_many_have_those_of_the_year_are_found(namesakes: list[Registration]) -> None:
    meant = namesakes[-1]
    assert len(found("Nur Ahmadi ")) == evidence()["candidates"]["shown"][1]
    assert actions.search("Nur Ahmadi ", born=BORN_2001).candidates[0].agrees["birth"] is False
    for age in AgeEvidence.objects.filter(registration=meant):
        actions.dispute_age(age.id, note="he says otherwise")
    actions.amend(meant.id, ages=[actions.AgeSaid(birth=BORN_2001, true_on=date(2016, 10, 2))])
    assert actions.search("Nur Ahmadi ", born=BORN_2001).candidates[0].registration == meant
    actions.dispute_age(AgeEvidence.objects.get(registration=meant, disputed=False).id, note="nobody said so")
    assert actions.search("Nur Ahmadi ", born=BORN_2001).candidates[0].agrees["birth"] is False


def test_what_was_shared_is_shown_with_detail_and_what_was_not_is_not(cast: Cast) -> None:
    with acts(cast.member(cast.harbour)):
        shared = registered(consents=[sharing_with(cast.dunes.id), FINDABLE])
        registered(replace(AHMAD, names="Ahmad Khan"), consents=[FINDABLE])
    with acts(cast.member(cast.dunes)):
        [candidate] = actions.search("Ahmad Khan ").candidates
        assert (candidate.registration, candidate.own) == (shared, False)


# --- elsewhere ---------------------------------------------------------------------------------------------------


def crowd(cast: Cast) -> None:
    """Other children of Kin, so that a name is not rare for want of people."""
    names = ("Ali Hassan", "Mohamed Ahmed", "Abdul Karim", "Yusuf Ibrahim", "Omar Said", "Hamid Noori")
    with acts(cast.member(cast.kin)):
        for name in names:
            registered(Description(names=name), consents=[FINDABLE])


def test_of_others_only_the_organisation_and_a_band_are_told(cast: Cast) -> None:
    crowd(cast)
    with acts(cast.member(cast.harbour)):
        registered(
            Description(names="Zarghoona Wardakzai", nationality="AFG", birth=BORN_2001), consents=[FINDABLE]
        )
    assert {field.name for field in fields(Elsewhere)} == {"organisation", "band"}
    with acts(cast.member(cast.dunes)):
        assert actions.search("Zarghuna Wardakzay").candidates == ()
        [(organisation, band)] = elsewhere("Zarghuna Wardakzay ", nationality="AFG", born=BORN_2001)
        assert organisation == "Harbour"
        assert band in (Band.STRONG, Band.LIKELY)


def test_it_is_found_elsewhere_in_any_script(cast: Cast) -> None:
    crowd(cast)
    with acts(cast.member(cast.harbour)):
        registered(Description(names="زرغونه وردکزی"), consents=[FINDABLE])
    with acts(cast.member(cast.dunes)):
        assert [name for name, _ in elsewhere("Zarghuna Wardakzay ")] == ["Harbour"]


def test_what_speaks_against_it_lowers_the_band_until_nothing_is_told(cast: Cast) -> None:
    crowd(cast)
    with acts(cast.member(cast.harbour)):
        registered(
            Description(names="Zarghoona Wardakzai", sex=Sex.FEMALE, nationality="AFG", birth=BORN_2001),
            consents=[FINDABLE],
        )
    other = BirthInterval(date(1990, 1, 1), date(1990, 12, 31), BirthKind.YEAR)
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghuna Wardakzay ")
        assert not elsewhere("Zarghuna Wardakzay ", sex=Sex.MALE, nationality="SDN", born=other)


def test_a_common_name_alone_tells_nothing_of_anybody_elsewhere(cast: Cast) -> None:
    crowd(cast)
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Mohamed ") == []


def test_who_did_not_agree_to_be_found_is_not_found_elsewhere(cast: Cast) -> None:
    crowd(cast)
    with acts(cast.member(cast.harbour)):
        registration = registered(Description(names="Zarghoona Wardakzai"))
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghoona Wardakzai ") == []
    with acts(cast.member(cast.harbour)):
        actions.give_consent(registration.id, FINDABLE)
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghoona Wardakzai ")
    with acts(cast.member(cast.harbour)):
        actions.withdraw_consent(Consent.objects.get(registration=registration).id)
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghoona Wardakzai ") == []


def test_an_end_of_consent_ends_being_found(cast: Cast, settings) -> None:
    crowd(cast)
    until = replace(FINDABLE, until=date(2999, 1, 1))
    with acts(cast.member(cast.harbour)):
        registered(Description(names="Zarghoona Wardakzai"), consents=[until])
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghoona Wardakzai ")
    settings.HAVRE_TODAY = date(2999, 1, 2)
    with acts(cast.member(cast.dunes)):
        assert elsewhere("Zarghoona Wardakzai ") == []


def test_own_records_are_not_told_as_others(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        registered(Description(names="Zarghoona Wardakzai"), consents=[FINDABLE])
        assert elsewhere("Zarghoona Wardakzai ") == []


def test_asking_elsewhere_is_put_on_record_without_the_name(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        actions.search("Zarghoona Wardakzai")
        actions.search("Zarghoona Wardakzai", elsewhere=False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT note FROM audit_entry WHERE kind = 'search'")
            assert cursor.fetchall() == [('{"words": 2}',)]


def test_who_asks_too_often_hears_of_own_records_only(cast: Cast) -> None:
    with acts(cast.member(cast.harbour)):
        registered(consents=[FINDABLE])
    with acts(cast.member(cast.dunes)):
        registered()
        for _ in range(LIMITS.searching.most):
            assert not actions.search("Ahmad Khan ").asked_too_often
        last = actions.search("Ahmad Khan ")
        assert last.asked_too_often
        assert (len(last.candidates), last.elsewhere) == (1, ())
    with acts(cast.member(cast.dunes, nth=2)):
        assert not actions.search("Ahmad Khan ").asked_too_often


def test_raw_sql_does_not_ask_faster_than_sixty_times_a_minute(caseworker: Member) -> None:
    ask = (
        "SELECT * FROM registry_elsewhere('{cmt}', '{1}', 1, '', NULL, NULL, '',"
        ' \'{"usual": {}, "unseen": 1}\', 1000000, 0)'
    )
    with connection.cursor() as cursor:
        for _ in range(60):
            cursor.execute(ask)
        with pytest.raises(DatabaseError, match="too many searches"), transaction.atomic():
            cursor.execute(ask)


def test_whoever_reads_no_records_asks_nothing(cast: Cast) -> None:
    numbers = count(1)
    for role in (Role.GUARDIAN, Role.ADMINISTRATOR):
        ward = registered_by(cast) if role is Role.GUARDIAN else None
        member = cast.member(cast.dunes, role, ward=ward, nth=next(numbers))
        with acts(member):
            with pytest.raises(NotAllowed):
                actions.search("Ahmad Khan ")
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM registry_candidates('{cmt}', '{}', NULL, 10)")
                assert cursor.fetchall() == []
                cursor.execute(
                    "SELECT * FROM registry_elsewhere('{cmt}', '{1}', 1, '', NULL, NULL, '', '{}', 30, 60)"
                )
                assert cursor.fetchall() == []


def registered_by(cast: Cast) -> object:
    with acts(cast.member(cast.dunes)):
        return registered().person_id

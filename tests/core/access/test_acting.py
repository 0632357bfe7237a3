# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One door to protected rows: whoever does not come through it finds them shut."""

from uuid import uuid4

import pytest
from cast import Cast
from django.db import Error, connection, transaction

from havre.apps.registry.models import Person
from havre.core.access import NobodyActs, NotAllowed, Purpose, Right, acting_as, check, current_actor
from havre.core.accounts.enums import OrganisationKind, Role
from havre.core.accounts.models import Member, Organisation


@pytest.fixture
def caseworker(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def said(setting: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [f"havre.{setting}"])
        return str((cursor.fetchone() or ("",))[0])


def test_where_nobody_acts_protected_rows_raise_and_are_not_just_empty(caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        Person.objects.create(reference="H-FFFF-1", organisation=caseworker.organisation)
    for ask in (Person.objects.count, lambda: Person.objects.update(origin="x")):
        with pytest.raises(Error, match="nobody acts"), transaction.atomic():
            ask()


def test_a_member_acts_within_the_block_and_no_longer(caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE) as actor:
        assert current_actor() is actor
        assert (said("member"), said("purpose")) == (str(caseworker.pk), "care")
    assert (said("member"), said("purpose")) == ("", "")
    with pytest.raises(NobodyActs):
        current_actor()


def fail_as(member: Member) -> None:
    with pytest.raises(ZeroDivisionError), acting_as(member.pk, Purpose.TRACING):
        raise ZeroDivisionError


def test_after_an_inner_act_the_outer_member_acts_again(cast: Cast, caseworker: Member) -> None:
    other = cast.member(cast.harbour)
    with acting_as(caseworker.pk, Purpose.CARE) as outer:
        with acting_as(other.pk, Purpose.TRACING):
            assert said("member") == str(other.pk)
        assert said("member") == str(caseworker.pk)
        assert current_actor() is outer
        fail_as(other)
        assert (said("member"), said("purpose")) == (str(caseworker.pk), "care")


def test_an_error_takes_back_what_was_changed(caseworker: Member) -> None:
    def change_and_fail() -> None:
        with acting_as(caseworker.pk, Purpose.CARE):
            Person.objects.create(reference="H-CCCC-1", organisation=caseworker.organisation)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    with acting_as(caseworker.pk, Purpose.CARE):
        assert not Person.objects.filter(reference="H-CCCC-1").exists()


def test_who_was_dismissed_does_not_act(caseworker: Member) -> None:
    Member.objects.filter(pk=caseworker.pk).update(active=False)
    with pytest.raises(NobodyActs), acting_as(caseworker.pk, Purpose.CARE):
        pass


def test_nobody_acts_as_somebody_who_does_not_exist(database: None) -> None:
    with pytest.raises(NobodyActs), acting_as(uuid4(), Purpose.CARE):
        pass


READ = Right("test.read", frozenset({Role.CASEWORKER}), Purpose.CARE)


def test_a_right_is_held_by_roles(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE) as actor:
        assert check(READ) is actor
    with acting_as(cast.member(cast.dunes, Role.ADMINISTRATOR).pk, Purpose.CARE), pytest.raises(NotAllowed):
        check(READ)


@pytest.mark.parametrize("purpose", [Purpose.OVERSIGHT, Purpose.ADMINISTRATION, Purpose.MATCHING])
def test_no_other_purpose_opens_a_protected_row(caseworker: Member, purpose: Purpose) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        Person.objects.create(reference="H-DDDD-1", organisation=caseworker.organisation)
        assert Person.objects.count() == 1
    with acting_as(caseworker.pk, purpose):
        assert Person.objects.count() == 0


# --- the firewall ------------------------------------------------------------------------------------------------

PROTECTING = [Role.REGISTRAR, Role.CASEWORKER, Role.SUPERVISOR]


@pytest.mark.parametrize("role", PROTECTING)
def test_an_enforcement_body_cannot_hold_a_protection_role(cast: Cast, role: Role) -> None:
    with pytest.raises(Error, match="enforcement_holds_no_protection_right"), transaction.atomic():
        cast.member(cast.police, role)


def test_nor_by_saying_another_kind(cast: Cast, caseworker: Member) -> None:
    with pytest.raises(Error, match="enforcement_holds_no_protection_right"), transaction.atomic():
        Member.objects.create(
            account=caseworker.account,
            organisation=cast.police,
            organisation_kind=OrganisationKind.PROTECTION,
            role=Role.CASEWORKER,
        )


def test_nor_by_becoming_one(caseworker: Member) -> None:
    with pytest.raises(Error, match="enforcement_holds_no_protection_right"), transaction.atomic():
        Organisation.objects.filter(pk=caseworker.organisation_id).update(kind=OrganisationKind.ENFORCEMENT)


def test_an_oversight_body_reads_no_child_even_with_a_role_that_was_forced_upon_it(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        Person.objects.create(reference="H-EEEE-1", organisation=cast.dunes)
    with acting_as(cast.member(cast.watch, Role.CASEWORKER).pk, Purpose.CARE):
        assert Person.objects.count() == 0

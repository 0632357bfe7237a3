# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests of the registry register, and how they act."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow
from havre.apps.registry.models import Registration
from havre.core.access import Actor, Purpose, acting_as
from havre.core.accounts.models import Member
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex
from havre.words import Language

BORN_2001 = BirthInterval(date(2001, 1, 1), date(2001, 12, 31), BirthKind.YEAR)
AHMAD = Description(
    names="احمد خان",
    other_names="Ahmad Khan",
    sex=Sex.MALE,
    birth=BORN_2001,
    nationality="AFG",
    birthplace="Jalalabad",
    phone="+33 6 39 98 00 11",
    town="Calais",
    country="FR",
)
UNCLE = actions.LinkSaid(
    relation="uncle",
    described=Description(names="Gul Khan", town="Birmingham", country="GB", phone="07700 900123"),
    note="his mother's brother",
)


def acts(member: Member, purpose: Purpose = Purpose.CARE) -> AbstractContextManager[Actor]:
    """As this member, for this purpose."""
    return acting_as(member.id, purpose)


def registered(described: Description = AHMAD, **more: Any) -> Registration:
    """Somebody, registered by whoever acts."""
    return actions.register(described, **more)


def answered(for_what: ConsentFor, **more: Any) -> actions.ConsentSaid:
    """A child said yes, or what ``more`` says."""
    said = {"given_by": ConsentGiver.CHILD, "how": ConsentHow.INTERPRETER, "language": "ps", **more}
    return actions.ConsentSaid(for_what=for_what, **said)


def sharing_with(organisation_id: UUID, **more: Any) -> actions.ConsentSaid:
    """A child said that this organisation may read it all."""
    return answered(ConsentFor.SHARING, recipient_id=organisation_id, **more)


def refused(field: str = "") -> pytest.RaisesExc[actions.RegistryError]:
    """RegistryError about a field, said in both languages."""

    def fits(error: actions.RegistryError) -> bool:
        return error.field == field and all(error.say(language) for language in Language)

    return pytest.RaisesExc(actions.RegistryError, check=fits)

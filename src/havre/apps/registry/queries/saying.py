# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a registration says, as the engines want it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from havre.apps.registry.enums import ContactKind, NameKind
from havre.apps.registry.models import Registration
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid

NAME_FIELDS = ("written", "script", "kind")
AGE_FIELDS = ("earliest", "latest", "kind", "true_on", "disputed", "id")


class NameLike(Protocol):
    """What is asked of a name: a row of the table, or its values alone."""

    written: str
    script: str
    kind: str


class AgeLike(Protocol):
    """What is asked of age evidence."""

    earliest: date
    latest: date
    kind: str
    true_on: date
    disputed: bool
    id: UUID


def best_birth(ages: Iterable[AgeLike]) -> BirthInterval | None:
    """The interval to compare with: undisputed before disputed, then the narrowest, then what was said last."""
    best = min(
        ages,
        key=lambda age: (age.disputed, age.latest - age.earliest, -age.true_on.toordinal(), -age.id.int),
        default=None,
    )
    return BirthInterval(best.earliest, best.latest, BirthKind(best.kind)) if best else None


def two_names(names: Sequence[NameLike]) -> tuple[str, str]:
    """The own name, and what else the person is called, to compare with: another script before another spelling."""
    own = next((name for name in names if name.kind == NameKind.OWN), names[0] if names else None)
    if own is None:
        return "", ""
    others = [name for name in names if name is not own]
    other = min(
        others, key=lambda name: (name.script == own.script, name.kind == NameKind.NICKNAME), default=None
    )
    return own.written, other.written if other else ""


def described(registration: Registration) -> Description:
    """All that a registration says of its person; asks nothing more where it came ``with_details``."""
    phones = [contact.value for contact in registration.contacts.all() if contact.kind == ContactKind.PHONE]
    return description(
        registration,
        list(registration.names.all()),
        list(registration.ages.all()),
        phones[-1] if phones else "",
    )


def description(
    registration: Registration, names: Sequence[NameLike], ages: Iterable[AgeLike], phone: str
) -> Description:
    """What a registration says, with what hangs on it given apart."""
    own, other = two_names(names)
    return Description(
        names=own,
        other_names=other,
        sex=Sex(registration.sex) if registration.sex else None,
        birth=best_birth(ages),
        nationality=registration.nationality,
        birthplace=registration.birthplace,
        phone=phone,
        town=registration.town,
        country=registration.country,
        unsaid={name: Unsaid(why) for name, why in registration.unsaid.items()},
    )

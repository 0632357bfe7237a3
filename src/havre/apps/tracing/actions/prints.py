# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fingerprints of what was compared: they tell that something changed, and nothing of what.

Letter case, accents, spaces and the way a number is grouped change nothing. A key of this instance goes into them,
so that nobody who reads a row can try all phone numbers until one fits; after a change of that key no rejected pair
comes back by itself, since its evidence has to have risen too.
"""

from collections.abc import Iterable
from hashlib import blake2b

from django.conf import settings

from havre.engines.linkage.columns import phone_number
from havre.engines.linkage.records import Description, FamilyLink, Person
from havre.engines.names.normalise import fold


def person_print(person: Person) -> bytes:
    """Of what a registration says of its person."""
    return _digest(_said(person.described))


def link_print(link: FamilyLink | None) -> bytes:
    """Of what a family link says; empty for none."""
    return _digest([link.relation, *_said(link.described)]) if link else b""


def pair_print(parts: Iterable[bytes]) -> str:
    """Of two people and two links."""
    return _digest(part.hex() for part in parts).hex()


def _said(described: Description) -> list[str]:
    birth = described.birth
    return [
        fold(described.names),
        fold(described.other_names),
        described.sex or "",
        f"{birth.earliest} {birth.latest} {birth.kind}" if birth else "",
        described.nationality,
        fold(described.birthplace),
        str(phone_number(described.phone)),
        fold(described.town),
        described.country,
    ]


def _digest(texts: Iterable[str]) -> bytes:
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"havre pairs").digest()
    return blake2b("\x1f".join(texts).encode(), digest_size=32, key=key).digest()

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What actions are told, and how it becomes rows."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Model

from havre.apps.registry.actions.bulk import Values
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.enums import (
    AgeMethod,
    ConsentFor,
    ConsentGiver,
    ConsentHow,
    ContactKind,
    LegalBasis,
    NameKind,
    PartRole,
    Writer,
)
from havre.apps.registry.models import AgeEvidence, Contact, Name
from havre.core.exchange.reading.ages import born_of_age, parse_age
from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import parse_birth
from havre.core.exchange.vocabulary import countries
from havre.core.ui.scripts import scripts_of
from havre.engines.linkage.records import BirthInterval, Description
from havre.engines.linkage.relations import relations

LONGEST = 10_000
"""Characters of any text; as in a cell of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSaid:
    """One spelling of a name."""

    written: str
    kind: NameKind = NameKind.OWN
    language: str = ""
    written_by: Writer = Writer.MEMBER
    parts: tuple[tuple[str, PartRole], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeSaid:
    """An interval of birth dates and how it is known."""

    birth: BirthInterval
    true_on: date
    method: AgeMethod = AgeMethod.CLAIMED
    assessor: str = ""
    disputed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaid:
    """How somebody can be reached; ``since`` is today where nobody says it."""

    kind: ContactKind
    value: str
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSaid:
    """A paper that was shown; the file has been stored before."""

    kind: str
    number: str = ""
    issued_by: str = ""
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSaid:
    """What the declarant says of somebody: "my ``relation``", described so."""

    relation: str
    described: Description
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSaid:
    """What somebody answered when asked; ``given_on`` is today where nobody says it."""

    for_what: ConsentFor
    given_by: ConsentGiver
    how: ConsentHow
    language: str = ""
    interpreter: str = ""
    recipient_id: UUID | None = None
    purpose: str = ""
    legal_basis: LegalBasis = LegalBasis.CONSENT
    given_on: date | None = None
    until: date | None = None
    refused: bool = False


def clean(text: str, field: str = "") -> str:
    """``text`` on one line without space around it; RegistryError where it is damaged or endless."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise RegistryError("too_long", field, limit=LONGEST)
    if not line.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") for c in line):
        raise RegistryError("not_readable", field)
    return line


def script_of(written: str) -> str:
    """The script as a language tag without a language; ``und`` for a mixture, or none that we know."""
    scripts = scripts_of(written)
    return scripts[0].lang if len(scripts) == 1 else "und"


def understood_birth(text: str, on: date) -> BirthInterval:
    """A birth date or an age as people write them ("12/5/2001", "1380 SH", "about 16"), said on a day.

    RegistryError (field ``birth``) where it is neither, or nobody born then could have been there that day.
    """
    try:
        birth = parse_birth(text)
    except BadValue:
        try:
            birth = born_of_age(parse_age(text), on)
        except (BadValue, ValueError):
            raise RegistryError("birth_not_understood", "birth") from None
    if birth.earliest > on:
        raise RegistryError("born_later", "birth", on=on.isoformat())
    return birth


@cache
def _codes() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(c.alpha_3 for c in countries()), frozenset(c.alpha_2 for c in countries() if c.alpha_2)


def checked_code(field: str, code: str) -> str:
    """The code of a ``nationality`` (alpha-3) or ``country`` (alpha-2), or nothing; RegistryError for another."""
    if code and code not in _codes()[field == "country"]:
        raise RegistryError("unknown_country", field)
    return code


def checked_relation(relation: str) -> str:
    """A key of the vocabulary, or nothing; RegistryError for another."""
    if relation and relation not in relations():
        raise RegistryError("unknown_relation", "relation")
    return relation


def name_values(registration_id: UUID, said: NameSaid, said_on: date) -> Values:
    """The columns of a name."""
    written = clean(said.written, "names")
    return {
        "registration_id": registration_id,
        "written": written,
        "script": script_of(written),
        "language": said.language,
        "kind": said.kind,
        "written_by": said.written_by,
        "said_on": said_on,
        "parts": [{"text": clean(text, "names"), "role": role.value} for text, role in said.parts],
    }


def age_values(registration_id: UUID, said: AgeSaid) -> Values:
    """The columns of age evidence."""
    if said.birth.earliest > said.true_on:
        raise RegistryError("born_later", "birth", on=said.true_on.isoformat())
    return {
        "registration_id": registration_id,
        "earliest": said.birth.earliest,
        "latest": said.birth.latest,
        "kind": said.birth.kind,
        "true_on": said.true_on,
        "method": said.method,
        "assessor": clean(said.assessor, "assessor"),
        "disputed": said.disputed,
        "note": clean(said.note, "note"),
    }


def contact_values(registration_id: UUID, said: ContactSaid, said_on: date) -> Values:
    """The columns of a contact."""
    return {
        "registration_id": registration_id,
        "kind": said.kind,
        "value": clean(said.value, said.kind),
        "since": said.since or said_on,
        "note": clean(said.note, "note"),
    }


def rows_of(
    registration_id: UUID, said: Description, said_on: date, by: Writer
) -> Iterator[tuple[type[Model], Values]]:
    """What a description says that may be said several times: names, birth, phone."""
    names, other_names = clean(said.names, "names"), clean(said.other_names, "other_names")
    for written, kind in ((names, NameKind.OWN), (other_names, NameKind.SPELLING)):
        if written and (kind is NameKind.OWN or written != names):
            spelling = NameSaid(written=written, kind=kind, written_by=by)
            yield Name, name_values(registration_id, spelling, said_on)
    if said.birth:
        age = AgeSaid(birth=said.birth, true_on=max(said_on, said.birth.earliest))
        yield AgeEvidence, age_values(registration_id, age)
    if said.phone:
        phone = ContactSaid(kind=ContactKind.PHONE, value=said.phone)
        yield Contact, contact_values(registration_id, phone, said_on)


def values_of(said: Description) -> Values:
    """What a description says once: the columns of a registration."""
    return {
        "sex": said.sex or "",
        "nationality": checked_code("nationality", said.nationality),
        "birthplace": clean(said.birthplace, "birthplace"),
        "town": clean(said.town, "town"),
        "country": checked_code("country", said.country),
        "unsaid": {name: why.value for name, why in said.unsaid.items()},
    }


def link_values(registration_id: UUID, said: LinkSaid, said_on: date) -> Values:
    """The columns of a family link."""
    birth = said.described.birth
    return {
        **values_of(said.described),
        "registration_id": registration_id,
        "relation": checked_relation(said.relation),
        "names": clean(said.described.names, "names"),
        "other_names": clean(said.described.other_names, "other_names"),
        "born_earliest": birth.earliest if birth else None,
        "born_latest": birth.latest if birth else None,
        "born_kind": birth.kind.value if birth else "",
        "phone": clean(said.described.phone, "phone"),
        "note": clean(said.note, "note"),
        "said_on": said_on,
    }

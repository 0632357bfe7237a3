# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the API tells of people and family links, and what it is told; each field named, never a row spread."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints, model_validator

from havre.apps.registry.actions import ConsentSaid, LinkSaid
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid

NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
Text = Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROL)]
Note = Annotated[str, StringConstraints(max_length=4000, pattern=NO_CONTROL)]
Alpha3 = Annotated[str, StringConstraints(pattern="^([A-Z]{3})?$")]
Alpha2 = Annotated[str, StringConstraints(pattern="^([A-Z]{2})?$")]
Asked = Literal["names", "sex", "birth", "nationality", "birthplace", "town", "country", "phone"]
OLDEST = date(1880, 1, 1)


class Told(Schema):
    """What a request says; what we do not know in it is refused, lest it be lost silently."""

    model_config = ConfigDict(extra="forbid")


class Birth(Schema):
    """The birth date lies between both days."""

    model_config = ConfigDict(extra="forbid")

    earliest: date
    latest: date
    kind: BirthKind

    @classmethod
    def of(cls, birth: BirthInterval | None) -> "Birth | None":
        """As the engines have it."""
        return cls(earliest=birth.earliest, latest=birth.latest, kind=birth.kind) if birth else None


class BirthTold(Birth):
    """A birth that somebody tells."""

    @model_validator(mode="after")
    def possible(self) -> Self:
        """The interval begins before it ends, and somebody born in it may be alive."""
        if not OLDEST <= self.earliest <= self.latest:
            raise ValueError("earliest must not lie after latest, nor before 1880")
        return self

    def interval(self) -> BirthInterval:
        """As the engines have it."""
        return BirthInterval(self.earliest, self.latest, self.kind)


class DescriptionTold(Told):
    """What is said of somebody. Empty: nothing was said; ``unsaid`` says why."""

    names: Text = ""
    other_names: Text = ""
    sex: Sex | None = None
    birth: BirthTold | None = None
    nationality: Alpha3 = ""
    birthplace: Text = ""
    phone: Text = ""
    town: Text = ""
    country: Alpha2 = ""
    unsaid: dict[Asked, Unsaid] = Field(default_factory=dict)

    def described(self) -> Description:
        """As the engines have it."""
        return Description(
            names=self.names,
            other_names=self.other_names,
            sex=self.sex,
            birth=self.birth.interval() if self.birth else None,
            nationality=self.nationality,
            birthplace=self.birthplace,
            phone=self.phone,
            town=self.town,
            country=self.country,
            unsaid={str(name): why for name, why in self.unsaid.items()},
        )


class LinkTold(Told):
    """A family link: "my ``relation``", described so."""

    relation: Text = ""
    described: DescriptionTold
    note: Note = ""

    def said(self) -> LinkSaid:
        """As actions are told."""
        return LinkSaid(relation=self.relation, described=self.described.described(), note=self.note)


class ConsentTold(Told):
    """What somebody answered. Sharing with one organisation is asked and recorded on its page."""

    for_what: Literal["registration", "tracing", "findable"]
    given_by: ConsentGiver
    how: ConsentHow
    language: Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z0-9-]*$")] = ""
    refused: bool = False
    until: date | None = None

    def said(self) -> ConsentSaid:
        """As actions are told."""
        return ConsentSaid(
            for_what=ConsentFor(self.for_what),
            given_by=self.given_by,
            how=self.how,
            language=self.language,
            until=self.until,
            refused=self.refused,
        )


class RegistrationTold(Told):
    """Somebody to register."""

    described: DescriptionTold
    said_on: date | None = None
    place: Text = ""
    links: Annotated[list[LinkTold], Field(max_length=20)] = Field(default_factory=list)
    consents: Annotated[list[ConsentTold], Field(max_length=10)] = Field(default_factory=list)
    person_id: UUID | None = None
    """A person who may be read: this is a further registration of theirs."""


class PeopleAsked(Schema):
    """Which registrations, and from where on."""

    at: Annotated[str, StringConstraints(max_length=200)] = ""
    size: Annotated[int, Field(ge=1, le=100)] = 50
    nationality: Alpha3 = ""
    organisation: UUID | None = None
    links: bool | None = None


class LinksAsked(Schema):
    """Which family links, and from where on."""

    at: Annotated[str, StringConstraints(max_length=200)] = ""
    size: Annotated[int, Field(ge=1, le=100)] = 50
    registration: UUID | None = None


class OrganisationOut(Schema):
    """An organisation."""

    id: UUID
    name: str


class NameOut(Schema):
    """One spelling of a name."""

    written: str
    script: str
    language: str
    kind: str
    written_by: str
    said_on: date


class PersonOut(Schema):
    """One registration, as a list tells it."""

    id: UUID
    """Of the registration."""
    person_id: UUID
    reference: str
    organisation: OrganisationOut
    own: bool
    names: list[NameOut]
    sex: str
    birth: Birth | None
    nationality: str
    town: str
    said_on: date
    recorded_at: datetime


class AgeOut(Schema):
    """One element of age evidence."""

    id: UUID
    birth: Birth
    true_on: date
    method: str
    assessor: str
    disputed: bool
    note: str


class ContactOut(Schema):
    """How somebody can be reached."""

    kind: str
    value: str
    since: date
    note: str


class ConsentOut(Schema):
    """One answer."""

    id: UUID
    for_what: str
    given_by: str
    how: str
    language: str
    recipient_id: UUID | None
    given_on: date
    until: date | None
    refused: bool
    withdrawn_at: datetime | None


class LinkOut(Schema):
    """One family link."""

    id: UUID
    registration_id: UUID
    relation: str
    names: str
    other_names: str
    sex: str
    birth: Birth | None
    nationality: str
    birthplace: str
    phone: str
    town: str
    country: str
    unsaid: dict[str, str]
    note: str
    said_on: date
    withdrawn_at: datetime | None
    recorded_at: datetime


class RegistrationOut(PersonOut):
    """One registration, whole."""

    place: str
    language: str
    interpreter: bool | None
    birthplace: str
    country: str
    unsaid: dict[str, str]
    withdrawn_at: datetime | None
    ages: list[AgeOut]
    contacts: list[ContactOut]
    consents: list[ConsentOut]
    links: list[LinkOut]


class PeoplePage(Schema):
    """Registrations, the newest first; ``next`` and ``previous`` are for ``at``, empty where there is no more."""

    items: list[PersonOut]
    next: str
    previous: str


class LinksPage(Schema):
    """Family links, the newest first; ``next`` and ``previous`` are for ``at``, empty where there is no more."""

    items: list[LinkOut]
    next: str
    previous: str

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list would change: compared with what was imported from the same list before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.fingerprints import Fingerprints
from havre.apps.registry.models import FamilyLink, ListImport, Registration, Tombstone
from havre.core.exchange import Reading
from havre.engines.linkage import FamilyLink as ListedLink
from havre.engines.linkage import Person as ListedPerson
from havre.engines.linkage.records import Description


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a line from an earlier import."""

    id: UUID
    said: Mapping[str, Any]


ERASED = {"people": "erased_before", "links": "link_of_erased"}
"""By table, the remark on a line that is kept out."""


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier imports of a list brought, and who was erased since."""

    source: str
    people: Mapping[str, Known]
    """By their id on the list."""
    erased: Mapping[str, Mapping[str, object]]
    """By a fingerprint: when the person was erased, and under which reference an empty registration stays."""
    fingerprints: Fingerprints

    def barred(self, person_id: str, names: str) -> Mapping[str, object] | None:
        """Whether a line is of somebody who was erased: when, and under which reference; None where it is not."""
        if not self.erased or person_id in self.people:
            return None
        line = self.erased.get(self.fingerprints.of_line(self.source, person_id))
        return line or self.erased.get(self.fingerprints.of_words(person_id, names))

    @property
    def recorded_on(self) -> Mapping[str, date | None]:
        """When the list said that each was recorded."""
        days = {source_id: known.said.get("recorded_on") for source_id, known in self.people.items()}
        return {source_id: date.fromisoformat(day) if day else None for source_id, day in days.items()}


@dataclass(slots=True)
class Plan:
    """The lines of a list, by what they would change. Who was erased has been left out by the reader."""

    new_people: list[ListedPerson] = field(default_factory=list)
    changed_people: list[tuple[Known, ListedPerson]] = field(default_factory=list)
    new_links: list[ListedLink] = field(default_factory=list)
    changed_links: list[tuple[Known, ListedLink]] = field(default_factory=list)
    registrations: dict[str, UUID] = field(default_factory=dict)
    """Id on the list to the registration that is there already."""
    counts: dict[str, int] = field(default_factory=dict)


def plan(listed: ListImport, reading: Reading, before: Before) -> Plan:
    """What the list would change now."""
    people, links = reading.shore_list.people, (*reading.shore_list.links, *reading.links_of_known)
    # The person of a link may have come with an earlier file.
    made = Plan(registrations={source_id: known.id for source_id, known in before.people.items()})
    for person in people:
        _place_person(made, person, before.people.get(person.person_id))
    known_links = _known_links(listed)
    for link in links:
        _place_link(made, link, known_links.get((made.registrations.get(link.person_id), link.link_id)))
    made.counts = {
        "people_new": len(made.new_people),
        "people_changed": len(made.changed_people),
        "people_unchanged": len(people) - len(made.new_people) - len(made.changed_people),
        "people_erased": _kept_out(reading, "people"),
        "links_new": len(made.new_links),
        "links_changed": len(made.changed_links),
        "links_unchanged": len(links) - len(made.new_links) - len(made.changed_links),
        "links_erased": _kept_out(reading, "links"),
    }
    return made


def _kept_out(reading: Reading, table: str) -> int:
    """Lines of a table that are of somebody who was erased."""
    return sum(any(said.key == ERASED[table] for said in row.remarks) for row in reading.left_out)


def imported_before(listed: ListImport) -> Before:
    """What came from this list before, as long as the import is locked: an erasure waits for it.

    RegistryError where tombstones are of a key that is not here: nobody could be recognised, and all would come back.
    """
    rows = Registration.objects.filter(
        organisation=listed.organisation_id, source=listed.source, erased_at=None
    )
    known = rows.exclude(source_id="").values_list("id", "source_id", "source_said")
    people = {source_id: Known(key, said) for key, source_id, said in known.iterator()}
    fingerprints = Fingerprints.of(listed.organisation_id)
    return Before(listed.source, people, _erased(fingerprints), fingerprints)


def check_key(organisation_id: UUID) -> None:
    """RegistryError where tombstones of the organisation are of another key than the one that is here."""
    _erased(Fingerprints.of(organisation_id))


def _erased(fingerprints: Fingerprints) -> dict[str, Mapping[str, object]]:
    standing = Tombstone.objects.filter(organisation=fingerprints.organisation_id, lifted_at=None)
    found: dict[str, Mapping[str, object]] = {}
    for key_id, line, words, erased_at, reference in standing.values_list(
        "key_id", "of_line", "of_words", "registration__erased_at", "registration__person__reference"
    ):
        if key_id != fingerprints.key_id:
            raise RegistryError("tombstone_key_lost")
        why = {"on": erased_at.date().isoformat() if erased_at else "", "reference": reference}
        found |= {mark: why for mark in (line, words) if mark}
    return found


def said_of_person(person: ListedPerson) -> dict[str, Any]:
    """What the list says of a person, as JSON; equal where it says the same."""
    recorded = person.recorded_on.isoformat() if person.recorded_on else ""
    return {**_said(person.described), "recorded_on": recorded, "organisation": person.organisation}


def said_of_link(link: ListedLink) -> dict[str, Any]:
    """What the list says of a family link, as JSON."""
    return {**_said(link.described), "relation": link.relation, "note": link.note}


def _said(described: Description) -> dict[str, Any]:
    birth = described.birth
    said = {
        "names": described.names,
        "other_names": described.other_names,
        "sex": described.sex or "",
        "birth": [birth.earliest.isoformat(), birth.latest.isoformat(), birth.kind.value] if birth else None,
        "nationality": described.nationality,
        "birthplace": described.birthplace,
        "phone": described.phone,
        "town": described.town,
        "country": described.country,
        "unsaid": {name: why.value for name, why in described.unsaid.items()},
    }
    return {name: value for name, value in said.items() if value}


def _known_links(listed: ListImport) -> dict[tuple[UUID | None, str], Known]:
    rows = FamilyLink.objects.filter(
        registration__organisation=listed.organisation_id, registration__source=listed.source
    ).exclude(source_id="")
    values = rows.values_list("id", "registration_id", "source_id", "source_said")
    return {(of, source_id): Known(key, said) for key, of, source_id, said in values.iterator()}


def _place_person(made: Plan, person: ListedPerson, known: Known | None) -> None:
    if known is None:
        made.new_people.append(person)
    elif known.said != said_of_person(person):
        made.changed_people.append((known, person))


def _place_link(made: Plan, link: ListedLink, known: Known | None) -> None:
    if known is None:
        made.new_links.append(link)
    elif known.said != said_of_link(link):
        made.changed_links.append((known, link))

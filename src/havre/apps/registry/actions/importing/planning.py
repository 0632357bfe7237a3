# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list would change: compared with what was imported from the same list before."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from havre.apps.registry.actions.erasing import tombstone
from havre.apps.registry.models import FamilyLink, ListImport, Registration
from havre.core.exchange import Reading
from havre.engines.linkage import FamilyLink as ListedLink
from havre.engines.linkage import Person as ListedPerson
from havre.engines.linkage.records import Description


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a line from an earlier import."""

    id: UUID
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier imports of a list brought."""

    people: Mapping[str, Known]
    """By their id on the list."""
    erased: Set[str]
    """The tombstones of those who were erased since."""

    @property
    def recorded_on(self) -> Mapping[str, date | None]:
        """When the list said that each was recorded."""
        days = {source_id: known.said.get("recorded_on") for source_id, known in self.people.items()}
        return {source_id: date.fromisoformat(day) if day else None for source_id, day in days.items()}


@dataclass(slots=True)
class Plan:
    """The lines of a list, by what they would change. Persons that were erased are left out, and so are their links."""

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
    left_out = {p.person_id for p in people if tombstone(listed.source, p.person_id) in before.erased}
    standing = [person for person in people if person.person_id not in left_out]
    for person in standing:
        _place_person(made, person, before.people.get(person.person_id))
    known_links, standing_links = _known_links(listed), [x for x in links if x.person_id not in left_out]
    for link in standing_links:
        _place_link(made, link, known_links.get((made.registrations.get(link.person_id), link.link_id)))
    made.counts = {
        "people_new": len(made.new_people),
        "people_changed": len(made.changed_people),
        "people_unchanged": len(standing) - len(made.new_people) - len(made.changed_people),
        "people_erased": len(left_out),
        "links_new": len(made.new_links),
        "links_changed": len(made.changed_links),
        "links_unchanged": len(standing_links) - len(made.new_links) - len(made.changed_links),
    }
    return made


def imported_before(listed: ListImport) -> Before:
    """What came from this list before, as long as the import is locked: an erasure waits for it."""
    rows = Registration.objects.filter(organisation=listed.organisation_id, source=listed.source)
    people, erased = {}, set()
    for key, source_id, said, erased_at in rows.values_list(
        "id", "source_id", "source_said", "erased_at"
    ).iterator():
        if erased_at is None:
            people[source_id] = Known(key, said)
        else:
            erased.add(source_id)
    return Before(people, erased)


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

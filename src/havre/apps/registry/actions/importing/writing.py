# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing what a plan says, many rows at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Model

from havre.apps.registry.actions.bulk import Values, insert, insert_kinds
from havre.apps.registry.actions.consenting import consent_values
from havre.apps.registry.actions.importing.planning import Known, Plan, said_of_link, said_of_person
from havre.apps.registry.actions.indexing import index, index_names
from havre.apps.registry.actions.registering import references
from havre.apps.registry.actions.said import ConsentSaid, LinkSaid, link_values, rows_of, values_of
from havre.apps.registry.enums import ConsentFor, Writer
from havre.apps.registry.models import (
    AgeEvidence,
    Consent,
    Contact,
    FamilyLink,
    ListImport,
    Name,
    Person,
    Registration,
)
from havre.apps.registry.queries import in_force
from havre.core.clock import today
from havre.core.database.ids import uuid7
from havre.engines.linkage import FamilyLink as ListedLink
from havre.engines.linkage import Person as ListedPerson

BATCH = 2000
"""Lines that are written at once."""
VALUES = ("sex", "nationality", "birthplace", "town", "country")
Row = tuple[type[Model], Values]
SEVERAL = ("names", "other_names", "birth", "phone")
"""What becomes a row of its own each time it is said otherwise."""


@dataclass(slots=True)
class Writing:
    """Writes one import; ``progress`` is told the share of lines that are done."""

    listed: ListImport
    consents: Sequence[ConsentSaid]
    progress: Callable[[float], None]
    _lines: int = 0
    _done: int = 0
    _registrations: dict[str, UUID] = field(default_factory=dict)
    _follows: Values = field(default_factory=dict)

    def write(self, plan: Plan) -> None:
        """Adds what is new, and to what changed what the list says anew; overwrites nothing that others said."""
        people = len(plan.new_people) + len(plan.changed_people)
        self._lines = max(1, people + len(plan.new_links) + len(plan.changed_links))
        self._registrations = dict(plan.registrations)
        self._follows = self._open()
        self._in_batches(plan.new_people, self._add_people)
        self._in_batches(plan.changed_people, self._change_people)
        self._in_batches(plan.new_links, self._add_links)
        self._in_batches(plan.changed_links, self._change_links)

    def _in_batches(self, lines: Iterable[Any], write: Callable[[list[Any]], None]) -> None:
        rest = iter(lines)
        while batch := list(islice(rest, BATCH)):
            write(batch)
            self._done += len(batch)
            self.progress(self._done / self._lines)

    def _add_people(self, batch: list[ListedPerson]) -> None:
        organisation = self.listed.organisation_id
        people: list[Values] = [
            {"id": uuid7(), "reference": reference, "organisation_id": organisation}
            for reference in references(len(batch))
        ]
        keys = {line.person_id: uuid7() for line in batch}
        insert(Person, people)
        insert(
            Registration,
            [
                self._registration(keys[line.person_id], line, person["id"])
                for line, person in zip(batch, people, strict=True)
            ],
        )
        rows = [
            row
            for line in batch
            for row in rows_of(keys[line.person_id], line.described, _said_on(line), Writer.LIST)
        ]
        insert_kinds(rows, unless_there=True)  # one spelling, one number, once
        self._index(rows)
        insert(Consent, [consent_values(key, said) for key in keys.values() for said in self.consents])
        self._registrations |= keys

    def _index(self, rows: Iterable[Row]) -> None:
        names: dict[UUID, list[str]] = defaultdict(list)
        for kind, values in rows:
            if kind is Name:
                names[values["registration_id"]].append(values["written"])
        index_names(names)

    def _registration(self, key: UUID, line: ListedPerson, person: UUID) -> Values:
        return {
            "id": key,
            "person_id": person,
            "own_person_id": person,
            "organisation_id": self.listed.organisation_id,
            "registered_by_id": self.listed.member_id,
            "said_on": _said_on(line),
            "source": self.listed.source,
            "source_id": line.person_id,
            "source_said": said_of_person(line),
            **self._follows,
            **values_of(line.described),
        }

    def _open(self) -> Values:
        """What follows from the consents, which are the same for everybody."""
        found: Values = {}
        for column, what in (("findable", ConsentFor.FINDABLE), ("traceable", ConsentFor.TRACING)):
            said = [each for each in self.consents if each.for_what is what]
            consent = in_force([Consent(**consent_values(self.listed.id, each)) for each in said], today())
            found |= {column: consent is not None, f"{column}_until": consent.until if consent else None}
        return found

    def _change_people(self, batch: list[tuple[Known, ListedPerson]]) -> None:
        rows = Registration.objects.in_bulk([known.id for known, _ in batch])
        added: list[Row] = []
        for known, line in batch:
            row, said = rows[known.id], said_of_person(line)
            values = values_of(line.described)
            for column in VALUES:
                if said.get(column) and said.get(column) != known.said.get(column):
                    setattr(row, column, values[column])
            reasons = {**values["unsaid"], **row.unsaid}
            row.unsaid = {name: why for name, why in reasons.items() if not said.get(name)}
            row.source_said = said
            anew = [
                each
                for each in ("names", "other_names", "birth", "phone")
                if said.get(each) != known.said.get(each)
            ]
            added += _said_anew(row, line, anew)
        Registration.objects.bulk_update(rows.values(), [*VALUES, "unsaid", "source_said"], batch_size=BATCH)
        insert_kinds(added, unless_there=True)
        index({values["registration_id"] for kind, values in added if kind in (Name, AgeEvidence)})

    def _add_links(self, batch: list[ListedLink]) -> None:
        insert(FamilyLink, [self._link(line) for line in batch])

    def _link(self, line: ListedLink) -> Values:
        said = LinkSaid(relation=line.relation, described=line.described, note=line.note)
        values = link_values(self._registrations[line.person_id], said, today())
        return {**values, "source_id": line.link_id, "source_said": said_of_link(line)}

    def _change_links(self, batch: list[tuple[Known, ListedLink]]) -> None:
        rows = FamilyLink.objects.in_bulk([known.id for known, _ in batch])
        columns: set[str] = set()
        for known, line in batch:
            row, values = rows[known.id], self._link(line)
            if row.names and values["names"] not in ("", row.names) and not values["other_names"]:
                values["other_names"] = (
                    row.other_names or row.names
                )  # what was said first stays to be compared
            said = {column: value for column, value in values.items() if value not in ("", None)}
            for column, value in said.items():
                setattr(row, column, value)
            columns |= set(said)
        FamilyLink.objects.bulk_update(rows.values(), sorted(columns - {"registration_id"}), batch_size=BATCH)


def _said_on(line: ListedPerson) -> date:
    return line.recorded_on or today()


def _said_anew(row: Registration, line: ListedPerson, fields: Sequence[str]) -> list[Row]:
    """Rows for what the list says otherwise than last time."""
    kinds: dict[type[Model], bool] = {
        Name: "names" in fields or "other_names" in fields,
        AgeEvidence: "birth" in fields,
        Contact: "phone" in fields,
    }
    said = rows_of(row.id, line.described, _said_on(line), Writer.LIST)
    return [(kind, values) for kind, values in said if kinds[kind]]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The child and the relative as the acting member may read them: the registration, or what the pair shows.

Where they are (telephones, addresses, towns) is never told here: what leaves the house may be lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.apps.cases.models import Case
from havre.apps.cases.queries.families import sides_of
from havre.apps.cases.queries.told.words import named, own_word, word
from havre.apps.registry.enums import AgeMethod
from havre.apps.registry.queries import registrations
from havre.apps.tracing.queries import relation_said
from havre.apps.tracing.queries.lines import Half
from havre.core.audit import record_read
from havre.core.exchange.bundle import shape

Place = Callable[[Any], "str | shape.Word | None"]
"""Says of a document where its file goes, or why it does not; None where no file was kept."""


@dataclass(frozen=True, slots=True)
class People:
    """Both, and the registry's rows of those whose registration may be read."""

    child: Half
    relative: Half | None
    """None while nobody has matched what the child says."""
    registered: dict[UUID, Any]

    @property
    def documents(self) -> list[Any]:
        """The papers of both that may be read; ``file`` is None where it may not be opened."""
        return [paper for each in self.registered.values() for paper in each.documents.all()]

    def child_told(self, place: Place) -> shape.Person:
        """The child."""
        return self._told(self.child, self.relative, place)

    def relative_told(self, place: Place) -> shape.Person:
        """The relative; of somebody whom nobody has matched, what the child calls them."""
        if self.relative is None:
            return _glimpsed(None, self.child)
        return self._told(self.relative, self.child, place)

    def _told(self, half: Half, other: Half | None, place: Place) -> shape.Person:
        registration = self.registered.get(half.registration_id)
        return _registered(registration, half, place) if registration else _glimpsed(half, other)


def people_of(case: Case) -> People:
    """The two people of a case that came ``whole``. Each registration that is read is put on record."""
    child, relative = sides_of(case)
    wanted = [half.registration_id for half in (child, relative) if half]
    found = registrations().standing().with_details().in_bulk(wanted)
    for key in found:
        record_read("registry_registration", key, key)
    return People(child, relative, found)


def _registered(registration: Any, half: Half, place: Place) -> shape.Person:
    return shape.Person(
        registration=registration.pk,
        reference=registration.person.reference,
        names=tuple(each.written for each in registration.names.all()),
        born=tuple(
            shape.Birth(
                earliest=each.earliest,
                latest=each.latest,
                method=word(AgeMethod(each.method)),
                true_on=each.true_on,
                disputed=each.disputed,
            )
            for each in registration.ages.all()
        ),
        born_between=None,
        nationality=registration.nationality,
        birthplace=registration.birthplace,
        language=registration.language,
        says=_says(half),
        documents=tuple(_document(each, place) for each in registration.documents.all()),
    )


def _glimpsed(half: Half | None, other: Half | None) -> shape.Person:
    """What the pair, or what the child says, shows of somebody."""
    names = (half.glimpse.names, half.glimpse.other_names) if half and half.glimpse.names else ()
    called = (other.glimpse.names_said, other.glimpse.other_names_said) if other else ()
    return shape.Person(
        registration=None,
        reference="",
        names=tuple(filter(None, names or called)),
        born=(),
        born_between=half.glimpse.born if half else None,
        nationality=half.glimpse.nationality if half else "",
        birthplace=half.glimpse.birthplace if half else "",
        language="",
        says=_says(half) if half else (),
        documents=(),
    )


def _says(half: Half) -> tuple[shape.Said, ...]:
    """What this side says of the other, as the pair keeps it."""
    seen = half.glimpse
    if not (seen.relation or seen.names_said):
        return ()
    relation = (
        named(seen.relation, lambda language: relation_said(seen.relation, language))
        if seen.relation
        else None
    )
    return (shape.Said(relation=relation, names=seen.names_said),)


def _document(paper: Any, place: Place) -> shape.Document:
    where = place(paper)
    return shape.Document(
        id=paper.pk,
        kind=paper.kind,
        number=paper.number,
        issued_by=paper.issued_by,
        attachment=where if isinstance(where, str) else None,
        left_out=where if isinstance(where, shape.Word) else None,
    )


def left_out(why: str) -> shape.Word:
    """Why the file of a paper does not go with the case: ``elsewhere``, ``large``, ``lost``."""
    return own_word(f"left_out_{why}", why)

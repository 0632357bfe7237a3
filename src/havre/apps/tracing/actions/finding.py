# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a match finds, as rows: the lists of both shores, the engine's pairs, and what a pair keeps of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low
from typing import Any, NamedTuple
from uuid import UUID

from havre.apps.registry.queries import Registrations, keys_of, registrations, shore_list
from havre.apps.tracing.actions.prints import link_print, pair_print, person_print
from havre.apps.tracing.actions.telling import NOBODY, Told, kept_reasons
from havre.apps.tracing.models.glimpses import glimpse
from havre.core.accounts.enums import OrganisationKind, Shore
from havre.engines.linkage import FamilyLink, Pair, Person, ShoreList, match


class Key(NamedTuple):
    """What a pair is of."""

    registration_a: UUID
    link_a: UUID | None
    registration_b: UUID
    link_b: UUID | None


class Whose(NamedTuple):
    """The organisation of a registration, and the person it belongs to."""

    organisation: UUID
    person: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that the engine proposes, with its place among people and organisations."""

    key: Key
    a: Whose
    b: Whose
    pair: Pair

    @property
    def combination(self) -> tuple[UUID, UUID]:
        """Its two registrations."""
        return self.key.registration_a, self.key.registration_b

    @property
    def people(self) -> tuple[UUID, UUID]:
        """The two people, whatever registrations of theirs the pair is of."""
        return self.a.person, self.b.person


class Lists:
    """The lists of both shores as they may be compared today. Only the job of a match run can read them."""

    def __init__(self) -> None:
        comparable = {shore: _comparable(shore) for shore in Shore}
        self.whose: dict[UUID, Whose] = {}
        for found in comparable.values():
            for key, organisation, person in found.values_list("id", "organisation_id", "person_id"):
                self.whose[key] = Whose(organisation, person)
        self.a = shore_list(comparable[Shore.FRANCE])
        self.b = shore_list(comparable[Shore.BRITAIN])
        self.child_shore = Shore.FRANCE if _middle_birth(self.a) >= _middle_birth(self.b) else Shore.BRITAIN

    @property
    def organisations(self) -> list[UUID]:
        """Those that have somebody on a list."""
        return sorted({whose.organisation for whose in self.whose.values()})

    def pairs(self, progress: Callable[[float], None]) -> Iterator[Found]:
        """What the engine proposes, the most probable first."""
        # Somebody may have registered between the two readings: the next run sees them.
        for pair in match(self.a, self.b, progress=progress):
            key = Key(UUID(pair.person_a), _id(pair.link_a), UUID(pair.person_b), _id(pair.link_b))
            if key.registration_a in self.whose and key.registration_b in self.whose:
                yield Found(key, self.whose[key.registration_a], self.whose[key.registration_b], pair)


def still_comparable() -> set[UUID]:
    """The registrations that may be compared at this moment, which may be fewer than when the lists were read."""
    return {key for shore in Shore for key in _comparable(shore).values_list("id", flat=True)}


def _comparable(shore: Shore) -> Registrations:
    agreed = registrations().of_shore(shore).with_consent_to_tracing()
    return agreed.filter(organisation__kind=OrganisationKind.PROTECTION)


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


def _middle_birth(people: ShoreList) -> int:
    """As the engine has it, which calls the younger list that of the children."""
    births = [person.described.birth for person in people.people if person.described.birth]
    return median_low(b.earliest.toordinal() + b.latest.toordinal() for b in births) if births else 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What one side of a pair shows, and the keys of the names in it."""

    glimpse: dict[str, Any]
    keys: frozenset[str]


class Clerk:
    """Writes down what a pair keeps, each person and link looked at once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._people = [{each.person_id: each for each in side.people} for side in (lists.a, lists.b)]
        self._links = [{each.link_id: each for each in side.links} for side in (lists.a, lists.b)]
        self._person_print = lru_cache(None)(lambda side, key: person_print(self._people[side][key]))
        self._link_print = lru_cache(None)(lambda side, key: link_print(self._links[side].get(key)))
        self._shown = lru_cache(None)(self._show)

    def weighed(self, found: Found) -> dict[str, Any]:
        """The columns of a pair that a match writes, as JSON has them."""
        pair = found.pair
        a, b = self._shown(0, pair.person_a, pair.link_a), self._shown(1, pair.person_b, pair.link_b)
        return {
            "person_a": str(found.a.person),
            "person_b": str(found.b.person),
            "child_shore": self._lists.child_shore.value,
            "probability": pair.probability,
            "band": pair.band.value,
            "rivals": pair.rivals,
            "bits": pair.bits.parts(),
            "evidence": evidence(pair),
            "reasons": self._reasons(pair),
            "glimpse_a": a.glimpse,
            "glimpse_b": b.glimpse,
            "name_keys": sorted(a.keys | b.keys),
            "fingerprint": self.fingerprint(pair),
        }

    def _show(self, side: int, person: str, link: str) -> Shown:
        seen = glimpse(self._people[side][person].described, self._links[side].get(link))
        return Shown(seen.kept(), frozenset(keys_of(seen.all_names)))

    def fingerprint(self, pair: Pair) -> str:
        """Of all that was compared for it."""
        parts = self._person_print(0, pair.person_a), self._link_print(0, pair.link_a)
        return pair_print((*parts, self._person_print(1, pair.person_b), self._link_print(1, pair.link_b)))

    def _sides(self, pair: Pair) -> tuple[Person, FamilyLink | None, Person, FamilyLink | None]:
        return (
            self._people[0][pair.person_a],
            self._links[0].get(pair.link_a),
            self._people[1][pair.person_b],
            self._links[1].get(pair.link_b),
        )

    def _reasons(self, pair: Pair) -> list[dict[str, Any]]:
        person_a, link_a, person_b, link_b = self._sides(pair)
        on_a = Told(person_a.described, link_b.described if link_b else NOBODY)
        on_b = Told(link_a.described if link_a else NOBODY, person_b.described)
        children_on_a = self._lists.child_shore is Shore.FRANCE
        return kept_reasons(pair, *((on_a, on_b) if children_on_a else (on_b, on_a)))


def evidence(pair: Pair) -> float:
    """All bits of a pair but the prior, which depends on the length of the lists."""
    return round(pair.bits.total - pair.bits.prior, 4)

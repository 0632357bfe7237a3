# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists as columns of numbers, in an order that depends on what is said and never on ids or on the order of rows."""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from havre.engines.linkage.records import BirthKind, Description, FamilyLink, Person, Sex, ShoreList
from havre.engines.linkage.relations import relations
from havre.engines.names.alignment import Names
from havre.engines.names.arrays import Doubles, Flags, Indices
from havre.engines.names.encode import keys
from havre.engines.names.normalise import fold
from havre.engines.names.parse import parse

NONE = -1
SEXES: dict[str, int] = {sex: i for i, sex in enumerate(Sex)}
PHONE_DIGITS = 9
"""The last digits of a phone number, without country code or trunk zero."""


def phone_number(written: str) -> int:
    """The last nine digits of a phone number in any script's digits; 0 where there are fewer than seven."""
    digits = "".join(str(int(c)) for c in written if c.isdecimal())[-PHONE_DIGITS:]
    return int(digits) if len(digits) >= 7 else 0


def digits_apart(x: Indices, y: Indices) -> Indices:
    """In how many of their last nine digits two numbers differ; 0 where one of them is not known."""
    known, place = np.flatnonzero((x > 0) & (y > 0)), 10 ** np.arange(9)
    apart = np.zeros(len(x), np.intp)
    apart[known] = (x[known, None] // place % 10 != y[known, None] // place % 10).sum(axis=1)
    return apart


@dataclass(frozen=True, slots=True)
class Columns:
    """n descriptions. Where nothing was said: index ``NONE``, day or number 0."""

    names: Indices
    """(n, 2): index of the names and of the other names."""
    sex: Indices
    born_from: Indices
    """(n,): proleptic ordinal of the first and the last possible day of birth."""
    born_to: Indices
    born_on_day: Flags
    """A day was written that is not the first of January."""
    nationality: Indices
    birthplace: Indices
    town: Indices
    phone: Indices

    @property
    def born_middle(self) -> Doubles:
        """(n,): the middle of each birth interval, an ordinal; 0 where it is not known."""
        return np.asarray((self.born_from + self.born_to) / 2)


@dataclass(frozen=True, slots=True)
class ListColumns:
    """One list: its people and links in canonical order, with their columns."""

    people: tuple[Person, ...]
    links: tuple[FamilyLink, ...]
    of_people: Columns
    of_links: Columns
    declarant: Indices
    """(links,): index of the person who speaks."""
    relation: Indices
    """(links,): index in the vocabulary, or NONE."""


@cache
def _other_names() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "places.toml").read_text("utf-8"))


def place(written: str) -> str:
    """The name under which a place is compared."""
    return _other_names().get(fold(written), written)


class Spellings:
    """The distinct spellings of one kind of text, ready to be compared; their keys for candidates and rarity."""

    def __init__(self, texts: Iterable[str], read: Callable[[str], str] = str) -> None:
        written = list({text for text in texts if text})
        words = parse([read(text) for text in written]).of_names()
        first = {text: row[0] for text, row in zip(written, words, strict=True) if row}
        self.names = Names(sorted({*written, *first.values()}), read=read)
        self.own = np.array([self.names.index[first.get(text, text)] for text in self.names.names], np.intp)
        """(spellings,): the index of the first word alone, a spelling as any other: of a name, a person's own."""
        held = [dict.fromkeys(key for word in words for key in keys(word)) for words in self.names.words]
        self.vocabulary = sorted({key for row in held for key in row})
        """The distinct keys."""
        number = {key: k for k, key in enumerate(self.vocabulary)}
        self._start = np.cumsum([0, *map(len, held)])
        self._keys = np.array([number[key] for row in held for key in row], np.intp)

    def of(self, text: str) -> int:
        """The index of a spelling, NONE for an empty one."""
        return self.names.index[text] if text else NONE

    def keys_at(self, spelling: Indices) -> tuple[Indices, Indices]:
        """(row, key) of each key of n spellings, indices that may be NONE; a key is an index in the vocabulary."""
        known = np.flatnonzero(spelling >= 0)
        first, count = self._start[spelling[known]], np.diff(self._start)[spelling[known]]
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(known, count), self._keys[np.repeat(first, count) + step]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Two lists (or one twice) that share their spellings."""

    a: ListColumns
    b: ListColumns
    names: Spellings
    places: Spellings
    nations: tuple[str, ...]
    """Index to nationality."""

    @property
    def children_first(self) -> bool:
        """Whether list a is that of the children: the younger one."""
        return _middle_birth(self.a.of_people) >= _middle_birth(self.b.of_people)

    def swapped(self) -> "Prepared":
        """The same lists the other way round."""
        return replace(self, a=self.b, b=self.a)


def _middle_birth(people: Columns) -> float:
    """The median middle of the birth intervals, as an ordinal; 0 where none is known."""
    known = people.born_from > 0
    return float(np.median(people.born_middle[known])) if known.any() else 0.0


def _said(d: Description) -> tuple[Any, ...]:
    birth = d.birth
    born = (birth.earliest.toordinal(), birth.latest.toordinal(), birth.kind) if birth else (0, 0, "")
    return (
        d.names, d.other_names, d.sex or "", *born, d.nationality, d.birthplace, d.phone, d.town, d.country,
    )  # fmt: skip


def _columns(
    described: Sequence[Description], names: Spellings, places: Spellings, nations: dict[str, int]
) -> Columns:
    def column(values: Iterable[int], kind: Any = np.intp) -> Any:
        return np.fromiter(values, kind, len(described))

    return Columns(
        names=np.array([(names.of(d.names), names.of(d.other_names)) for d in described], np.intp).reshape(
            -1, 2
        ),
        sex=column(NONE if d.sex is None else SEXES[d.sex] for d in described),
        born_from=column(d.birth.earliest.toordinal() if d.birth else 0 for d in described),
        born_to=column(d.birth.latest.toordinal() if d.birth else 0 for d in described),
        born_on_day=column(
            (d.birth is not None and d.birth.kind is BirthKind.DAY for d in described), np.bool_
        ),
        nationality=column(nations.get(d.nationality, NONE) for d in described),
        birthplace=column(places.of(d.birthplace) for d in described),
        town=column(places.of(d.town) for d in described),
        phone=column(phone_number(d.phone) for d in described),
    )


def prepare(a: ShoreList, b: ShoreList) -> Prepared:
    """The two lists as columns. The same people and links give the same columns in whatever order they came."""
    described = [
        d
        for lst in (a, b)
        for d in (*(p.described for p in lst.people), *(link.described for link in lst.links))
    ]
    names = Spellings(text for d in described for text in (d.names, d.other_names))
    places = Spellings((text for d in described for text in (d.birthplace, d.town)), place)
    nations = {nation: i for i, nation in enumerate(sorted({d.nationality for d in described} - {""}))}
    of_a, of_b = (_list_columns(lst, names, places, nations) for lst in (a, b))
    return Prepared(of_a, of_b, names, places, tuple(nations))


def _list_columns(
    lst: ShoreList, names: Spellings, places: Spellings, nations: dict[str, int]
) -> ListColumns:
    said = {person.person_id: _said(person.described) for person in lst.people}
    said_of_other = {link.link_id: (link.relation, _said(link.described)) for link in lst.links}
    named: dict[str, list[tuple[Any, ...]]] = {person_id: [] for person_id in said}
    for link in lst.links:
        named[link.person_id].append(said_of_other[link.link_id])
    # Ids come last: they part only what nothing else tells apart.
    people = sorted(
        lst.people,
        key=lambda p: (
            said[p.person_id],
            sorted(named[p.person_id]),
            str(p.recorded_on),
            p.organisation,
            p.person_id,
        ),
    )
    rank = {person.person_id: i for i, person in enumerate(people)}
    links = sorted(
        lst.links,
        key=lambda link: (
            rank[link.person_id],
            said_of_other[link.link_id],
            link.note,
            link.link_id,
        ),
    )
    vocabulary = {key: i for i, key in enumerate(relations())}
    return ListColumns(
        people=tuple(people),
        links=tuple(links),
        of_people=_columns([p.described for p in people], names, places, nations),
        of_links=_columns([link.described for link in links], names, places, nations),
        declarant=np.array([rank[link.person_id] for link in links], np.intp),
        relation=np.array([vocabulary.get(link.relation, NONE) for link in links], np.intp),
    )

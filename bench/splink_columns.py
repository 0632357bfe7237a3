# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Family links as Splink wants them: one record a link, with what is said of the child and of the relative.

Every column stands twice, ``c_`` for the child and ``r_`` for the relative, on either shore.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations, product
from typing import Any

import pyarrow as pa
from anyascii import anyascii

from havre.engines.linkage import ShoreList
from havre.engines.linkage.columns import phone_number, place
from havre.engines.linkage.records import BirthKind, Description
from havre.engines.linkage.relations import relations
from havre.engines.names.encode import keys
from havre.engines.names.parse import name_words

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_PERSON = {
    "ascii": _TEXT,  # the names in ASCII
    "own_ascii": _TEXT,  # the first word
    "words": _TEXTS,  # every word in ASCII
    "word_pairs": _TEXTS,  # every two of them
    "skeleton": _TEXT,  # the words by their first key, in order of the alphabet
    "own": _TEXT,  # the first word by its first key
    "keys": _TEXTS,  # every key of every word
    "key_pairs": _TEXTS,  # every two keys
    "other_keys": _TEXTS,  # the same of the other names
    "sex": _TEXT,
    "year": pa.int32(),  # middle of the birth interval
    "day": _TEXT,  # the day of birth; none for January 1st, which offices write when only the year is known
    "nationality": _TEXT,
    "birthplace": _TEXT,  # in ASCII
    "birthplace_keys": _TEXTS,
    "town": _TEXT,
    "town_keys": _TEXTS,
    "phone": _TEXT,
}
SCHEMA = pa.schema(
    {
        "unique_id": _TEXT,
        "person_id": _TEXT,
        "label": _TEXT,
        "generation": pa.int32(),  # how many generations the relative stands above the child
        "both_words": _TEXTS,  # every word of the child with every word of the relative
        "both_keys": _TEXTS,  # every key of the child with every key of the relative
        **{f"{who}_{name}": kind for who in "cr" for name, kind in _PERSON.items()},
    }
)


@cache
def _ascii(text: str) -> tuple[str, ...]:
    return tuple("".join(c for c in word if c.isalnum()) for word in anyascii(text).casefold().split())


@cache
def _keys(text: str) -> tuple[tuple[str, ...], ...]:
    """The keys of each word."""
    return tuple(found for word in name_words(text) if (found := tuple(keys(word))))


def _flat(words: Iterable[Iterable[str]]) -> list[str]:
    return sorted({key for word in words for key in word})


def _two(words: list[tuple[str, ...]]) -> list[str]:
    """Every two keys of different words."""
    pairs = (sorted(each) for one, other in combinations(words, 2) for each in product(one, other))
    return sorted({"|".join(each) for each in pairs})


def _said(d: Description) -> dict[str, Any]:
    birth, found, words = d.birth, _keys(d.names), _ascii(d.names)
    birthplace, town = place(d.birthplace), place(d.town)
    return {
        "ascii": " ".join(words),
        "own_ascii": words[0] if words else "",
        "words": list(words),
        "word_pairs": _two([(word,) for word in words]),
        "skeleton": " ".join(sorted(word[0] for word in found)),
        "own": found[0][0] if found else "",
        "keys": _flat(found),
        "key_pairs": _two([*found]),
        "other_keys": _flat(_keys(d.other_names)),
        "sex": d.sex,
        "year": int((birth.earliest.toordinal() + birth.latest.toordinal()) / 730.5) if birth else None,
        "day": birth.earliest.isoformat() if birth and birth.kind is BirthKind.DAY else "",
        "nationality": d.nationality,
        "birthplace": " ".join(_ascii(birthplace)),
        "birthplace_keys": _flat(_keys(birthplace)),
        "town": " ".join(_ascii(town)),
        "town_keys": _flat(_keys(town)),
        "phone": str(phone_number(d.phone) or ""),
    }


def records(lst: ShoreList, labels: Mapping[str, str], *, children: bool) -> pa.Table:
    """The links of a shore. ``children``: those who speak are the children. What nobody said is NULL.

    ``labels``: link to the name of the pair that it truly belongs to, for lists that are learned from.
    """
    people = {person.person_id: _said(person.described) for person in lst.people}
    rows: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
    for link in lst.links:
        relation = relations().get(link.relation)
        both = people[link.person_id], _said(link.described)
        child, relative = both if children else both[::-1]
        row = {
            "unique_id": link.link_id,
            "person_id": link.person_id,
            "label": labels.get(link.link_id),
            "generation": (relation.generation if children else -relation.generation) if relation else None,
            "both_words": [f"{c}|{r}" for c in child["words"] for r in relative["words"]],
            "both_keys": [f"{c}|{r}" for c in child["keys"] for r in relative["keys"]],
            **{f"c_{name}": value for name, value in child.items()},
            **{f"r_{name}": value for name, value in relative.items()},
        }
        for name, value in row.items():
            rows[name].append(None if value in ("", []) else value)
    return pa.table(rows, schema=SCHEMA)

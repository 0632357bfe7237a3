# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evidence on pairs of links from columns alone: a pure function that may run anywhere, on any part of the pairs.

A batch holds its pairs row by row, as columns of plain values; it needs nothing of the lists that they come from but
the weights. So pairs may be dealt out to many processes or machines, and come back with the bits that ``match`` gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from havre.engines.linkage.columns import (
    NONE,
    SEXES,
    Columns,
    ListColumns,
    Prepared,
    Spellings,
    phone_number,
    place,
)
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.records import BirthKind, Description, FamilyLink, ShoreList
from havre.engines.linkage.relations import relations
from havre.engines.linkage.scoring import bits_of
from havre.engines.linkage.weights import Weights
from havre.engines.names.arrays import Floats, Indices

Batch = Mapping[str, Sequence[Any]]
"""Column name to values, one a row. ``COLUMNS`` names them."""
SAID: dict[str, type] = {
    "names": str,
    "other_names": str,
    "sex": str,
    "born_from": int,
    "born_to": int,
    "born_on_day": bool,
    "nationality": str,
    "birthplace": str,
    "town": str,
    "phone": int,
}
"""What is said of a person. Empty, or 0: nothing; days are proleptic ordinals, a phone its last nine digits."""
COLUMNS: dict[str, type] = {
    **{f"declarant_{name}": kind for name, kind in SAID.items()},
    **{f"described_{name}": kind for name, kind in SAID.items()},
    "relation": str,
}
"""The columns of a batch of links, with the type of their values."""


def link_rows(lst: ShoreList, links: Iterable[FamilyLink]) -> dict[str, list[Any]]:
    """Some links of a list as the columns of a batch."""
    people = {person.person_id: person.described for person in lst.people}
    rows: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for link in links:
        for prefix, said in (("declarant", people[link.person_id]), ("described", link.described)):
            for name, value in _said(said).items():
                rows[f"{prefix}_{name}"].append(value)
        rows["relation"].append(link.relation)
    return rows


def _said(d: Description) -> dict[str, Any]:
    birth = d.birth
    return {
        "names": d.names,
        "other_names": d.other_names,
        "sex": d.sex or "",
        "born_from": birth.earliest.toordinal() if birth else 0,
        "born_to": birth.latest.toordinal() if birth else 0,
        "born_on_day": birth is not None and birth.kind is BirthKind.DAY,
        "nationality": d.nationality,
        "birthplace": d.birthplace,
        "town": d.town,
        "phone": phone_number(d.phone),
    }


def score(a: Batch, b: Batch, weights: Weights) -> Floats:
    """(n,): bits of evidence, without the prior and without rivals, that row k of a and row k of b are one family link.

    Rows of a are links of the first list that the weights were made for, rows of b of the second. What a pair gets
    depends on its own two rows and on the weights only.
    """
    batches = (a, b)
    names = Spellings(_texts(batches, "names", "other_names"))
    places = Spellings(_texts(batches, "birthplace", "town"), place)
    nations = {nation: i for i, nation in enumerate(sorted({*_texts(batches, "nationality")} - {""}))}
    lists = [_list_columns(batch, names, places, nations) for batch in batches]
    observer = Observer(
        Prepared(lists[0], lists[1], names, places, tuple(nations)),
        weights.rarities,
        children_first=weights.children_first,
    )
    every = np.arange(len(lists[0].relation))
    return bits_of(observer.links, every, every) + bits_of(observer.link_chain, every, every)


def _texts(batches: Iterable[Batch], *columns: str) -> list[str]:
    return [
        text
        for batch in batches
        for who in ("declarant", "described")
        for column in columns
        for text in batch[f"{who}_{column}"]
    ]


def _list_columns(
    batch: Batch, names: Spellings, places: Spellings, nations: Mapping[str, int]
) -> ListColumns:
    vocabulary = {key: i for i, key in enumerate(relations())}
    relation = np.array([vocabulary.get(each, NONE) for each in batch["relation"]], np.intp)
    declarants, described = (
        _columns(batch, who, names, places, nations) for who in ("declarant", "described")
    )
    return ListColumns((), (), declarants, described, np.arange(len(relation)), relation)


def _columns(
    batch: Batch, who: str, names: Spellings, places: Spellings, nations: Mapping[str, int]
) -> Columns:
    def at(column: str, number: Mapping[str, int]) -> Indices:
        return np.array([number.get(value, NONE) for value in batch[f"{who}_{column}"]], np.intp)

    def plain(column: str, kind: Any = np.intp) -> Any:
        return np.array(batch[f"{who}_{column}"], kind)

    return Columns(
        names=np.stack([at("names", names.names.index), at("other_names", names.names.index)], axis=1),
        sex=at("sex", SEXES),
        born_from=plain("born_from"),
        born_to=plain("born_to"),
        born_on_day=plain("born_on_day", np.bool_),
        nationality=at("nationality", nations),
        birthplace=at("birthplace", places.names.index),
        town=at("town", places.names.index),
        phone=plain("phone"),
    )

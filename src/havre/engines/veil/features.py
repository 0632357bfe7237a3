# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a family link says, as features with a strength each: what two links share adds up to evidence.

Two links, one of each list, are scored by the sum over the features that both have of strength times strength, each
weighted by its attribute (``weights.json``). That is evidence in bits, near that of the open match. It is linear in
either link alone, so that each shore can work out its half without seeing the other's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from havre.engines.linkage.columns import NONE, PHONE_DIGITS, Columns, ListColumns, prepare
from havre.engines.linkage.rarity import Rarity
from havre.engines.linkage.records import ShoreList
from havre.engines.linkage.relations import Relation, relations
from havre.engines.names.encode import keys
from havre.engines.veil.skeleton import skeleton
from havre.engines.veil.speaker import Speaker

Feature = tuple[str, str]
"""An attribute of the weights, and the value that must be equal."""
Features = Mapping[Feature, float]
"""Feature to strength."""
YEARS = {"child": (3, 6), "relative": (6, 14)}
"""Widths, in years, of the bands in which two birth intervals are compared."""
_SHIFTS = 8
"""Bands of one width, each shifted by an eighth of it: the share in common falls in a straight line with the gap."""
_NAME_BITS, _PLACE_BITS, _NATION_BITS = 8.0, 4.0, 4.0
"""The rarity at which a feature has strength 1."""
_RELATION = 1.5
"""A relative's word fits several of a child's: the child's is as much stronger as each of theirs is weaker."""
_YEAR = 365.25


def speaker_of(lst: ShoreList) -> Speaker:
    """Who seems to speak on a list: children, unless those who speak were mostly born before those they describe."""
    columns = prepare(lst, ShoreList((), ())).a
    ages = columns.of_people.born_middle[columns.declarant], columns.of_links.born_middle
    known = (ages[0] > 0) & (ages[1] > 0)
    older = float(np.median((ages[1] - ages[0])[known])) if known.any() else 0.0
    return Speaker.RELATIVES if older > 0 else Speaker.CHILDREN


@dataclass(frozen=True, slots=True)
class Said:
    """What one link says."""

    link_id: str
    person_id: str
    features: Features


def features_of(lst: ShoreList, speaker: Speaker) -> tuple[Said, ...]:
    """The features of each link of a list."""
    return _List(lst, speaker).said()


class _List:
    """One list while its links are read."""

    def __init__(self, lst: ShoreList, speaker: Speaker) -> None:
        self._prepared = prepare(lst, ShoreList((), ()))
        self._columns: ListColumns = self._prepared.a
        self._speaker = speaker
        both = (self._columns.of_people, self._columns.of_links)
        self._name_words = self._prepared.names.names.words
        self._place_words = self._prepared.places.names.words
        names = np.concatenate([each.names[:, 0] for each in both])
        places = np.concatenate([kind for each in both for kind in (each.birthplace, each.town)])
        self._names_rare = Rarity.of(self._prepared.names, names[names != NONE])
        self._places_rare = Rarity.of(self._prepared.places, places[places != NONE])
        self._nations = Counter(i for each in both for i in each.nationality.tolist() if i != NONE)
        self._names = cache(self._names_of_spelling)

    def said(self) -> tuple[Said, ...]:
        """Every link, in the canonical order."""
        words = list(relations().values())
        speaks, described = (
            ("child", "relative") if self._speaker is Speaker.CHILDREN else ("relative", "child")
        )
        found = []
        for row, (link, person) in enumerate(
            zip(self._columns.links, self._columns.declarant.tolist(), strict=True)
        ):
            sides = {speaks: (self._columns.of_people, person), described: (self._columns.of_links, row)}
            features: dict[Feature, float] = {}
            for who, (columns, at) in sides.items():
                features |= self._person(who, columns, at)
            features |= self._nationalities([int(columns.nationality[at]) for columns, at in sides.values()])
            if (relation := int(self._columns.relation[row])) != NONE:
                features |= dict(self._relation(words[relation]))
            found.append(Said(link.link_id, link.person_id, features))
        return tuple(found)

    def _person(self, who: str, columns: Columns, at: int) -> dict[Feature, float]:
        found: dict[Feature, float] = {}
        for spelling in columns.names[at].tolist():
            if spelling != NONE:
                for (what, value), strength in self._names(spelling):
                    feature = f"{who} {what}", value
                    found[feature] = max(found.get(feature, 0.0), strength)
        found |= _born(who, columns, at)
        if (sex := int(columns.sex[at])) in (0, 1):
            found[f"{who} sex", ""] = 1.0 - 2 * sex
        for what, place in (("birthplace", int(columns.birthplace[at])), ("town", int(columns.town[at]))):
            if place != NONE:
                found |= self._place(f"{who} {what}", place)
        if phone := int(columns.phone[at]):
            found[f"{who} phone known", ""] = 1.0
            for place, digit in enumerate(f"{phone:0{PHONE_DIGITS}d}"):
                found[f"{who} phone", f"{place} {digit}"] = PHONE_DIGITS**-0.5
        return found

    def _names_of_spelling(self, spelling: int) -> list[tuple[Feature, float]]:
        """Of each word its keys, its skeleton, and each two neighbouring sounds of it."""
        found: list[tuple[Feature, float]] = []
        for place, word in enumerate(self._name_words[spelling]):
            coarse = keys(word)
            rarity = min((_bits(self._names_rare, key) for key in coarse), default=_NAME_BITS) / _NAME_BITS
            fine = skeleton(word)
            found += [(("key", key), len(coarse) ** -0.5) for key in coarse]
            found.append((("word", fine), 1.0))
            if place == 0:
                found += [(("own key", key), len(coarse) ** -0.5) for key in coarse]
                found.append((("own word", fine), 1.0))
            sounds = ["".join(two) for two in pairwise(f"^{fine}$")]
            found += [(("sound", sound), (rarity / len(sounds)) ** 0.5) for sound in sounds]
        return found

    def _place(self, attribute: str, place: int) -> dict[Feature, float]:
        found = {(f"{attribute} known", ""): 1.0}
        words = [keys(word) for word in self._place_words[place]]
        for coarse in words:
            share = 1 / (len(coarse) * len(words))
            for key in coarse:
                found[attribute, key] = share**0.5
                found[f"{attribute} rare", key] = (share * _bits(self._places_rare, key) / _PLACE_BITS) ** 0.5
        return found

    def _nationalities(self, said: list[int]) -> dict[Feature, float]:
        found: dict[Feature, float] = {}
        for nation in set(said) - {NONE}:
            name = self._prepared.nations[nation]
            bits = -np.log2(self._nations[nation] / self._nations.total())
            found["nationality", name] = 1.0
            found["nationality rare", name] = float(bits / _NATION_BITS) ** 0.5
        return found

    def _relation(self, relation: Relation) -> Iterator[tuple[Feature, float]]:
        """What the child calls the relative; of a relative's word, all that the child may say in turn."""
        if self._speaker is Speaker.CHILDREN:
            yield ("relation", relation.key), _RELATION
            yield ("generation", str(relation.generation)), 1.0
            return
        for other in relations().values():
            if other.key in relation.inverse or relation.key in other.inverse:
                yield ("relation", other.key), 1 / _RELATION
        yield ("generation", str(-relation.generation)), 1.0


def _bits(rarity: Rarity, key: str) -> float:
    """Of a key, from how often it was written on this list; at least half a bit."""
    return max(0.5, rarity.of_key(key))


def _born(who: str, columns: Columns, at: int) -> dict[Feature, float]:
    """The middle of the birth interval in bands of some years."""
    first, last = int(columns.born_from[at]), int(columns.born_to[at])
    if not first:
        return {}
    year = (first + last) / 2 / _YEAR
    found = {(f"{who} born known", ""): 1.0}
    for width in YEARS[who]:
        for shift in range(_SHIFTS):
            band = int((year + shift * width / _SHIFTS) // width)
            found[f"{who} born within {width}", f"{shift} {band}"] = _SHIFTS**-0.5
    return found

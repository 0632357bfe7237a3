# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands in the report: which pairs as cards, in which order and groups, with which rivals."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from havre.apps.tracing.report import saying
from havre.apps.tracing.report.cards import Card, Clerk, ids_of, kind_of
from havre.apps.tracing.report.families import families
from havre.apps.tracing.report.plots import evidence_plot
from havre.apps.tracing.report.sides import Sides
from havre.engines.linkage.pairs import Band, Pair
from havre.engines.linkage.records import ShoreList
from havre.words import Language

SHOWN_RIVALS = 4
RIVAL_FROM = 0.01
"""The probability from which ``Pair.rivals`` counts a rival."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table of pairs; ``number`` is that of its card, 0 where it has none."""

    number: int
    probability: str
    child: Markup
    relative: Markup
    relation: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The cards of one band: each group is one pair, or a family."""

    band: Band
    groups: tuple[tuple[Card, ...], ...]
    shown: int
    all: int


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the page shows of pairs."""

    counts: Mapping[Band, int]
    worth_a_look: int
    children: int
    people: int
    sections: tuple[Section, ...]
    strong: tuple[Entry, ...]
    not_looked: tuple[Entry, ...]
    rivals: Mapping[int, tuple[Entry, ...]]
    """Card number to the rivals shown on it, the most probable first."""


def contents_of(
    pairs: Sequence[Pair],
    a: ShoreList,
    b: ShoreList,
    language: Language,
    countries: Mapping[str, str],
    most: Mapping[Band, int],
    progress: Callable[[int, int], None],
) -> Contents:
    """The contents of the report of ``pairs``, whatever their order; ``most`` says how many cards a band may have."""
    ranked = sorted(pairs, key=lambda p: (-p.probability, -p.bits.total, _key(p)))
    sides = Sides.of(a, b)
    counts = Counter(pair.band for pair in ranked)
    chosen = _chosen(families([pair for pair in ranked if pair.band is not Band.FAINT], sides), most)
    flat = [pair for groups in chosen.values() for group in groups for pair in group]
    numbers = {_key(pair): number for number, pair in enumerate(flat, 1)}
    clerk = Clerk(language, sides, evidence_plot(language, [pair.bits for pair in flat]), countries)
    cards = _cards(flat, clerk, progress)
    sure = [pair for pair in ranked if pair.band in (Band.STRONG, Band.LIKELY)]
    waiting = [pair for pair in sure if kind_of(pair) == "person"]
    entry = partial(_entry, clerk, numbers)
    return Contents(
        counts={band: counts[band] for band in Band},
        worth_a_look=sum(n for band, n in counts.items() if band is not Band.FAINT),
        children=len({sides.child_id(pair) for pair in sure}),
        people=len({sides.relative_id(pair) for pair in waiting}),
        sections=tuple(
            Section(
                band,
                tuple(tuple(cards[numbers[_key(p)]] for p in group) for group in groups),
                sum(pair.band is band for pair in flat),
                counts[band],
            )
            for band, groups in chosen.items()
        ),
        strong=tuple(entry(pair) for pair in ranked if pair.band is Band.STRONG),
        not_looked=tuple(entry(pair) for pair in waiting),
        rivals=_rivals(ranked, flat, numbers, entry),
    )


def _key(pair: Pair) -> tuple[str, str, str, str]:
    return pair.link_a, pair.link_b, pair.person_a, pair.person_b


def _chosen(groups: Sequence[list[Pair]], most: Mapping[Band, int]) -> dict[Band, list[list[Pair]]]:
    """The groups to show in each band, that of their first pair: the first ones until the band is full."""
    chosen: dict[Band, list[list[Pair]]] = {band: [] for band in most}
    for group in groups:
        shown = chosen.get(group[0].band)
        if shown is not None and sum(map(len, shown)) < most[group[0].band]:
            shown.append(group)
    return chosen


def _cards(flat: Sequence[Pair], clerk: Clerk, progress: Callable[[int, int], None]) -> dict[int, Card]:
    cards = {}
    for number, pair in enumerate(flat, 1):
        cards[number] = clerk.card(pair, number)
        progress(number, len(flat))
    return cards


def _entry(clerk: Clerk, numbers: Mapping[tuple[str, str, str, str], int], pair: Pair) -> Entry:
    sides = clerk.sides
    twice = sides.is_registered_twice(pair)
    return Entry(
        number=numbers.get(_key(pair), 0),
        probability=saying.probability(pair.probability, clerk.language),
        child=clerk.name(sides.same(pair) if twice else sides.child(pair)),
        relative=Markup("") if twice else clerk.name(sides.relative(pair)),
        relation=clerk.relation(pair),
        ids=ids_of(pair),
    )


def _rivals(
    ranked: Sequence[Pair],
    flat: Sequence[Pair],
    numbers: Mapping[tuple[str, str, str, str], int],
    entry: Callable[[Pair], Entry],
) -> dict[int, tuple[Entry, ...]]:
    speaking: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in ranked:
        if pair.probability >= RIVAL_FROM:
            for link in _links(pair):
                speaking[link].append(pair)
    rivals = {}
    for pair in flat:
        others = {
            _key(other): other for link in _links(pair) for other in speaking[link] if other is not pair
        }
        first = sorted(others.values(), key=lambda p: (-p.probability, -p.bits.total, _key(p)))
        rivals[numbers[_key(pair)]] = tuple(entry(other) for other in first[:SHOWN_RIVALS])
    return rivals


def _links(pair: Pair) -> list[tuple[str, str]]:
    """What a pair competes for: its links, each with the list it stands on."""
    return [(side, link) for side, link in (("a", pair.link_a), ("b", pair.link_b)) if link]

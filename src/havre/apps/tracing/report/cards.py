# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One pair as the report shows it: the two people side by side, what agrees, the evidence, the rivals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from havre.apps.tracing.report import saying
from havre.apps.tracing.report.plots import evidence_rows
from havre.apps.tracing.report.saying import WORDS
from havre.apps.tracing.report.sides import Described, Sides
from havre.core.charts import Figure, Plot
from havre.core.ui.scripts import sentence, written
from havre.engines.linkage.pairs import Pair
from havre.engines.linkage.records import Description
from havre.engines.linkage.relations import relations
from havre.words import Language

FIELDS = ("names", "other_names", "sex", "birth", "nationality", "birthplace", "phone", "town")
SPEAKS = 0.5
"""Bits from which a part is said to agree or, below zero, to differ; under it the part says next to nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field, as the lists hold it."""

    label: str
    a: Markup
    b: Markup


@dataclass(frozen=True, slots=True)
class Block:
    """One of the two people: a heading and the fields; ``silent`` names the list that says nothing of them."""

    heading: str
    lines: tuple[Line, ...]
    silent: str
    """"a", "b" or ""."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the evidence in a row of the table: its name, its bits, the reasons in words."""

    label: str
    bits: str
    reasons: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A pair, ready to be shown."""

    number: int
    band: str
    probability: str
    bits: str
    child: Markup
    relative: Markup
    relation: str
    kind: str
    """"links", "person" (somebody has not looked) or "twice" (two registrations of one person)."""
    blocks: tuple[Block, ...]
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    silent: tuple[str, ...]
    figure: Figure
    parts: tuple[Part, ...]
    rivals: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clerk:
    """Writes cards in one language."""

    language: Language
    sides: Sides
    plot: Plot
    countries: Mapping[str, str]

    def card(self, pair: Pair, number: int) -> Card:
        """The card of a pair, which has this number on the page."""
        sides, twice = self.sides, self.sides.is_registered_twice(pair)
        child = sides.same(pair) if twice else sides.child(pair)
        figure = self._figure(pair, number)
        return Card(
            number=number,
            band=pair.band.value,
            probability=saying.probability(pair.probability, self.language),
            bits=saying.bits(pair.bits.total, self.language),
            child=self.name(child),
            relative=Markup("") if twice else self.name(sides.relative(pair)),
            relation=self.relation(pair),
            kind=kind_of(pair),
            blocks=self._blocks(pair),
            agrees=self._parts_where(pair, 1),
            differs=self._parts_where(pair, -1),
            silent=self._parts_where(pair, 0),
            figure=figure,
            parts=self._parts(pair, figure),
            rivals=pair.rivals,
            ids=ids_of(pair),
        )

    def name(self, person: Described) -> Markup:
        """What to call somebody; "no name" where neither list holds one."""
        return written(person.called) if person.called else self._say("no_name")

    def _say(self, key: str, /, **values: object) -> Markup:
        return escape(WORDS.say(self.language, key, **values))

    def _unsaid(self, key: str) -> Markup:
        return Markup('<span class="unsaid">{}</span>').format(self._say(key))

    def relation(self, pair: Pair) -> str:
        """What the child calls the relative; nothing where no child has spoken."""
        link = self.sides.links(pair)[not self.sides.children_on_a]
        known = relations().get(link.relation) if link else None
        return known.label(self.language) if known else ""

    def _blocks(self, pair: Pair) -> tuple[Block, ...]:
        if self.sides.is_registered_twice(pair):
            return (self._block("block_same", self.sides.same(pair)),)
        return (
            self._block("block_child", self.sides.child(pair)),
            self._block("block_relative", self.sides.relative(pair)),
            self._relation_block(pair),
        )

    def _block(self, heading: str, person: Described) -> Block:
        rows = []
        for field in FIELDS:
            label = WORDS.say(self.language, f"field_{field}")
            a, b = (self._value(said, field) if said else Markup("") for said in (person.a, person.b))
            if a or b:
                rows.append(Line(label, a or self._unsaid("not_said"), b or self._unsaid("not_said")))
        silent = "a" if person.a is None else "b" if person.b is None else ""
        return Block(WORDS.say(self.language, heading), tuple(rows), silent)

    def _relation_block(self, pair: Pair) -> Block:
        called = []
        for link in self.sides.links(pair):
            known = relations().get(link.relation) if link else None
            called.append(escape(known.label(self.language)) if known else self._unsaid("not_said"))
        line = Line(WORDS.say(self.language, "field_relation"), *called)
        return Block(WORDS.say(self.language, "block_relation"), (line,), "")

    def _value(self, said: Description, field: str) -> Markup:
        """A field as HTML; why it is empty, where the list says so; nothing where it does not."""
        if unsaid := said.unsaid.get(field):
            return self._unsaid(f"unsaid_{unsaid.value}")
        value = getattr(said, field)
        if not value:
            return Markup("")
        match field:
            case "birth":
                return escape(saying.birth(value, self.language))
            case "sex":
                return self._say(f"sex_{value.value}")
            case "nationality":
                return escape(self.countries.get(value, value))
            case "town" if said.country:
                return Markup("{} ({})").format(written(value), said.country)
            case "phone":
                return Markup('<bdi dir="ltr">{}</bdi>').format(value)
        return written(value)

    def _figure(self, pair: Pair, number: int) -> Figure:
        return self.plot.figure(
            evidence_rows(pair.bits, self.language),
            ident=f"e{number}",
            title=WORDS.say(self.language, "evidence_title", number=number),
            description=WORDS.say(
                self.language, "evidence_description", bits=saying.bits(pair.bits.total, self.language)
            ),
        )

    def _parts(self, pair: Pair, figure: Figure) -> tuple[Part, ...]:
        """The rows of the figure with the reasons of each part, strongest first."""
        told = sorted(pair.reasons, key=lambda reason: (-abs(reason.bits), reason.key))
        keys = [*pair.bits.parts(), "sum"]
        return tuple(
            Part(label, bits, tuple(sentence(r.say(self.language)) for r in told if r.part == key))
            for key, (label, bits) in zip(keys, figure.rows, strict=True)
        )

    def _parts_where(self, pair: Pair, sign: int) -> tuple[str, ...]:
        def speaks(value: float) -> int:
            return 0 if abs(value) < SPEAKS else 1 if value > 0 else -1

        parts: Iterator[tuple[str, float]] = (
            (part, value) for part, value in pair.bits.parts().items() if part != "prior"
        )
        return tuple(
            WORDS.say(self.language, f"part_{part}") for part, value in parts if speaks(value) == sign
        )


def ids_of(pair: Pair) -> tuple[str, str]:
    """By what the pair is found in the spreadsheet: its links, or the person where there is no link."""
    return pair.link_a or pair.person_a, pair.link_b or pair.person_b


def kind_of(pair: Pair) -> str:
    """ "links", "person" where one side has not looked, "twice" where two registrations may be one person."""
    if pair.link_a and pair.link_b:
        return "links"
    return "person" if pair.link_a or pair.link_b else "twice"

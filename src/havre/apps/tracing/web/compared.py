# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two people of a pair, line by line: what France says, what Britain says, and whether that agrees."""

from dataclasses import dataclass

from havre.apps.tracing.queries import PairView, Side, relation_said, spelled
from havre.apps.tracing.report.cards import SPEAKS
from havre.apps.tracing.web.told import FIELDS, Teller, Told
from havre.apps.tracing.web.words import WORDS
from havre.core.accounts.enums import Shore
from havre.core.ui.sides import Agreement, Block, Line, Said
from havre.words import Language

SILENT = "–"
CLOSED = ("phone", "town")
"""Of these the pair itself says whether they agree; of the others, the bits of a reason."""
WHOLE = ("sex", "nationality")
"""Words of a vocabulary: two of them are the same or are not. A birth or a name may agree without being the same."""


def blocks_of(view: PairView, language: Language) -> list[Block]:
    """The child, the relative, and what each calls the other; lines that nobody filled are left out."""
    clerk = _Clerk(view, Teller(language), language)
    people = (("child", view.child, view.relative), ("relative", view.relative, view.child))
    blocks = [clerk.person(who, own, other) for who, own, other in people]
    found = [block for block in (*blocks, clerk.relation()) if block.lines]
    return [clerk.organisations(), *found] if found else []


def aids_reading(block: Block) -> bool:
    """Whether something in it stands in Latin letters too."""
    return any(said.latin for line in block.lines for said in (*line.left, *line.right))


@dataclass(frozen=True, slots=True)
class _Clerk:
    view: PairView
    teller: Teller
    language: Language

    def organisations(self) -> Block:
        """Whose each side is."""
        sides = {side.shore: side.organisation.name for side in (self.view.child, self.view.relative)}
        left, right = ([Said(sides[shore])] for shore in (Shore.FRANCE, Shore.BRITAIN))
        return Block("", [Line(self._say("line_list"), left, right)])

    def person(self, who: str, own: Side, other: Side) -> Block:
        """What both shores say of one of the two."""
        oneself, named = self.teller.of_oneself(own), self._named(other)
        lines = [self._line(who, field, own.shore, oneself, named) for field in FIELDS]
        return Block(self._say(f"block_{who}"), [line for line in lines if self._tells(line)])

    def relation(self) -> Block:
        """What each calls the other, and what else they said of them."""
        sides = {side.shore: side for side in (self.view.child, self.view.relative)}
        calls = [
            [Said(self._say("calls", relation=relation_said(side.glimpse.relation, self.language)))]
            if side.glimpse.relation
            else []
            for side in (sides[Shore.FRANCE], sides[Shore.BRITAIN])
        ]
        notes = [
            [Said(side.link.note)] if side.link and side.link.note else []
            for side in (sides[Shore.FRANCE], sides[Shore.BRITAIN])
        ]
        agreement = self._by_bits("relation") if all(calls) else Agreement.UNKNOWN
        lines = [
            Line(self._say("line_relation"), calls[0], calls[1], agreement),
            Line(self._say("line_note"), notes[0], notes[1]),
        ]
        return Block(self._say("block_relation"), [line for line in lines if self._tells(line)])

    def _named(self, other: Side) -> Told | None:
        return self.teller.of_the_other(other, has_named=self._has_named(other))

    def _has_named(self, side: Side) -> bool:
        pair = self.view.pair
        return bool(pair.link_a_id if side.shore is Shore.FRANCE else pair.link_b_id)

    def _line(self, who: str, field: str, shore: Shore, oneself: Told, named: Told | None) -> Line:
        here, there = oneself[field], named[field] if named else self._silent(field)
        left, right = (here, there) if shore is Shore.FRANCE else (there, here)
        label = self._say(f"line_{field}")
        if named is None:
            return Line(label, left, right)
        why = spelled(self.view.pair, who, self.language) if field == "names" else ""
        return Line(label, left, right, self._agreement(who, field, here, there), why)

    def _silent(self, field: str) -> list[Said]:
        """Said once, on the first line: this side has not named the other."""
        return [Said("", note=self._say("has_not_named"))] if field == "names" else [Said("", note=SILENT)]

    def _agreement(self, who: str, field: str, here: list[Said], there: list[Said]) -> Agreement:
        if field in CLOSED:
            return Agreement(self.view.agreements[f"{field}_{who}"].value)
        told = self._by_bits(f"{field}_{who}")
        one, two = ({said.text.casefold() for said in side if said.text} for side in (here, there))
        if told is not Agreement.UNKNOWN or not one or not two:
            return told
        if one & two:
            return Agreement.AGREES
        return Agreement.DIFFERS if field in WHOLE else Agreement.UNKNOWN

    def _by_bits(self, key: str) -> Agreement:
        """What the reasons of this key say; unknown where they say next to nothing."""
        keys = (key, f"{key}_same", f"{key}_differs")
        bits = sum(kept["bits"] for kept in self.view.pair.reasons if kept["key"] in keys)
        if abs(bits) < SPEAKS:
            return Agreement.UNKNOWN
        return Agreement.AGREES if bits > 0 else Agreement.DIFFERS

    def _tells(self, line: Line) -> bool:
        """Whether anybody said something, or said why not; that something is kept back tells nothing."""
        nothing = {"", SILENT, self._say("after_verification")}
        return any(said.text or said.note not in nothing for said in (*line.left, *line.right))

    def _say(self, key: str, **values: object) -> str:
        return WORDS.say(self.language, key, **values)

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the pairs that a match proposes: a CSV for programs, a workbook for people."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from havre.core.exchange.errors import UnwritableFile
from havre.core.exchange.reading.texts import guarded
from havre.core.exchange.remarks import WORDS
from havre.core.exchange.writing.csv_out import write_csv
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.engines.linkage.pairs import Bits, Pair
from havre.engines.linkage.records import FamilyLink, Person, ShoreList
from havre.engines.linkage.relations import relations
from havre.words import Language

_PARTS = tuple(Bits().parts())
COLUMNS = (
    "link_a",
    "link_b",
    "person_a",
    "person_b",
    "probability",
    "band",
    "bits",
    *(f"bits_{part}" for part in _PARTS),
    "rivals",
    "why",
)
"""The columns of the CSV, in this order."""
_READABLE = ("names_person_a", "relation_a", "names_link_a", "names_person_b", "relation_b", "names_link_b")
_WIDTHS = {"why": 90, "names_person_a": 28, "names_link_a": 28, "names_person_b": 28, "names_link_b": 28}
_ISOLATE, _END = "\u2068", "\u2069"
"""Around a name inside a sentence, so that a script from right to left does not turn the words beside it."""
Lists = tuple[ShoreList, ShoreList]


def write_pairs(pairs: Iterable[Pair], path: Path, language: Language, *, lists: Lists | None = None) -> None:
    """Writes ``pairs`` in their order to a .csv or .xlsx; same pairs, same bytes. UnwritableFile for another ending.

    The CSV has ``COLUMNS``, ids untouched; bits with two decimals, where ``bits`` is the sum of the parts as
    printed; no row for a pair whose link is on list b alone. The workbook has a second sheet for those, and beside
    the ids the names and relations of ``lists``, the two lists that were matched.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        rows = (_csv_row(pair, language) for pair in pairs if not _only_on_b(pair))
        write_csv(path, COLUMNS, rows, language=language)
    elif path.suffix.lower() == ".xlsx":
        _write_workbook(list(pairs), path, language, lists)
    else:
        raise UnwritableFile(language, "unknown_ending", path=path, endings=".csv, .xlsx")


def printed_bits(bits: Bits) -> dict[str, Decimal]:
    """Parts with two decimals, and their sum as ``total``."""
    cent = Decimal("0.01")
    # Adding zero turns -0.00 into 0.00.
    parts = {
        part: Decimal(repr(float(value))).quantize(cent, ROUND_HALF_EVEN) + 0
        for part, value in bits.parts().items()
    }
    return {**parts, "total": sum(parts.values(), Decimal("0.00"))}


def _only_on_b(pair: Pair) -> bool:
    """Whether only somebody of list b has named somebody; in a match of one list with itself nobody has."""
    return bool(pair.link_b) and not pair.link_a


def _csv_row(pair: Pair, language: Language) -> list[str]:
    bits = printed_bits(pair.bits)
    return [
        pair.link_a,
        pair.link_b,
        pair.person_a,
        pair.person_b,
        f"{pair.probability:.6f}",
        pair.band.value,
        f"{bits['total']:.2f}",
        *(f"{bits[part]:.2f}" for part in _PARTS),
        str(pair.rivals),
        guarded(pair.why(language)),
    ]


def _write_workbook(pairs: Sequence[Pair], path: Path, language: Language, lists: Lists | None) -> None:
    names = _Names(lists, language) if lists else None
    with new_workbook(path, language=language) as workbook:
        columns = (*(_READABLE if names else ()), *COLUMNS)
        titles = [WORDS.say(language, f"pair_{column}") for column in columns]
        widths = {n: _WIDTHS[column] for n, column in enumerate(columns) if column in _WIDTHS}
        for name, kept in (("sheet_pairs", False), ("sheet_mirror", True)):
            sheet = titled_sheet(workbook, WORDS.say(language, name), titles, widths)
            told = (_sheet_row(pair, language, names) for pair in pairs if _only_on_b(pair) is kept)
            rows = write_rows(sheet, told)
            sheet.autofilter(0, 0, rows, len(columns) - 1)


def _sheet_row(pair: Pair, language: Language, names: "_Names | None") -> list[str | float]:
    bits = printed_bits(pair.bits)
    return [
        *(names.of(pair) if names else ()),
        pair.link_a,
        pair.link_b,
        pair.person_a,
        pair.person_b,
        round(pair.probability, 6),
        WORDS.say(language, f"band_{pair.band.value}"),
        float(bits["total"]),
        *(float(bits[part]) for part in _PARTS),
        pair.rivals,
        _isolated(pair).why(language),
    ]


def _isolated(pair: Pair) -> Pair:
    reasons = (
        replace(reason, values={name: _isolate(value) for name, value in reason.values.items()})
        for reason in pair.reasons
    )
    return replace(pair, reasons=tuple(reasons))


def _isolate(value: object) -> object:
    # What a Latin letter says needs no isolating, and a cell that is searched for should hold no hidden signs.
    return f"{_ISOLATE}{value}{_END}" if isinstance(value, str) and not value.isascii() else value


class _Names:
    """Names and relations of the people and links of two lists."""

    def __init__(self, lists: Lists, language: Language) -> None:
        self.language = language
        self.people: list[dict[str, Person]] = [{p.person_id: p for p in side.people} for side in lists]
        self.links: list[dict[str, FamilyLink]] = [{x.link_id: x for x in side.links} for side in lists]

    def of(self, pair: Pair) -> list[str]:
        """The cells of ``_READABLE``."""
        return [
            *self._side(0, pair.person_a, pair.link_a),
            *self._side(1, pair.person_b, pair.link_b),
        ]

    def _side(self, side: int, person_id: str, link_id: str) -> tuple[str, str, str]:
        person, link = self.people[side].get(person_id), self.links[side].get(link_id)
        relation = relations()[link.relation].label(self.language) if link and link.relation else ""
        return person.described.names if person else "", relation, link.described.names if link else ""

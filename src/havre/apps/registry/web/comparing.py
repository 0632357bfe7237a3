# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one registration says of who somebody is, or what two say side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from havre.apps.registry.enums import ContactKind, NameKind, PartRole, Writer
from havre.apps.registry.models import Name, Registration
from havre.apps.registry.queries import best_birth
from havre.apps.registry.web.languages import name_of
from havre.apps.registry.web.saying import (
    age_said,
    birth_said,
    country_said,
    relation_said,
    sex_said,
    unsaid_said,
)
from havre.apps.registry.web.words import WORDS
from havre.core.ui.latin import in_latin
from havre.core.ui.sides import Agreement, Block, Line, Said
from havre.core.ui.telling import day
from havre.engines.names import explain_pairs
from havre.words import Language

FIELDS = ("sex", "nationality", "birthplace", "town")
PLACES = frozenset({"birthplace", "town"})


def blocks_of(left: Registration, language: Language, right: Registration | None = None) -> list[Block]:
    """The blocks of ``parts.sides``; what the page of one person shows as tables only where two are compared."""
    two = _Two(left, right, language)
    who = [two.birth(), *(two.value(field) for field in FIELDS)]
    if right is not None:
        who += [two.phones(), two.links(), two.registered()]
    return [Block("", [two.names(), *who])]


@dataclass(frozen=True, slots=True)
class _Two:
    """One registration, and another to compare it with, if there is one."""

    left: Registration
    right: Registration | None
    language: Language

    def names(self) -> Line:
        pairs = [
            (one.written, two.written)
            for one in self.left.names.all()
            for two in (self.right.names.all() if self.right else ())
        ]
        best = max(explain_pairs(pairs), key=lambda each: each.bits) if pairs else None
        if best is None:
            return self._line("line_names", self._names_of)
        return self._line("line_names", self._names_of, best.bits > 0, best.label(self.language))

    def birth(self) -> Line:
        births = [best_birth(each.ages.all()) for each in (self.left, self.right) if each is not None]
        one, two = (births[0], births[1]) if len(births) == 2 else (births[0], None)
        meet = None if not one or not two else one.earliest <= two.latest and two.earliest <= one.latest
        return self._line("line_birth", self._birth_of, meet)

    def value(self, field: str) -> Line:
        said = [str(getattr(each, field)) for each in (self.left, self.right) if each is not None]
        agree = _alike(field, *said) if len(said) == 2 and all(said) else None
        return self._line(f"line_{field}", lambda each: self._value_of(each, field), agree)

    def phones(self) -> Line:
        one, two = (
            {said.text for said in _phones(each)} for each in (self.left, self.right) if each is not None
        )
        return self._line("line_phone", _phones, bool(one & two) if one and two else None)

    def links(self) -> Line:
        line = self._line("line_links", self._links_of)
        return Line(line.label, line.left, line.right)

    def registered(self) -> Line:
        line = self._line("line_registered", self._registered_of)
        return Line(line.label, line.left, line.right)

    def _line(
        self, key: str, of: Callable[[Registration], list[Said]], agree: bool | None = None, why: str = ""
    ) -> Line:
        label = WORDS.say(self.language, key)
        if self.right is None:
            return Line(label, of(self.left))
        agreement = {None: Agreement.UNKNOWN, True: Agreement.AGREES, False: Agreement.DIFFERS}[agree]
        return Line(label, of(self.left), of(self.right), agreement, why)

    def _names_of(self, each: Registration) -> list[Said]:
        return [Said(name.written, in_latin(name.written), self._note(name)) for name in each.names.all()]

    def _note(self, name: Name) -> str:
        """What the name is, in which language, whose hand it is from, and which word is what."""
        return " · ".join(
            [
                NameKind(name.kind).label(self.language),
                *([name_of(name.language, self.language)] if name.language else []),
                self._hand(name),
                *(self._part(part) for part in name.parts),
            ]
        )

    def _hand(self, name: Name) -> str:
        on = day(name.said_on, self.language)
        if name.written_by == Writer.LIST:
            return WORDS.say(self.language, "from_list", on=on)
        return WORDS.say(
            self.language, "written_by", writer=Writer(name.written_by).label(self.language), on=on
        )

    def _part(self, part: dict[str, str]) -> str:
        role = PartRole(part["role"]).label(self.language)
        return WORDS.say(self.language, "name_part", role=role, text=part["text"])

    def _birth_of(self, each: Registration) -> list[Said]:
        birth = best_birth(each.ages.all())
        if birth is not None:
            return [Said(birth_said(birth, self.language), note=age_said(birth, self.language))]
        return self._why(each, "birth")

    def _value_of(self, each: Registration, field: str) -> list[Said]:
        value = str(getattr(each, field))
        words = {"sex": sex_said, "nationality": country_said}.get(field)
        text = words(value, self.language) if words else value
        return [Said(text)] if text else self._why(each, field)

    def _why(self, each: Registration, field: str) -> list[Said]:
        why = unsaid_said(each, field, self.language)
        return [Said(why)] if why else []

    def _links_of(self, each: Registration) -> list[Said]:
        return [
            Said(
                link.names or relation_said(link.relation, self.language),
                in_latin(link.names),
                ", ".join(filter(None, (relation_said(link.relation, self.language), link.town))),
            )
            for link in each.links.all()
            if link.withdrawn_at is None
        ]

    def _registered_of(self, each: Registration) -> list[Said]:
        where = ", ".join(filter(None, (each.organisation.name, each.place)))
        return [Said(where, note=day(each.said_on, self.language))]


def _alike(field: str, one: str, two: str) -> bool:
    """Whether both say the same; of places, whether one may be a spelling of the other."""
    if field in PLACES and one != two:
        return explain_pairs([(one, two)])[0].bits > 0
    return one == two


def _phones(each: Registration) -> list[Said]:
    return [Said(contact.value) for contact in each.contacts.all() if contact.kind == ContactKind.PHONE]

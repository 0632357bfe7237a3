# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one shore says of one of the two people of a pair, as far as the acting member may read it.

What may be read is decided already (``queries.pair_view``): here it is only put into words. What the other shore
keeps until two members have verified the pair is said to be kept.
"""

from dataclasses import dataclass, field
from typing import Any

from havre.apps.registry.enums import ContactKind, NameKind, Writer
from havre.apps.registry.queries import best_birth
from havre.apps.tracing.queries import Side, years_said
from havre.apps.tracing.report import saying
from havre.apps.tracing.web.words import WORDS
from havre.core.exchange.vocabulary import find_country, sexes, unsaid_terms
from havre.core.ui.latin import in_latin
from havre.core.ui.sides import Said
from havre.core.ui.telling import day
from havre.engines.linkage.records import BirthInterval
from havre.words import Language

FIELDS = ("names", "sex", "birth", "nationality", "birthplace", "town", "phone")
KEPT = ("sex", "town", "phone")
"""Never told of the other shore before a pair is verified; of a birth there is only the year."""


@dataclass(slots=True)
class Told:
    """Field to what was said; a field that is not there was not said."""

    said: dict[str, list[Said]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Said]:
        """What was said in a field."""
        return self.said.get(name, [])


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells in one language."""

    language: Language

    def of_oneself(self, side: Side) -> Told:
        """What a side says of its own person."""
        if side.registration is None:
            glimpse = side.glimpse
            return self._glimpsed(
                names=[name for name in (glimpse.names, glimpse.other_names) if name],
                birth=years_said(glimpse.born, self.language) if glimpse.born else "",
                nationality=glimpse.nationality,
                birthplace=glimpse.birthplace,
            )
        it = side.registration
        told = Told({"names": [self._name(name) for name in it.names.all()]})
        birth = best_birth(it.ages.all())
        for name, text in {
            "sex": self._sex(it.sex),
            "birth": self._birth(birth),
            "nationality": self._country(it.nationality),
            "birthplace": it.birthplace,
            "town": self._town(it.town, it.country),
        }.items():
            told.said[name] = [self.name(text)] if text else self._unsaid(it.unsaid.get(name, ""))
        phones = [contact for contact in it.contacts.all() if contact.kind == ContactKind.PHONE]
        told.said["phone"] = [Said(phone.value, note=day(phone.since, self.language)) for phone in phones]
        told.said["phone"] = told.said["phone"] or self._unsaid(it.unsaid.get("phone", ""))
        return told

    def of_the_other(self, side: Side, *, has_named: bool) -> Told | None:
        """What a side says of the other's person; None where it has named nobody."""
        if not has_named:
            return None
        if side.link is None:
            return self._glimpsed(
                names=[name for name in (side.glimpse.names_said, side.glimpse.other_names_said) if name]
            )
        it = side.link.described
        told = Told({"names": [self.name(name) for name in (it.names, it.other_names) if name]})
        for name, text in {
            "sex": self._sex(it.sex or ""),
            "birth": self._birth(it.birth),
            "nationality": self._country(it.nationality),
            "birthplace": it.birthplace,
            "town": self._town(it.town, it.country),
            "phone": it.phone,
        }.items():
            why = it.unsaid.get(name)
            told.said[name] = [self.name(text)] if text else self._unsaid(why.value if why else "")
        return told

    def name(self, written: str, note: str = "") -> Said:
        """A name of somebody or of a place as written, with its letters for those who cannot read it."""
        return Said(written, in_latin(written), note)

    def _glimpsed(self, names: list[str], **texts: str) -> Told:
        told = Told({"names": [self.name(name) for name in names]})
        for name, text in texts.items():
            shown = self._country(text) if name == "nationality" else text
            told.said[name] = [self.name(shown)] if shown else []
        kept = [Said("", note=WORDS.say(self.language, "after_verification"))]
        hidden = KEPT if texts else (*KEPT, "birth", "nationality", "birthplace")
        told.said.update(dict.fromkeys(hidden, kept))
        return told

    def _name(self, name: Any) -> Said:
        """A name of a registration, with whose hand it is from."""
        kind = NameKind(name.kind)
        what = [] if kind is NameKind.OWN else [kind.label(self.language)]
        writer = Writer(name.written_by).label(self.language)
        hand = WORDS.say(self.language, "written_by", writer=writer, day=day(name.said_on, self.language))
        return self.name(name.written, " · ".join([*what, hand]))

    def _sex(self, sex: str) -> str:
        return next((term.label(self.language) for term in sexes() if term.key == sex), "")

    def _birth(self, birth: BirthInterval | None) -> str:
        return saying.birth(birth, self.language) if birth else ""

    def _country(self, code: str) -> str:
        found = find_country(code) if code else None
        return found.label(self.language) if found else code

    def _town(self, town: str, country: str) -> str:
        return ", ".join(filter(None, (town, self._country(country))))

    def _unsaid(self, why: str) -> list[Said]:
        """Why nothing is there, where somebody said so."""
        return [Said("", note=term.label(self.language)) for term in unsaid_terms() if term.key == why]

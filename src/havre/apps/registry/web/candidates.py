# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may be meant: own and shared candidates with detail, others' only as an organisation to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.apps.registry.actions import Candidate, Found
from havre.apps.registry.web.showing import PersonLine, person_line
from havre.apps.registry.web.words import WORDS
from havre.core.accounts.enums import Shore
from havre.engines.linkage import Band
from havre.words import Language

TONES: Mapping[Band, str] = {
    Band.STRONG: "attention",
    Band.LIKELY: "attention",
    Band.DOUBTFUL: "info",
    Band.FAINT: "quiet",
}


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Somebody who may be meant, how like they are, and why."""

    line: PersonLine
    person_id: UUID
    band: str
    tone: str
    agrees: Sequence[str]
    differs: Sequence[str]
    why: str


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """An organisation that has somebody like this."""

    organisation: str
    shore: str
    band: str
    tone: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """All of them, the most like first."""

    own: Sequence[CandidateLine] = ()
    elsewhere: Sequence[ElsewhereLine] = ()
    asked_too_often: bool = False

    @property
    def tone(self) -> str:
        """How urgent it is to ask the others."""
        return "attention" if any(each.tone == "attention" for each in self.elsewhere) else "info"

    def __bool__(self) -> bool:
        return bool(self.own or self.elsewhere)


def candidates(found: Found | None, language: Language) -> Candidates | None:
    """What a search found, in the reader's words; None where nobody was looked for."""
    if found is None:
        return None
    return Candidates(
        [_line(each, language) for each in found.candidates],
        [
            ElsewhereLine(
                organisation=each.organisation.name,
                shore=Shore(each.organisation.shore).label(language),
                band=band_said(each.band, language),
                tone=TONES[each.band],
            )
            for each in found.elsewhere
        ],
        found.asked_too_often,
    )


def band_said(band: Band, language: Language) -> str:
    """How like, in a word."""
    return WORDS.say(language, f"band_{band.value}")


def _line(candidate: Candidate, language: Language) -> CandidateLine:
    agrees = candidate.agrees
    return CandidateLine(
        line=person_line(candidate.registration, language),
        person_id=candidate.registration.person_id,
        band=band_said(candidate.band, language),
        tone=TONES[candidate.band],
        agrees=[WORDS.say(language, f"agrees_{what}") for what, agree in agrees.items() if agree is True],
        differs=[WORDS.say(language, f"differs_{what}") for what, agree in agrees.items() if agree is False],
        why=", ".join(map(str, candidate.explanation.words)),
    )

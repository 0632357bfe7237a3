# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a pair is proposed, in words, from what is kept with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from havre.apps.tracing.enums import WORDS, Agreement
from havre.apps.tracing.models import Pair
from havre.core.exchange.vocabulary import find_country
from havre.engines.linkage.pairs import WORDS as ENGINE_WORDS
from havre.engines.linkage.reasons import Count
from havre.engines.linkage.relations import relations
from havre.engines.names.explain import Explanation, WordPair
from havre.words import Language

_OWN = frozenset(WORDS)


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    """One observation that speaks for or against a pair."""

    part: str
    """A part of the evidence; see ``havre.engines.linkage.Bits``."""
    text: str
    bits: float


def reasons_in_words(pair: Pair, language: Language) -> tuple[ReasonSaid, ...]:
    """The reasons of a pair, strongest first; of phones and towns only whether they agree."""
    said = (ReasonSaid(kept["part"], _said(kept, language), kept["bits"]) for kept in pair.reasons)
    return tuple(sorted(said, key=lambda reason: (-abs(reason.bits), reason.text)))


def agreements(pair: Pair) -> dict[str, Agreement]:
    """``phone_child``, ``phone_relative``, ``town_child``, ``town_relative``: whether the two sides agree on it."""
    found = {
        f"{what}_{who}": Agreement.UNKNOWN for what in ("phone", "town") for who in ("child", "relative")
    }
    for kept in pair.reasons:
        what, _, agreement = kept["key"].rpartition("_")
        if what in found:
            found[what] = Agreement(agreement)
    return found


def spelled(pair: Pair, who: str, language: Language) -> str:
    """Which word of the names of ``who`` (child or relative) was taken for which; empty where nothing was compared."""
    kept = next((kept for kept in pair.reasons if kept["key"] == f"names_{who}" and "words" in kept), None)
    return _alignment(kept).label(language) if kept else ""


def _said(kept: Mapping[str, Any], language: Language) -> str:
    key = kept["key"]
    if key in _OWN:
        return WORDS.say(language, key)
    return ENGINE_WORDS.say(language, key, **_values(kept, language))


def _values(kept: Mapping[str, Any], language: Language) -> dict[str, object]:
    key = kept["key"]
    if key == "prior":
        return {"one_in": Count(kept["one_in"]).label(language)}
    if key.startswith("names_"):
        return {"alignment": _alignment(kept).label(language) if "words" in kept else ""}
    if key.startswith("birth_"):
        return {side: years_said(kept[side], language) for side in ("a", "b")}
    if key == "nationality":
        return {side: nationalities_said(kept[side], language) for side in ("a", "b")}
    if key == "relation":
        return {side: relation_said(kept[side], language) for side in ("a", "b")}
    return {side: kept[side] for side in ("a", "b") if side in kept}


def _alignment(kept: Mapping[str, Any]) -> Explanation:
    return Explanation(
        words=tuple(WordPair(*word) for word in kept["words"]),
        left_a=tuple(kept["left_a"]),
        left_b=tuple(kept["left_b"]),
        bits=kept["bits"],
        parts={},
    )


def years_said(years: Sequence[int] | None, language: Language) -> str:
    """A year of birth, or the first and the last that it may be."""
    if not years:
        return WORDS.say(language, "not_known")
    first, last = years
    return str(first) if first == last else WORDS.say(language, "years_between", first=first, last=last)


def nationalities_said(codes: str, language: Language) -> str:
    """The countries of one code or several."""
    found = ((find_country(code), code) for code in codes.split())
    return ", ".join(country.label(language) if country else code for country, code in found)


def relation_said(key: str, language: Language) -> str:
    """A relation of the vocabulary in words; empty where none was said."""
    relation = relations().get(key)
    return relation.label(language) if relation else ""

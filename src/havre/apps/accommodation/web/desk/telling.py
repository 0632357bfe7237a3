# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each of two regions would mean, in words: the lines that the page lays side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from havre.apps.accommodation.models import Offer, Place
from havre.apps.accommodation.web.desk.words import WORDS
from havre.core.ui.sides import Block, Line, Said
from havre.core.ui.telling import day, number
from havre.words import Language

Half = tuple[Place, Mapping[str, Any]]


def halves(offer: Offer) -> list[Half]:
    """The places of an offer, each with what it would mean."""
    first: Half = (offer.place_1, offer.means_1)
    return [first, (offer.place_2, offer.means_2)] if offer.place_2 else [first]


def sides(offer: Offer, language: Language) -> list[Block]:
    """Where it is and what it would mean, line by line."""
    both = halves(offer)

    def line(key: str, tells: Callable[[Half], str]) -> Line:
        told = [[Said(text)] if (text := tells(each)) else [] for each in both]
        return Line(WORDS.say(language, f"line_{key}"), told[0], told[1] if len(told) > 1 else ())

    lines = [
        line("town", lambda half: half[0].centre.town),
        line("centre", lambda half: half[0].centre.name),
        line("relative", lambda half: _km(half[1].get("km"), language)),
        line("language", lambda half: _yes(half[1].get("speaks"), language)),
        line("school", lambda half: _yes(half[0].centre.school, language)),
        line("step_free", lambda half: _yes(half[0].step_free, language)),
        line("hospital", lambda half: _km(half[0].centre.hospital_km, language)),
        line("day", lambda half: _day(half[1].get("day"), language)),
        line("points", lambda half: _points(half[1], language)),
        line("costs", lambda half: _costs(half[1].get("costs", 0), language)),
    ]
    return [Block("", lines)]


def heading(place: Place) -> str:
    """A region with its town, on a button and over its side."""
    centre = place.centre
    return f"{centre.region} ({centre.town})" if centre.town else centre.region


def headings(offer: Offer) -> Sequence[str]:
    """Those of both sides; the second is empty where one region alone has room."""
    both = [heading(place) for place, _ in halves(offer)]
    return both if len(both) > 1 else [*both, ""]


def _km(km: float | None, language: Language) -> str:
    return "" if km is None else WORDS.say(language, "km", km=number(round(km), language))


def _yes(said: bool | None, language: Language) -> str:
    return "" if said is None else WORDS.say(language, "yes" if said else "no")


def _day(told: str | None, language: Language) -> str:
    return day(date.fromisoformat(told), language) if told else WORDS.say(language, "any_day")


def _points(means: Mapping[str, Any], language: Language) -> str:
    below = means.get("below_best", 0)
    points = number(means.get("points", 0), language)
    key = "points_best" if below <= 0 else "points_below"
    return WORDS.say(language, key, points=points, below=number(below, language))


def _costs(costs: int, language: Language) -> str:
    return WORDS.say(language, "costs" if costs > 0 else "costs_nobody", points=number(costs, language))

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From where to where: the verified and reunited pairs by the town of the child and that of the relative.

No town is left out for having few people in it, as a public page would have to: whoever sees a line of this table
may open each of its pairs, which says the same and the name beside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.apps.tracing.policies import READ_PAIRS
from havre.apps.tracing.queries import Apart, Whereabouts, whereabouts
from havre.apps.tracing.web.found import asked_for, tabs
from havre.apps.tracing.web.pages import page
from havre.apps.tracing.web.words import WORDS
from havre.core.access import needs
from havre.core.ui import language_of
from havre.core.ui.gazetteer import Town, town_of
from havre.engines.names import fold
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Place:
    """One end of a line."""

    name: str
    """The usual name of the town, or what was written; empty where nothing was."""
    town: Town | None = None
    """None where the gazetteer is not sure of it."""
    why: str = ""
    """Why there is no name."""


@dataclass(frozen=True, slots=True)
class Line:
    """How many pairs have the child in one place and the relative in another."""

    child: Place
    relative: Place
    pairs: int


@needs(READ_PAIRS)
@require_GET
def from_to(request: HttpRequest) -> HttpResponse:
    """The pairs of the reunification list as a table of places, and the map of that table."""
    language = language_of(request)
    form, found = asked_for(request)
    apart = whereabouts(found)
    return page(
        request,
        "from_to",
        filter=form,
        tabs=tabs(form, language, "from_to"),
        count=WORDS.say(language, "found_shown", n=len(apart)),
        lines=lines_of(apart, language),
    )


def lines_of(apart: Iterable[Apart], language: Language) -> list[Line]:
    """Pairs by where both are, the most first; spellings of one town are one place."""
    clerk = _Clerk(language)
    counted: Counter[tuple[Place, Place]] = Counter()
    for each, n in Counter(apart).items():  # each place is looked up once, however many pairs have it
        counted[clerk.place(each.child), clerk.place(each.relative)] += n
    lines = (Line(child, relative, n) for (child, relative), n in counted.items())
    return sorted(lines, key=lambda line: (-line.pairs, *_order(line.child), *_order(line.relative)))


def _order(place: Place) -> tuple[bool, str]:
    """Names in their order, places without one last."""
    return not place.name, place.name


class _Clerk:
    """Gives one place for all that was written of it."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._places: dict[tuple[str, str], Place] = {}

    def place(self, where: Whereabouts | None) -> Place:
        """The town by its usual name; what is not known of as it was written first; or why nothing is there."""
        if where is None:
            return Place("", why=WORDS.say(self._language, "town_closed"))
        if not where.town:
            return Place("", why=WORDS.say(self._language, "town_unsaid"))
        town = town_of(where.town, where.country)
        if town:
            return Place(town.called(self._language), town)
        return self._places.setdefault((where.country, fold(where.town)), Place(where.town))

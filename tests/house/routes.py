# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route of the site, as the URL table has it; and something of the small world for each of its arguments."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from house.world import World

from havre.apps.accommodation.models import (
    ArrivalNotice,
    Centre,
    Departure,
    Lock,
    Party,
    Passenger,
    Place,
    Plan,
    Pledge,
    Sheet,
    Stay,
    Stop,
)
from havre.apps.cases.models import AnswerSheet, Case, Decision, Referral
from havre.apps.registry.models import (
    AgeEvidence,
    Consent,
    FamilyLink,
    Grouping,
    ListImport,
    Person,
    Registration,
    Share,
)
from havre.apps.tracing.models import Pair, Run
from havre.core.access import Right
from havre.core.access.rights import PUBLIC
from havre.core.accounts.models import Member
from havre.core.files.models import File
from havre.core.jobs.models import Job
from havre.core.notices.models import Notice
from havre.words import Language

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>")


@dataclass(frozen=True)
class Route:
    """One line of the URL table; an operation of the API is one of its own for each method."""

    pattern: str
    name: str
    """With its namespaces, such as ``registry:person``."""
    right: Right | None
    methods: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Whether it opens for everybody."""
        return self.right is not None and self.right.name == PUBLIC.name

    @property
    def is_api(self) -> bool:
        """Whether it answers programs."""
        return self.pattern.startswith("api/") and self.name != "api_docs"

    @property
    def arguments(self) -> dict[str, str]:
        """Each argument, and the part of the address before it, which says what it is the id of."""
        parts = self.pattern.split("/")
        found = {}
        for place, part in enumerate(parts):
            for said in ARGUMENT.finditer(part):
                found[said["name"] or said["group"]] = parts[place - 1] if place else ""
        return found

    def __str__(self) -> str:
        return f"/{self.pattern}" if self.methods == METHODS else f"{self.methods[0]} /{self.pattern}"


def routes(urlconf: Any = None) -> list[Route]:
    """The whole table, each line once."""
    found = {(each.pattern, each.methods): each for each in _walk(get_resolver(urlconf), "", "")}
    return list(found.values())


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from _walk(each, pattern, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            yield from _routes(each, pattern, f"{space}{each.name}")


def _routes(each: URLPattern, pattern: str, name: str) -> Iterator[Route]:
    rights = getattr(each.callback, "rights", {})
    for method, right in rights.items():
        yield Route(pattern, name, right, (method,))
    if not rights:
        yield Route(pattern, name, getattr(each.callback, "right", None), METHODS)


# --- what stands for an argument ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Thing:
    """A value for an argument of a route, and the row that it names, if it names one."""

    value: Any
    model: type[models.Model] | None = None

    def can_be(self, done: str) -> bool:
        """Whether whoever acts may have it ``read`` or ``changed``, by what PostgreSQL says."""
        if self.model is None:
            return True
        lock = " FOR NO KEY UPDATE" if done == "changed" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {self.model._meta.db_table} WHERE id = %s{lock}", [self.value])
            return cursor.fetchone() is not None


def _row(name: str, model: type[models.Model]) -> Callable[[World], Thing]:
    return lambda world: Thing(getattr(world, name).pk, model)


def _accommodated(name: str, model: type[models.Model]) -> Callable[[World], Thing]:
    return lambda world: Thing(world.accommodated.rows[name].pk, model)


THINGS: dict[str, Callable[[World], Thing]] = {
    "centres": _accommodated("centre", Centre),
    "centre-lists": _accommodated("sheet", Sheet),
    "party-lists": lambda world: Thing(world.accommodated.list_of_parties.pk, Sheet),
    "places": _accommodated("place", Place),
    "stays": _accommodated("stay", Stay),
    "departures": _accommodated("departure", Departure),
    "stops": _accommodated("stop", Stop),
    "seats": _accommodated("passenger", Passenger),
    "told": _accommodated("arrivalnotice", ArrivalNotice),
    "parties": _accommodated("party", Party),
    "pledges": _accommodated("pledge", Pledge),
    "people": lambda world: Thing(world.child.person_id, Person),
    "registration_id": _row("child", Registration),
    "registrations": _row("child", Registration),
    "ages": _row("age", AgeEvidence),
    "links": _row("link", FamilyLink),
    "consents": _row("consent", Consent),
    "shares": _row("share", Share),
    "groupings": _row("grouping", Grouping),
    "imports": _row("listed", ListImport),
    "pairs": _row("pair", Pair),
    "cases": _row("case", Case),
    "decisions": _row("decision", Decision),
    "referrals": _row("referral", Referral),
    "sheets": _row("sheet", AnswerSheet),
    "runs": _row("run", Run),
    "desk": lambda world: Thing(world.accommodated.promise.party_id, Party),
    "plans": lambda world: Thing(world.accommodated.rows["plan"].pk, Plan),
    "other": lambda world: Thing(world.accommodated.rows["plan"].pk, Plan),
    "party": lambda world: Thing(world.accommodated.other_party.pk, Party),
    "locks": lambda world: Thing(world.accommodated.rows["lock"].pk, Lock),
    "jobs": _row("job", Job),
    "files": _row("file", File),
    "notices": _row("notice", Notice),
    "members": lambda world: Thing(world.cast.member(world.cast.dunes).pk, Member),
    # What is no row of ours:
    "found": lambda _: Thing(Language.FRENCH),
    "keys": lambda _: Thing(1),
    "uidb36": lambda _: Thing("1"),
    "key": lambda _: Thing("set-password"),
    "token": lambda _: Thing("nobodys"),
    "act": lambda _: Thing("close"),
    "rest": lambda _: Thing("nothing/here"),
}
"""By the name of an argument, or else by the part of the address before it."""


def thing(route: Route, argument: str, world: World) -> Thing:
    """Something of the world for an argument; AssertionError with what to add where nothing is known."""
    before = route.arguments[argument]
    make = THINGS.get(argument) or THINGS.get(before)
    assert make is not None, (
        f"{route} has an argument <{argument}> after {before!r} of which the tests know nothing: make such a row in"
        f" house.world.World, and say in house.routes.THINGS[{before!r}] how it is found there"
    )
    return make(world)


def things(route: Route, world: World) -> dict[str, Thing]:
    """Something for every argument."""
    return {argument: thing(route, argument, world) for argument in route.arguments}


def address(route: Route, world: World) -> str:
    """Where the route is, with something of the world for every argument."""
    values = {name: each.value for name, each in things(route, world).items()}
    return reverse(route.name, kwargs=values) if route.name != "None" else f"/{route.pattern}"

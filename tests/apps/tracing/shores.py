# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of both shores as the tests of tracing register them, and matches of their lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from apps.registry.people import answered
from cast import Cast
from django.db import connection

from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Registration
from havre.apps.tracing import actions
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair, Run, Verdict
from havre.core.access import Actor, Purpose, acting_as
from havre.core.accounts.models import Member
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex


def day(text: str) -> BirthInterval:
    born = date.fromisoformat(text)
    return BirthInterval(born, born, BirthKind.DAY)


def year(value: int) -> BirthInterval:
    return BirthInterval(date(value, 1, 1), date(value, 12, 31), BirthKind.YEAR)


CHILD = Description(
    names="احمد ولي خان",
    other_names="Ahmad Wali Khan",
    sex=Sex.MALE,
    birth=day("2001-05-17"),
    nationality="AFG",
    birthplace="Nangarhar",
    phone="+33 6 39 98 00 11",
    town="Calais",
    country="FR",
)
CHILD_SAID = replace(
    CHILD, names="Ahmed Wali Khan", other_names="", birth=year(2001), phone="", town="", country=""
)
UNCLE = Description(
    names="Gul Agha Khan",
    sex=Sex.MALE,
    birth=day("1979-03-08"),
    nationality="AFG",
    birthplace="Nangarhar",
    phone="+44 7700 900123",
    town="Birmingham",
    country="GB",
)
UNCLE_SAID = replace(UNCLE, names="ګل اغا خان", birth=None, phone="07700 900123", country="")
SISTER = replace(
    CHILD, names="Zarmina Wali Khan", other_names="", sex=Sex.FEMALE, birth=day("2004-09-02"), phone=""
)
SISTER_SAID = replace(SISTER, birth=year(2004), town="", country="")
STRANGER = Description(
    names="Tesfay Gebremedhin", sex=Sex.MALE, birth=year(2000), nationality="ERI", birthplace="Keren"
)

A_DAY = date(2016, 11, 3)


@contextmanager
def acts(member: Member, purpose: Purpose = Purpose.TRACING) -> Iterator[Actor]:
    with acting_as(member.id, purpose) as actor:
        yield actor


def registered(
    member: Member, described: Description, *links: tuple[str, Description], tracing: bool = True, **more: Any
) -> Registration:
    """Somebody who was registered by ``member``, with what was said of family; tracing was agreed to."""
    said = tuple(registry.LinkSaid(relation=relation, described=of) for relation, of in links)
    consents = (answered(ConsentFor.TRACING),) if tracing else ()
    with acts(member, Purpose.CARE):
        return registry.register(described, links=said, consents=consents, **more)


def matched(member: Member) -> Run:
    """The lists of both shores as they are now, compared by a run that ``member`` asked for."""
    with acts(member):
        run = actions.ask_for_run()
    with acts(member, Purpose.MATCHING):
        return actions.do_run(run.id, lambda share, said: None)


def pair_of(member: Member, a: Registration, b: Registration) -> Pair:
    """The most probable pair of two registrations, as ``member`` reads it."""
    with acts(member):
        found = Pair.objects.filter(registration_a=a, registration_b=b).order_by("-probability").first()
    assert found is not None
    return found


def state_of(member: Member, pair: Pair | UUID) -> PairState:
    with acts(member):
        return PairState(Pair.objects.values_list("state", flat=True).get(pk=getattr(pair, "pk", pair)))


REASONS = {
    Act.REJECT: "names_differ",
    Act.ASK: "ask_names",
    Act.REFUSE_VERIFICATION: "family_differs",
    Act.REOPEN: "new_information",
    Act.UNDO: "mistake",
    Act.REVOKE: "test_says_no",
}


def does(member: Member, act: Act, pair: Pair | UUID, **more: Any) -> Verdict:
    """``member`` does ``act`` to the pair as it is now, with a reason or a day where one is asked for."""
    key = getattr(pair, "pk", pair)
    with acts(member):
        version = Pair.objects.values_list("version", flat=True).get(pk=key)
        said = {"reason": REASONS.get(act, ""), "true_on": A_DAY if act is Act.REUNITE else None}
        return actions.decide(key, act, **{"version": version, **said, **more})


@dataclass
class Shores:
    """A child in France and the uncle in Britain, who name each other; and one caseworker who decides on each shore."""

    dunes: Member
    harbour: Member
    child: Registration
    uncle: Registration

    @classmethod
    def of(cls, cast: Cast) -> "Shores":
        dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
        child = registered(dunes, CHILD, ("uncle", UNCLE_SAID))
        uncle = registered(harbour, UNCLE, ("nephew", CHILD_SAID))
        return cls(dunes, harbour, child, uncle)

    def pair(self) -> Pair:
        return pair_of(self.dunes, self.child, self.uncle)

    def verified(self) -> Pair:
        """Their pair, confirmed by Dunes and verified by Harbour."""
        pair = self.pair()
        does(self.dunes, Act.CONFIRM, pair)
        does(self.harbour, Act.VERIFY, pair)
        return self.pair()


def raw(sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows of a statement that nobody wrapped in a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]

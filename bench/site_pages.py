# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main pages of a large site, each opened several times by a caseworker who has signed in."""

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from bench.site_meter import Cost, measured
from bench.tables import table, tell
from havre.apps.cases.models import Case
from havre.apps.registry.models import ListImport, Name, Registration
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.models import Pair, Run
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role, Shore
from havre.core.accounts.models import Member

TIMES = 15
LATER = 20
"""The later page of a list is the one behind so many."""
KEY_PAGE = "a match run"
"""One row found by its key, and a page around it: what every page costs at least."""
Asked = tuple[str, dict[str, str] | None]
"""An address, and what is posted to it."""


@dataclass(frozen=True)
class Opened:
    """What one page cost, each time."""

    name: str
    costs: list[Cost]
    size: int
    """Bytes."""
    packed: int
    """Bytes as they are sent."""


def caseworkers() -> list[Member]:
    """Of the organisation in France with the most pairs; several, since nobody may search more than so often."""
    found = Member.objects.filter(role=Role.CASEWORKER, organisation__shore=Shore.FRANCE)
    found = found.select_related("account", "organisation").order_by("organisation__name", "id")
    return [each for each in found if each.organisation_id == found[0].organisation_id]


def browser(member: Member) -> Client:
    """One in which the member has signed in, second step included."""
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip", "accept-language": "en"})
    client.force_login(member.account, settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session.update({"member": str(member.pk), "second_factor": True})
    session.save()
    return client


def opened(members: Sequence[Member]) -> Iterator[Opened]:
    """Every page, measured."""
    clients = [browser(member) for member in members]
    for name, asked in _pages(members[0], clients[0]):
        tell(f"site: {name}")
        yield _measure(name, asked, clients)


def _measure(name: str, asked: Callable[[int], Asked], clients: Sequence[Client]) -> Opened:
    """Once to warm up, and ``TIMES`` more."""
    costs = []
    for n in range(TIMES + 1):
        client = clients[n % len(clients)]
        address, said = asked(n)
        with measured() as cost:
            answer = client.get(address) if said is None else client.post(address, said)
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {address} answered {answer.status_code}")
        costs.append(cost)
    packed = answer.content
    return Opened(name, costs[1:], len(_unpacked(answer)), len(packed))


def _unpacked(answer: Any) -> bytes:
    content: bytes = answer.content
    return gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content


def _pages(member: Member, client: Client) -> list[tuple[str, Callable[[int], Asked]]]:
    """The name of each page, and what to ask for the n-th time."""
    with acting_as(member.pk, Purpose.CARE):
        own = Registration.objects.filter(organisation=member.organisation)
        people = list(islice(own.order_by("source_id").values_list("person", flat=True), TIMES + 1))
        latin, arabic = (_names(member, script) for script in ("und-Latn", "und-Arab"))
        listed = ListImport.objects.order_by("id")[0].pk
    with acting_as(member.pk, Purpose.TRACING):
        waiting = Pair.objects.filter(state=PairState.PROPOSED).order_by("fingerprint")
        pairs = list(islice(waiting.values_list("id", flat=True), TIMES + 1))
        run = Run.objects.order_by("id")[0].pk
        children = list(islice(Case.objects.order_by("person").values_list("id", flat=True), TIMES + 1))
    later_people, later_pairs = _later(client, "/people"), _later(client, "/tracing/pairs")
    return [
        (KEY_PAGE, _get(reverse("tracing:run", args=[run]))),
        ("my work", _get("/")),
        ("people", _get("/people")),
        (f"people, page {LATER + 1}", _get(later_people)),
        ("people: children with family named", _get("/people?age=child&links=with")),
        ("search, Latin letters", _post("/people/search", "names", latin)),
        ("search, Arabic letters", _post("/people/search", "names", arabic)),
        ("a person", _each("registry:person", people)),
        ("quick registration, empty", _get("/people/new")),
        ("quick registration, who is it", _post("/people/new", "names", latin, look="1")),
        ("groupings", _get("/groupings")),
        ("imports", _get("/imports")),
        ("an import", _get(reverse("registry:import", args=[listed]))),
        ("pairs", _get("/tracing/pairs")),
        (f"pairs, page {LATER + 1}", _get(later_pairs)),
        ("pairs: all, likely, an uncle", _get("/tracing/pairs?tab=all&band=likely&relation=uncle")),
        ("pairs by name, Latin letters", _post("/tracing/pairs/search", "names", latin)),
        ("pairs by name, Arabic letters", _post("/tracing/pairs/search", "names", arabic)),
        ("a pair", _each("tracing:pair", pairs)),
        ("cases, by what is due first", _get("/cases/")),
        (f"cases, page {LATER + 1}", _get(f"/cases/?page={LATER + 1}")),
        ("cases: Britain is late", _get("/cases/?who=britain&when=overdue")),
        ("cases: overdue, by authority and article", _get("/cases/overdue")),
        ("cases: all at once", _get("/cases/cohort")),
        ("a case", _each("cases:case", children)),
        ("match runs", _get("/tracing/runs")),
        ("reunification list", _get("/tracing/found")),
        ("API: people", _get("/api/people")),
        ("API: pairs", _get("/api/pairs")),
    ]


def _names(member: Member, script: str) -> list[str]:
    found = Name.objects.filter(registration__organisation=member.organisation, script=script)
    return list(
        islice(found.order_by("registration__source_id").values_list("written", flat=True), TIMES + 1)
    )


def _get(address: str) -> Callable[[int], Asked]:
    return lambda _: (address, None)


def _each(route: str, keys: Sequence[UUID]) -> Callable[[int], Asked]:
    return lambda n: (reverse(route, args=[keys[n % len(keys)]]), None)


def _post(address: str, field: str, values: Sequence[str], **more: str) -> Callable[[int], Asked]:
    return lambda n: (address, {field: values[n % len(values)], **more})


def _later(client: Client, address: str) -> str:
    """Where one comes to who goes on ``LATER`` times."""
    for _ in range(LATER):
        shown = _unpacked(client.get(address)).decode()
        address = re.findall(r'rel="next" href="([^"]+)"', shown)[0]
        address = address.replace("&amp;", "&")
    return address


def pages_table(pages: Sequence[Opened]) -> str:
    """Each page with its costs."""
    key = next(page for page in pages if page.name == KEY_PAGE)
    head = (
        "page", "queries", "Python CPU, ms", "PostgreSQL CPU, ms", "on the clock, ms",
        "kB", "kB sent", f"times {KEY_PAGE}",
    )  # fmt: skip
    return table(head, (_line(page, _middle(key, "work")) for page in pages))


def _line(page: Opened, key: float) -> list[object]:
    return [
        page.name,
        max(cost.queries for cost in page.costs),
        _told(page, "python"),
        _told(page, "server"),
        _told(page, "elapsed"),
        f"{page.size / 1000:.0f}",
        f"{page.packed / 1000:.0f}",
        f"{_middle(page, 'work') / key:.1f}",
    ]


def _told(page: Opened, what: str) -> str:
    """The median, and the worst."""
    values = [getattr(cost, what) for cost in page.costs]
    return "-" if None in values else f"{median(values):.0f} / {max(values):.0f}"


def _middle(page: Opened, what: str) -> float:
    return float(median(getattr(cost, what) for cost in page.costs))

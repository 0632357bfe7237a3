# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a whole request of the search takes, beside the page of one row found by its key."""

import gc
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from django.test import Client

from bench.search_world import COUNTRIES, SEXES, Query
from bench.site_meter import Cost, measured
from bench.site_pages import browser
from bench.tables import table, tell
from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.words import Language

KEY_PAGE = "/imports/{}"
"""One row found by its key, and a page around it."""
Asked = tuple[str, dict[str, str] | None]


def times_table(members: Sequence[Member], asked: Sequence[Query]) -> str:
    """Requests by several caseworkers in turn, since each may search only so often; the first one warms up."""
    clients = [browser(member) for member in members]
    key = _imported(members[0])
    pages: dict[str, Callable[[Query], Asked]] = {
        "an import, found by its key": lambda _: (KEY_PAGE.format(key), None),
        "search by name": lambda q: ("/people/search", {"names": q.name}),
        "search by name, sex, year": lambda q: ("/people/search", _said(q)),
        "search by all": lambda q: (
            "/people/search",
            _said(q) | {"nationality": COUNTRIES.get(q.country, "")},
        ),
        "quick registration, who is it": lambda q: ("/people/new", _said(q) | {"look": "1"}),
    }
    costs = {name: _costs(name, page, clients, asked) for name, page in pages.items()}
    least = _at_95([cost.elapsed for cost in next(iter(costs.values()))])
    head = (
        "page, 1,000,000 people", "queries", "Python CPU, ms", "PostgreSQL CPU, ms", "on the clock, ms: p50", "p95",
        "worst", "p95 by that of the first line",
    )  # fmt: skip
    return table(head, [_line(name, found, least) for name, found in costs.items()])


def _said(query: Query) -> dict[str, str]:
    born = str(query.year) if query.year else ""
    return {"names": query.name, "sex": SEXES.get(query.sex, ""), "birth": born}


def _imported(member: Member) -> str:
    """A list that was imported: a row of the site to look at."""
    with acting_as(member.pk, Purpose.CARE):
        made = ListImport.objects.create(
            organisation=member.organisation,
            member=member,
            source="bench",
            language=Language.ENGLISH,
            state=ImportState.FAILED,
        )
        return str(made.pk)


def _costs(
    name: str, page: Callable[[Query], Asked], clients: Sequence[Client], asked: Sequence[Query]
) -> list[Cost]:
    tell(f"search: {name}")
    costs = []
    for n, query in enumerate(asked):
        address, said = page(query)
        with measured() as cost:
            client = clients[n % len(clients)]
            answer = client.get(address) if said is None else client.post(address, said)
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {address} answered {answer.status_code}")
        costs.append(cost)
        if n == 0:
            gc.freeze()  # as the server does: and what this benchmark holds is not the site's to look through
    return costs[1:]


def _at_95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def _line(name: str, costs: Sequence[Cost], least: float) -> list[object]:
    clock = [cost.elapsed for cost in costs]
    server = [cost.server for cost in costs if cost.server is not None]
    return [
        name,
        max(cost.queries for cost in costs),
        f"{median(cost.python for cost in costs):.0f}",
        f"{median(server):.0f}" if server else "-",
        f"{median(clock):.0f}",
        f"{_at_95(clock):.0f}",
        f"{max(clock):.0f}",
        f"{_at_95(clock) / least:.1f}",
    ]

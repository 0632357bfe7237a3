# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of accommodation waits for a member, in one query: the first page asks it each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from havre.apps.accommodation.enums import PartyKind, SheetKind, SheetState
from havre.apps.accommodation.models import Acceptance, Promise, Sheet
from havre.apps.accommodation.queries.ages import number_of_wrong_ages
from havre.apps.accommodation.queries.departing import left_behind, missing, with_children
from havre.apps.accommodation.queries.desk import choices_for_second, queued
from havre.core.access import current_actor
from havre.core.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts; what a member may do about them, their rights say."""

    missing: int
    """People who left and did not arrive."""
    behind: int
    """People of parties of the own desk whom a coach left without."""
    children: int
    """Those of them who are of parties with children."""
    queued: int
    """Parties at the desk."""
    choices: int
    """Of minors, to say yes to as second member."""
    wrong_ages: int
    """Parties that are not what they were taken for."""
    plan: UUID | None
    """The newest of which colleagues accepted parties of minors and nobody else yet."""
    of_plan: int
    """How many they are."""
    sheets: Mapping[SheetKind, int]
    """Sheets that the member handed in, read and not accepted yet."""


def what_waits() -> Waiting:
    """Of what the acting member may read."""
    plan = _for_second()
    found = Member.objects.filter(pk=current_actor().member_id).values_list(
        _number(missing(), Sum("boarded_people")),
        _number(left_behind(), Sum("behind")),
        _number(left_behind().filter(with_children()), Sum("behind")),
        _number(queued(), Count("pk")),
        _number(choices_for_second(), Count("pk")),
        number_of_wrong_ages(),
        Subquery(plan.values("plan")[:1]),
        Coalesce(Subquery(plan.values("n")[:1]), 0),
        *(_number(_read(kind), Count("pk")) for kind in SheetKind),
    )
    missed, behind, children, line, choices, wrong, newest, of_plan, *sheets = found.get()
    read = dict(zip(SheetKind, sheets, strict=True))
    return Waiting(missed, behind, children, line, choices, wrong, newest, of_plan, read)


def _read(kind: SheetKind) -> QuerySet[Sheet]:
    own = Sheet.objects.filter(member__account=current_actor().account_id, kind=kind)
    return own.filter(state=SheetState.PREVIEWED)


def _number(rows: QuerySet[Any], of: Sum | Count) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=of).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _for_second() -> QuerySet[Any]:
    promised = Promise.objects.filter(party=OuterRef("party"), ended_at=None)
    mine = Acceptance.objects.filter(
        plan=OuterRef("plan"),
        party=OuterRef("party"),
        place=OuterRef("place"),
        member__account=current_actor().account_id,
    )
    waiting = Acceptance.objects.filter(~Exists(promised), ~Exists(mine), party__kind=PartyKind.MINOR)
    return waiting.order_by("-plan__recorded_at").values("plan").annotate(n=Count("party", distinct=True))

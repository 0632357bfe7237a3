# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole case as it is told outside."""

from collections.abc import Iterable
from typing import Any

from havre.apps.cases.models import Decision, Event, Exchange
from havre.apps.cases.queries.standing import event_said
from havre.apps.cases.queries.told.decisions import decision_told
from havre.apps.cases.queries.told.law import clock_told, facts_told, routes_told
from havre.apps.cases.queries.told.people import People, Place
from havre.apps.cases.queries.told.statements import statements_told
from havre.apps.cases.queries.told.words import named, organisation_told, word
from havre.apps.cases.queries.views import CaseView
from havre.apps.tracing.queries import relation_said
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.core.exchange.bundle import shape


def case_told(
    view: CaseView,
    decided: Iterable[Decision],
    people: People,
    exchanges: Iterable[Exchange],
    place: Place,
) -> shape.Case:
    """The case as the acting member sees it, with the decisions that are to go with it, the oldest first.

    ``place`` says of a document, or of a proof of sending, where its file goes.
    """
    case, standing = view.case, view.standing
    return shape.Case(
        id=case.pk,
        opened_at=case.recorded_at,
        asks=organisation_told(case.organisation),
        asked=organisation_told(case.other_organisation) if case.other_organisation else None,
        state=word(standing.state),
        by_silence=standing.by_silence,
        route=standing.route or None,
        relation=_relation(people),
        child=people.child_told(place),
        relative=people.relative_told(place),
        **case_parts(view),
        decisions=tuple(decision_told(each) for each in decided),
        statements=statements_told(case, exchanges, place),
    )


def case_parts(view: CaseView) -> dict[str, Any]:
    """What happened, what is known, which routes, what is due: ``events``, ``facts``, ``routes``, ``clocks``."""
    # Of a case that was handed over, also those who had it before.
    by = Organisation.objects.filter(pk__in={each.organisation_id for each in view.events})
    names = dict(by.values_list("pk", "name"))
    return {
        "events": tuple(event_told(each, names[each.organisation_id]) for each in view.events),
        "facts": facts_told(view.gathered, {each.key: each.how for each in view.case.facts.all()}),
        "routes": tuple(routes_told(view.assessment)),
        "clocks": tuple(clock_told(each) for each in view.standing.clocks),
    }


def event_told(event: Event, organisation: str) -> shape.Event:
    """Something that happened; who of the organisation recorded it is not told."""
    return shape.Event(
        id=event.pk,
        kind=named(event.kind, lambda language: event_said(event.kind, language)),
        happened_on=event.happened_on,
        recorded_at=event.recorded_at,
        organisation=organisation,
        shore=word(Shore(event.shore)),
        route=event.route or None,
        decision=event.decision_id,
    )


def _relation(people: People) -> shape.Word | None:
    seen = (people.child, people.relative)
    key = next((half.glimpse.relation for half in seen if half and half.glimpse.relation), "")
    if not key:
        return None
    return named(key, lambda language: relation_said(key, language))

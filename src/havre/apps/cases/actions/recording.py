# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened to a case, and what is known of the child: added, never changed."""

from datetime import date
from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused, NotNow
from havre.apps.cases.actions.finding import held_case, made_before, said_by, short_enough, standing_now
from havre.apps.cases.actions.notifying import tell_the_other
from havre.apps.cases.models import Case, Decision, Event, Fact
from havre.apps.cases.policies import RECORD
from havre.apps.cases.queries import EventRule, counting, event_rules, read_value, routes, sayable
from havre.core.access import Actor, check
from havre.core.clock import today
from havre.engines.pathways import BadFact


@transaction.atomic
def record_event(
    case_id: UUID, kind: str, happened_on: date, *, route: str = "", idempotency_key: UUID | None = None
) -> Event:
    """Records that something happened to a case on a day; ``route`` is that of a request, and of nothing else.

    An answer is not recorded here: it is a decision; nor is what comes with more. CaseRefused where the event
    cannot have happened, with nothing changed; with a key that was used before, the first event.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Event.objects, idempotency_key, actor, case_id=case.pk, kind=kind):
        return first
    rule = event_rules().get(kind)
    if rule is None:
        raise CaseRefused("no_such_event", field="kind", event=kind)
    if rule.answers:
        raise CaseRefused("answer_is_a_decision", field="kind")
    if rule.made_with:
        raise CaseRefused("not_by_hand", field="kind")
    event = Event(case=case, kind=kind, happened_on=happened_on, route=route, idempotency_key=idempotency_key)
    return add_event(event, rule, actor)


def add_event(event: Event, rule: EventRule, actor: Actor, notice: str = "notice_event") -> Event:
    """Adds an event that its rule allows to a case that is held, and tells the other side of it; CaseRefused."""
    case, day = event.case, event.happened_on
    _look_at_order(event, rule)
    if rule.route is (event.route not in routes()) or (event.route and not rule.route):
        raise CaseRefused("route_needed" if rule.route else "route_of_a_request", field="route")
    if rule.route and case.other_organisation_id is None:
        raise CaseRefused("nobody_is_asked", field="kind", status=409)
    if day > today():
        raise CaseRefused("day_to_come", field="happened_on")
    for name, value in said_by(actor).items():
        setattr(event, name, value)
    event.save(force_insert=True)
    tell_the_other(case, notice)
    return event


def add_own_event(
    case: Case, kind: str, actor: Actor, on: date | None = None, *, notice: str = "notice_event"
) -> Event:
    """Adds an event that an action of its own records, to a case that is held; on today's day if none is given."""
    return add_event(
        Event(case=case, kind=kind, happened_on=on or today()), event_rules()[kind], actor, notice
    )


def _look_at_order(event: Event, rule: EventRule) -> None:
    case, day = event.case, event.happened_on
    state = standing_now(case).state
    if state not in rule.within:
        raise NotNow(event.kind, state)
    before = list(case.events.all())
    made = counting([each.kind for each in before])
    if (rule.becomes or rule.undoes) and made and day < (last := before[made[-1]].happened_on):
        raise CaseRefused("day_before_the_last", field="happened_on", day=last)
    if rule.after and not any(each.kind == rule.after and each.happened_on <= day for each in before):
        raise NotNow(event.kind, state)
    if rule.once and any(each.kind == event.kind for each in before):
        raise CaseRefused("happens_once", field="kind", status=409)


def add_answer(decision: Decision, kind: str, actor: Actor) -> Event:
    """The event that a decision is, on the day of the agreement."""
    event = Event(case=decision.case, kind=kind, happened_on=today(), decision=decision)
    return add_event(event, event_rules()[kind], actor)


@transaction.atomic
def say_fact(
    case_id: UUID, key: str, value: str | bool, *, how: str = "", idempotency_key: UUID | None = None
) -> Fact:
    """Says what is known of the child or the relative: a value of the fact, or "unknown" to take back what was said.

    CaseRefused where there is no such fact or value, or where the registry or an event answers it.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Fact.objects, idempotency_key, actor, case_id=case.pk, key=key):
        return first
    if key not in {fact.key for fact in sayable()}:
        raise CaseRefused("no_such_fact", field="key")
    try:
        read_value(key, value)
    except BadFact as refused:
        raise CaseRefused(refused.problem, field="value") from refused
    how = how.strip()
    short_enough(how=how)
    said = {"case": case, "key": key, "value": value, "how": how, "idempotency_key": idempotency_key}
    return Fact.objects.create(**said, **said_by(actor))

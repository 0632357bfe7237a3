# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What cases mean to registrations: nothing of a child on the way is due for erasure, and a relative is shown too."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from havre.apps.cases.enums import CaseState
from havre.apps.cases.models import Event
from havre.apps.cases.queries.cases import cases, handed_over
from havre.apps.cases.queries.standing import state_after
from havre.apps.registry.queries import Given, Use, asked_of_record


def uses_of_registrations() -> Iterable[Use]:
    """Of every case that may be read, both registrations: in use, or until the day on which it was closed."""
    told = defaultdict[UUID, list[Event]](list)
    for event in Event.objects.only("case_id", "kind", "happened_on", "position").order_by("position"):
        told[event.case_id].append(event)
    for key, child, relative in cases().order_by().values_list("pk", "registration_id", "family_id"):
        events = told[key]
        closed = state_after([each.kind for each in events]) is CaseState.CLOSED
        ended = max(each.happened_on for each in events) if closed else None
        yield Use(child, ended)
        if relative is not None:
            yield Use(relative, ended)
    for registration_id in handed_over():
        yield Use(registration_id, None)


def given_of_relative(registration_id: UUID) -> Iterable[Given]:
    """What others read of a registration in pairs and cases of a child: the record has them under the child's."""
    return asked_of_record("cases_given", registration_id)

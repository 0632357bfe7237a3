# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decision, whole, as it is told outside."""

from collections.abc import Iterator

from havre.apps.cases.enums import Answer, Manner, Result
from havre.apps.cases.models import Decision
from havre.apps.cases.queries.law import criteria, routes
from havre.apps.cases.queries.told.words import both, word
from havre.core.accounts.enums import Shore
from havre.core.exchange.bundle import shape


def decision_told(decision: Decision) -> shape.Decision:
    """All that a decision says, in the order of the rule; ``told`` where somebody recorded that the child was told."""
    return shape.Decision(
        id=decision.pk,
        answer=word(Answer(decision.answer)),
        route=decision.route,
        organisation=decision.organisation.name,
        shore=word(Shore(decision.shore)),
        decided_on=decision.decided_on,
        agreed_on=decision.agreed_on,
        written_in=decision.written_in,
        in_short=decision.in_short,
        criteria=tuple(_criteria(decision)),
        evidence_seen=tuple(
            shape.Seen(what=each["what"], document=each.get("document") or None)
            for each in decision.evidence_seen
        ),
        evidence_missing=tuple(
            shape.Missing(what=each["what"], how=each["how"]) for each in decision.evidence_missing
        ),
        reunification=decision.reunification,
        well_being=decision.well_being,
        safety=decision.safety,
        views=decision.views,
        telling_language=decision.telling_language,
        telling_manner=word(Manner(decision.telling_manner)),
        again_how=decision.again_how,
        again_until=decision.again_until,
        helper=decision.helper,
        told=_telling(decision),
    )


def _criteria(decision: Decision) -> Iterator[shape.Criterion]:
    """In the order of the rule; after an erasure there is none."""
    said = {each["key"]: each for each in decision.criteria}
    route = routes().get(decision.route)
    for each in criteria(route) if route else ():
        if each.key in said:
            yield shape.Criterion(
                key=each.key,
                cite=both(each.origin.cite.say),
                text=both(each.text.say),
                result=word(Result(said[each.key]["result"])),
                reason=said[each.key].get("reason", ""),
            )


def _telling(decision: Decision) -> shape.Telling | None:
    telling = getattr(decision, "telling", None)
    if telling is None:
        return None
    return shape.Telling(
        told_by=telling.told_by,
        told_on=telling.told_on,
        language=telling.language,
        manner=word(Manner(telling.manner)),
        recorded_at=telling.recorded_at,
        organisation=telling.organisation.name,
    )

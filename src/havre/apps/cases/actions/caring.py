# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands by the child, the language to speak, and what is best for the child outside of a decision."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from havre.apps.cases.actions.errors import CaseRefused, NotWhole
from havre.apps.cases.actions.finding import held_case, made_before, needed, said_by, short_enough
from havre.apps.cases.enums import RepresentativeKind
from havre.apps.cases.models import Assessment, Determination, Representative, Spoken
from havre.apps.cases.policies import RECORD
from havre.core.access import check
from havre.core.clock import today
from havre.words import Language


@dataclass(frozen=True, slots=True)
class AssessmentSaid:
    """What an assessment says; the columns of ``models.Assessment`` say what each is."""

    assessed_on: date | None
    written_in: Language
    took_part: str
    reunification: str
    well_being: str
    safety: str
    views: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Present:
    """One of a panel, and for which organisation."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could be done, and what speaks for and against it."""

    option: str
    weighed: str


@dataclass(frozen=True, slots=True)
class DeterminationSaid:
    """What a panel found; the columns of ``models.Determination`` say what each is."""

    held_on: date | None
    written_in: Language
    panel: tuple[Present, ...]
    options: tuple[Option, ...]
    views: str
    determined: str
    apart: bool | None
    dissent: str
    review_on: date | None


@transaction.atomic
def name_representative(
    case_id: UUID,
    kind: RepresentativeKind,
    *,
    name: str,
    reach: str = "",
    since: date | None = None,
    idempotency_key: UUID | None = None,
) -> Representative:
    """Says who stands by the child in one of four ways; an empty name says that nobody does any more."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Representative.objects, idempotency_key, actor, case_id=case.pk, kind=kind):
        return first
    short_enough(name=name, reach=reach)
    if since is not None and since > today():
        raise CaseRefused("day_to_come", field="since")
    return Representative.objects.create(
        case=case,
        kind=kind,
        name=name.strip(),
        reach=reach.strip() if name.strip() else "",
        since=since if name.strip() else None,
        idempotency_key=idempotency_key,
        **said_by(actor),
    )


@transaction.atomic
def say_spoken(
    case_id: UUID,
    language: str,
    *,
    interpreter: bool | None,
    note: str = "",
    idempotency_key: UUID | None = None,
) -> Spoken:
    """Says in which language to speak with the child, and whether an interpreter is needed (None: nobody said)."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(
        Spoken.objects, idempotency_key, actor, case_id=case.pk, language=language.strip()
    ):
        return first
    needed(spoken_language=language)
    short_enough(note=note)
    return Spoken.objects.create(
        case=case,
        language=language.strip(),
        interpreter=interpreter,
        note=note.strip(),
        idempotency_key=idempotency_key,
        **said_by(actor),
    )


@transaction.atomic
def assess_interests(
    case_id: UUID, said: AssessmentSaid, *, idempotency_key: UUID | None = None
) -> Assessment:
    """Records what is best for the child by the four factors. NotWhole where one is missing or says nothing."""
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Assessment.objects, idempotency_key, actor, case_id=case.pk):
        return first
    values = asdict(said)
    _look_at_whole("cases_assessment_lacks", values)
    return Assessment.objects.create(case=case, idempotency_key=idempotency_key, **values, **said_by(actor))


@transaction.atomic
def determine_interests(
    case_id: UUID, said: DeterminationSaid, *, idempotency_key: UUID | None = None
) -> Determination:
    """Records what a panel found best for the child: who was there, the options weighed, dissent, when to look again.

    NotWhole where any of it is missing, or too few people met.
    """
    actor = check(RECORD)
    case = held_case(case_id)
    if first := made_before(Determination.objects, idempotency_key, actor, case_id=case.pk):
        return first
    values = asdict(said)
    values |= {name: list(values[name]) for name in ("panel", "options")}
    _look_at_whole("cases_determination_lacks", values)
    return Determination.objects.create(
        case=case, idempotency_key=idempotency_key, **values, **said_by(actor)
    )


def _look_at_whole(rule: str, values: dict[str, object]) -> None:
    """The rule stands in the database, which holds it against everybody; it is asked here, to say all at once."""
    short_enough(**{name: text for name, text in values.items() if isinstance(text, str)})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, lack FROM {rule}(%s::jsonb) ORDER BY place, lack",  # noqa: S608 - one of two names of ours
            [json.dumps(values, default=str)],
        )
        lacks = tuple(cursor.fetchall())
    if lacks:
        raise NotWhole("", lacks)

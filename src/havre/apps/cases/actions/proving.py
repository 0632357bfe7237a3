# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""That something was sent, or that it arrived: how, and what shows it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from havre.apps.cases.actions.errors import CaseRefused, NoSuchCase
from havre.apps.cases.actions.finding import LEAST, held_case, made_before, said_by, short_enough
from havre.apps.cases.actions.notifying import tell_the_other
from havre.apps.cases.enums import Channel
from havre.apps.cases.models import Case, Event, Exchange
from havre.apps.cases.policies import RECORD
from havre.core.access import Actor, check
from havre.core.accounts.models import Organisation
from havre.core.files import FileRefused, store
from havre.core.files.models import File
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it was handed in."""

    name: str
    content: bytes


class PaperRefused(CaseRefused):
    """A document that is not taken; says why."""

    field = "file"

    def __init__(self, refused: FileRefused) -> None:
        super().__init__(refused.key)
        self.refused = refused

    def say(self, language: Language) -> str:
        """One sentence."""
        return self.refused.said(language)


@transaction.atomic
def prove_exchange(
    event_id: UUID,
    how: Channel,
    *,
    reference: str = "",
    paper: Paper | None = None,
    idempotency_key: UUID | None = None,
) -> Exchange:
    """Says how what an event speaks of was sent, and what shows it: a reference, a document, or both. Never changed.

    CaseRefused where neither is given, PaperRefused where the document is not taken; with a key that was used before,
    the first.
    """
    actor = check(RECORD)
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise NoSuchCase
    case = held_case(event.case_id)
    if first := made_before(Exchange.objects, idempotency_key, actor, event_id=event.pk):
        return first
    reference = reference.strip()
    short_enough(reference=reference)
    if paper is None and len(reference) < LEAST:
        raise CaseRefused("proof_needed", field="reference")
    file = _kept(paper, case, actor) if paper else None
    made = Exchange.objects.create(
        case=case,
        event=event,
        how=how,
        reference=reference,
        file=file,
        sha256=bytes(file.sha256).hex() if file else "",
        idempotency_key=idempotency_key,
        **said_by(actor),
    )
    tell_the_other(case, "notice_event")
    return made


def _kept(paper: Paper, case: Case, actor: Actor) -> File:
    own = Organisation.objects.get(pk=actor.organisation_id)
    try:
        return store(paper.name, paper.content, own, case.registration_id)
    except FileRefused as refused:
        raise PaperRefused(refused) from refused

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that goes out with a case: what the acting member may read, and the files that they may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.apps.cases.actions.errors import NoSuchCase
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.queries import case_view, decisions
from havre.apps.cases.queries.exchanges import exchanges_of
from havre.apps.cases.queries.told import case_told, left_out, organisation_told, people_of
from havre.core.access import check
from havre.core.accounts.models import Organisation
from havre.core.audit import record_read
from havre.core.clock import now, today
from havre.core.exchange.bundle import Attachment, shape
from havre.core.exchange.bundle.writing import FOLDER
from havre.core.files import FileLost, content_of
from havre.core.files.kinds import Kind
from havre.words import Language

MOST_ATTACHED = 64 * 1024 * 1024
"""Bytes of all attachments together: so much is read, hashed and packed while somebody waits."""
_ENDINGS = {kind.media_type: kind.endings[0] for kind in Kind}


@dataclass(frozen=True, slots=True)
class Taken:
    """What goes out, and the registrations that it speaks of."""

    file: shape.CaseFile
    child: UUID
    relative: UUID | None
    attachments: tuple[Attachment, ...]


def gather(case_id: UUID, language: Language, *, files: bool) -> Taken:
    """The case, whole, and with ``files`` what may be attached. Every read is on record. NoSuchCase."""
    actor = check(READ_CASES)
    view = case_view(case_id, language)
    if view is None:
        raise NoSuchCase
    people = people_of(view.case)
    exchanges = exchanges_of(view.case)
    papers = _Papers([*people.documents, *exchanges] if files else ())
    told = case_told(view, decisions().agreed().filter(case=case_id), people, exchanges, papers.place)
    file = shape.CaseFile(
        format=shape.CASE_FORMAT,
        version=shape.VERSION,
        made_at=now().replace(microsecond=0),
        made_by=organisation_told(Organisation.objects.get(pk=actor.organisation_id)),
        on_day=today(),
        case=told,
    )
    return Taken(file, view.case.registration_id, view.case.family_id, tuple(papers.attached.values()))


class _Papers:
    """The files of papers: each read where it may be opened, as long as there is room; small ones first."""

    def __init__(self, papers: Iterable[Any]) -> None:
        self.attached: dict[UUID, Attachment] = {}
        self._why: dict[UUID, str] = {}
        left = MOST_ATTACHED
        for paper in sorted((each for each in papers if each.file), key=lambda each: each.file.size):
            if paper.file.size > left:
                self._why[paper.pk] = "large"
            elif self._read(paper):
                left -= paper.file.size

    def place(self, paper: Any) -> str | shape.Word | None:
        """Where the file of a paper goes, or why it does not; None where there is none, or none was asked for."""
        if paper.pk in self.attached:
            return self.attached[paper.pk].path
        if (paper.file_id or getattr(paper, "sha256", "")) and not paper.file:
            return left_out("elsewhere")
        return left_out(self._why[paper.pk]) if paper.pk in self._why else None

    def _read(self, paper: Any) -> bool:
        file = paper.file
        try:
            content = content_of(file)
        except FileLost:
            self._why[paper.pk] = "lost"
            return False
        record_read("files_file", file.pk, file.subject)
        path = f"{FOLDER}/{paper.pk}.{_ENDINGS.get(file.media_type, 'bin')}"
        self.attached[paper.pk] = Attachment(path, file.media_type, content)
        return True

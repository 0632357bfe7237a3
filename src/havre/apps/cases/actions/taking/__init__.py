# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole case on its way out of the house: as a dossier on paper, and as a bundle that needs no Havre.

Both are made while somebody waits, and handed over: nothing of them is kept here. What leaves is known to the record
by its SHA-256, so that it can later be said whether a file is the one that was taken out.
"""

from hashlib import sha256
from uuid import UUID

from havre.apps.cases.actions.taking.gathering import Taken, gather
from havre.apps.cases.actions.taking.paper import on_paper
from havre.core.audit import record, record_handed
from havre.core.exchange.bundle import write_bundle
from havre.core.letters import pdf
from havre.words import Language

__all__ = ["case_bundle", "case_dossier"]

_DOSSIER = "havre.apps.cases/letters/dossier.typ"


def case_dossier(case_id: UUID, language: Language) -> bytes:
    """The whole case as the acting member may read it, as PDF/UA with an index; NoSuchCase."""
    taken = gather(case_id, language, files=False)
    return _on_record(taken, "dossier", _paper(taken, language))


def case_bundle(case_id: UUID, language: Language) -> bytes:
    """The same as a .zip of plain files (docs/reference/bundle.md), with the documents that the member may open."""
    taken = gather(case_id, language, files=True)
    made = write_bundle(taken.file, _paper(taken, language), taken.attachments)
    return _on_record(taken, "bundle", made)


def _paper(taken: Taken, language: Language) -> bytes:
    return pdf(_DOSSIER, on_paper(taken.file, language), language, made_at=taken.file.made_at)


def _on_record(taken: Taken, kind: str, made: bytes) -> bytes:
    """That it left the house, and whom it speaks of: who withdraws consent is told of it."""
    case = taken.file.case.id
    digest = sha256(made).hexdigest()
    record("export", table="cases_case", row=case, subject=taken.child, format=kind, sha256=digest)
    spoken_of = [(case, each) for each in (taken.child, taken.relative) if each]
    record_handed("cases_case", spoken_of, format=kind)
    return made

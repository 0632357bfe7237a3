# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves a case, as tests read it."""

import json
from typing import Any

from apps.tracing.shores import acts
from core.exchange.bundles import files_of

from havre.apps.cases.actions.taking import case_bundle
from havre.apps.cases.actions.taking.gathering import gather
from havre.apps.cases.actions.taking.paper import on_paper
from havre.apps.cases.models import Case
from havre.core.accounts.models import Member
from havre.words import Language


def taken(member: Member, case: Case, language: Language = Language.ENGLISH) -> dict[str, bytes]:
    with acts(member):
        return files_of(case_bundle(case.pk, language))


def told(member: Member, case: Case) -> Any:
    return json.loads(taken(member, case)["case.json"])["case"]


def paper(member: Member, case: Case, language: Language = Language.ENGLISH) -> Any:
    with acts(member):
        return on_paper(gather(case.pk, language, files=False).file, language)


def texts(said: Any) -> list[str]:
    """Every text of what a template is told."""
    if isinstance(said, str):
        return [said]
    inner = said.values() if isinstance(said, dict) else said if isinstance(said, (list, tuple)) else ()
    return [text for each in inner for text in texts(each)]

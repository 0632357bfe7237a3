# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members said of a pair, as the acting member may hear it."""

from dataclasses import dataclass
from datetime import date, datetime

from havre.apps.tracing.enums import Act, PairState, reason_of
from havre.apps.tracing.models import Pair, Verdict, VerdictNote
from havre.core.access import current_actor
from havre.core.accounts.enums import Shore
from havre.words import Language


@dataclass(frozen=True, slots=True)
class VerdictSaid:
    """One verdict. Of another organisation: what was done, the reason of the vocabulary, and when; never who."""

    act: Act
    organisation: str
    shore: Shore
    at: datetime
    reason: str
    true_on: date | None
    before: PairState
    after: PairState
    own: bool
    member: str
    """Own organisation only."""
    words: str
    """Own organisation only."""


def verdicts_of(pair: Pair, language: Language) -> tuple[VerdictSaid, ...]:
    """The verdicts of a pair, newest first."""
    own = current_actor().organisation_id
    found = list(
        Verdict.objects.filter(pair=pair)
        .select_related("organisation", "member__account")
        .order_by("-recorded_at", "-id")
    )
    notes = dict(VerdictNote.objects.filter(verdict__in=found).values_list("verdict_id", "words"))
    return tuple(_said(each, each.organisation_id == own, notes.get(each.pk, ""), language) for each in found)


def _said(verdict: Verdict, own: bool, words: str, language: Language) -> VerdictSaid:
    reason = reason_of(verdict.reason)
    return VerdictSaid(
        act=Act(verdict.kind),
        organisation=verdict.organisation.name,
        shore=Shore(verdict.shore),
        at=verdict.recorded_at,
        reason=reason.label(language) if reason else "",
        true_on=verdict.true_on,
        before=PairState(verdict.pair_state_before),
        after=PairState(verdict.pair_state_after),
        own=own,
        member=verdict.member.account.full_name if own else "",
        words=words,
    )

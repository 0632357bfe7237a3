# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The life of a pair: which step leads from which state to which, who takes it, what it asks for and what follows.

The database holds the same table (``tracing_life()``, made from this one by a migration) and a trigger that refuses
every other step, whoever writes it and however. A change here needs a new migration; a test compares both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.policies import DECIDE, REUNITE, VERIFY
from havre.core.access import Right


class By(StrEnum):
    """Who takes a step."""

    MEMBER = "member"
    MATCH = "match"
    """The job of a match run."""
    HOUSE = "house"
    """The database itself, as a consequence of another step."""


class Need(StrEnum):
    """What a step asks for beside the right."""

    REASON = "reason"
    """A key of the published vocabulary."""
    DAY = "day"
    """When it happened."""
    OTHER_SHORE = "other_shore"
    """Another member than who confirmed, acting for an organisation of the other shore."""
    SAME_MEMBER = "same_member"
    """The member who confirmed."""


class Effect(StrEnum):
    """What follows a step, within the same statement: functions of the database named ``tracing_<effect>``."""

    SHARE = "share"
    """Opens each registration to the organisation of the other."""
    END_SHARE = "end_share"
    CLOSE_RIVALS = "close_rivals"
    """Pairs of the same link, or of the same child, become elsewhere; each remembers what it was."""
    RESTORE_RIVALS = "restore_rivals"
    """They become again what they were, unless another reunion still closes them."""


@dataclass(frozen=True, slots=True)
class Step:
    """From ``was``, by ``act``, to ``becomes``."""

    was: PairState
    act: Act
    becomes: PairState
    by: By
    right: Right | None = None
    """What a member must hold."""
    needs: frozenset[Need] = frozenset()
    effects: tuple[Effect, ...] = ()


S, A = PairState, Act


def _member(
    was: PairState, act: Act, becomes: PairState, right: Right, *needs: Need, effects: tuple[Effect, ...] = ()
) -> Step:
    return Step(was, act, becomes, By.MEMBER, right, frozenset(needs), effects)


LIFE: tuple[Step, ...] = (
    _member(S.PROPOSED, A.CONFIRM, S.CONFIRMED, DECIDE),
    _member(S.PROPOSED, A.REJECT, S.REJECTED, DECIDE, Need.REASON),
    _member(S.PROPOSED, A.ASK, S.PROPOSED, DECIDE, Need.REASON),
    _member(S.PROPOSED, A.SKIP, S.PROPOSED, DECIDE),
    _member(S.CONFIRMED, A.ASK, S.CONFIRMED, DECIDE, Need.REASON),
    _member(S.CONFIRMED, A.SKIP, S.CONFIRMED, DECIDE),
    _member(S.CONFIRMED, A.WITHDRAW, S.PROPOSED, DECIDE, Need.SAME_MEMBER),
    _member(S.CONFIRMED, A.VERIFY, S.VERIFIED, VERIFY, Need.OTHER_SHORE, effects=(Effect.SHARE,)),
    _member(S.CONFIRMED, A.REFUSE_VERIFICATION, S.REJECTED, VERIFY, Need.REASON, Need.OTHER_SHORE),
    _member(S.REJECTED, A.REOPEN, S.PROPOSED, DECIDE, Need.REASON),
    _member(S.VERIFIED, A.REUNITE, S.REUNITED, REUNITE, Need.DAY, effects=(Effect.CLOSE_RIVALS,)),
    _member(S.VERIFIED, A.REVOKE, S.REJECTED, VERIFY, Need.REASON, effects=(Effect.END_SHARE,)),
    _member(S.REUNITED, A.UNDO, S.VERIFIED, REUNITE, Need.REASON, effects=(Effect.RESTORE_RIVALS,)),
    Step(S.PROPOSED, A.FADE, S.WITHDRAWN, By.MATCH),
    Step(S.WITHDRAWN, A.RETURN, S.PROPOSED, By.MATCH),
    Step(S.REJECTED, A.COME_BACK, S.PROPOSED, By.MATCH),
    Step(S.PROPOSED, A.CLOSE, S.ELSEWHERE, By.HOUSE),
    Step(S.CONFIRMED, A.CLOSE, S.ELSEWHERE, By.HOUSE),
    Step(S.VERIFIED, A.CLOSE, S.ELSEWHERE, By.HOUSE, effects=(Effect.END_SHARE,)),
    Step(S.ELSEWHERE, A.RESTORE, S.PROPOSED, By.HOUSE),
    Step(S.ELSEWHERE, A.RESTORE, S.CONFIRMED, By.HOUSE),
    Step(S.ELSEWHERE, A.RESTORE, S.VERIFIED, By.HOUSE, effects=(Effect.SHARE,)),
    Step(S.PROPOSED, A.END, S.WITHDRAWN, By.HOUSE),
    Step(S.CONFIRMED, A.END, S.WITHDRAWN, By.HOUSE),
    Step(S.VERIFIED, A.END, S.WITHDRAWN, By.HOUSE, effects=(Effect.END_SHARE,)),
    Step(S.ELSEWHERE, A.END, S.WITHDRAWN, By.HOUSE),
)
"""Every step there is. A pair begins as proposed, by the match. Rejected and reunited pairs never end by
themselves: that they were is remembered, and what they show is taken away (``tracing_end``)."""


def step_of(was: PairState, act: Act) -> Step | None:
    """The step that a member takes from a state by an act; None where there is none."""
    return next((step for step in LIFE if (step.was, step.act, step.by) == (was, act, By.MEMBER)), None)


def steps_from(was: PairState) -> tuple[Step, ...]:
    """The steps that members may take from a state."""
    return tuple(step for step in LIFE if step.was is was and step.by is By.MEMBER)


def life_function() -> str:
    """SQL that makes ``tracing_life()``: this table, for the trigger."""
    rows = ",\n    ".join(_sql_row(step) for step in LIFE)
    return f"""
CREATE OR REPLACE FUNCTION tracing_life() RETURNS TABLE (
  was text, act text, becomes text, by text, roles text[], needs text[], effects text[]
) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    {rows}
$$
"""  # noqa: S608 - words of the enums, no value of anybody's


def _sql_row(step: Step) -> str:
    roles = sorted(step.right.roles) if step.right else []
    texts = ", ".join(f"'{text}'" for text in (step.was, step.act, step.becomes, step.by))
    arrays = ", ".join(_sql_array(each) for each in (roles, sorted(step.needs), step.effects))
    return f"({texts}, {arrays})"


def _sql_array(texts: Iterable[str]) -> str:
    return "'{" + ",".join(texts) + "}'::text[]"

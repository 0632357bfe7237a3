# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The buttons of a pair: what the acting member may do with it now, with the key of each and what it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from havre.apps.tracing.enums import Act, PairState, reasons_for
from havre.apps.tracing.queries import VerdictSaid
from havre.apps.tracing.web.forms import VerdictForm
from havre.apps.tracing.web.words import WORDS
from havre.core.database.ids import uuid7
from havre.words import Language

KEYS = {
    Act.CONFIRM: "c",
    Act.REJECT: "r",
    Act.ASK: "a",
    Act.SKIP: "s",
    Act.VERIFY: "v",
    Act.REFUSE_VERIFICATION: "r",
    Act.WITHDRAW: "u",
    Act.UNDO: "u",
}
ICONS = {
    Act.CONFIRM: "check",
    Act.REJECT: "x",
    Act.ASK: "message-question",
    Act.SKIP: "player-skip-forward",
    Act.WITHDRAW: "arrow-left",
    Act.VERIFY: "checks",
    Act.REFUSE_VERIFICATION: "x",
    Act.REOPEN: "refresh",
    Act.REUNITE: "heart-handshake",
    Act.UNDO: "arrow-left",
    Act.REVOKE: "unlink",
}
KINDS = {
    Act.CONFIRM: "main",
    Act.VERIFY: "main",
    Act.REUNITE: "main",
    Act.REJECT: "danger",
    Act.REFUSE_VERIFICATION: "danger",
    Act.REVOKE: "danger",
    Act.SKIP: "quiet",
}
ORDER = (
    Act.VERIFY,
    Act.CONFIRM,
    Act.REUNITE,
    Act.REFUSE_VERIFICATION,
    Act.REJECT,
    Act.REVOKE,
    Act.WITHDRAW,
    Act.UNDO,
    Act.REOPEN,
    Act.ASK,
    Act.SKIP,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One button, and the form behind it where the act asks for a reason or a day."""

    act: Act
    label: str
    send: str
    """What the button of its form says."""
    lead: str
    icon: str
    kind: str
    key: str
    sent: UUID
    """So that the same press twice is one verdict."""
    form: VerdictForm | None
    """Where the act asks for a reason or a day."""


def choices(acts: Sequence[Act], language: Language, refused: VerdictForm | None = None) -> list[Choice]:
    """The buttons for ``acts``, the main one first; ``refused`` is the form that has to be put right."""
    seen = uuid7()
    return [_choice(act, seen, language, refused) for act in ORDER if act in acts]


def quick_undo(acts: Sequence[Act], verdicts: Sequence[VerdictSaid]) -> bool:
    """Whether the last step was the own organisation's rejection, which a slip of a finger may have made."""
    last = next((verdict for verdict in verdicts if verdict.before is not verdict.after), None)
    return Act.REOPEN in acts and last is not None and last.own and last.after is PairState.REJECTED


def _choice(act: Act, seen: UUID, language: Language, refused: VerdictForm | None) -> Choice:
    asks = bool(reasons_for(act)) or act is Act.REUNITE
    again = refused if refused and refused.data.get("act") == act else None
    return Choice(
        act=act,
        label=WORDS.say(language, f"do_{act.value}"),
        send=WORDS.say(language, f"send_{act.value}") if asks else "",
        lead=WORDS.say(language, f"ask_{act.value}") if asks else "",
        icon=ICONS[act],
        kind=KINDS.get(act, "plain"),
        key=KEYS.get(act, ""),
        sent=uuid5(seen, act.value),
        form=again or VerdictForm.of(act, language) if asks else None,
    )

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the API of tracing takes and gives."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from havre.apps.tracing.actions import possible_acts
from havre.apps.tracing.enums import MEMBERS_ACTS, Act, Agreement, PairState, RunState
from havre.apps.tracing.models import Run
from havre.apps.tracing.queries import PairLine, PairQuerySet, PairView, Side, pairs
from havre.core.accounts.enums import Shore
from havre.engines.linkage import Band
from havre.engines.linkage.relations import relations

MOST = 200
"""Rows of a page."""
MembersAct = StrEnum("MembersAct", {act.name: act.value for act in MEMBERS_ACTS})  # type: ignore[misc]


def _written(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a sign that nobody writes")
    return text


def _relation(key: str) -> str:
    if key not in relations():
        raise ValueError("is no relation of the published vocabulary")
    return key


Cursor = Annotated[str, StringConstraints(max_length=200), AfterValidator(_written)]
Relation = Annotated[str, StringConstraints(max_length=40), AfterValidator(_relation)]


class Waiting(StrEnum):
    """For whom a pair waits."""

    DECIDE = "decide"
    VERIFY = "verify"
    ASKED = "asked"
    OTHER_SHORE = "other_shore"


def _waiting(waiting: Waiting | None) -> PairQuerySet:
    match waiting:
        case Waiting.DECIDE:
            return pairs().waiting_for_my_decision()
        case Waiting.VERIFY:
            return pairs().waiting_for_my_verification()
        case Waiting.ASKED:
            return pairs().that_we_are_asked_about()
        case Waiting.OTHER_SHORE:
            return pairs().waiting_for_the_other_shore()
    return pairs()


class Questions(Schema):
    """Which pairs to list; all filters hold at once."""

    model_config = ConfigDict(extra="forbid")
    waiting: Waiting | None = None
    state: PairState | None = None
    band: Band | None = None
    relation: Relation | None = None
    organisation: UUID | None = None
    run: UUID | None = None
    came_back: bool = False
    at: Cursor = ""
    size: Annotated[int, Field(ge=1, le=MOST)] = 50

    def found(self) -> PairQuerySet:
        """The pairs that they ask for."""
        found = _waiting(self.waiting)
        found = found.in_state(self.state) if self.state else found
        found = found.in_band(self.band) if self.band else found
        found = found.with_relation(self.relation) if self.relation else found
        found = found.with_organisation(self.organisation) if self.organisation else found
        found = found.of_run(self.run) if self.run else found
        return found.that_came_back() if self.came_back else found


class LineOut(Schema):
    """A pair in a list. Names as written; empty where the pair shows nothing any more."""

    id: UUID
    state: PairState
    version: int
    band: Band
    probability: float
    child: str
    relative: str
    relation: str
    """What the child calls the relative; else what the relative calls the child."""
    relation_is_childs: bool
    child_organisation: str
    relative_organisation: str
    rivals: int
    came_back: bool

    @classmethod
    def of(cls, line: PairLine) -> "LineOut":
        """A line of the list as it is sent."""
        same = {
            name: getattr(line, name)
            for name in cls.model_fields
            if name not in ("id", "child_organisation", "relative_organisation")
        }
        return cls(
            id=line.pair_id,
            child_organisation=line.child_organisation.name,
            relative_organisation=line.relative_organisation.name,
            **same,
        )


class LinesOut(Schema):
    """A page of pairs, the most probable first, and the cursors of the pages around it."""

    pairs: list[LineOut]
    next: str
    previous: str


class SideOut(Schema):
    """One side of a pair. Before it is verified the other shore's side holds this and no more."""

    organisation: str
    shore: Shore
    own: bool
    registration: UUID | None
    """Where it may be read: the registry tells the rest."""
    names: str
    other_names: str
    born: tuple[int, int] | None
    """The first and the last possible year."""
    nationality: str
    birthplace: str
    relation: str
    """What this side calls the other."""
    names_said: str
    """What this side says the other is called."""
    other_names_said: str

    @classmethod
    def of(cls, side: Side) -> "SideOut":
        """A side as the acting member may see it."""
        glimpsed = {name: getattr(side.glimpse, name) for name in side.glimpse.__dataclass_fields__}
        return cls(
            organisation=side.organisation.name,
            shore=side.shore,
            own=side.own,
            registration=side.registration.pk if side.registration else None,
            **glimpsed,
        )


class ReasonOut(Schema):
    """One observation that speaks for or against a pair."""

    part: str
    text: str
    bits: float


class VerdictOut(Schema):
    """What was done to a pair; of another organisation never who did it, nor their words."""

    act: Act
    organisation: str
    shore: Shore
    at: datetime
    reason: str
    true_on: date | None
    own: bool
    member: str
    words: str
    before: PairState
    after: PairState


class PairOut(LineOut):
    """A pair with all that the acting member may see of it."""

    child_side: SideOut
    relative_side: SideOut
    evidence: dict[str, float]
    """Part to bits."""
    reasons: list[ReasonOut]
    agreements: dict[str, Agreement]
    rival_pairs: list[LineOut]
    sibling_pairs: list[LineOut]
    verdicts: list[VerdictOut]
    possible: list[Act]
    """What the acting member may do with it now."""

    @classmethod
    def of_view(cls, view: PairView, line: PairLine) -> "PairOut":
        """The view of the page as it is sent."""
        return cls(
            **dict(LineOut.of(line)),
            child_side=SideOut.of(view.child),
            relative_side=SideOut.of(view.relative),
            evidence=view.bits.parts(),
            reasons=[ReasonOut(part=each.part, text=each.text, bits=each.bits) for each in view.reasons],
            agreements=view.agreements,
            rival_pairs=[LineOut.of(each) for each in view.rivals],
            sibling_pairs=[LineOut.of(each) for each in view.siblings],
            verdicts=[
                VerdictOut(**{name: getattr(each, name) for name in VerdictOut.model_fields})
                for each in view.verdicts
            ],
            possible=list(possible_acts(view.pair)),
        )


class VerdictIn(Schema):
    """An act on a pair as it was seen."""

    model_config = ConfigDict(extra="forbid")
    act: MembersAct
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    idempotency_key: UUID
    reason: Annotated[str, StringConstraints(max_length=40), AfterValidator(_written)] = ""
    words: Annotated[str, StringConstraints(max_length=4000), AfterValidator(_written)] = ""
    true_on: date | None = None


class Taken(Schema):
    """A verdict that was taken: what the pair is now, and the version to name next."""

    pair: UUID
    act: Act
    state: PairState
    version: int


class RunIn(Schema):
    """Asks for a match run."""

    model_config = ConfigDict(extra="forbid")
    idempotency_key: UUID


class RunOut(Schema):
    """A match run: numbers only."""

    id: UUID
    organisation: str
    state: RunState
    recorded_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    people_a: int
    people_b: int
    links_a: int
    links_b: int
    counts: dict[str, int]
    changes: dict[str, int]
    engine_version: str

    @classmethod
    def of(cls, run: Run) -> "RunOut":
        """A run as it is sent."""
        same: dict[str, Any] = {
            name: getattr(run, name) for name in cls.model_fields if name != "organisation"
        }
        return cls(organisation=run.organisation.name, **same)


class RunsOut(Schema):
    """A page of runs, newest first, and the cursors of the pages around it."""

    runs: list[RunOut]
    next: str
    previous: str

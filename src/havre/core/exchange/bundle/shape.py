# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a bundle, version 1. What each field is stands in ``words.toml``, in both languages.

Days are ISO 8601 dates, moments carry their time zone, ids are UUIDs. Whatever is a word of Havre's stands beside its
meaning in both languages, so that a reader needs no list of them. Once released, a version never changes: a field more
makes the next one.
"""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

CASE_FORMAT: Final = "havre.case"
MANIFEST_FORMAT: Final = "havre.bundle"
VERSION: Final = 1
PATH = r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$"
"""Of a file in a bundle: no folder above, no root, no sign that a system reads otherwise."""

Path = Annotated[str, StringConstraints(max_length=200, pattern=PATH)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Part(BaseModel):
    """An object of the bundle; what the shape does not know in it is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """Havre's own words, in both languages."""

    en: str
    fr: str


class Word(Text):
    """A word of a vocabulary of Havre's, and what it means."""

    word: str


class Organisation(Part):
    """Who asks, who is asked, who made the bundle."""

    id: UUID
    name: str
    shore: Word


class Birth(Part):
    """When somebody was born, as far as somebody said, showed or assessed it."""

    earliest: date
    latest: date
    method: Word
    true_on: date
    disputed: bool


class Said(Part):
    """What this person says of the other."""

    relation: Word | None
    names: str


class Document(Part):
    """A paper that somebody showed."""

    id: UUID
    kind: str
    number: str
    issued_by: str
    attachment: Path | None
    left_out: Word | None


class Person(Part):
    """The child, or the relative, as whoever made the bundle may read them."""

    registration: UUID | None
    reference: str
    names: tuple[str, ...]
    born: tuple[Birth, ...]
    born_between: tuple[int, int] | None
    nationality: str
    birthplace: str
    language: str
    says: tuple[Said, ...]
    documents: tuple[Document, ...]


class Event(Part):
    """Something that happened to the case."""

    id: UUID
    kind: Word
    happened_on: date
    recorded_at: AwareDatetime
    organisation: str
    shore: Word
    route: str | None
    decision: UUID | None


class Fact(Part):
    """Something that is known of the child or the relative for the routes."""

    key: str
    text: Text
    value: str
    means: Text
    whence: Word
    how: str


class Source(Part):
    """Where a rule can be read."""

    name: Text
    url: str


class Condition(Part):
    """One condition of a route, and how it stands."""

    key: str
    cite: Text
    text: Text
    state: Word
    step: bool
    sure: Word


class Route(Part):
    """A legal basis, and whether it is open on the day of the bundle."""

    key: str
    cite: Text
    text: Text
    answer: Word
    in_force: bool
    sure: Word
    sources: tuple[Source, ...]
    conditions: tuple[Condition, ...]
    missing: tuple[Word, ...]


class Clock(Part):
    """A deadline, and what it was counted from."""

    key: str
    text: Text
    who: Text
    due: date | None
    state: Word
    binding: bool
    cite: Text
    sure: Word
    counted_from: str
    counted_on: date
    follows: Text


class Criterion(Part):
    """One criterion of a decision."""

    key: str
    cite: Text
    text: Text
    result: Word
    reason: str


class Seen(Part):
    """Evidence that was looked at."""

    what: str
    document: UUID | None


class Missing(Part):
    """Evidence that would help, and how it could be given."""

    what: str
    how: str


class Telling(Part):
    """That the child was told of a decision."""

    told_by: str
    told_on: date
    language: str
    manner: Word
    recorded_at: AwareDatetime
    organisation: str


class Decision(Part):
    """An answer to the request, whole."""

    id: UUID
    answer: Word
    route: str
    organisation: str
    shore: Word
    decided_on: date
    agreed_on: date | None
    written_in: str
    in_short: str
    criteria: tuple[Criterion, ...]
    evidence_seen: tuple[Seen, ...]
    evidence_missing: tuple[Missing, ...]
    reunification: str
    well_being: str
    safety: str
    views: str
    telling_language: str
    telling_manner: Word
    again_how: str
    again_until: date
    helper: str
    told: Telling | None


class Line(Part):
    """One thing that a statement says."""

    key: str
    label: Text
    value: str
    means: Text | None


class Statement(Part):
    """Whatever else a member added to the case, whole: a plan, an assessment, a proof, an answer given elsewhere."""

    id: UUID
    kind: Word
    organisation: str
    shore: Word
    recorded_at: AwareDatetime
    event: UUID | None
    written_in: str | None
    says: tuple[Line, ...]
    attachment: Path | None


class Case(Part):
    """A child's way to a family."""

    id: UUID
    opened_at: AwareDatetime
    asks: Organisation
    asked: Organisation | None
    state: Word
    by_silence: bool
    route: str | None
    relation: Word | None
    child: Person
    relative: Person
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]
    routes: tuple[Route, ...]
    clocks: tuple[Clock, ...]
    decisions: tuple[Decision, ...]
    statements: tuple[Statement, ...]


class CaseFile(Part):
    """What ``case.json`` holds."""

    format: Literal["havre.case"]
    version: Literal[1]
    made_at: AwareDatetime
    made_by: Organisation
    on_day: date
    case: Case


class Kept(Part):
    """One file of the bundle."""

    path: Path
    size: Annotated[int, Field(ge=0)]
    sha256: Digest
    media_type: str


class Manifest(Part):
    """What ``manifest.json`` holds: every file but itself."""

    format: Literal["havre.bundle"]
    version: Literal[1]
    made_at: AwareDatetime
    files: tuple[Kept, ...]

# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of accommodation."""

from enum import StrEnum

from havre.words import Words

WORDS = Words("havre.apps.accommodation")
"""What every screen says alike: whom a party is made of."""


class CentreKind(StrEnum):
    """What a centre is there for."""

    ORIENTATION = "orientation"
    """Takes in who leaves the camp (centre d'accueil et d'orientation)."""
    MINORS = "minors"
    """By law for unaccompanied minors, and for nobody else."""
    OTHER = "other"


class PartyKind(StrEnum):
    """Whom a party is made of; a place says which it takes. The words of the engine's policy."""

    ADULT = "adult"
    FAMILY = "family"
    MINOR = "minor"
    """Unaccompanied: certainly or possibly under eighteen, all of them."""
    WOMAN = "woman"


class UnitKind(StrEnum):
    """What a place is counted in. The engine's words, whose import would bring the solver along."""

    BED = "bed"
    """A party of k takes k."""
    ROOM = "room"
    """A party takes one of at least its size."""


class AgeSaid(StrEnum):
    """How old somebody is, where only that was said; the registry's evidence goes before it."""

    MINOR = "minor"
    ADULT = "adult"


class BlockReason(StrEnum):
    """Why units stand empty."""

    WORKS = "works"
    UNSAFE = "unsafe"
    STAFF = "staff"
    """Nobody is there to look after them."""
    KEPT = "kept"
    """For somebody who is announced."""
    OTHER = "other"


class LockRule(StrEnum):
    """What was laid down by hand for a party."""

    STAYS = "stays"
    NEVER = "never"


class EndWhy(StrEnum):
    """Why somebody is no longer where they stayed."""

    LEFT = "left"
    """Said so, and went."""
    TRANSFERRED = "transferred"
    GONE = "gone"
    """Nobody knows where to."""
    MISTAKE = "mistake"
    """They never came; the stay was written by mistake."""


class PromiseEnd(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    """They came, and stay there."""
    REFUSED = "refused"
    MOVED = "moved"
    """Another place was promised instead."""
    CLOSED = "closed"
    """The place is no longer there."""
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"


class OfferState(StrEnum):
    """Where an offer at the desk stands. A refusal is a right and costs nothing."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"


class QueueReason(StrEnum):
    """Why a party waits at the desk."""

    NO_PLACE = "no_place"
    REFUSED = "refused"
    NO_SHOW = "no_show"
    CENTRE_CLOSED = "centre_closed"
    AGE = "age"
    """They are not what they were taken for, and no coach took them."""
    ASKED = "asked"
    """To speak with somebody."""


class DepartureState(StrEnum):
    """Where a coach is."""

    PLANNED = "planned"
    BOARDING = "boarding"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    """At its last stop."""
    CANCELLED = "cancelled"


class SheetKind(StrEnum):
    """What a spreadsheet lists."""

    CENTRES = "centres"
    PARTIES = "parties"


class SheetState(StrEnum):
    """Where a spreadsheet stands."""

    WAITING = "waiting"
    PREVIEWED = "previewed"
    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"


class PlanState(StrEnum):
    """Where a plan stands."""

    ASKED = "asked"
    DONE = "done"


class PlanEnd(StrEnum):
    """Why the search for a better plan ended."""

    ITSELF = "itself"
    """Nothing was left to win, or it had gone as long as it usually goes."""
    TIME = "time"
    HAND = "hand"
    """A member ended it."""
    WORKER = "worker"
    """The worker was killed or had to stop; its best so far was kept."""


class PlanInputKind(StrEnum):
    """What a plan is made from, beside its policy."""

    PARTIES = "parties"
    PLACES = "places"
    LOCKS = "locks"
    PROMISES = "promises"


class WhyNot(StrEnum):
    """Why a place is closed to a party. The first four are the hard rules of the engine, in its words."""

    KIND = "kind"
    TOO_MANY = "too_many"
    STEPS = "steps"
    HOSPITAL = "hospital"
    CLOSED = "closed"
    """No unit of it is free on the day of the plan."""
    APART = "apart"
    NEVER = "never"
    CLAIM = "claim"
    """A claim to family is pending: the child stays in the region of departure."""
    KIN = "kin"
    """A brother or sister is in another centre, which has room for them."""
    STAYS = "stays"
    """It was laid down that they stay elsewhere."""

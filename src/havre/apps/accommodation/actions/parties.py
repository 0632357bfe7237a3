# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties: made from people of the registry or from wristbands, changed, ended."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.finding import held_party, needed, short_enough
from havre.apps.accommodation.actions.refusing import Refused, refusing
from havre.apps.accommodation.enums import AgeSaid, EndWhy, PartyKind
from havre.apps.accommodation.models import KindChange, Party, PartyMember, PartyWish
from havre.apps.accommodation.policies import REGISTER_PARTY
from havre.apps.accommodation.queries import parties
from havre.apps.accommodation.queries.kin import OVER
from havre.apps.cases.queries import cases, siblings_of_cases, state_of
from havre.apps.registry.queries import registrations
from havre.core.access import Actor, check
from havre.core.clock import today


@dataclass(frozen=True, slots=True)
class MemberSaid:
    """One of a party: a registration of the registry, or a wristband, or neither and only the age."""

    registration_id: UUID | None = None
    wristband: str = ""
    age: AgeSaid | None = None


@dataclass(frozen=True, slots=True)
class WishSaid:
    """What a party asks for."""

    region_1: str = ""
    region_2: str = ""
    relative_town: str = ""
    relative_lat: float | None = None
    relative_lon: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartySaid:
    """Who travels and lives together."""

    wristband: str
    people: int
    kind: PartyKind
    language: str = ""
    medical: bool = False
    step_free: bool = False
    school: bool = False
    members: tuple[MemberSaid, ...] = ()
    wish: WishSaid = field(default_factory=WishSaid)
    kind_why: str = ""
    """Why the kind is another one than was said before."""


def said_of(party: Party) -> PartySaid:
    """What was said of a party and its wish, without its members."""
    wish = getattr(party, "wish", None) or WishSaid()
    return PartySaid(
        party.wristband,
        party.people,
        PartyKind(party.kind),
        **{name: getattr(party, name) for name in ("language", "medical", "step_free", "school")},
        wish=WishSaid(**{each.name: getattr(wish, each.name) for each in fields(WishSaid)}),
    )


@transaction.atomic
def register_party(said: PartySaid, *, idempotency_key: UUID | None = None) -> Party:
    """Makes a party of the own desk. The same key gives the first one, and makes no second.

    Refused where the wristband or one of the people is in another party, where a brother or sister of theirs is left
    out, and where minors alone are called anything else than minors, or an adult is among them.
    """
    actor = check(REGISTER_PARTY)
    if idempotency_key and (first := parties().of_our_desk().filter(idempotency_key=idempotency_key).first()):
        return first
    needed(wristband=said.wristband)
    short_enough(note=said.wish.note)
    if not 1 <= said.people <= 1000 or len(said.members) > said.people:
        raise Refused("broken_party_counts_its_members", field="people")
    named = [each.registration_id for each in said.members if each.registration_id]
    if named:
        _readable(named)
        _together(named)
    with refusing():
        party = Party.objects.create(
            organisation_id=actor.organisation_id,
            wristband=said.wristband.strip(),
            people=said.people,
            kind=said.kind,
            language=said.language.strip(),
            medical=said.medical,
            step_free=said.step_free,
            school=said.school,
            registered_by_id=actor.member_id,
            idempotency_key=idempotency_key,
        )
        PartyMember.objects.bulk_create(_member(party, each, actor) for each in said.members)
        PartyWish.objects.create(party=party, **asdict(said.wish))
    return party


@transaction.atomic
def change_party(party_id: UUID, said: PartySaid, *, members_too: bool = True) -> Party:
    """Says anew who they are, what they need and wish; ``members_too``: all of them are named, else they stay.

    Refused as when it is made, and another number of people while units are theirs. Another kind may be said of who
    stays somewhere (a child of seventeen grows up there), for a reason, and not while a place is only promised.
    """
    actor = check(REGISTER_PARTY)
    party = held_party(party_id)
    if party.ended_on is not None:
        raise Refused("party_has_left", status=409)
    needed(wristband=said.wristband)
    short_enough(note=said.wish.note)
    if not 1 <= said.people <= 1000 or len(said.members) > said.people:
        raise Refused("broken_party_counts_its_members", field="people")
    if said.people != party.people and party.uses.filter(ends=None).exists():
        raise Refused("people_have_units", field="people", status=409)
    if said.kind != party.kind and party.promises.filter(ended_at=None).exists():
        raise Refused("kind_is_promised", field="party_kind", status=409)
    with refusing():
        if said.kind != party.kind:
            _say_kind(party, said, actor)
        for name in ("wristband", "people", "kind", "language", "medical", "step_free", "school"):
            setattr(party, name, getattr(said, name))
        new = _members_anew(party, said, actor) if members_too else []
        party.save()
        PartyMember.objects.bulk_create(new)
        say_wish(party, said.wish)
    return party


def _say_kind(party: Party, said: PartySaid, actor: Actor) -> None:
    if not said.kind_why.strip():
        raise Refused("kind_needs_reason", field="kind_why")
    short_enough(kind_why=said.kind_why)
    KindChange.objects.create(
        organisation_id=actor.organisation_id,
        party=party,
        was=party.kind,
        becomes=said.kind,
        why=said.kind_why.strip(),
        member_id=actor.member_id,
    )


def _members_anew(party: Party, said: PartySaid, actor: Actor) -> list[PartyMember]:
    """Who is named no more has left; who is named for the first time, to be added once the party is what it is now."""
    named = [each.registration_id for each in said.members if each.registration_id]
    _readable(named)
    _together(named, party)
    people = set(registrations().filter(pk__in=named).values_list("person", flat=True))
    staying = party.members.filter(left_on=None, registration__person__in=people)
    stay = list(staying.values_list("pk", flat=True))
    party.members.filter(left_on=None).exclude(pk__in=stay).update(left_on=today())
    there = registrations().filter(person__in=staying.values("registration__person"))
    known = set(there.values_list("pk", flat=True))
    return [_member(party, each, actor) for each in said.members if each.registration_id not in known]


def say_wish(party: Party, wish: WishSaid) -> None:
    """Keeps what a party asks for, in the caller's right."""
    PartyWish.objects.update_or_create(party=party, defaults=asdict(wish))


@transaction.atomic
def end_party(party_id: UUID, why: EndWhy) -> Party:
    """They have left for good: nobody looks for a place for them any more. Refused while they stay somewhere."""
    check(REGISTER_PARTY)
    party = held_party(party_id)
    if party.ended_on is not None:
        return party
    if party.stays.filter(ends=None).exists() or party.promises.filter(ended_at=None).exists():
        raise Refused("party_is_somewhere", status=409)
    party.ended_on, party.ended_why = today(), why
    party.save(update_fields=["ended_on", "ended_why"])
    party.members.filter(left_on=None).update(left_on=today())
    return party


def _member(party: Party, said: MemberSaid, actor: Actor) -> PartyMember:
    return PartyMember(
        party=party,
        organisation_id=actor.organisation_id,
        registration_id=said.registration_id,
        wristband=said.wristband.strip(),
        age=said.age or "",
    )


def _readable(named: Iterable[UUID]) -> None:
    wanted = set(named)
    if registrations().standing().filter(pk__in=wanted).count() != len(wanted):
        raise Refused("no_such_person", field="members", status=404)


def _together(named: Iterable[UUID], party: Party | None = None) -> None:
    """Refuses to leave out brothers or sisters whose cases stand in one group: only a panel parts them.

    Who has joined their family, or left for good with another party, is nobody who could come along.
    """
    people = set(registrations().filter(pk__in=list(named)).values_list("person", flat=True))
    kin = siblings_of_cases(cases().filter(person__in=people).values_list("pk", flat=True))
    wanted = {each for group in kin.values() for each in group}
    left_out = cases().filter(pk__in=wanted).exclude(person__in=people).prefetch_related("events")
    here = {each.person for each in left_out if state_of(each.events.all()) not in OVER}
    of_them = PartyMember.objects.filter(registration__person__in=here)
    elsewhere = of_them.filter(left_on=None, party__ended_on=None).exclude(party=party)
    if other := elsewhere.values_list("party__wristband", flat=True).first():
        raise Refused("sibling_in_party", field="members", status=409, wristband=other)
    gone = of_them.exclude(party__ended_on=None).values_list("registration__person", flat=True)
    if here - set(gone):
        raise Refused("sibling_left_out", field="members", status=409)

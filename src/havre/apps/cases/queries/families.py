# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Child and relative as a case shows them, and brothers and sisters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection

from havre.apps.cases.models import Case, Determination, GroupStep
from havre.apps.cases.queries.cases import cases
from havre.apps.cases.queries.law import RULES
from havre.apps.cases.queries.reading import readable
from havre.apps.registry.queries import family_links, registrations
from havre.apps.tracing.queries import Glimpse, line_of, relation_said, siblings_of
from havre.apps.tracing.queries.lines import Half, halves
from havre.core.access import current_actor
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.engines.names import compare_names, probability
from havre.words import Language

MOST_PROPOSED = 10
SIBLING = "sibling"
"""A class of relations in the engine's vocabulary."""


@dataclass(frozen=True, slots=True)
class Family:
    """Child and relative: as the pair shows them or, while there is none, as the child's family link does."""

    pair_id: UUID | None
    child: str
    child_born: tuple[int, int] | None
    relative: str
    relation: str
    """What the child calls the relative; where the child has named nobody, what the relative calls the child."""
    nationality: str
    child_organisation: Organisation
    relative_organisation: Organisation | None
    """That is asked; None while nobody was named."""


def family_of(case: Case, language: Language) -> Family:
    """The family of a case that came ``whole``. Names are as written; empty where nothing is shown any more."""
    if case.pair is None:
        shown = _shown(case)
        return Family(
            pair_id=None,
            child=shown.names,
            child_born=shown.born,
            relative=shown.names_said,
            relation=relation_said(shown.relation, language),
            nationality=shown.nationality,
            child_organisation=case.organisation,
            relative_organisation=case.other_organisation,
        )
    line = line_of(case.pair, language)
    return Family(
        pair_id=line.pair_id,
        child=line.child,
        child_born=line.child_born,
        relative=line.relative,
        relation=line.relation,
        nationality=line.nationality,
        child_organisation=line.child_organisation,
        relative_organisation=line.relative_organisation,
    )


def _shown(case: Case) -> Glimpse:
    """What is kept of child and relative for whoever reads no pair of theirs.

    A case that was handed over keeps its pair, which the new organisation never reads: to it, child and relative are
    shown as long as it may read the child's registration, and so no longer than the child agrees to.
    """
    open_to_us = case.pair_id is None or registrations().filter(pk=case.registration_id).exists()
    return Glimpse.of(case.glimpse) if open_to_us else Glimpse()


def sides_of(case: Case) -> tuple[Half, Half | None]:
    """The child's side and the relative's, as both may see them; without a pair nobody is on the relative's."""
    if case.pair is not None:
        return halves(case.pair)
    shown, shore = _shown(case), Shore(case.child_shore)
    return Half(shown, case.organisation, shore, case.registration_id, case.link_id), None


# --- brothers and sisters ----------------------------------------------------------------------------------------


class WhySibling(StrEnum):
    """Why somebody is proposed as a brother or sister."""

    NAMED = "named"
    """By the child, as a brother or sister."""
    SAME_RELATIVE = "same_relative"
    """Both look for the same relative."""


@dataclass(frozen=True, slots=True)
class ProposedSibling:
    """A child of the own organisation who may be a brother or sister; a member decides."""

    registration_id: UUID
    reference: str
    name: str
    why: WhySibling
    case_id: UUID | None
    """Only a case joins a group."""


def siblings(case_id: UUID) -> list[UUID]:
    """The cases that stand in one group with this one now, of those that may be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_siblings(%s) AS s (id) ORDER BY id", [case_id])
        return [row[0] for row in cursor.fetchall()]


def siblings_of_cases(cases: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Of many cases those that stand in one group with each now, in one query; without those that stand alone."""
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, s.id FROM unnest(%s::uuid[]) AS c (id), cases_siblings(c.id) AS s (id) ORDER BY c.id, s.id",
            [list(cases)],
        )
        for case, sibling in cursor.fetchall():
            found.setdefault(case, []).append(sibling)
    return found


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A case of the same group that another organisation leads: nothing else is known of it."""

    case_id: UUID
    organisation_id: UUID
    waits: bool
    """Whether the child has still to travel."""


def siblings_elsewhere(case_id: UUID) -> list[Elsewhere]:
    """The cases of the group of an own one that other organisations lead; none to whoever does not lead it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_siblings_elsewhere(%s) ORDER BY case_id", [case_id])
        return [Elsewhere(*row) for row in cursor.fetchall()]


def names_of_leaders(found: Iterable[Elsewhere]) -> str:
    """The organisations that lead them, by name."""
    keys = {each.organisation_id for each in found}
    return ", ".join(Organisation.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True))


def partings_elsewhere(case: Case) -> list[GroupStep]:
    """That other organisations parted a child from this one, and why: the newest first."""
    groups = GroupStep.objects.filter(case=case).values("group")
    parted = GroupStep.objects.filter(group__in=groups, joined=False)
    others = parted.exclude(case=case.pk).filter(told__contains=[current_actor().organisation_id])
    return list(others.select_related("organisation").order_by("-recorded_at"))


def may_travel_apart(case: Case) -> bool:
    """Whether the last panel on this child found that they may travel without brothers and sisters."""
    last = Determination.objects.filter(case=case).order_by("-held_on", "-recorded_at").first()
    return last is not None and last.apart


def proposed_siblings(case: Case) -> list[ProposedSibling]:
    """Children of the own organisation who may be brothers or sisters of this one, but those parted from it."""
    found: dict[UUID, WhySibling] = {}
    for registration_id, why in (*_with_same_relative(case), *_named(case)):
        found.setdefault(registration_id, why)
    own = registrations().own().standing().exclude(person=case.person)
    people = {each.pk: each for each in own.filter(pk__in=found).with_names()}
    seen = set(GroupStep.objects.filter(group__in=_groups_of(case)).values_list("case", flat=True))
    made = dict(
        cases().filter(person__in=[each.person_id for each in people.values()]).values_list("person", "pk")
    )
    proposed = [
        ProposedSibling(
            registration_id=key,
            reference=people[key].person.reference,
            name=next((name.written for name in people[key].names.all()), ""),
            why=why,
            case_id=made.get(people[key].person_id),
        )
        for key, why in found.items()
        if key in people
    ]
    return [each for each in proposed if each.case_id not in seen][:MOST_PROPOSED]


def _groups_of(case: Case) -> list[UUID]:
    return list(GroupStep.objects.filter(case=case).values_list("group", flat=True))


def _with_same_relative(case: Case) -> Iterator[tuple[UUID, WhySibling]]:
    if case.pair is None:
        return
    for pair in siblings_of(case.pair):
        yield halves(pair)[0].registration_id, WhySibling.SAME_RELATIVE


def _named(case: Case) -> Iterator[tuple[UUID, WhySibling]]:
    for link in family_links().standing().of_person(case.person):
        if link.names and _is_sibling(link.relation):
            for key in _called(link.names, case.person):
                yield key, WhySibling.NAMED


def _called(names: str, but: UUID) -> list[UUID]:
    """Registrations of the own organisation whose names are probably these, the most probable first."""
    alike = registrations().own().standing().like(names).exclude(person=but).with_names()
    spelled = [(name.written, each.pk) for each in alike for name in each.names.all()]
    if not spelled:
        return []
    found = zip(
        probability(compare_names([(names, written) for written, _ in spelled])), spelled, strict=True
    )
    likely = sorted(((p, key) for p, (_, key) in found if p >= RULES.sibling_probability), reverse=True)
    return list(dict.fromkeys(key for _, key in likely))


def _is_sibling(relation: str) -> bool:
    return readable("relation", relation).get("relation") == SIBLING

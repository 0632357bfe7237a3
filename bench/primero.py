# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Primero's tracing does with its default fields: equal text, weighed by field, divided by the best hit.

After ``app/services/matching_service.rb`` and ``app/models/potential_match.rb`` of primeroIMS/primero: any field may
hit, the search engine's score of a hit (BM25 without lengths) times the field's weight, the first twenty, a tenth of
the best at least. Words are as written but for case: nothing crosses a script. Its scores are no probabilities.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest
from operator import itemgetter

from bench.measures import Proposal
from havre.engines.linkage import FamilyLink, ShoreList
from havre.engines.linkage.records import BirthKind, Description
from havre.engines.linkage.relations import relations

FIRST = 20
LEAST = 0.1
Term = tuple[str, str]
"""A field and one of its words."""
WEIGHTS = {
    "child names": 15, "child sex": 10, "child age": 10, "relative names": 10, "child birth date": 5,
    "relation": 5, "relative age": 5, "relative birth date": 5, "child nationality": 3,
}  # fmt: skip


def _person(who: str, said: Description) -> Iterator[Term]:
    for word in f"{said.names} {said.other_names}".casefold().split():
        yield f"{who} names", word
    if said.birth:
        yield f"{who} age", str(said.birth.latest.year)
        if said.birth.kind is BirthKind.DAY:
            yield f"{who} birth date", str(said.birth.earliest)
    if who == "child":
        yield "child sex", said.sex or ""
        yield "child nationality", said.nationality


def _terms(declarant: Description, link: FamilyLink, *, child: bool) -> frozenset[Term]:
    """What one link says; the relation as the relative would call the child."""
    both = ("child", "relative") if child else ("relative", "child")
    said = {
        term
        for who, each in zip(both, (declarant, link.described), strict=True)
        for term in _person(who, each)
    }
    known = relations().get(link.relation)
    called = (known.inverse if child else {known.key}) if known else ()
    return frozenset(term for term in (*said, *(("relation", key) for key in called)) if term[1])


def _all_terms(lst: ShoreList, *, child: bool) -> list[frozenset[Term]]:
    people = {person.person_id: person.described for person in lst.people}
    return [_terms(people[link.person_id], link, child=child) for link in lst.links]


def primero_proposals(a: ShoreList, b: ShoreList) -> Iterator[Proposal]:
    """Links of a, the children's, against links of b."""
    holders: dict[Term, list[int]] = defaultdict(list)
    for j, terms in enumerate(_all_terms(b, child=False)):
        for term in terms:
            holders[term].append(j)
    worth = {
        term: WEIGHTS[term[0]] * math.log1p((len(b.links) - len(held) + 0.5) / (len(held) + 0.5))
        for term, held in holders.items()
    }
    for link, terms in zip(a.links, _all_terms(a, child=True), strict=True):
        score: dict[int, float] = defaultdict(float)
        for term in sorted(terms & worth.keys()):
            for j in holders[term]:
                score[j] += worth[term]
        hits = nlargest(FIRST, score.items(), key=itemgetter(1))
        for j, points in hits:
            if points > LEAST * hits[0][1]:
                yield Proposal(link.link_id, b.links[j].link_id, b.links[j].person_id, points / hits[0][1])
